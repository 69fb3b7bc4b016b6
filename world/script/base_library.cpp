// The functions that Lua itself would give, as scripts may have them: nothing that loads code, reaches the
// machine or shows an address, everything in a fixed order, and no way to catch a kill.

#include "world/script/containers.hpp"
#include "world/script/key_order.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

/// What catching an error costs; throwing one takes about as long as 200 instructions.
constexpr int catch_cost = 200;

/// type(value) -> name
/// What kind of value it is: as in Lua, and "object" or "text" for what stands for those.
int type_of(lua_State* lua) {
    luaL_checkany(lua, 1);
    lua_pushstring(lua, type_name(lua, 1));
    return 1;
}

/// tostring(value) -> string
/// As in Lua. Of an object it is its number, "#127"; a text has none: use text.plain.
int to_string(lua_State* lua) {
    luaL_checkany(lua, 1);
    push_string_of(lua, 1);
    return 1;
}

/// tonumber(value[, base]) -> number | nil
/// As in Lua.
int to_number(lua_State* lua) {
    constexpr std::size_t max_digits = 512;
    if (lua_type(lua, 1) == LUA_TSTRING && check_string(lua, 1).size() > max_digits) {
        lua_pushnil(lua);
        return 1;
    }
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    return lua_gettop(lua);
}

/// error(message[, level]) [E]
/// Ends the call as a bug: everything is undone, the actor reads that something is wrong, the maker gets the
/// traceback. A polite no is `refuse`.
int raise(lua_State* lua) {
    const int level = static_cast<int>(luaL_optinteger(lua, 2, 1));
    lua_settop(lua, 1);
    if (lua_type(lua, 1) == LUA_TLIGHTUSERDATA || lua_type(lua, 1) == LUA_TUSERDATA)
        fail(lua, "error takes a string: to tell a player no, use refuse");
    if (lua_type(lua, 1) == LUA_TSTRING && level > 0) {
        luaL_where(lua, level);
        lua_insert(lua, 1);
        lua_concat(lua, 2);
    }
    return lua_error(lua);
}

// --- Catching

/// An error was caught by `status`: raises it again if it ends the call, else undoes what came after
/// `savepoint` and leaves on the stack what the script may know of it.
void caught(lua_State* lua, const Transaction::Savepoint& savepoint) {
    State& state = state_of(lua);
    if (state.meter.killed != Kill::none) {
        describe_kill(lua);
        raise_kill(lua);
    }
    charge(lua, catch_cost);
    state.world.transaction.rollback_to(savepoint);
    const bool refused = lua_touserdata(lua, -1) == &state.refusal_mark;
    if (!refused) return;
    lua_pop(lua, 1);
    Refusal refusal = std::move(state.refusal).value_or(Refusal{});
    state.refusal.reset();
    push_text(lua, std::move(refusal.text));
}

/// pcall(function, ...) -> true, results | false, error
/// Calls it in a savepoint: what it did is undone if it fails or refuses. A call that was stopped (steps,
/// time, memory) stays stopped.
int protected_call(lua_State* lua) {
    luaL_checkany(lua, 1);
    State& state = state_of(lua);
    const Transaction::Savepoint savepoint = state.world.transaction.savepoint();
    lua_pushboolean(lua, 1);
    lua_insert(lua, 1);
    const int status = lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0);
    if (status == LUA_OK) return lua_gettop(lua);
    caught(lua, savepoint);
    lua_pushboolean(lua, 0);
    lua_insert(lua, -2);
    return 2;
}

/// Runs the script's own handler where the error was raised, unless the call is over.
int message_handler(lua_State* lua) {
    State& state = state_of(lua);
    if (state.meter.killed != Kill::none || lua_touserdata(lua, 1) == &state.refusal_mark) return 1;
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, 1, 1);
    return 1;
}

/// xpcall(function, handler, ...) -> true, results | false, what the handler gave
/// As pcall; `handler(error)` runs where the error was raised.
int extended_protected_call(lua_State* lua) {
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    State& state = state_of(lua);
    const Transaction::Savepoint savepoint = state.world.transaction.savepoint();
    lua_pushvalue(lua, 2);
    lua_pushcclosure(lua, guarded<message_handler>, 1);
    lua_replace(lua, 2);
    lua_pushvalue(lua, 1);
    lua_insert(lua, 3);
    const int status = lua_pcall(lua, lua_gettop(lua) - 3, LUA_MULTRET, 2);
    if (status == LUA_OK) {
        lua_pushboolean(lua, 1);
        lua_replace(lua, 2);
        return lua_gettop(lua) - 1;
    }
    caught(lua, savepoint);
    lua_pushboolean(lua, 0);
    lua_insert(lua, -2);
    return 2;
}

// --- Walking

/// next(table[, key]) -> key, value | nil
/// The entry behind `key`, in a fixed order: numbers, then strings, then objects.
int next_pair(lua_State* lua) {
    lua_settop(lua, 2);
    if (is_container(lua, 1)) return next_entry(lua);
    luaL_checktype(lua, 1, LUA_TTABLE);
    return next_in_order(lua);
}

/// pairs(table) -> iterator
/// All entries in a fixed order; of a list or map of an object those that are there when it begins.
/// References to what was destroyed are passed over.
int pairs(lua_State* lua) {
    if (is_container(lua, 1)) {
        container_at(lua, 1);
        lua_pushcfunction(lua, guarded<next_pair>);
        lua_pushvalue(lua, 1);
        lua_pushnil(lua);
        return 3;
    }
    luaL_checktype(lua, 1, LUA_TTABLE);
    push_ordered_iterator(lua, 1);
    lua_pushvalue(lua, 1);
    lua_pushnil(lua);
    return 3;
}

int next_index(lua_State* lua) {
    lua_Integer index = lua_tointeger(lua, 2);
    if (!is_container(lua, 1)) {
        do {
            charge(lua, 1);
            lua_settop(lua, 1);
            lua_pushinteger(lua, ++index);
            if (lua_rawgeti(lua, 1, index) == LUA_TNIL) return 1;
        } while (is_destroyed(lua, -1));
        return 2;
    }
    // Entries that refer to destroyed objects are passed over.
    const Container& list = container_at(lua, 1);
    while (index >= 0 && static_cast<std::size_t>(index) < list.list.size()) {
        charge(lua, 1);
        lua_pushinteger(lua, ++index);
        push_stored(lua, list.list[static_cast<std::size_t>(index) - 1]);
        if (!lua_isnil(lua, -1)) return 2;
        lua_pop(lua, 2);
    }
    lua_pushnil(lua);
    return 1;
}

/// ipairs(list) -> iterator
/// The entries of a list in order. Objects that were destroyed are passed over.
int indexed_pairs(lua_State* lua) {
    if (!is_container(lua, 1)) luaL_checktype(lua, 1, LUA_TTABLE);
    lua_pushcfunction(lua, guarded<next_index>);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, 0);
    return 3;
}

int undeclared(lua_State* lua) { fail(lua, "'" + std::string{push_string_of(lua, 2)} + "' is not declared"); }

int no_change(lua_State* lua) {
    fail(lua, std::string{"'"} + lua_tostring(lua, lua_upvalueindex(1)) + "' is read only");
}

}  // namespace

int refuse_global(lua_State* lua) {
    const std::string name{push_string_of(lua, 2)};
    fail(lua, "'" + name + "' is not declared: use 'local " + name + "', or keep it in a property");
}

void set_functions(lua_State* lua, std::initializer_list<NamedFunction> functions) {
    for (const NamedFunction& each : functions) {
        lua_pushcfunction(lua, each.function);
        lua_setfield(lua, -2, each.name);
    }
}

void make_read_only(lua_State* lua, const char* name) {
    lua_newuserdatauv(lua, 0, 0);
    lua_createtable(lua, 0, 2);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_pushstring(lua, name);
    lua_pushcclosure(lua, guarded<no_change>, 1);
    lua_setfield(lua, -2, "__newindex");
    lua_setmetatable(lua, -2);
    lua_remove(lua, -2);
}

void open_base(lua_State* lua) {
    luaL_requiref(lua, "_G", luaopen_base, 0);
    for (const char* name : {"assert", "select"}) {
        lua_getfield(lua, -1, name);
        lua_setfield(lua, -3, name);
    }
    lua_getfield(lua, -1, "tonumber");
    lua_pushcclosure(lua, guarded<to_number>, 1);
    lua_setfield(lua, -3, "tonumber");
    lua_pop(lua, 1);
    set_functions(lua, {{"type", guarded<type_of>},
                        {"tostring", guarded<to_string>},
                        {"error", guarded<raise>},
                        {"pcall", guarded<protected_call>},
                        {"xpcall", guarded<extended_protected_call>},
                        {"next", guarded<next_pair>},
                        {"pairs", guarded<pairs>},
                        {"ipairs", guarded<indexed_pairs>}});
    lua_createtable(lua, 0, 1);
    set_functions(lua, {{"__index", guarded<undeclared>}});
    lua_setmetatable(lua, -2);
}

}  // namespace gyre::world::script
