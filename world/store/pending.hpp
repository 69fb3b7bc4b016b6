#pragma once

#include "world/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gyre::world {

/// What happened to one property since it was folded: perhaps a new value, then perhaps changes inside it.
struct PendingProperty {
    struct Delta {
        std::vector<Value> path;
        Op op = Op::set;
        Value key;
        std::string after;  ///< Encoded.
    };
    StoredAtom name = StoredAtom::none;
    bool is_set = false;   ///< `value` replaces what is stored.
    bool written = false;  ///< While the row is put together.
    std::string value;     ///< Encoded.
    std::vector<Delta> deltas;
};

struct PendingObject {
    ObjectId id = ObjectId::nothing;
    std::vector<PendingProperty> properties;
    /// Properties and changes inside them: what costs memory here and time when folding.
    [[nodiscard]] std::size_t size() const;
};

/// Changes that are durable in the journal and not yet in the table of objects. Repeated ones coalesce: of a
/// property that is set a thousand times a second the table sees the last value.
class PendingChanges {
  public:
    void add(Change change);
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return objects_.empty(); }
    /// Everything, in order of id, so that folding walks the table instead of jumping in it; leaves nothing.
    std::vector<PendingObject> take();

  private:
    PendingProperty& property(ObjectId object, StoredAtom name);

    std::vector<PendingObject> objects_;
    std::unordered_map<std::uint64_t, std::uint32_t> places_;  ///< Id -> index in objects_.
    std::size_t size_ = 0;
};

/// A row of the table of objects, ready to be written.
struct FoldedRow {
    std::string data;
    std::int64_t destroyed = 0;  ///< When it was destroyed; 0: it exists.
};

/// Puts `changes` into `data`, which may be empty; what they do not name is copied as it is. False if they
/// do not fit: then one of both is damaged.
bool fold(std::string_view data, PendingObject& changes, FoldedRow& row);

}  // namespace gyre::world
