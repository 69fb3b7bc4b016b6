#pragma once

#include "engine/base/result.hpp"
#include "world/store/sqlite.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace gyre::world {

/// "Gyre" in the header of the file, so that another program's database is not mistaken for a world.
constexpr std::int64_t world_application_id = 0x47797265;

/// One step from the schema before it to the schema `version`.
struct Migration {
    int version;
    const char* sql;
};

/// All steps from an empty file, in order; the last is what this program writes.
std::span<const Migration> world_migrations();

/// Fine if the database is empty or a world that this program understands.
/// - Errc::damaged: damaged, another program's, or written by a newer version; says which and what to do.
Status identify_world(Database& database);

/// Takes the steps that the database has not seen, each in a transaction of its own.
Status migrate(Database& database, std::span<const Migration> steps);

/// Opens DIR/world.db for the store, making it if there is none, and brings it to the current schema. It
/// looks before it writes: a damaged, foreign or newer database is refused and left as it is. A restore that
/// a crash interrupted is finished first.
Result<std::unique_ptr<Database>> open_world(const std::string& path, const std::string& vfs);

/// Opens a world for reading alone and checks that it is one.
/// - Errc::busy: a restore of it was interrupted.
Result<std::unique_ptr<Database>> open_world_to_read(const std::string& path, const std::string& vfs);

/// Ends the text of damaged_world().
inline constexpr std::string_view damage_advice =
    "; nothing was changed, `gyre restore` puts a backup in its place";
/// The error for a database that cannot be trusted, with what to do about it.
Error damaged_world(const std::string& what);

}  // namespace gyre::world
