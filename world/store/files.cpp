// POSIX instead of std::filesystem: that has no fsync, no permissions at creation, and no "fail if it
// exists".

#include "world/store/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>
#include <vector>

namespace gyre::world::files {

namespace {

Error system_error(const char* verb, const std::string& path) {
    const int reason = errno;
    Errc code = Errc::io;
    if (reason == ENOENT) code = Errc::not_found;
    if (reason == EEXIST) code = Errc::exists;
    return {code, fmt::format("cannot {} {}: {}", verb, path, std::generic_category().message(reason))};
}

bool write_all(int descriptor, const char* bytes, std::size_t count) {
    while (count > 0) {
        const ssize_t written = ::write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return true;
}

std::string directory_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Descriptor::Descriptor(const std::string& path, int flags)
    : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

void Descriptor::start_writing_out() const {
    constexpr int whole_file = 0;
    ::sync_file_range(number_, 0, whole_file, SYNC_FILE_RANGE_WRITE);
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::uint64_t size(const std::string& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

std::chrono::sys_seconds changed_at(const std::string& path) {
    struct stat facts {};
    return std::chrono::sys_seconds{
        std::chrono::seconds{::stat(path.c_str(), &facts) == 0 ? facts.st_mtim.tv_sec : 0}};
}

bool same(const std::string& path, const std::string& other) {
    struct stat one {};
    struct stat two {};
    return ::stat(path.c_str(), &one) == 0 && ::stat(other.c_str(), &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}

Status create_private(const std::string& path) {
    if (!Descriptor(path, O_WRONLY | O_CREAT | O_EXCL)) return system_error("create", path);
    return sync_directory_of(path);
}

Status copy(const std::string& from, const std::string& to) {
    const Descriptor source(from, O_RDONLY);
    if (!source) return system_error("read", from);
    const Descriptor target(to, O_WRONLY | O_CREAT | O_EXCL);
    if (!target) return system_error("create", to);
    std::vector<char> block(std::size_t{1} << 20);
    for (;;) {
        const ssize_t count = ::read(source.number(), block.data(), block.size());
        if (count == 0) break;
        if (count < 0) return system_error("read", from);
        if (!write_all(target.number(), block.data(), static_cast<std::size_t>(count)))
            return system_error("write", to);
    }
    if (::fsync(target.number()) != 0) return system_error("write", to);
    return done();
}

Status sync(const std::string& path) {
    const Descriptor file(path, O_RDONLY);
    if (!file || ::fsync(file.number()) != 0) return system_error("write", path);
    return done();
}

Status sync_directory_of(const std::string& path) { return sync(directory_of(path)); }

Status link(const std::string& path, const std::string& second) {
    if (::link(path.c_str(), second.c_str()) != 0) return system_error("create", second);
    return done();
}

Status rename(const std::string& from, const std::string& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return system_error("replace", to);
    return done();
}

Status remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error("remove", path);
    return done();
}

}  // namespace gyre::world::files
