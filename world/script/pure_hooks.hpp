#pragma once

#include <lua.hpp>

#include <string_view>

namespace gyre::world::script {

/// Whether methods of this name only say what somebody perceives, and may not change anything: `describe`,
/// `look`, `visible_to`, `seen_as`, `vitals`. (`can_*` are kept from it where they are fired.)
bool is_pure_hook(std::string_view name);

/// Replaces the method on top of the stack by one that calls it under the hook's name, in which any change is
/// an error, whoever calls it.
void make_pure(lua_State* lua, std::string_view hook);

/// Replaces what make_pure() made by the method itself; leaves any other value.
void unwrap_pure(lua_State* lua);

}  // namespace gyre::world::script
