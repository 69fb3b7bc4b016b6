#pragma once

#include "engine/base/histogram.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace gyre::world {

/// Where a world is kept and for how long. What stands below the line is for tests and measurements.
struct StoreOptions {
    std::string path;                                                ///< DIR/world.db.
    std::chrono::seconds history_age = std::chrono::hours{24} * 30;  ///< Journal rows are kept this long,
    std::uint64_t history_bytes = std::uint64_t{2} << 30;            ///< and not more of them than this.
    /// From the beginning of one commit to that of the next, at least.
    std::chrono::milliseconds commit_interval{1};
    std::chrono::seconds trash_age = std::chrono::hours{24} * 30;  ///< Destroyed objects go for good then.

    // ---
    enum class Synchronous : std::uint8_t {
        full,
        off  ///< Loses what it promised in a power cut; shows that the tests would notice.
    };
    std::chrono::milliseconds commit_delay{0};  ///< A disk that is this slow.
    std::chrono::milliseconds fold_after{
        1'000};  ///< Age of the oldest unfolded change at which folding starts.
    std::chrono::milliseconds fold_between{
        30'000};                                   ///< At this age folding takes turns with waiting commits.
    std::size_t fold_rows = 64;                    ///< Objects per folding transaction.
    std::size_t unfolded_limit = 100'000;          ///< Past this many changes folding goes before commits.
    int checkpoint_pages = 24'000;                 ///< WAL pages of 4 KiB before a checkpoint.
    int checkpoint_patience = 8'000;               ///< Pages by which it may get longer during one.
    std::chrono::milliseconds tidy_every{60'000};  ///< Looking for history and trash to drop, when idle.
    std::chrono::milliseconds busy_limit{60'000};  ///< Trying again when another process holds the lock.
    Synchronous synchronous = Synchronous::full;
    std::string vfs;  ///< SQLite's name of one; empty: its own.
};

/// Figures since start(). Times are those of the store thread.
struct StoreStats {
    std::uint64_t commits = 0;
    std::uint64_t changes = 0;
    std::uint64_t folded_objects = 0;  ///< Rows written.
    std::uint64_t checkpoints = 0;     ///< On the store thread.
    std::uint64_t background_checkpoints = 0;
    std::uint64_t dropped_batches = 0;  ///< Of history.
    std::uint64_t purged_objects = 0;
    std::size_t unfolded = 0;  ///< Changes waiting to be folded now.
    int wal_pages_most = 0;    ///< Longest WAL seen.
    double commit_cpu_s = 0;
    double fold_cpu_s = 0;      ///< Coalescing and writing.
    double cpu_s = 0;           ///< All of the store thread.
    Histogram commit_time;      ///< Nanoseconds, like the next two.
    Histogram fold_time;        ///< Of one transaction of at most fold_rows.
    Histogram checkpoint_time;  ///< Of those on the way, not the last one in stop().
};

}  // namespace gyre::world
