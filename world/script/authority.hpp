#pragma once

#include <lua.hpp>

namespace gyre::world::script {

/// For functions with authority (roles, owners, boot, `system`): goes on only if the actor is a wizard whose
/// rights are on and wizards wrote every Lua function from the gate inward, in calls around this one too; so
/// nobody's code borrows them. Else an error that names the running C function and whose code stands in the
/// way; after a tail call it is not known who called, which is an error too. A wizard whose rights are off
/// reads how to turn them on. Listeners and timers have nobody's authority.
void check_authority(lua_State* lua);

}  // namespace gyre::world::script
