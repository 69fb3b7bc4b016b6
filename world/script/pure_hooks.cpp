// A pure hook is wrapped once, when its class is loaded: so it is pure also where code calls it directly or
// by `super`, and a look costs two more calls from C instead of a search through the frames at each write.

#include "world/script/pure_hooks.hpp"

#include "world/script/blame.hpp"
#include "world/script/containers.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

namespace {

/// Whether a text can be made of the value at `index`.
bool is_words(lua_State* lua, int index) {
    const int type = lua_type(lua, index);
    return type == LUA_TSTRING || type == LUA_TNUMBER || is_text(lua, index) ||
           object_at(lua, index) != ObjectId::nothing;
}

/// What the hook should have given; null: it did.
const char* missing(lua_State* lua, std::string_view hook) {
    if (hook == "describe" || hook == "look") return is_words(lua, 1) ? nullptr : "a text";
    if (hook == "visible_to" || lua_toboolean(lua, 1) == 0) return nullptr;
    if (hook == "seen_as") return object_at(lua, 1) != ObjectId::nothing ? nullptr : "an object or nil";
    return lua_istable(lua, 1) || is_container(lua, 1) ? nullptr : "a table";
}

/// What hooks give is used by the library, which would be blamed for it: so it is looked at here.
void check_result(lua_State* lua, Atom hook, ObjectId self) {
    if (lua_gettop(lua) == 0) lua_pushnil(lua);
    const std::string& name = world_of(lua).atoms.name(hook);
    const char* needed = missing(lua, name);
    if (needed == nullptr) return;
    const std::string got = lua_isnil(lua, 1) ? "nothing" : describe_value(lua, 1);
    fail_result(lua, lua_upvalueindex(1), self,
                "'" + name + "' must return " + needed + " (got " + got + ")");
}

/// Upvalues are the method and the hook's name as an atom.
int call_pure(lua_State* lua) {
    State& state = state_of(lua);
    const auto hook = static_cast<Atom>(lua_tointeger(lua, lua_upvalueindex(2)));
    const ObjectId self = object_at(lua, 1);
    const PureScope scope{state, hook};
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    check_result(lua, hook, self);
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
