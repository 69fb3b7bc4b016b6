#pragma once

#include "world/script/state.hpp"

#include <string>

namespace gyre::world::script {

/// Joins the rooms that the file of an exit names, unless it says what cannot be; then the exit stays as it
/// was. Of two exits that are to lead the same way from one room, the one that does so already is right, else
/// the first by the name of its file. Returns what is wrong; empty: it is joined.
[[nodiscard]] std::string join_as_declared(State& state, const Class& of, Object& exit);

}  // namespace gyre::world::script
