#pragma once

#include <stdexcept>
#include <string>

namespace gyre::app {

/// What the `gyre` command ends with; the numbers beyond 1 are those of BSD's sysexits.h.
enum class Exit : int {
    success = 0,
    faults_found = 1,     ///< `check` or `test` found faults in the world.
    usage = 64,           ///< The command line makes no sense.
    damaged = 65,         ///< The database is damaged or made by a newer version.
    unavailable = 69,     ///< A port is in use, or another server has the world.
    storage_failed = 74,  ///< The disk refused a write.
    configuration = 78,   ///< gyre.toml is wrong.
};

/// The command cannot go on. Thrown in engine/app only and caught in main(), which prints what() and ends
/// with code().
class Failure : public std::runtime_error {
  public:
    Failure(Exit code, const std::string& text) : std::runtime_error(text), code_(code) {}
    [[nodiscard]] Exit code() const { return code_; }

  private:
    Exit code_;
};

}  // namespace gyre::app
