// `system`: what only wizards may ask, of the server more than of the world. Each function checks the
// authority of all code that runs, and of the actor.

#include "world/script/api_calls.hpp"
#include "world/script/authority.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

constexpr lua_Integer longest_shutdown = 7 * 86'400;  // Seconds.

/// Both `system.ban(...)` and `system:ban(...)`; then the authority.
void begin(lua_State* lua) {
    needs_call(lua);
    if (lua_type(lua, 1) == LUA_TUSERDATA) lua_remove(lua, 1);  // `system` itself.
    check_may_change(lua);
    check_authority(lua);
}

const Runtime::Operations& operations_of(lua_State* lua) {
    const Runtime::Operations& operations = state_of(lua).runtime.operations;
    if (!operations.boot || !operations.close) fail(lua, "there is no server here to ask this of");
    return operations;
}

/// The field of the table at `index`, or empty.
std::string text_field(lua_State* lua, int index, const char* name) {
    if (lua_type(lua, index) != LUA_TTABLE) return {};
    std::string words;
    if (lua_getfield(lua, index, name) != LUA_TNIL) words = check_string(lua, -1);
    lua_pop(lua, 1);
    return words;
}

std::int64_t seconds_field(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TTABLE) return 0;
    std::int64_t seconds = 0;
    if (lua_getfield(lua, index, "seconds") != LUA_TNIL) {
        seconds = luaL_checkinteger(lua, -1);
        constexpr std::int64_t century = std::int64_t{100} * 366 * 86'400;
        if (seconds < 1 || seconds > century) fail(lua, "a ban lasts 1 second to 100 years");
    }
    lua_pop(lua, 1);
    return seconds;
}

/// system.check() [R E]
/// Goes on only with authority; for deeds of wizards that Lua does by itself.
int check(lua_State* lua) {
    begin(lua);
    return 0;
}

/// system.ban(mask[, {seconds=, reason=}]) -> mask [E N W]
/// An account, an address or a network (`10.0.0.0/8`) may not come in, for so long or for good. The mask as
/// it is kept, or nil and why not. Wizards' code only, as all of `system`.
int ban(lua_State* lua) {
    begin(lua);
    World& world = world_of(lua);
    Ban made;
    made.mask = check_string(lua, 1);
    made.reason = text_field(lua, 2, "reason");
    const std::int64_t seconds = seconds_field(lua, 2);
    made.since = call_time(lua);
    if (seconds > 0) made.ends = made.since + seconds;
    if (Object* actor = world.objects.living(world.transaction.origin().actor))
        made.by = world.string(*actor, atom(atoms::name));
    charge(lua, 50);
    const Result<std::string> mask = world.bans.add(std::move(made), world.transaction);
    if (!mask) {
        lua_pushnil(lua);
        lua_pushlstring(lua, mask.error().text.data(), mask.error().text.size());
        return 2;
    }
    Runtime& runtime = state_of(lua).runtime;
    world.transaction.at_commit([&runtime](BatchNumber) {
        if (runtime.operations.enforce_bans) runtime.operations.enforce_bans();
    });
    lua_pushlstring(lua, mask.value().data(), mask.value().size());
    return 1;
}

/// system.unban(mask) -> boolean [E W]
/// Whether there was such a ban.
int unban(lua_State* lua) {
    begin(lua);
    const std::string mask{check_string(lua, 1)};
    charge(lua, 50);
    lua_pushboolean(lua, world_of(lua).bans.remove(mask, world_of(lua).transaction) ? 1 : 0);
    return 1;
}

/// system.bans() -> list of {mask, ends, since, reason, by} [E n]
/// Those that hold now; without `ends` one holds for good.
int bans(lua_State* lua) {
    begin(lua);
    const std::int64_t now = call_time(lua);
    lua_newtable(lua);
    lua_Integer count = 0;
    for (const auto& [mask, each] : world_of(lua).bans.all()) {
        charge(lua, 20);
        if (each.ends != 0 && each.ends <= now) continue;
        lua_createtable(lua, 0, 5);
        const auto set = [lua](const char* name, const std::string& words) {
            lua_pushlstring(lua, words.data(), words.size());
            lua_setfield(lua, -2, name);
        };
        set("mask", mask);
        set("reason", each.reason);
        set("by", each.by);
        lua_pushinteger(lua, each.since);
        lua_setfield(lua, -2, "since");
        if (each.ends != 0) {
            lua_pushinteger(lua, each.ends);
            lua_setfield(lua, -2, "ends");
        }
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

/// system.boot(player[, why]) [E]
/// Ends all sessions of a player, who reads why.
int boot(lua_State* lua) {
    begin(lua);
    const Object& player = check_object(lua, 1);
    if ((player.of->kinds & Class::player) == 0) fail(lua, "boot takes a player");
    const std::string why = lua_isnoneornil(lua, 2) ? std::string{} : std::string{check_string(lua, 2)};
    const Runtime::Operations& operations = operations_of(lua);
    world_of(lua).transaction.at_commit(
        [&operations, id = player.id, why](BatchNumber) { operations.boot(id, why); });
    return 0;
}

/// system.set_role(player, role) -> role [E N W]
/// What this player's account may do from now on: "player", "builder" or "wizard". What it was before, or nil
/// and why not.
int set_role(lua_State* lua) {
    begin(lua);
    const Object& player = check_object(lua, 1);
    const std::optional<Role> role = role_named(check_string(lua, 2));
    World& world = world_of(lua);
    const Account* account = account_of(world, player.id);
    if (!role || account == nullptr) {
        lua_pushnil(lua);
        lua_pushstring(lua, role ? "this is nobody with an account" : "a role is player, builder or wizard");
        return 2;
    }
    charge(lua, 50);
    const std::string_view before = role_name(account->role);
    lua_pushlstring(lua, before.data(), before.size());
    world.accounts.set_role(account->id, *role, world.transaction);
    return 1;
}

/// system.shutdown(seconds[, why]) [E]
/// Stops the server after that time; everybody is told now and then.
int shut_down(lua_State* lua) {
    begin(lua);
    const lua_Integer seconds = luaL_checkinteger(lua, 1);
    if (seconds < 0 || seconds > longest_shutdown) fail(lua, "shutdown takes 0 seconds to 7 days");
    const std::string why = lua_isnoneornil(lua, 2) ? std::string{} : std::string{check_string(lua, 2)};
    const Runtime::Operations& operations = operations_of(lua);
    world_of(lua).transaction.at_commit(
        [&operations, seconds, why](BatchNumber) { operations.close(seconds, why); });
    return 0;
}

/// system.cancel_shutdown() -> boolean [E]
/// The server goes on after all. Whether it was about to stop.
int cancel_shutdown(lua_State* lua) {
    begin(lua);
    const Runtime::Operations& operations = operations_of(lua);
    const bool is_closing = operations.is_closing();
    if (is_closing)
        world_of(lua).transaction.at_commit([&operations](BatchNumber) { operations.stay_open(); });
    lua_pushboolean(lua, is_closing ? 1 : 0);
    return 1;
}

/// system.export(objects) -> text [E n W]
/// Objects as a file, each with what is in it, for import (docs/building.md): one, or a list of them.
int export_objects(lua_State* lua) {
    begin(lua);
    return system_export(lua);
}

/// system.import(files) -> {made, changed, unchanged, classes, notes, faults} [E Y W]
/// Makes what a file says, or a map of names and files: the text that export gives. With `faults`, a list of
/// what is wrong with their lines, nothing has happened. What is new is the actor's.
int import_files(lua_State* lua) {
    begin(lua);
    return system_import(lua);
}

}  // namespace

void open_system(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"check", guarded<check>},
                        {"ban", guarded<ban>},
                        {"unban", guarded<unban>},
                        {"bans", guarded<bans>},
                        {"boot", guarded<boot>},
                        {"export", guarded<export_objects>},
                        {"import", guarded<import_files>},
                        {"set_role", guarded<set_role>},
                        {"shutdown", guarded<shut_down>},
                        {"cancel_shutdown", guarded<cancel_shutdown>}});
    make_read_only(lua, "system");
    lua_setfield(lua, -2, "system");
}

}  // namespace gyre::world::script
