#pragma once

#include "world/store/background_checkpoint.hpp"
#include "world/store/sqlite.hpp"
#include "world/store/store_options.hpp"

#include <cstdint>
#include <memory>

namespace gyre::world {

/// Keeps the WAL short by checkpoints between two commits, which wait for the disk meanwhile. Failures stick
/// to the database. Store thread only, once that runs.
class Checkpointer {
  public:
    /// The background is asked again, this often at most, while more pages than these are left to do here.
    static constexpr int rounds = 4;
    static constexpr int rest_pages = 64;

    /// `file`: the database's own, and lives until all connections to it are closed.
    Checkpointer(Database& database, const files::Descriptor& file, const StoreOptions& options);
    /// From now on most of a long WAL is copied by `run` while commits go on.
    void use_background(BackgroundCheckpoint::Run run);
    /// After each transaction. True if there was a checkpoint on this thread.
    bool checkpoint_if_long();
    /// The last one: leaves no WAL.
    void finish();
    [[nodiscard]] std::uint64_t begun_in_background() const { return begun_in_background_; }

  private:
    [[nodiscard]] bool leave_to_background(int pages);

    Database& database_;
    const files::Descriptor& file_;
    const StoreOptions& options_;
    std::unique_ptr<BackgroundCheckpoint> background_;  ///< Null: there is none.
    int rounds_begun_ = 0;                              ///< For the WAL as it is now.
    int pages_at_begin_ = 0;                            ///< Of the last round: what it was sure to see.
    int checkpoint_at_;                                 ///< WAL pages.
    std::uint64_t begun_in_background_ = 0;
};

}  // namespace gyre::world
