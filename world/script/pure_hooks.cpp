// A pure hook is wrapped once, when its class is loaded: so it is pure also where code calls it directly or
// by `super`, and a look costs two more calls from C instead of a search through the frames at each write.

#include "world/script/pure_hooks.hpp"

#include "world/script/state.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

namespace {

/// Upvalues are the method and the hook's name as an atom.
int call_pure(lua_State* lua) {
    const PureScope scope{state_of(lua), static_cast<Atom>(lua_tointeger(lua, lua_upvalueindex(2)))};
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    return lua_gettop(lua);
}

}  // namespace

bool is_pure_hook(std::string_view name) {
    constexpr std::array<std::string_view, 5> hooks{"describe", "look", "visible_to", "seen_as", "vitals"};
    return std::find(hooks.begin(), hooks.end(), name) != hooks.end();
}

void make_pure(lua_State* lua, std::string_view hook) {
    lua_pushinteger(lua, static_cast<lua_Integer>(world_of(lua).atoms.intern(hook)));
    lua_pushcclosure(lua, guarded<call_pure>, 2);
}

void unwrap_pure(lua_State* lua) {
    if (lua_tocfunction(lua, -1) != guarded<call_pure>) return;
    lua_getupvalue(lua, -1, 1);
    lua_replace(lua, -2);
}

}  // namespace gyre::world::script
