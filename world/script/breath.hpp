#pragma once

#include <lua.hpp>
#include <string>

namespace gyre::world::script {

/// Before a line is told to others: raises an error if the code that leads to it has told too many of late
/// (OwnerLimits). The library's code speaks for whoever called it.
void use_breath(lua_State* lua);

/// The account whose limited code leads to what is told now; empty: nobody's, or that of whoever acts by the
/// library's words alone.
const std::string& telling_code(lua_State* lua);

}  // namespace gyre::world::script
