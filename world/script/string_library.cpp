// `string` but for what searches, with what it costs charged first and no result over 1 MB.

#include "engine/base/ascii.hpp"
#include "world/script/state.hpp"
#include "world/script/string_bounds.hpp"
#include "world/script/string_format.hpp"
#include "world/script/string_search.hpp"
#include "world/script/values.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

/// string.len(s) -> number of bytes
/// As in Lua. What is typed and stored is UTF-8; see the library utf8.
int length(lua_State* lua) {
    lua_pushinteger(lua, static_cast<lua_Integer>(check_string(lua, 1).size()));
    return 1;
}

/// string.sub(s, first[, last]) -> string [n]
/// As in Lua, by bytes.
int sub(lua_State* lua) {
    const std::string_view string = check_string(lua, 1);
    const auto size = static_cast<lua_Integer>(string.size());
    const lua_Integer first = std::max<lua_Integer>(from_start(luaL_checkinteger(lua, 2), string.size()), 1);
    const lua_Integer last = std::min(from_start(luaL_optinteger(lua, 3, -1), string.size()), size);
    if (first > last) {
        lua_pushliteral(lua, "");
        return 1;
    }
    charge(lua, (last - first) / 32);
    lua_pushlstring(lua, string.data() + first - 1, static_cast<std::size_t>(last - first + 1));
    return 1;
}

/// Changes each byte of argument 1.
template <class Change>
int mapped(lua_State* lua, Change change) {
    const std::string_view string = check_string(lua, 1);
    charge(lua, string.size() / 8);
    charge_bytes(lua, string.size());
    std::string result{string};
    std::transform(result.begin(), result.end(), result.begin(), change);
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

/// string.lower(s) -> string [n]
/// Of ASCII letters only.
int lower(lua_State* lua) {
    return mapped(lua, [](char letter) { return ascii::small(letter); });
}

/// string.upper(s) -> string [n]
/// Of ASCII letters only.
int upper(lua_State* lua) {
    return mapped(lua, [](char letter) { return ascii::capital(letter); });
}

/// string.reverse(s) -> string [n]
/// As in Lua, by bytes.
int reverse(lua_State* lua) {
    const std::string_view string = check_string(lua, 1);
    charge(lua, string.size() / 8);
    charge_bytes(lua, string.size());
    const std::string result{string.rbegin(), string.rend()};
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

/// string.rep(s, n[, separator]) -> string [E n]
/// As in Lua; the result has at most 1 MB.
int repeat(lua_State* lua) {
    const std::string_view string = check_string(lua, 1);
    const lua_Integer count = luaL_checkinteger(lua, 2);
    const std::string_view separator = lua_isnoneornil(lua, 3) ? std::string_view{} : check_string(lua, 3);
    const std::size_t piece = string.size() + separator.size();
    if (count <= 0 || piece == 0) {
        lua_pushliteral(lua, "");
        return 1;
    }
    if (static_cast<lua_Unsigned>(count) > max_string / piece) too_long(lua);
    const std::size_t size = piece * static_cast<std::size_t>(count);
    charge(lua, count + static_cast<lua_Integer>(size / 32));
    charge_bytes(lua, size);
    std::string result;
    result.reserve(size);
    for (lua_Integer done = 0; done < count; ++done) {
        if (done > 0) result += separator;
        result += string;
    }
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

/// string.byte(s[, first[, last]]) -> numbers
/// As in Lua.
int byte(lua_State* lua) {
    const std::string_view string = check_string(lua, 1);
    const lua_Integer from = luaL_optinteger(lua, 2, 1);
    const lua_Integer first = std::max<lua_Integer>(from_start(from, string.size()), 1);
    const lua_Integer last = std::min(from_start(luaL_optinteger(lua, 3, from), string.size()),
                                      static_cast<lua_Integer>(string.size()));
    if (first > last) return 0;
    if (last - first >= max_results) fail(lua, "too many results (at most 1,000)");
    const auto count = static_cast<int>(last - first + 1);
    charge(lua, count);
    luaL_checkstack(lua, count, "too many results");
    for (lua_Integer at = first; at <= last; ++at)
        lua_pushinteger(lua, static_cast<unsigned char>(string[static_cast<std::size_t>(at) - 1]));
    return count;
}

/// string.char(number, ...) -> string
/// As in Lua.
int from_bytes(lua_State* lua) {
    const int count = lua_gettop(lua);
    charge(lua, count);
    std::string result;
    for (int index = 1; index <= count; ++index) {
        const lua_Integer code = luaL_checkinteger(lua, index);
        luaL_argcheck(lua, code >= 0 && code <= 255, index, "a byte is needed");
        result += static_cast<char>(code);
    }
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

/// string.format(format, ...) -> string [E n]
/// As in Lua; a width has at most two digits.
int format(lua_State* lua) {
    const std::string result = format_string(lua);
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

}  // namespace

void open_strings(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"byte", guarded<byte>},
                        {"char", guarded<from_bytes>},
                        {"format", guarded<format>},
                        {"len", guarded<length>},
                        {"lower", guarded<lower>},
                        {"rep", guarded<repeat>},
                        {"reverse", guarded<reverse>},
                        {"sub", guarded<sub>},
                        {"upper", guarded<upper>}});
    add_string_searches(lua);
    lua_pushliteral(lua, "");
    lua_createtable(lua, 0, 1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
    make_read_only(lua, "string");
    lua_setfield(lua, -2, "string");
}

}  // namespace gyre::world::script
