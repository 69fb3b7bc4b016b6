#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace gyre::world::files {

[[nodiscard]] bool exists(const std::string& path);
/// 0 if there is no such file.
[[nodiscard]] std::uint64_t size(const std::string& path);
/// When its contents last changed; 1970 if there is no such file.
[[nodiscard]] std::chrono::sys_seconds changed_at(const std::string& path);
/// Both are names of one file.
[[nodiscard]] bool same(const std::string& path, const std::string& other);
/// An empty file that only its owner can read (a world holds password hashes), its name already on disk.
/// - Errc::exists: there is one.
Status create_private(const std::string& path);
/// Makes a new file with the same bytes, durable except for its name.
Status copy(const std::string& from, const std::string& to);
/// Makes the contents durable.
Status sync(const std::string& path);
/// Makes durable which names the file's directory holds.
Status sync_directory_of(const std::string& path);
/// Gives the file a second name. - Errc::exists: that name is taken.
Status link(const std::string& path, const std::string& second);
/// Atomic, replaces what `to` was.
Status rename(const std::string& from, const std::string& to);
/// A file that is not there is no failure.
Status remove(const std::string& path);

/// An open file that closes itself. POSIX takes all of a process's locks off a file when any descriptor of it
/// is closed: a database's must outlive the connections to it.
class Descriptor {
  public:
    /// `flags`: those of open(2); a file that is made belongs to its owner alone.
    Descriptor(const std::string& path, int flags);
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    /// It could be opened; if not, errno says why until the next call.
    explicit operator bool() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }
    /// Has the kernel begin to write to disk what it keeps of the file, and waits for little more than room
    /// in the disk's queue. Makes nothing durable. (sync_file_range(2).)
    void start_writing_out() const;

  private:
    int number_;
};

}  // namespace gyre::world::files
