// Store::backup and Store::restore. Every file appears under its final name in one step, complete and on
// disk; until then it has a name of its own that the next try overwrites.

#include "world/store/files.hpp"
#include "world/store/schema.hpp"
#include "world/store/store.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

namespace gyre::world {

namespace {

/// VACUUM INTO reads one snapshot, so the copy is consistent however much is written meanwhile.
Status copy_snapshot(const std::string& from, const std::string& to) {
    auto source = open_world_to_read(from, {});
    if (!source) return source.error();
    Query copy(*source.value(), "vacuum into ?1");
    copy.bind_text(1, to).run();
    return source.value()->status();
}

Status verify_copy(const std::string& path) {
    auto copy = open_world_to_read(path, {});
    if (!copy) return copy.error();
    Query quick_check(*copy.value(), "pragma quick_check(1)");
    const std::string verdict = quick_check.step() ? std::string{quick_check.bytes(0)} : std::string{};
    quick_check.finish();
    if (!copy.value()->failed() && verdict != "ok")
        return Error{Errc::io, fmt::format("the copy {} is not sound: {}", path, verdict)};
    return copy.value()->status();
}

Status copy_and_verify(const std::string& from, const std::string& to) {
    if (Status made = files::create_private(to); !made) return made;
    if (Status copied = copy_snapshot(from, to); !copied) return copied;
    if (Status verified = verify_copy(to); !verified) return verified;
    return files::sync(to);
}

/// Moves what is still in the WAL into the database, so that it is a single file again. A world too damaged
/// for that is put aside as it is.
void settle(const std::string& path) {
    auto world = Database::open(path, Database::Mode::read_write);
    if (!world) return;
    if (identify_world(*world.value()).ok()) {
        world.value()->checkpoint(Database::Checkpoint::truncate);
    } else {
        world.value()->leave_untouched_at_close();
    }
}

std::string unused_name(const std::string& path) {
    const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    const std::string name = fmt::format("{}.before-restore-{:%Y%m%d-%H%M%S}", path, fmt::gmtime(now));
    std::string unused = name;
    for (int count = 2; files::exists(unused); ++count) unused = fmt::format("{}-{}", name, count);
    return unused;
}

/// A second name for each file: the old world stays in its place until the new one takes it.
Result<std::string> keep_aside(const std::string& path) {
    if (!files::exists(path)) return std::string{};
    settle(path);
    const std::string aside = unused_name(path);
    if (Status kept = files::link(path, aside); !kept) return kept.error();
    if (files::size(path + "-wal") > 0) {
        if (Status kept = files::link(path + "-wal", aside + "-wal"); !kept) return kept.error();
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

Status Store::backup(const std::string& from, const std::string& to) {
    if (files::exists(to)) return Error{Errc::exists, fmt::format("{} exists already", to)};
    const std::string partial = to + ".partial";
    if (Status removed = files::remove(partial); !removed) return removed;
    Status copied = copy_and_verify(from, partial);
    if (copied) copied = files::link(partial, to);  // Unlike a rename it never replaces.
    if (Status removed = files::remove(partial); copied && !removed) return removed;
    if (!copied) return copied;
    return files::sync_directory_of(to);
}

Result<std::string> Store::restore(const std::string& from, const std::string& to) {
    if (!files::exists(from)) return Error{Errc::not_found, fmt::format("there is no backup {}", from)};
    if (const std::vector<std::string> faults = check(from); !faults.empty())
        return Error{Errc::damaged, fmt::format("the backup cannot be used: {}", faults.front())};
    const std::string restoring = to + ".restoring";
    if (Status removed = files::remove(restoring); !removed) return removed.error();
    if (Status copied = copy_and_verify(from, restoring); !copied) return copied.error();
    Result<std::string> aside = keep_aside(to);
    if (!aside) return aside.error();
    if (Status replaced = replace(to, restoring); !replaced) return replaced.error();
    return aside;
}

}  // namespace gyre::world
