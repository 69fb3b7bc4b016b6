#include "world/store/loader.hpp"

#include "world/store/folder.hpp"
#include "world/store/schema.hpp"
#include "world/store/sqlite.hpp"

#include <fmt/format.h>

namespace gyre::world {

namespace {

void load_atoms(Database& database, Loader& loader) {
    Query atoms(database, "select id, name from atom order by id");
    while (atoms.step()) {
        const auto number = static_cast<StoredAtom>(atoms.integer(0));
        if ((number == stored_destroyed_at) != (atoms.bytes(1) == "#destroyed")) {
            database.fail({Errc::damaged, fmt::format("{}: property {} is not what it should be",
                                                      database.path(), atoms.integer(0))});
        }
        loader.atom(number, atoms.bytes(1));
    }
}

void load_objects(Database& database, Loader& loader) {
    Query objects(database, "select id, data from object order by id");
    while (objects.step()) {
        const std::int64_t id = objects.integer(0);
        if (loader.object(object_id(static_cast<std::uint64_t>(id)), objects.bytes(1))) continue;
        database.fail(
            {Errc::damaged, fmt::format("{}: the row of object {} is damaged", database.path(), id)});
    }
}

void load_changes(Database& database, const Folder& folder, Loader& loader) {
    Query journal(database, "select batch, transactions from journal where batch > ?1 order by batch");
    journal.bind_number(1, folder.folded());
    while (journal.step()) {
        const auto batch = static_cast<BatchNumber>(journal.integer(0));
        bool is_sound = true;
        is_sound &= each_change(journal.bytes(1), [&](const Change& change) {
            if (is_sound && !folder.holds(change.object, batch)) is_sound = loader.change(change);
        });
        if (is_sound) continue;
        database.fail(
            {Errc::damaged, fmt::format("{}: batch {} of the journal is damaged", database.path(), batch)});
    }
}

}  // namespace

Status load_world(Database& database, const Folder& folder, Loader& loader) {
    const std::int64_t next_id = read_number(database, "select value from meta where name = 'next_id'", 1);
    loader.next_id(object_id(static_cast<std::uint64_t>(next_id)));
    load_atoms(database, loader);
    load_objects(database, loader);
    load_changes(database, folder, loader);
    if (database.failed() && database.error().code == Errc::damaged)
        return damaged_world(database.error().text);
    return database.status();
}

}  // namespace gyre::world
