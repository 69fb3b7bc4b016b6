#pragma once

#include "world/script/state.hpp"

#include <vector>

namespace gyre::world::script {

/// Runtime::settle_singletons().
std::vector<LoadFault> settle(State& state);

}  // namespace gyre::world::script
