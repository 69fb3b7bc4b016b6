#pragma once

#include "world/container.hpp"

#include <cstdint>
#include <lua.hpp>
#include <vector>

namespace gyre::world::script {

/// The positions 1 to `size` of the Lua table at `list` in sorted order: by the function at `less`, or by `<`
/// if that is nil.
/// A merge sort: stable, and harmless whatever the comparing function answers.
std::vector<std::uint32_t> sorted_order(lua_State* lua, int list, std::size_t size, int less);

/// Puts the entries of a list of an object into this order. Raises an error if its size has changed.
void reorder(lua_State* lua, Container& list, const std::vector<std::uint32_t>& order);

}  // namespace gyre::world::script
