#pragma once

#include "world/store/sqlite.hpp"

#include <cstdint>
#include <functional>
#include <memory>

namespace gyre::world {

/// Calls a function after each so many bytes that one connection has written into the database file itself,
/// not into the WAL: so whoever makes a long checkpoint can let others have the disk in between.
class WritePauses {
  public:
    /// `pause` is called in the middle of the connection's work, on its thread: it must not use the
    /// connection. The connection must be closed before this object goes. Precondition: every_bytes > 0.
    WritePauses(Database& database, std::int64_t every_bytes, std::function<void()> pause);
    WritePauses(const WritePauses&) = delete;
    WritePauses& operator=(const WritePauses&) = delete;
    ~WritePauses();

  private:
    struct Methods;
    std::unique_ptr<Methods> methods_;
};

}  // namespace gyre::world
