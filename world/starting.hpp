#pragma once

#include "world/calls.hpp"
#include "world/world.hpp"

#include <functional>

namespace gyre::world {

/// The server has started: `started` of all objects whose class has it, each as a call of its own with no
/// actor, so many in one step; the rest follows step by step. `defer` as in Calls.
void call_started(World& world, Calls& calls, const std::function<void(std::function<void()>)>& defer,
                  std::size_t in_one_step = 100);

}  // namespace gyre::world
