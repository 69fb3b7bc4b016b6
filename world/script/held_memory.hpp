#pragma once

#include <cstddef>
#include <lua.hpp>

namespace gyre::world::script {

/// About how many bytes the running coroutine would keep alive while it waits: what its locals reach, with
/// the texts of the call. Stops counting past `limit`, and charges for the counting. For a C function that
/// scripts call.
std::size_t held_bytes(lua_State* lua, std::size_t limit);

}  // namespace gyre::world::script
