#pragma once

#include "world/value.hpp"

#include <array>
#include <cstddef>
#include <lua.hpp>

namespace gyre::world::script {

/// Lua's copies of long strings that properties hold, such as descriptions: the same one is pushed again and
/// again, and each copy is memory to fill and garbage to collect.
class StringCache {
  public:
    /// Lua has one copy of every shorter string anyway.
    static constexpr std::size_t shortest = 41;
    /// Bounds what stays of strings that nobody has any more, together with the number of slots.
    static constexpr std::size_t longest = 8U << 10;

    void open(lua_State* lua);
    /// Pushes the string `value`.
    void push(lua_State* lua, const Value& value);

  private:
    static constexpr std::size_t slots = 256;
    std::array<Value, slots> held_;  ///< Holds the string, so that its address is nobody else's.
    int copies_ = LUA_NOREF;         ///< Lua's copies, by slot + 1.
};

}  // namespace gyre::world::script
