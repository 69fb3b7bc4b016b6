#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <utility>

namespace gyre::world {

/// One process per world: holds DIR/lock, which also says which process it is. The kernel frees it with the
/// process, so a crash leaves nothing to clean up; the file itself stays.
class WorldLock {
  public:
    /// - Errc::busy: another process has it; the text names it.
    /// - Errc::io: the directory cannot be written.
    static Result<WorldLock> take(const std::string& directory);
    WorldLock(WorldLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    WorldLock& operator=(WorldLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~WorldLock();

  private:
    explicit WorldLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace gyre::world
