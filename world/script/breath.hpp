#pragma once

#include <lua.hpp>

namespace gyre::world::script {

/// Before a line is told to others: raises an error if the code that leads to it has told too many of late
/// (OwnerLimits). The library's code speaks for whoever called it.
void use_breath(lua_State* lua);

}  // namespace gyre::world::script
