#pragma once

#include <string_view>

namespace gyre::world::script {

/// docs/lua_api.md, which is built into the program.
std::string_view manual();

}  // namespace gyre::world::script
