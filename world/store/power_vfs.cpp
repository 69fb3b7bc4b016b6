// The C boundary: a thin layer over SQLite's own Unix file system that tells Unsynced what happens. Shared
// memory (-shm) is passed through, because SQLite builds it anew after a crash. Memory maps of the database
// are not offered, so that every write is seen. Syncs are only counted: the disk is simulated, the files are
// not meant to outlive the real machine.

#include "world/store/power_vfs.hpp"

#include "world/store/unsynced.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <cmath>
#include <memory>
#include <mutex>
#include <random>
#include <string>

namespace gyre::world {

namespace {

struct Power {
    explicit Power(const PowerCut& wanted) : cut(wanted), unsynced(wanted.seed) {
        std::exponential_distribution<double> distance(
            1.0 / static_cast<double>(std::max<std::uint64_t>(cut.mean_operations, 1)));
        operations_left = 1 + static_cast<std::uint64_t>(distance(unsynced.random()));
    }

    /// One more thing for the disk to do; perhaps it does not get to it. The caller holds the mutex, and
    /// keeps it for ever if the power goes, so that no other thread writes into what was cut.
    void count_operation() {
        if (cut.mean_operations != 0 && --operations_left == 0) go_out();
    }
    [[noreturn]] void go_out() {
        unsynced.cut();
        _exit(cut.exit_code);
    }

    PowerCut cut;
    std::mutex mutex;
    Unsynced unsynced;
    std::uint64_t operations_left = 0;
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs vfs{};
};

// Made once and never freed: SQLite may use it until the process ends.
Power* power = nullptr;

/// Followed in memory by the real file, which the Unix file system fills in.
struct PowerFile {
    sqlite3_file base;
    std::string* path;  ///< Null: a temporary file, which nobody expects to survive.
};

PowerFile* ours(sqlite3_file* file) { return reinterpret_cast<PowerFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(ours(file) + 1); }

std::int64_t size_of(sqlite3_file* file) {
    sqlite3_int64 size = 0;
    real(file)->pMethods->xFileSize(real(file), &size);
    return size;
}

/// The bytes [offset, offset + count) as they are, to the end of the file.
std::string bytes_at(sqlite3_file* file, std::int64_t offset, std::int64_t count) {
    count = std::min(count, size_of(file) - offset);
    if (count <= 0) return {};
    std::string bytes(static_cast<std::size_t>(count), '\0');
    real(file)->pMethods->xRead(real(file), bytes.data(), static_cast<int>(count), offset);
    return bytes;
}

int close_file(sqlite3_file* file) {
    const std::lock_guard lock(power->mutex);
    delete ours(file)->path;
    return real(file)->pMethods->xClose(real(file));
}

int read_file(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
    const std::lock_guard lock(power->mutex);
    return real(file)->pMethods->xRead(real(file), bytes, count, offset);
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    const std::lock_guard lock(power->mutex);
    if (const std::string* path = ours(file)->path; path != nullptr) {
        std::string after{static_cast<const char*>(bytes), static_cast<std::size_t>(count)};
        power->unsynced.changed(
            *path, {false, offset, size_of(file), bytes_at(file, offset, count), std::move(after)});
        power->count_operation();
    }
    return real(file)->pMethods->xWrite(real(file), bytes, count, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const std::lock_guard lock(power->mutex);
    if (const std::string* path = ours(file)->path; path != nullptr) {
        const std::int64_t before = size_of(file);
        power->unsynced.changed(*path, {true, size, before, bytes_at(file, size, before - size), {}});
        power->count_operation();
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
    const std::lock_guard lock(power->mutex);
    if (const std::string* path = ours(file)->path; path != nullptr) {
        power->count_operation();
        power->unsynced.synced(*path);
    }
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const std::lock_guard lock(power->mutex);
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }

int unlock_file(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }

int check_lock(sqlite3_file* file, int* result) {
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
    // Growing the file ahead of time would change it behind our back.
    if (operation == SQLITE_FCNTL_SIZE_HINT) return SQLITE_OK;
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }

int characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

int map_shared(sqlite3_file* file, int page, int page_size, int extend, void volatile** memory) {
    return real(file)->pMethods->xShmMap(real(file), page, page_size, extend, memory);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void shared_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }

int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods methods{
    2,           close_file,     read_file,    write_file,   truncate_file, sync_file,       file_size,
    lock_file,   unlock_file,    check_lock,   control_file, sector_size,   characteristics, map_shared,
    lock_shared, shared_barrier, unmap_shared, nullptr,      nullptr};

int open_file(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    const std::lock_guard lock(power->mutex);
    PowerFile* const opened = ours(file);
    opened->base.pMethods = nullptr;
    opened->path = nullptr;
    constexpr int lasting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
    const bool is_lasting = name != nullptr && (flags & lasting) != 0;
    const bool is_new = is_lasting && ::access(name, F_OK) != 0;
    const int code = power->real->xOpen(power->real, name, real(file), flags, flags_out);
    if (code != SQLITE_OK) return code;
    opened->base.pMethods = &methods;
    if (is_lasting) opened->path = new std::string(name);
    if (is_new) power->unsynced.created(*opened->path);
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* /*vfs*/, const char* name, int sync_directory) {
    const std::lock_guard lock(power->mutex);
    power->count_operation();
    power->unsynced.deleted(name);
    const int code = power->real->xDelete(power->real, name, 0);
    if (sync_directory != 0) power->unsynced.directory_synced(name);
    return code;
}

}  // namespace

Status install_power_vfs(const PowerCut& cut) {
    if (power != nullptr) return Error{Errc::exists, "the power-cut file system is installed already"};
    auto made = std::make_unique<Power>(cut);
    made->real = sqlite3_vfs_find(nullptr);
    if (made->real == nullptr) return Error{Errc::io, "sqlite has no file system"};
    made->vfs = *made->real;
    made->vfs.zName = power_vfs_name;
    made->vfs.szOsFile = made->real->szOsFile + static_cast<int>(sizeof(PowerFile));
    made->vfs.pNext = nullptr;
    made->vfs.xOpen = open_file;
    made->vfs.xDelete = delete_file;
    power = made.release();
    sqlite3_vfs_register(&power->vfs, 0);
    return done();
}

void cut_power() {
    power->mutex.lock();
    power->go_out();
}

}  // namespace gyre::world
