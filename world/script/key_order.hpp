#pragma once

#include <lua.hpp>

namespace gyre::world::script {

// Lua walks its tables in an order that depends on addresses and on a random seed. Scripts get one order that
// is the same in every run: 1 to n, then the other keys: booleans, numbers, strings, objects, the rest.

/// `next(table, key)` in that order; table at 1, key at 2. Costs the size of the table beyond its list part.
int next_in_order(lua_State* lua);
/// Pushes a function that gives one pair after the other of the table at `index`. It collects and sorts the
/// keys behind the list part once, when it gets there.
void push_ordered_iterator(lua_State* lua, int index);

}  // namespace gyre::world::script
