// Store::backup. Every file appears under its final name in one step, complete and on disk; until then it has
// a name of its own that the next try overwrites.

#include "world/store/copying.hpp"
#include "world/store/files.hpp"
#include "world/store/schema.hpp"
#include "world/store/store.hpp"

#include <fmt/format.h>

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
    Query whole(*copy.value(), "pragma integrity_check(1)");  // What `gyre restore` asks for.
    const std::string verdict = whole.step() ? std::string{whole.bytes(0)} : std::string{};
    whole.finish();
    if (!copy.value()->failed() && verdict != "ok")
        return Error{Errc::io, fmt::format("the copy {} is not sound: {}", path, verdict)};
    return copy.value()->status();
}

}  // namespace

Status copy_and_verify(const std::string& from, const std::string& to) {
    if (Status made = files::create_private(to); !made) return made;
    if (Status copied = copy_snapshot(from, to); !copied) return copied;
    if (Status verified = verify_copy(to); !verified) return verified;
    return files::sync(to);
}

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

}  // namespace gyre::world
