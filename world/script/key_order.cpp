#include "world/script/key_order.hpp"

#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace gyre::world::script {

namespace {

/// A key of a table, comparable without Lua. Views live as long as the table holds the key.
struct Key {
    int rank = 0;
    lua_Integer integer = 0;
    lua_Number number = 0;
    std::string_view string;
    const void* address = nullptr;
};

enum Rank : int { boolean, numeric, text, handle, other };

Key key_at(lua_State* lua, int index) {
    Key key;
    switch (lua_type(lua, index)) {
        case LUA_TBOOLEAN:
            key.integer = lua_toboolean(lua, index);
            return key;
        case LUA_TNUMBER:
            key.rank = numeric;
            key.number = lua_tonumber(lua, index);
            key.integer = lua_tointeger(lua, index);
            return key;
        case LUA_TSTRING: {
            std::size_t size = 0;
            const char* string = lua_tolstring(lua, index, &size);
            key.rank = text;
            key.string = {string, size};
            return key;
        }
        case LUA_TLIGHTUSERDATA:
            key.rank = handle;
            key.integer = static_cast<lua_Integer>(handle_bits(lua, index));
            return key;
        default:
            key.rank = other;
            key.address = lua_topointer(lua, index);
            return key;
    }
}

bool before(const Key& left, const Key& right) {
    if (left.rank != right.rank) return left.rank < right.rank;
    if (left.rank == text) return left.string < right.string;
    if (left.rank == other) return std::less<>{}(left.address, right.address);
    if (left.rank == numeric && left.number != right.number) return left.number < right.number;
    return left.integer < right.integer;
}

/// Whether the key at `index` is one of 1..size.
bool is_listed(lua_State* lua, int index, lua_Unsigned size) {
    return lua_isinteger(lua, index) != 0 && lua_tointeger(lua, index) >= 1 &&
           static_cast<lua_Unsigned>(lua_tointeger(lua, index)) <= size;
}

/// Calls `visit(key)` for each key of the table at 1 behind its list part; the key is at -2, its value at -1.
template <class Visit>
void each_other_key(lua_State* lua, int table, lua_Unsigned size, Visit&& visit) {
    lua_pushnil(lua);
    while (lua_next(lua, table) != 0) {
        charge(lua, 1);
        if (!is_listed(lua, -2, size)) visit(key_at(lua, -2));
        lua_pop(lua, 1);
    }
}

/// Pushes the least key that stands behind `last`, and its value; nil if there is none.
int push_least(lua_State* lua, lua_Unsigned size, const Key* last) {
    lua_pushnil(lua);
    const int best = lua_gettop(lua);
    Key least;
    each_other_key(lua, 1, size, [&](const Key& key) {
        if (last != nullptr && !before(*last, key)) return;
        if (!lua_isnil(lua, best) && !before(key, least)) return;
        least = key;
        lua_pushvalue(lua, -2);
        lua_replace(lua, best);
    });
    if (lua_isnil(lua, best)) return 1;
    lua_pushvalue(lua, best);
    lua_rawget(lua, 1);
    return 2;
}

/// Pushes a list of the keys of the table at `table` behind its list part, sorted.
void push_sorted_keys(lua_State* lua, int table, lua_Unsigned size) {
    struct Found {
        Key key;
        lua_Integer at;
    };
    std::vector<Found> found;
    lua_newtable(lua);
    const int keys = lua_gettop(lua);
    each_other_key(lua, table, size, [&](const Key& key) {
        charge_bytes(lua, sizeof(Found));
        found.push_back({key, static_cast<lua_Integer>(found.size()) + 1});
        lua_pushvalue(lua, -2);
        lua_rawseti(lua, keys, found.back().at);
    });
    charge(lua, found.size() * 4);
    std::sort(found.begin(), found.end(),
              [](const Found& left, const Found& right) { return before(left.key, right.key); });
    lua_createtable(lua, static_cast<int>(found.size()), 0);
    lua_Integer position = 0;
    for (const Found& each : found) {
        lua_rawgeti(lua, keys, each.at);
        lua_rawseti(lua, -2, ++position);
    }
    lua_remove(lua, keys);
}

/// Upvalues: position, size of the list part, sorted keys or nil. Arguments: the table, the last key.
int ordered_step(lua_State* lua) {
    lua_settop(lua, 1);
    const auto size = lua_tointeger(lua, lua_upvalueindex(2));
    for (lua_Integer position = lua_tointeger(lua, lua_upvalueindex(1)) + 1;; ++position) {
        charge(lua, 1);
        if (position > size && lua_isnil(lua, lua_upvalueindex(3))) {
            push_sorted_keys(lua, 1, static_cast<lua_Unsigned>(size));
            lua_replace(lua, lua_upvalueindex(3));
        }
        if (position <= size) {
            lua_pushinteger(lua, position);
        } else if (lua_rawgeti(lua, lua_upvalueindex(3), position - size) == LUA_TNIL) {
            return 1;
        }
        lua_pushvalue(lua, -1);
        // Entries that were taken out meanwhile are passed over, and what was destroyed.
        const bool is_gone = lua_rawget(lua, 1) == LUA_TNIL;
        if (is_gone || is_destroyed(lua, -1) || is_destroyed(lua, -2)) {
            lua_settop(lua, 1);
            continue;
        }
        lua_pushinteger(lua, position);
        lua_replace(lua, lua_upvalueindex(1));
        return 2;
    }
}

}  // namespace

int next_in_order(lua_State* lua) {
    const lua_Unsigned size = lua_rawlen(lua, 1);
    const bool listed = lua_isnil(lua, 2) || is_listed(lua, 2, size);
    if (listed) {
        lua_Integer position = lua_isnil(lua, 2) ? 0 : lua_tointeger(lua, 2);
        while (static_cast<lua_Unsigned>(position) < size) {
            lua_pushinteger(lua, ++position);
            if (lua_rawgeti(lua, 1, position) != LUA_TNIL) return 2;
            lua_pop(lua, 2);
            charge(lua, 1);
        }
        return push_least(lua, size, nullptr);
    }
    const Key last = key_at(lua, 2);
    return push_least(lua, size, &last);
}

void push_ordered_iterator(lua_State* lua, int index) {
    const auto size = static_cast<lua_Integer>(lua_rawlen(lua, index));
    lua_pushinteger(lua, 0);
    lua_pushinteger(lua, size);
    lua_pushnil(lua);
    lua_pushcclosure(lua, guarded<ordered_step>, 3);
}

}  // namespace gyre::world::script
