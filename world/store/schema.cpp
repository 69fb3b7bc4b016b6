// The tables. What is short and asked for without the rest (batch, time) stands before the long blobs: SQLite
// reads a row from its beginning, and a long one through a chain of pages.
//
// The files are looked at through a read-only connection first, because opening a database for writing can
// already change it: switching to WAL rewrites the header, and recovery writes pages.

#include "world/store/schema.hpp"

#include "engine/base/log.hpp"
#include "world/store/files.hpp"
#include "world/store/restoring.hpp"

#include <fmt/format.h>

#include <array>

namespace gyre::world {

namespace {

constexpr std::array migrations{
    Migration{1, R"(
        create table meta (name text primary key, value) without rowid;
        insert into meta values ('folded', 0), ('next_id', 1), ('journal_bytes', 0);
        create table atom (id integer primary key, name text not null unique);

        -- One row for each group commit: world/journal.hpp. time: milliseconds since 1970.
        create table journal (batch integer primary key, time integer not null, transactions blob not null);
        -- data: atom number and encoded value of each property. batch: the last one folded into this row.
        -- destroyed: as in data, for finding what to purge.
        create table object (id integer primary key, batch integer not null, destroyed integer,
                             data blob not null);
        create index object_destroyed on object (destroyed) where destroyed is not null;

        -- Native rows. Times are seconds since 1970.
        create table account (id integer primary key, name text not null unique collate nocase,
                              role text not null, created_at integer not null, last_seen integer);
        -- account 0 is the server itself: the claim code of the first start.
        create table secret (account integer not null, kind text not null, hash text not null,
                             created_at integer not null, primary key (account, kind)) without rowid;
        create table timer (id integer primary key, due integer not null, object integer not null,
                            method text not null, arguments blob not null, author text not null,
                            cause integer not null);
        -- The last good source of each class, those from files too.
        create table class_source (name text primary key, origin text not null, owner text not null,
                                   version integer not null, time integer not null, source text not null);
    )"},
    Migration{2, R"(
        -- mask: an account in lower case, or addresses. ends: seconds since 1970; 0: never.
        create table ban (mask text primary key, ends integer not null, since integer not null,
                          reason text not null, author text not null) without rowid;
    )"},
    Migration{3, R"(
        -- The journal says how native rows change, too; to earlier versions that is damage.
    )"},
};

Error refuse(const std::string& path, const std::string& what) {
    return damaged_world(fmt::format("{} {}", path, what));
}

/// SQLite takes a missing or empty file for a new database and throws its WAL away; we do not.
Status refuse_orphaned_wal(const std::string& path) {
    if (files::size(path) == 0 && files::size(path + "-wal") > 0) {
        return refuse(path, fmt::format("is missing or empty, but its newest changes are in {}-wal", path));
    }
    return done();
}

/// Not one whose first transaction a crash interrupted: a journal lies beside it.
bool is_empty_file(const std::string& path) {
    return files::exists(path) && files::size(path) == 0 && !files::exists(path + "-journal");
}

Status advise(Status status) {
    if (!status && status.error().code == Errc::damaged) return damaged_world(status.error().text);
    return status;
}

Status configure(Database& database) {
    database.execute("pragma synchronous = full; pragma temp_store = memory");
    Query mode(database, "pragma journal_mode = wal");
    const bool is_wal = mode.step() && mode.bytes(0) == "wal";
    mode.finish();
    if (!database.failed() && !is_wal) {
        return Error{Errc::io,
                     fmt::format("{}: this file system cannot hold a database in WAL mode", database.path())};
    }
    return database.status();
}

}  // namespace

std::span<const Migration> world_migrations() { return migrations; }

Error damaged_world(const std::string& what) { return {Errc::damaged, what + std::string{damage_advice}}; }

Status identify_world(Database& database) {
    const std::int64_t application = read_number(database, "pragma application_id", 0);
    const std::int64_t version = read_number(database, "pragma user_version", 0);
    const std::int64_t tables = read_number(database, "select count(*) from sqlite_master", 0);
    if (database.failed()) return advise(database.status());
    const bool empty = application == 0 && version == 0 && tables == 0;
    if (empty) return done();
    if (application != world_application_id) return refuse(database.path(), "belongs to another program");
    const int newest = migrations.back().version;
    if (version > newest) {
        return Error{
            Errc::damaged,
            fmt::format(
                "{} was written by a newer version of gyre (its schema is {}, this program knows {}); "
                "nothing was changed, use the newer version or `gyre restore` an older backup",
                database.path(), version, newest)};
    }
    if (version < 1)
        return refuse(database.path(), fmt::format("has no schema of ours (version {})", version));
    return done();
}

Status migrate(Database& database, std::span<const Migration> steps) {
    const std::int64_t version = read_number(database, "pragma user_version", 0);
    for (const Migration& step : steps) {
        if (step.version <= version) continue;
        database.execute("begin immediate");
        database.execute(step.sql);
        database.execute(fmt::format("pragma application_id = {}; pragma user_version = {}",
                                     world_application_id, step.version)
                             .c_str());
        database.execute("commit");
        if (database.failed()) {
            database.roll_back();
            return Error{database.error().code, fmt::format("migration to schema {} failed: {}", step.version,
                                                            database.error().text)};
        }
    }
    return database.status();
}

namespace {

Result<std::unique_ptr<Database>> look_at_world(const std::string& path, const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::read_only, vfs);
    if (!database) return database.error();
    const Status known = identify_world(*database.value());
    if (!known) return known.error();
    return database;
}

}  // namespace

Result<std::unique_ptr<Database>> open_world_to_read(const std::string& path, const std::string& vfs) {
    if (const Status sound = refuse_orphaned_wal(path); !sound) return sound.error();
    if (!files::exists(path)) return Error{Errc::not_found, fmt::format("there is no world in {}", path)};
    if (is_empty_file(path)) return refuse(path, "is empty");
    if (restore_is_unfinished(path)) {
        return Error{Errc::busy, fmt::format("restoring {} was interrupted; starting the server, or "
                                             "`gyre restore` again, finishes it",
                                             path)};
    }
    return look_at_world(path, vfs);
}

Result<std::unique_ptr<Database>> open_world(const std::string& path, const std::string& vfs) {
    if (const Result<std::string> finished = finish_restore(path); !finished) return finished.error();
    if (const Status sound = refuse_orphaned_wal(path); !sound) return sound.error();
    // A power cut in the very first transaction leaves an empty file, too: nobody was told anything of that
    // world.
    if (is_empty_file(path))
        log::warn("store", "the database is empty: a new world begins", {{"file", path}});
    if (!files::exists(path)) {
        if (const Status made = files::create_private(path); !made) return made.error();
    }
    if (auto look = look_at_world(path, vfs); !look && look.error().code != Errc::denied) return look.error();
    // Denied: a crash during the very first transaction left a rollback journal, which only a writer may play
    // back. That much is repair, and the identity is checked again before anything else.
    auto opened = Database::open(path, Database::Mode::read_write, vfs);
    if (!opened) return opened.error();
    Database& database = *opened.value();
    if (const Status known = identify_world(database); !known) {
        database.leave_untouched_at_close();
        return known.error();
    }
    if (const Status configured = configure(database); !configured) return configured.error();
    if (const Status ready = migrate(database, migrations); !ready) return advise(ready).error();
    return opened;
}

}  // namespace gyre::world
