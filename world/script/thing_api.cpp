// What the engine gives to things.

#include "world/script/announcing.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/members.hpp"
#include "world/script/objects.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

#include <array>

namespace gyre::world::script {

namespace {

constexpr int max_range = 5;  // Rooms that an announcement may reach beyond its own.

/// Code may move what it may write, what is inside something it may write, and the actor.
void check_may_move(lua_State* lua, Object& thing) {
    World& world = world_of(lua);
    if (!state_of(lua).any_owned || thing.id == world.transaction.origin().actor || may_write(lua, thing))
        return;
    const Object* around = world.objects.living(thing.location);
    for (int depth = 0; around != nullptr && depth < Object::max_nesting_seen; ++depth) {
        if (may_write(lua, *around)) return;
        around = world.objects.living(around->location);
    }
    check_write(lua, thing, "location");
}

/// Whether it is in the place, at any depth. Counts as read.
bool is_within(World& world, Object& thing, ObjectId place) {
    Object* at = &thing;
    for (int depth = 0; at != nullptr && depth < Object::max_nesting_seen; ++depth) {
        world.transaction.read(*at, atom(atoms::location));
        if (at->location == place) return true;
        at = world.objects.living(at->location);
    }
    return false;
}

/// Nobody parts with what he holds by a sentence that others' code gave to him.
void check_may_part(lua_State* lua, Object& thing, Object& place) {
    World& world = world_of(lua);
    const ObjectId pressed = state_of(lua).pressed;
    if (pressed == ObjectId::nothing || !is_within(world, thing, pressed)) return;
    if (place.id == pressed || is_within(world, place, pressed)) return;
    fail(lua, "nobody parts with what he holds by 'command': that he types himself");
}

/// t:move_to(place[, {how=, via=}]) [R E W]
/// Moves it by actor(). Asked first, and each may refuse: can_leave of the places it leaves, inner first, its
/// own can_move, can_pass of `via`, can_enter of the places it enters, outer first. Told then: left, moved,
/// entered. `how` is a word for them ("take", "walk"). Code may move what it may write, what is in that, and
/// the actor.
int move_to(lua_State* lua) {
    needs_call(lua);
    lua_settop(lua, 3);
    Move move;
    move.thing = &check_object(lua, 1);
    move.place = &check_object(lua, 2);
    if (!lua_isnil(lua, 3)) {
        luaL_checktype(lua, 3, LUA_TTABLE);
        if (lua_getfield(lua, 3, "how") != LUA_TNIL) move.how = check_string(lua, -1);
        lua_getfield(lua, 3, "via");
        move.via = optional_object(lua, lua_gettop(lua));
    }
    check_may_move(lua, *move.thing);
    check_may_part(lua, *move.thing, *move.place);
    move_thing(lua, move);
    return 0;
}

/// t:contents([class]) -> list [n]
/// What is directly inside, in order of number; only instances of `class` if it is given.
int contents(lua_State* lua) {
    Object& place = check_object(lua, 1);
    State& state = state_of(lua);
    const Class* wanted = nullptr;
    if (!lua_isnoneornil(lua, 2)) {
        const std::string name{check_string(lua, 2)};
        const Atom atom = state.atoms.find(lua, 2);
        wanted = atom == Atom::none ? nullptr : state.world.classes.find(atom);
        if (wanted == nullptr) fail(lua, "there is no class '" + name + "'");
    }
    const std::vector<ObjectId>& inside = state.world.transaction.contents(place);
    charge(lua, 2 + 2 * inside.size());
    lua_createtable(lua, static_cast<int>(wanted == nullptr ? inside.size() : 0), 0);
    lua_Integer count = 0;
    for (const ObjectId id : inside) {
        const Object* object = state.world.objects.living(id);
        if (object == nullptr || (wanted != nullptr && !object->of->is_a(*wanted))) continue;
        push_handle(lua, Handle::object, number(id));
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

/// t:room() -> room | nil
/// The room around it at any depth; a room's own is itself.
int room(lua_State* lua) {
    push_object(lua, world_of(lua).perception.room_of(check_object(lua, 1).id));
    return 1;
}

/// t:inside(place) -> boolean
/// Whether it is in the place, at any depth.
int inside(lua_State* lua) {
    const ObjectId place = check_object(lua, 2).id;
    lua_pushboolean(lua, is_within(world_of(lua), check_object(lua, 1), place) ? 1 : 0);
    return 1;
}

// --- Announcing

std::vector<ObjectId> excepted_at(lua_State* lua, int index) {
    std::vector<ObjectId> objects;
    if (lua_isnil(lua, index)) return objects;
    if (object_at(lua, index) != ObjectId::nothing) return {object_at(lua, index)};
    const Value list = to_value(lua, index, "except");
    if (list.tag() != Value::Tag::container) fail(lua, "except is an object or a list of objects");
    for (const Value& each : list.container().list) {
        if (each.tag() == Value::Tag::object) objects.push_back(each.object());
    }
    return objects;
}

void read_options(lua_State* lua, int index, Announcement& announcement) {
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_getfield(lua, index, "except");
    announcement.except = excepted_at(lua, lua_gettop(lua));
    if (lua_getfield(lua, index, "kind") != LUA_TNIL) announcement.kind = check_string(lua, -1);
    if (lua_getfield(lua, index, "range") != LUA_TNIL) {
        const lua_Integer range = luaL_checkinteger(lua, -1);
        if (range < 0 || range > max_range)
            fail(lua, "range is 0 to " + std::to_string(max_range) + " rooms");
        announcement.range = static_cast<int>(range);
    }
    if (lua_getfield(lua, index, "sense") != LUA_TNIL) {
        const std::string_view sense = check_string(lua, -1);
        if (sense != "sight" && sense != "sound")
            fail(lua, "sense is sight or sound (got " + describe_value(lua, -1) + ")");
        announcement.sight = sense == "sight";
    }
    lua_pop(lua, 4);
    if (announcement.sight && announcement.range > 0)
        fail(lua, "only sound is perceived next door: leave out range, or say sense = \"sound\"");
}

/// t:announce(template[, args[, {except=, sense=, range=, kind=}]]) [E n]
/// Tells everybody in its room, each from his own side: who does not perceive somebody reads "someone". Of an
/// exit: both rooms. `except`: an object or list of those who are not told. `sense = "sight"`: only those who
/// see it. `range`: so many rooms further through exits, 0 to 5. `kind` ("action" if left out) and the
/// arguments are what `noticed(event)` gets: event = {kind, who, ...}. The code of one builder tells others
/// 100 lines at once, and then 5 a second.
int announce_here(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 4);
    Announcement announcement;
    announcement.source = &check_object(lua, 1);
    announcement.text = text_with_arguments(lua, 2);
    if (state_of(lua).runtime.own_call && !lua_isnil(lua, 3))
        announcement.arguments = to_value(lua, 3, "an argument");
    if (!lua_isnil(lua, 4)) read_options(lua, 4, announcement);
    announce(lua, announcement);
    return 0;
}

// --- Looking

/// t:describe(who) -> text
/// Its own part of the view; classes override it. Without one: its description.
int describe(lua_State* lua) {
    Object& thing = check_object(lua, 1);
    const Value& description = world_of(lua).get_or_nil(thing, atom(atoms::description));
    const bool is_empty =
        description.is_nil() || (description.tag() == Value::Tag::string && description.string().empty());
    if (is_empty) {
        push_text(lua, words_about("There is nothing special about {the thing}.", "thing", thing.id));
    } else {
        push_stored(lua, description);
    }
    return 1;
}

/// t:look(who) -> text [n]
/// The full view for one observer: its description and what shows in or on it.
int look(lua_State* lua) {
    lua_settop(lua, 2);
    call_method(lua, check_object(lua, 1), world_of(lua).atoms.intern("describe"), 1);
    return 1;
}

/// t:visible_to(who) -> boolean
/// Hook, may not change anything: whether `who` perceives it where light and lids allow. False, or a refusal:
/// it is in nothing that he sees, finds or reads.
int visible_to(lua_State* lua) {
    check_object(lua, 2);
    lua_pushboolean(lua, 1);
    return 1;
}

/// t:seen_as(who) -> object
/// Hook, may not change anything: the object that `who` takes it for: its names are read and understood, and
/// looking shows it. Without the hook the thing itself.
int seen_as(lua_State* lua) {
    check_object(lua, 2);
    push_object(lua, check_object(lua, 1).id);
    return 1;
}

}  // namespace

std::span<const Native> thing_natives() {
    static constexpr std::array<Native, 9> natives{{{"visible_to", guarded<visible_to>, Class::thing},
                                                    {"seen_as", guarded<seen_as>, Class::thing},
                                                    {"move_to", guarded<move_to>, Class::thing},
                                                    {"contents", guarded<contents>, Class::thing},
                                                    {"room", guarded<room>, Class::thing},
                                                    {"inside", guarded<inside>, Class::thing},
                                                    {"announce", guarded<announce_here>, Class::thing},
                                                    {"describe", guarded<describe>, Class::thing},
                                                    {"look", guarded<look>, Class::thing}}};
    return natives;
}

}  // namespace gyre::world::script
