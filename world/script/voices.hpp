#pragma once

#include "world/object.hpp"
#include "world/world.hpp"

#include <lua.hpp>

namespace gyre::world::script {

struct Announcement;

// Who gives others words: nobody reads whom he ignores, and who is silenced gives none (scripts/core).

/// Whose words or gestures these are; nothing if it is something else that happens.
ObjectId speaker_of(const Announcement& announcement);

/// The character whose own code leads to what is told now, while he acts or nobody does: he speaks by it.
/// What others do with his things is not his.
ObjectId speaker_by_code(lua_State* lua);

/// Refuses if a wizard silenced this player (scripts/core/reporting.lua).
void check_voice(lua_State* lua, ObjectId speaker);

/// Whether `observer` chose not to hear from `speaker` (scripts/core/ignoring.lua).
bool ignores(World& world, Object& observer, ObjectId speaker);

/// Before code tells this person alone something: false if he ignores whoever speaks by that code. Refuses if
/// that one is silenced, and raises the error of use_breath. The actor may always be told.
bool may_tell(lua_State* lua, Object& person);

}  // namespace gyre::world::script
