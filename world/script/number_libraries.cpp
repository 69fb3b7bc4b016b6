// `math` and `utf8`. Lua's own functions where they take constant time; the random ones are ours, so that
// tests can repeat them.

#include "world/script/state.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

/// math.random([first,] [last]) -> number [E]
/// As in Lua; repeatable in tests. See also chance, pick and roll.
int random_number(lua_State* lua) {
    Random& random = state_of(lua).random;
    const int arguments = lua_gettop(lua);
    if (arguments == 0) {
        lua_pushnumber(lua, random.unit());
        return 1;
    }
    const lua_Integer low = arguments == 1 ? 1 : luaL_checkinteger(lua, 1);
    const lua_Integer high = luaL_checkinteger(lua, arguments == 1 ? 1 : 2);
    luaL_argcheck(lua, low <= high, arguments == 1 ? 1 : 2, "the interval is empty");
    const lua_Unsigned span = static_cast<lua_Unsigned>(high) - static_cast<lua_Unsigned>(low) + 1;
    const lua_Unsigned offset = span == 0 ? random() : random.below(span);
    lua_pushinteger(lua, static_cast<lua_Integer>(static_cast<lua_Unsigned>(low) + offset));
    return 1;
}

/// Lua's function in upvalue 1, with the length of the string charged.
int by_length(lua_State* lua) {
    charge(lua, 1 + check_string(lua, 1).size() / 8);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    return lua_gettop(lua);
}

int code_points(lua_State* lua) {
    const auto size = static_cast<lua_Integer>(check_string(lua, 1).size());
    const lua_Integer first = luaL_optinteger(lua, 2, 1);
    const lua_Integer last = luaL_optinteger(lua, 3, first);
    const lua_Integer from = first < 0 ? size + first + 1 : first;
    const lua_Integer to = last < 0 ? size + last + 1 : last;
    if (to > from && static_cast<lua_Unsigned>(to) - static_cast<lua_Unsigned>(from) >= max_results)
        fail(lua, "too many results (at most 1,000)");
    return by_length(lua);
}

void copy(lua_State* lua, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        lua_getfield(lua, -2, name);
        lua_setfield(lua, -2, name);
    }
}

void wrap(lua_State* lua, const char* name, lua_CFunction wrapper) {
    lua_getfield(lua, -2, name);
    lua_pushcclosure(lua, wrapper, 1);
    lua_setfield(lua, -2, name);
}

void publish(lua_State* lua, const char* name) {
    make_read_only(lua, name);
    lua_remove(lua, -2);
    lua_setfield(lua, -2, name);
}

}  // namespace

void open_numbers(lua_State* lua) {
    luaL_requiref(lua, "math", luaopen_math, 0);
    lua_newtable(lua);
    copy(lua, {"abs",  "acos", "asin",       "atan",       "ceil",      "cos",  "exp", "floor",
               "fmod", "huge", "log",        "max",        "min",       "modf", "pi",  "sin",
               "sqrt", "tan",  "maxinteger", "mininteger", "tointeger", "type", "ult"});
    set_functions(lua, {{"random", guarded<random_number>}});
    publish(lua, "math");
    luaL_requiref(lua, "utf8", luaopen_utf8, 0);
    lua_newtable(lua);
    copy(lua, {"char", "charpattern", "codes"});
    wrap(lua, "len", guarded<by_length>);
    wrap(lua, "offset", guarded<by_length>);
    wrap(lua, "codepoint", guarded<code_points>);
    publish(lua, "utf8");
}

}  // namespace gyre::world::script
