#include "world/store/world_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

namespace gyre::world {

namespace {

std::string system_reason() { return std::generic_category().message(errno); }

std::string written_holder(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
    std::string_view number{text.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    number = number.substr(0, number.find_first_not_of("0123456789"));
    return number.empty() ? "unknown" : std::string{number};
}

}  // namespace

Result<WorldLock> WorldLock::take(const std::string& directory) {
    const std::string path = directory + "/lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return Error{Errc::io, fmt::format("cannot open {}: {}", path, system_reason())};
    WorldLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return Error{Errc::io, fmt::format("cannot lock {}: {}", path, system_reason())};
        return Error{Errc::busy,
                     fmt::format("world {} is in use by process {}", directory, written_holder(descriptor))};
    }
    const std::string holder = fmt::format("{}\n", getpid());
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, holder.data(), holder.size(), 0) < 0)
        return Error{Errc::io, fmt::format("cannot write {}: {}", path, system_reason())};
    return lock;
}

WorldLock::~WorldLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace gyre::world
