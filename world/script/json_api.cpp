// `json`: data for other programs.

#include "world/script/json.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

int no(lua_State* lua, const Error& why) {
    lua_pushnil(lua);
    lua_pushlstring(lua, why.text.data(), why.text.size());
    return 2;
}

/// json.encode(value) -> string | nil, reason [N n]
/// The value as JSON. An empty table is a list. Objects, texts and functions have no JSON.
int encode(lua_State* lua) {
    luaL_checkany(lua, 1);
    const Result<std::string> json = to_json(to_value(lua, 1, "a value for json.encode"));
    if (!json) return no(lua, json.error());
    charge(lua, 10 + json.value().size() / 8);
    charge_bytes(lua, json.value().size());
    lua_pushlstring(lua, json.value().data(), json.value().size());
    return 1;
}

/// json.decode(string) -> value | nil, reason [N n]
/// What JSON says; null in a list or map is left out.
int decode(lua_State* lua) {
    const std::string_view json = check_string(lua, 1);
    charge(lua, 10 + json.size() / 4);
    // The longest for its bytes is a list of digits: one value for two of them.
    charge_bytes(lua, json.size() * (sizeof(Value) / 2));
    const Result<Value> value = from_json(json);
    if (!value) return no(lua, value.error());
    push_loose(lua, value.value());
    return 1;
}

}  // namespace

void open_json_api(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"encode", guarded<encode>}, {"decode", guarded<decode>}});
    make_read_only(lua, "json");
    lua_setfield(lua, -2, "json");
}

}  // namespace gyre::world::script
