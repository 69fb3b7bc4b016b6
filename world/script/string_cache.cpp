#include "world/script/string_cache.hpp"

#include <cstdint>

namespace gyre::world::script {

void StringCache::open(lua_State* lua) {
    lua_createtable(lua, slots, 0);
    copies_ = luaL_ref(lua, LUA_REGISTRYINDEX);
}

void StringCache::push(lua_State* lua, const Value& value) {
    const std::string_view string = value.string();
    if (string.size() < shortest || string.size() > longest) {
        lua_pushlstring(lua, string.data(), string.size());
        return;
    }
    // Strings are shared, never changed: the same address is the same string.
    const auto address = reinterpret_cast<std::uintptr_t>(string.data());
    const std::size_t slot = (address >> 4U) * 0x9E37'79B9'7F4A'7C15U >> 56U;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, copies_);
    if (held_[slot].tag() == Value::Tag::string && held_[slot].string().data() == string.data()) {
        lua_rawgeti(lua, -1, static_cast<lua_Integer>(slot) + 1);
    } else {
        lua_pushlstring(lua, string.data(), string.size());
        lua_pushvalue(lua, -1);
        lua_rawseti(lua, -3, static_cast<lua_Integer>(slot) + 1);
        held_[slot] = value;
    }
    lua_replace(lua, -2);
}

}  // namespace gyre::world::script
