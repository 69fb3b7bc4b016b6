#pragma once

#include <span>
#include <string_view>

namespace gyre::world::script {

/// The chapters of docs/lua_api.md, which is built into the program.
std::span<const std::string_view> manual();

}  // namespace gyre::world::script
