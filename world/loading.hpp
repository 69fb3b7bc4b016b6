#pragma once

#include "engine/base/result.hpp"
#include "world/stored_source.hpp"
#include "world/world.hpp"

#include <string>
#include <unordered_map>

namespace gyre::world {

class Store;

/// Fills an empty world from its store: atoms, objects, names, accounts, timers. Classes are still without
/// source afterwards; their sources are returned. - Errc::damaged, io
Result<std::unordered_map<std::string, StoredSource>> load_world(Store& store, World& world);

}  // namespace gyre::world
