// Keeping the files current and remembering how to go back, rather than keeping writes in memory, means that
// reading needs no care at all: other connections and programs see what they would see on a real machine
// before the cut.
//
// Files are opened here only when nobody will use them through SQLite any more: closing any descriptor of a
// file drops all POSIX locks that the process has on it.

#include "world/store/unsynced.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::world {

namespace {

/// An open file. A simulation that cannot reach its files has nothing to report, so errors read as nothing.
class Disk {
  public:
    explicit Disk(const std::string& path, int flags = O_RDWR)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    ~Disk() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

void write_at(int descriptor, std::string_view bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), offset);
        if (written <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
}

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

void set_size(int descriptor, std::int64_t size) {
    // Fails for a bad descriptor only, and then there is no file to get wrong.
    [[maybe_unused]] const int result = ::ftruncate(descriptor, size);
}

std::string read_all(const std::string& path) {
    const Disk disk(path, O_RDONLY);
    std::string bytes;
    std::array<char, 65536> block{};
    for (ssize_t count = 0; (count = ::read(disk.descriptor(), block.data(), block.size())) > 0;)
        bytes.append(block.data(), static_cast<std::size_t>(count));
    return bytes;
}

void undo(int descriptor, const Unsynced::Change& change) {
    write_at(descriptor, change.before, change.offset);
    set_size(descriptor, change.size_before);
}

void redo(int descriptor, const Unsynced::Change& change) {
    if (change.is_truncation) {
        set_size(descriptor, change.offset);
    } else {
        write_at(descriptor, change.after, change.offset);
    }
}

}  // namespace

void Unsynced::changed(const std::string& path, Change change) {
    File& file = files_[path];
    file.bytes += change.before.size() + change.after.size();
    file.changes.push_back(std::move(change));
    if (file.bytes <= max_bytes) return;
    const auto half = static_cast<std::ptrdiff_t>(file.changes.size() / 2);
    file.changes.erase(file.changes.begin(), file.changes.begin() + half);
    file.bytes = 0;
    for (const Change& kept : file.changes) file.bytes += kept.before.size() + kept.after.size();
}

void Unsynced::created(const std::string& path) {
    File file;
    file.is_new = true;
    files_[path] = std::move(file);
}

void Unsynced::deleted(const std::string& path) {
    File& file = files_[path];
    if (file.is_new) {
        files_.erase(path);  // Never was on disk: nothing can come back.
    } else {
        file.deleted = read_all(path);
    }
}

void Unsynced::synced(const std::string& path) {
    const auto file = files_.find(path);
    if (file == files_.end()) return;
    const bool was_new = file->second.is_new;
    files_.erase(file);
    if (was_new) directory_synced(path);
}

void Unsynced::directory_synced(const std::string& path) {
    const std::string directory = directory_of(path);
    std::erase_if(files_, [&](const auto& entry) {
        return entry.second.deleted && directory_of(entry.first) == directory;
    });
    for (auto& [name, file] : files_) {
        if (directory_of(name) == directory) file.is_new = false;
    }
}

void Unsynced::cut() {
    for (const auto& [path, file] : files_) cut(path, file);
    files_.clear();
}

void Unsynced::cut(const std::string& path, const File& file) {
    if (file.deleted && chance(0.5)) return;
    if (file.is_new && chance(0.5)) {
        ::unlink(path.c_str());
        return;
    }
    const Disk disk(path, file.deleted ? O_RDWR | O_CREAT : O_RDWR);
    if (file.deleted) write_at(disk.descriptor(), *file.deleted, 0);
    // Newest first. (clang 14 cannot compile std::views::reverse of this library.)
    for (std::size_t left = file.changes.size(); left > 0; --left)
        undo(disk.descriptor(), file.changes[left - 1]);
    keep_some(disk.descriptor(), file.changes);
}

/// Disks write in any order; sometimes they have got far, sometimes nowhere.
void Unsynced::keep_some(int descriptor, const std::vector<Change>& changes) {
    enum class Kept : std::uint8_t { none, beginning, some, some_torn };
    const auto kept = static_cast<Kept>(std::uniform_int_distribution<int>(0, 3)(random_));
    const std::size_t beginning = std::uniform_int_distribution<std::size_t>(0, changes.size())(random_);
    for (std::size_t index = 0; index < changes.size() && kept != Kept::none; ++index) {
        const Change& change = changes[index];
        if (kept == Kept::beginning) {
            if (index < beginning) redo(descriptor, change);
            if (index == beginning) tear(descriptor, change);
        } else if (chance(0.5)) {
            if (kept == Kept::some) redo(descriptor, change);
            if (kept == Kept::some_torn) tear(descriptor, change);
        }
    }
}

/// Each sector by itself is written or not.
void Unsynced::tear(int descriptor, const Change& change) {
    if (change.is_truncation) return;
    const std::string_view bytes = change.after;
    for (std::int64_t done = 0; std::cmp_less(done, bytes.size());) {
        const std::int64_t at = change.offset + done;
        const std::int64_t count = sector - at % sector;
        const std::string_view part =
            bytes.substr(static_cast<std::size_t>(done), static_cast<std::size_t>(count));
        if (chance(0.5)) write_at(descriptor, part, at);
        done += count;
    }
}

}  // namespace gyre::world
