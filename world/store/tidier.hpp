#pragma once

#include "world/store/folder.hpp"
#include "world/store/sqlite.hpp"
#include "world/store/store_options.hpp"

#include <cstdint>

namespace gyre::world {

/// Drops what is kept for a time only: history and trash. A few rows at a time, when nothing else is to do.
class Tidier {
  public:
    /// Rows of each kind that one transaction drops.
    static constexpr int rows_per_step = 16;

    struct Dropped {
        std::uint64_t batches = 0;
        std::uint64_t objects = 0;
        [[nodiscard]] bool nothing() const { return batches == 0 && objects == 0; }
    };

    Tidier(Database& database, const StoreOptions& options) : database_(database), options_(options) {}
    /// Precondition: folder.caught_up(), so that no change is on its way to an object that goes.
    Dropped drop_some(const Folder& folder);

  private:
    std::uint64_t drop_history(BatchNumber folded);
    std::uint64_t purge_trash();

    Database& database_;
    const StoreOptions& options_;
};

}  // namespace gyre::world
