#pragma once

#include <cstddef>
#include <lua.hpp>
#include <string>

namespace gyre::world::script {

/// Longest string that a library function makes, in bytes.
constexpr std::size_t max_string = 1U << 20;

/// string.format of the arguments on the stack: %c %d %i %e %E %f %g %G %o %s %u %x %X and %%, with flags,
/// width and precision of at most two digits. %p and %q are errors: the one shows addresses, the other is
/// for source code.
std::string format_string(lua_State* lua);

}  // namespace gyre::world::script
