#pragma once

#include "world/store/files.hpp"
#include "world/store/sqlite.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace gyre::world {

/// Copies what is in the WAL into the database on another thread, through a connection of its own, while
/// commits go on. It never reaches the end of a WAL that grows, so that the WAL cannot start again at its
/// beginning; but it leaves little to do for the checkpoint between two commits. It takes its time: commits
/// wait for the same disk.
class BackgroundCheckpoint {
  public:
    /// Runs a function on another thread, soon or never.
    using Run = std::function<void(std::function<void()>)>;

    /// What it writes goes to the disk at most this much at a time, with a rest after each.
    static constexpr std::int64_t portion_bytes = std::int64_t{256} << 10;
    static constexpr std::chrono::milliseconds rest{5};

    /// `file`: the database's; it outlives the connection, which goes with this object.
    BackgroundCheckpoint(std::unique_ptr<Database> connection, const files::Descriptor& file, Run run);
    BackgroundCheckpoint(const BackgroundCheckpoint&) = delete;
    BackgroundCheckpoint& operator=(const BackgroundCheckpoint&) = delete;
    /// Waits for one that has begun; one that has not never will.
    ~BackgroundCheckpoint();

    /// Asks for one. Precondition: none is under way.
    void begin();
    /// It has been asked for, and has neither ended nor been dropped.
    [[nodiscard]] bool under_way() const;
    /// Waits for one that has begun, and which now rests no more.
    void wait() const;
    /// What went wrong with the disk, once; that a lock was in the way is nothing wrong.
    std::optional<Error> take_error();

  private:
    struct Shared;
    struct Ticket;
    std::shared_ptr<Shared> shared_;
    Run run_;
};

}  // namespace gyre::world
