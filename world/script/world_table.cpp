// `world`: what scripts may ask of the world as a whole.

#include "world/scheduler.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/authority.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

/// world:players([observer]) -> list [n]
/// Everybody who is connected; with `observer`, those whom he may perceive.
int world_players(lua_State* lua) {
    World& world = world_of(lua);
    const Object* observer = optional_object(lua, 2);
    const std::vector<ObjectId>& online = world.audience.online(world.transaction);
    charge(lua, 2 * online.size() + 2);
    lua_createtable(lua, static_cast<int>(online.size()), 0);
    lua_Integer count = 0;
    for (const ObjectId id : online) {
        Object* player = world.objects.living(id);
        if (player == nullptr) continue;
        const bool is_hidden = observer != nullptr && observer->id != id &&
                               !world.perception.shows_itself(observer->id, *player);
        if (is_hidden) continue;
        push_handle(lua, Handle::object, number(id));
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

/// world:find_player(name) -> player | nil, reason [N]
/// Any character of that name, connected or not.
int world_find_player(lua_State* lua) {
    const std::string_view name = check_string(lua, 2);
    World& world = world_of(lua);
    charge(lua, 10);
    push_object(lua, world.names.find(Names::Space::character, name, world.transaction));
    if (!lua_isnil(lua, -1)) return 1;
    lua_pushstring(lua, "there is nobody of that name");
    return 2;
}

void set_number(lua_State* lua, const char* name, std::int64_t number) {
    lua_pushinteger(lua, number);
    lua_setfield(lua, -2, name);
}

/// world:start_room() -> room | nil [N]
/// Where newcomers begin, and whoever was in a room that is gone.
int world_start_room(lua_State* lua) {
    World& world = world_of(lua);
    charge(lua, 10);
    push_object(lua, world.names.find(Names::Space::singleton, world.start_room, world.transaction));
    return 1;
}

/// world:now() -> {year, month, day, hour, minute, season, daylight}
/// World time.
int world_now(lua_State* lua) {
    World& world = world_of(lua);
    charge(lua, 20);
    const Calendar::Date date = world.calendar.date(world.scheduler->now_ms());
    lua_createtable(lua, 0, 7);
    set_number(lua, "year", date.year);
    set_number(lua, "month", date.month);
    set_number(lua, "day", date.day);
    set_number(lua, "hour", date.hour);
    set_number(lua, "minute", date.minute);
    lua_pushlstring(lua, date.season.data(), date.season.size());
    lua_setfield(lua, -2, "season");
    lua_pushboolean(lua, date.daylight ? 1 : 0);
    lua_setfield(lua, -2, "daylight");
    return 1;
}

/// world:channel(name) -> channel [N]
/// What the switchboard (scripts/core) knows by that name.
int world_channel(lua_State* lua) {
    check_string(lua, 2);
    World& world = world_of(lua);
    charge(lua, 20);
    Object* switchboard =
        world.objects.living(world.names.find(Names::Space::singleton, "switchboard", world.transaction));
    if (switchboard != nullptr) {
        lua_settop(lua, 2);
        call_method(lua, *switchboard, world.atoms.intern("find"), 1);
        if (!lua_isnil(lua, -1)) return 1;
    }
    lua_pushnil(lua);
    lua_pushstring(lua, "there is no channel of that name");
    return 2;
}

/// world:announce(template[, args]) [E n]
/// To all who are connected; for wizards' code.
int world_announce(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    check_authority(lua);
    lua_settop(lua, 3);
    const Ref<Text> text = text_with_arguments(lua, 2);
    World& world = world_of(lua);
    const std::vector<ObjectId>& online = world.audience.online(world.transaction);
    charge(lua, 20 * online.size() + 10);
    for (const ObjectId id : online) world.transaction.tell(id, resolve_for(lua, *text, id));
    return 0;
}

/// world.name -> string
/// What the configuration calls the world.
int world_index(lua_State* lua) {
    const std::string_view key = push_string_of(lua, 2);
    if (key == "name") {
        const std::string& name = world_of(lua).name;
        lua_pushlstring(lua, name.data(), name.size());
    } else if (key == "players") {
        lua_pushcfunction(lua, guarded<world_players>);
    } else if (key == "find_player") {
        lua_pushcfunction(lua, guarded<world_find_player>);
    } else if (key == "start_room") {
        lua_pushcfunction(lua, guarded<world_start_room>);
    } else if (key == "manual") {
        lua_pushcfunction(lua, guarded<world_manual>);
    } else if (key == "now") {
        lua_pushcfunction(lua, guarded<world_now>);
    } else if (key == "channel") {
        lua_pushcfunction(lua, guarded<world_channel>);
    } else if (key == "announce") {
        lua_pushcfunction(lua, guarded<world_announce>);
    } else {
        fail(lua, "world has no '" + std::string{key} +
                      "': it has name, now, players, find_player, start_room, channel, announce and manual");
    }
    return 1;
}

}  // namespace

void open_world_table(lua_State* lua) {
    lua_newtable(lua);
    make_read_only(lua, "world");
    lua_getmetatable(lua, -1);
    set_functions(lua, {{"__index", guarded<world_index>}});
    lua_pop(lua, 1);
    lua_setfield(lua, -2, "world");
}

}  // namespace gyre::world::script
