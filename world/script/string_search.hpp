#pragma once

#include <lua.hpp>

namespace gyre::world::script {

/// Adds find, match, gmatch and gsub to the table on top.
void add_string_searches(lua_State* lua);

}  // namespace gyre::world::script
