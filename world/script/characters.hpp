#pragma once

#include "world/object.hpp"

#include <lua.hpp>
#include <string_view>

namespace gyre::world::script {

/// Of a player's own code, what it writes of his character: how he looks, and no more. His name, his silence,
/// what he ignores and his timers are the world's, so that nobody's program makes him somebody else.
/// Anything of other objects, and for the library's and wizards' code.
[[nodiscard]] bool may_write_character(lua_State* lua, const Object& object, std::string_view what);
/// Raises an error if not.
void check_write_character(lua_State* lua, const Object& object, std::string_view what);

}  // namespace gyre::world::script
