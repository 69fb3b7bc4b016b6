#pragma once

#include "world/script/state.hpp"

namespace gyre::world::script {

/// The player at argument 1, whose line must have begun the call that now is to wait. Raises an error where a
/// call cannot wait; `what` is the function.
Object& check_asked(lua_State* lua, const char* what);
/// The running call will wait for this once it yields: lua_yield must follow. What it gets then is the
/// answer. Raises an error if it holds too much, or too many wait already.
void will_wait_for(lua_State* lua, Question question);

}  // namespace gyre::world::script
