// Store::restore. A world may be two files, the database and its WAL, and no call replaces two files at once.
// So the new database first gets a name of its own that means "this is the world from now on": that one
// rename decides. What follows can be done again from any point, by the next start or the next restore.
//
//   world.db.restoring   being copied: thrown away when that fails, and by the next try
//   world.db.restored    decided: whoever opens the world puts it in place first

#include "world/store/restoring.hpp"

#include "world/store/copying.hpp"
#include "world/store/files.hpp"
#include "world/store/schema.hpp"
#include "world/store/store.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace gyre::world {

namespace {

std::string decided_name(const std::string& path) { return path + ".restored"; }

/// Moves what is still in the WAL into the database, so that it is a single file again. A world too damaged
/// for that is put aside as it is.
void settle(const std::string& path) {
    if (!files::exists(path)) return;
    auto world = Database::open(path, Database::Mode::read_write);
    if (!world) return;
    if (identify_world(*world.value()).ok()) {
        world.value()->checkpoint(Database::Checkpoint::truncate);
    } else {
        world.value()->leave_untouched_at_close();
    }
}

/// What helps a world does not help its backup.
std::string_view without_advice(std::string_view fault) { return fault.substr(0, fault.find(damage_advice)); }

/// The same name each time that this restore is finished again, even after a crash.
std::string aside_name(const std::string& path) {
    const std::string name = fmt::format("{}.before-restore-{:%Y%m%d-%H%M%S}", path,
                                         fmt::gmtime(files::changed_at(decided_name(path))));
    std::string aside = name;
    for (int count = 2; files::exists(aside) && !files::same(path, aside); ++count)
        aside = fmt::format("{}-{}", name, count);
    return aside;
}

/// The half of a copy, with what SQLite laid beside it. The reason why there is no more of it has been told.
void discard_copy(const std::string& path) {
    for (const char* rest : {"", "-journal", "-wal", "-shm"}) static_cast<void>(files::remove(path + rest));
}

Status link_once(const std::string& path, const std::string& second) {
    return files::same(path, second) ? done() : files::link(path, second);
}

/// A second name for each file: the old world stays in its place until the new one takes it.
Result<std::string> keep_aside(const std::string& path) {
    if (!files::exists(path)) return std::string{};
    std::string aside = aside_name(path);
    if (Status kept = link_once(path, aside); !kept) return kept.error();
    if (files::size(path + "-wal") > 0) {
        if (Status kept = link_once(path + "-wal", aside + "-wal"); !kept) return kept.error();
    }
    if (Status synced = files::sync_directory_of(path); !synced) return synced.error();
    return aside;
}

/// The WAL of the old database must be gone before the new one has its name, or it would be played into it.
Status replace(const std::string& path, const std::string& with) {
    for (const char* rest : {"-wal", "-shm"}) {
        if (Status removed = files::remove(path + rest); !removed) return removed;
    }
    if (Status synced = files::sync_directory_of(path); !synced) return synced;
    if (Status renamed = files::rename(with, path); !renamed) return renamed;
    return files::sync_directory_of(path);
}

}  // namespace

bool restore_is_unfinished(const std::string& path) { return files::exists(decided_name(path)); }

Result<std::string> finish_restore(const std::string& path) {
    if (!restore_is_unfinished(path)) return std::string{};
    Result<std::string> aside = keep_aside(path);
    if (!aside) return aside.error();
    if (Status replaced = replace(path, decided_name(path)); !replaced) return replaced.error();
    return aside;
}

Result<std::string> Store::restore(const std::string& from, const std::string& to) {
    if (!files::exists(from)) return Error{Errc::not_found, fmt::format("there is no backup {}", from)};
    if (const std::vector<std::string> faults = check(from); !faults.empty()) {
        return Error{Errc::damaged,
                     fmt::format("the backup cannot be used: {}", without_advice(faults.front()))};
    }
    if (Result<std::string> earlier = finish_restore(to); !earlier) return earlier.error();
    const std::string restoring = to + ".restoring";
    if (Status removed = files::remove(restoring); !removed) return removed.error();
    if (Status copied = copy_and_verify(from, restoring); !copied) {
        discard_copy(restoring);  // On a full disk it is what fills it.
        return copied.error();
    }
    settle(to);
    if (Status decided = files::rename(restoring, decided_name(to)); !decided) return decided.error();
    if (Status synced = files::sync_directory_of(to); !synced) return synced.error();
    return finish_restore(to);
}

}  // namespace gyre::world
