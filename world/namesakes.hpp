#pragma once

#include "world/object.hpp"

#include <string>
#include <string_view>

namespace gyre::world {

class World;

// People of the world (npcs) and players are not to be taken for one another (DESIGN 5 "Names"): nobody of
// the world is called like a character, and no new character like somebody of the world. Of a name only
// letters and digits count, in any case: "Alice!" is Alice.

/// Longest name, plural or article of an object, in bytes: everybody reads it again and again.
constexpr std::size_t max_object_name = 80;
/// Why `property` cannot be this, where that is one of the three, as one clause; empty: it can.
[[nodiscard]] std::string fault_of_name(Atom property, const Value& value);

/// Whether this is somebody of the world, played by nobody.
[[nodiscard]] bool is_of_the_world(const Class& of);
/// Whether a character is called so. Counts as read.
[[nodiscard]] bool is_called_like_player(World& world, std::string_view name);
/// Whether somebody of the world is called so. Goes through all objects; outside calls.
[[nodiscard]] bool is_called_like_npc(World& world, std::string_view name);
/// What is wrong with the names of those who are of this class, as one clause; empty: nothing. Outside calls.
[[nodiscard]] std::string fault_of_names(World& world, const Class& of);

}  // namespace gyre::world
