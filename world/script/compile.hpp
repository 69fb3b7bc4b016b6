#pragma once

#include "world/script/declarations.hpp"
#include "world/script/state.hpp"

#include <memory>

namespace gyre::world::script {

/// Runs a class file and gathers what it declares. Nothing of the world changes. The draft's Lua tables are
/// freed with discard().
Result<std::unique_ptr<Draft>> compile_class(State& state, const ClassSource& from);
void discard(State& state, Draft& draft);

}  // namespace gyre::world::script
