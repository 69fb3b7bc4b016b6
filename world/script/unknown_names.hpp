#pragma once

#include "world/script/declarations.hpp"
#include "world/script/state.hpp"

#include <string>

namespace gyre::world::script {

/// The first name that a class file reads and nothing declares: "lamp.lua:5: 'refuze' is not declared (did
/// you mean 'refuse'?)". Empty if there is none. After the file has run, before its environment is used.
std::string check_unknown_names(State& state, const Draft& draft);

}  // namespace gyre::world::script
