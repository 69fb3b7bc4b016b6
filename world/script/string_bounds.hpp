#pragma once

#include "world/script/state.hpp"
#include "world/script/string_format.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <lua.hpp>
#include <string>

namespace gyre::world::script {

/// Raises the error of a result that would be too long.
[[noreturn]] inline void too_long(lua_State* lua) {
    fail(lua,
         "the string would be longer than " + with_commas(static_cast<std::int64_t>(max_string)) + " bytes");
}

/// A position as Lua counts: negative from the end.
inline lua_Integer from_start(lua_Integer position, std::size_t size) {
    if (position >= 0) return position;
    const lua_Integer counted = static_cast<lua_Integer>(size) + position + 1;
    return std::max<lua_Integer>(counted, 0);
}

}  // namespace gyre::world::script
