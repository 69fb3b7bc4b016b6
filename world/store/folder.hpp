#pragma once

#include "world/store/pending.hpp"
#include "world/store/sqlite.hpp"
#include "world/store/store_options.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// Calls `visit` with each change of an object in a journal row; false if the row is damaged.
template <class Visit>
bool each_change(std::string_view row, Visit&& visit) {
    JournalReader reader(row);
    while (reader.next_transaction()) {
        while (std::optional<Change> change = reader.next()) {
            if (change->object != ObjectId::nothing) visit(*std::move(change));
        }
    }
    return !reader.damaged();
}

/// Moves what the journal says into the table of objects, a few rows at a time. Failures stick to the
/// database. Store thread only, once that runs.
class Folder {
  public:
    using Time = std::chrono::steady_clock::time_point;

    Folder(Database& database, const StoreOptions& options);

    /// After opening: collects what the last run did not fold.
    bool recover();
    /// Remembers a batch for folding, which is about to be committed; false: it cannot be read back, and must
    /// not be committed.
    bool collect(BatchNumber batch, std::string_view journal);
    /// Writes the next rows, at most `rows` objects, in one transaction. Returns how many.
    std::size_t fold_some(std::size_t rows);

    /// Everything committed is in the table.
    [[nodiscard]] bool caught_up() const { return folded_ == newest_; }
    /// When to begin; the past while a set is under way. Meaningless if caught up.
    [[nodiscard]] Time due_at() const {
        return folding_upto_ != folded_ ? Time{} : oldest_ + options_.fold_after;
    }
    [[nodiscard]] bool due(Time now) const { return !caught_up() && now >= due_at(); }
    /// Commits have left no gap for folding for so long that a start would take too long.
    [[nodiscard]] bool late(Time now) const {
        return !caught_up() &&
               now >= (folding_upto_ != folded_ ? folding_oldest_ : oldest_) + options_.fold_between;
    }
    [[nodiscard]] bool full() const { return size() >= options_.unfolded_limit; }
    /// Changes not yet in the table.
    [[nodiscard]] std::size_t size() const { return unfolded_.size() + folding_size_; }
    /// The last batch that is completely in the table.
    [[nodiscard]] BatchNumber folded() const { return folded_; }
    /// The last batch there is.
    [[nodiscard]] BatchNumber newest() const { return newest_; }
    /// After recover(): the row of `object` holds this batch already, though the mark does not say so.
    [[nodiscard]] bool holds(ObjectId object, BatchNumber batch) const;

  private:
    void note_batch(BatchNumber batch, std::string_view journal);
    void look_up(Query& row, ObjectId object);
    void begin_set();
    bool fold_one(PendingObject& object);
    void write_mark();
    void end_set();

    Database& database_;
    const StoreOptions& options_;
    Query select_;
    Query upsert_;
    PendingChanges unfolded_;
    std::vector<PendingObject> folding_;  ///< The set under way; taken from its end.
    std::size_t folding_size_ = 0;
    /// Of the rows of objects that had unfolded changes at the start: their batch, if a set was cut short.
    std::unordered_map<ObjectId, BatchNumber> ahead_;
    FoldedRow row_;

    BatchNumber folded_ = 0;
    BatchNumber folding_upto_ = 0;  ///< Equals folded_ when no set is under way.
    BatchNumber newest_ = 0;
    std::uint64_t unfolded_bytes_ = 0;  ///< Of journal rows.
    std::uint64_t folding_bytes_ = 0;
    Time oldest_;  ///< When the first batch behind folding_upto_ came.
    Time folding_oldest_;
};

}  // namespace gyre::world
