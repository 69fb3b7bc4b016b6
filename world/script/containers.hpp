#pragma once

#include "world/container.hpp"
#include "world/object.hpp"

#include <lua.hpp>

namespace gyre::world::script {

/// Whether the value at `index` is a handle to a list or map of an object.
bool is_container(lua_State* lua, int index);
/// What the handle at `index` names; counts as read. Raises an error if it is no longer part of an object.
Container& container_at(lua_State* lua, int index);
/// The same, to be changed: checks the right to, and gives the object its own copy of a default.
Container& writable_container(lua_State* lua, int index);

/// `table[key]`, key at 2.
int read_entry(lua_State* lua);
/// `table[key] = value`, key and value at 2 and 3.
int write_entry(lua_State* lua);
int container_length(lua_State* lua);
/// `next(handle, key)` in key order, passing over what was destroyed. Key at 2.
int next_entry(lua_State* lua);

// For the table library: positions count from 1 and are in range.
void list_insert(lua_State* lua, Container& list, std::size_t position, int value_index);
void list_set(lua_State* lua, Container& list, std::size_t position, int value_index);
void list_remove(lua_State* lua, Container& list, std::size_t position);

}  // namespace gyre::world::script
