#pragma once

#include "world/script/natives.hpp"

#include <lua.hpp>
#include <span>

namespace gyre::world::script {

/// `test` and `check`, into the table on top of the stack.
void open_test_api(lua_State* lua);
/// Pushes what each test gets as `t`.
void push_test_table(lua_State* lua);
/// What players can do in tests.
std::span<const Native> test_natives();

}  // namespace gyre::world::script
