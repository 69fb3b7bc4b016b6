// `json`: data for other programs.

#include "world/script/blame.hpp"
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

int take_value(lua_State* lua) {
    *static_cast<Value*>(lua_touserdata(lua, 1)) = to_value(lua, 2, "the value");
    return 0;
}

/// With the error on top: what cannot be a Value has no JSON either.
int no_form(lua_State* lua) {
    if (state_of(lua).meter.killed != Kill::none) raise_kill(lua);
    const std::string_view error = check_string(lua, -1);
    return no(lua, {Errc::bad_input, std::string{error.substr(position_in(error).size())}});
}

/// json.encode(value) -> string | nil, reason [N n]
/// The value as JSON. An empty table is a list. Objects, texts, functions and tables that are a list and a
/// map in one have no JSON.
int encode(lua_State* lua) {
    luaL_checkany(lua, 1);
    lua_settop(lua, 1);
    Value value;
    lua_pushcfunction(lua, guarded<take_value>);
    lua_pushlightuserdata(lua, &value);
    lua_pushvalue(lua, 1);
    if (lua_pcall(lua, 2, 0, 0) != LUA_OK) return no_form(lua);
    const Result<std::string> json = to_json(value);
    if (!json) return no(lua, json.error());
    charge(lua, 10 + json.value().size() / 8);
    charge_bytes(lua, json.value().size());
    lua_pushlstring(lua, json.value().data(), json.value().size());
    return 1;
}

/// json.decode(string) -> value | nil, reason [N n]
/// What JSON says. In a map null is left out; a list cannot hold it.
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
