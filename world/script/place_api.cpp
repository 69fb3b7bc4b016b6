// What the engine gives to rooms and exits. An exit is one object in two rooms: it knows both and the
// direction in each, and each room lists it.

#include "engine/base/utf8.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/exits.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"
#include "world/sentence/words.hpp"

#include <array>

namespace gyre::world::script {

namespace {

/// The end of an exit as one stands in `room`.
struct End {
    ObjectId other = ObjectId::nothing;
    std::string_view direction;
};

/// Empty if it does not lead away from `room`.
End end_of(World& world, Object& exit, ObjectId room) {
    if (world.reference(exit, atom(atoms::exit_from)) == room)
        return {world.reference(exit, atom(atoms::exit_to)), world.string(exit, atom(atoms::exit_direction))};
    const bool is_way_back = world.reference(exit, atom(atoms::exit_to)) == room;
    if (!is_way_back || world.flag(exit, world.atoms.intern("one_way"))) return {};
    return {world.reference(exit, atom(atoms::exit_from)), world.string(exit, atom(atoms::exit_back))};
}

/// Calls `visit(exit, end)` for the exits of a room that lead on, until it answers false.
template <class Visit>
void each_exit(lua_State* lua, Object& room, Visit&& visit) {
    World& world = world_of(lua);
    const Value* exits = world.transaction.read(room, atom(atoms::exits));
    if (exits == nullptr || exits->tag() != Value::Tag::container) return;
    world.transaction.saw(exits->container().changed_in);
    charge(lua, 2 + 4 * exits->container().list.size());
    for (const Value& each : exits->container().list) {
        Object* exit = each.tag() == Value::Tag::object ? world.objects.living(each.object()) : nullptr;
        if (exit == nullptr) continue;
        const End end = end_of(world, *exit, room.id);
        if (end.other != ObjectId::nothing && !visit(*exit, end)) return;
    }
}

/// r:exits([who]) -> list [n]
/// The exits that lead on from it; with `who`, those that he sees.
int exits(lua_State* lua) {
    Object& room = check_object(lua, 1);
    const Object* observer = optional_object(lua, 2);
    lua_newtable(lua);
    lua_Integer count = 0;
    each_exit(lua, room, [&](const Object& exit, const End&) {
        if (observer == nullptr || world_of(lua).perception.sees(observer->id, exit.id)) {
            push_handle(lua, Handle::object, number(exit.id));
            lua_rawseti(lua, -2, ++count);
        }
        return true;
    });
    return 1;
}

/// r:exit(direction) -> exit | nil, reason [N n]
/// The exit that leads that way.
int exit_to(lua_State* lua) {
    Object& room = check_object(lua, 1);
    const std::string_view direction = check_string(lua, 2);
    ObjectId found = ObjectId::nothing;
    each_exit(lua, room, [&](const Object& exit, const End& end) {
        if (end.direction == direction) found = exit.id;
        return found == ObjectId::nothing;
    });
    push_object(lua, found);
    if (found != ObjectId::nothing) return 1;
    lua_pushstring(lua, "there is no exit that way");
    return 2;
}

/// r:people() -> list [n]
/// Whoever stands in it, players and others.
int people(lua_State* lua) {
    World& world = world_of(lua);
    const std::vector<ObjectId>& inside = world.transaction.contents(check_object(lua, 1));
    charge(lua, 2 + inside.size());
    lua_newtable(lua);
    lua_Integer count = 0;
    for (const ObjectId id : inside) {
        const Object* object = world.objects.living(id);
        if (object == nullptr || (object->of->kinds & Class::person) == 0) continue;
        push_handle(lua, Handle::object, number(id));
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

/// e:other(room) -> room | nil
/// Where it leads from that room; nil if it does not.
int other(lua_State* lua) {
    Object& exit = check_object(lua, 1);
    push_object(lua, end_of(world_of(lua), exit, check_object(lua, 2).id).other);
    return 1;
}

/// e:direction(room) -> string | nil
/// Which way it leads from that room.
int direction(lua_State* lua) {
    Object& exit = check_object(lua, 1);
    const End end = end_of(world_of(lua), exit, check_object(lua, 2).id);
    if (end.direction.empty()) {
        lua_pushnil(lua);
    } else {
        lua_pushlstring(lua, end.direction.data(), end.direction.size());
    }
    return 1;
}

/// e:pass(who) [R W]
/// Moves `who` to the other side; classes of exits say what is seen of it. Only the actor or one's own may be
/// sent.
int pass(lua_State* lua) {
    needs_call(lua);
    lua_settop(lua, 2);
    Object& exit = check_object(lua, 1);
    Object& who = check_object(lua, 2);
    check_may_change(lua);
    check_may_speak(lua, who);
    World& world = world_of(lua);
    world.transaction.read(who, atom(atoms::location));
    Object* there = world.objects.living(end_of(world, exit, who.location).other);
    if (there == nullptr)
        refuse_with(lua, words_about("{the exit} {exit:does} not lead on from here.", "exit", exit.id));
    move_thing(lua, {&who, there, &exit, "walk"});
    return 0;
}

/// What a direction may be called: what a player can type. "n" is north, as when it is typed.
std::string_view check_direction(lua_State* lua, int index) {
    constexpr std::size_t longest = 40;
    const std::string_view direction = lua_type(lua, index) == LUA_TSTRING ? check_string(lua, index) : "";
    if (const std::string_view way = sentence::compass_direction(direction); !way.empty()) return way;
    const bool typable = !direction.empty() && direction.size() <= longest &&
                         utf8::is_printable_ascii(direction) && direction == utf8::fold_ascii(direction) &&
                         direction.front() != ' ' && direction.back() != ' ';
    if (!typable) {
        fail(lua,
             "a direction is one or a few words in small letters (got " + describe_value(lua, index) + ")");
    }
    return direction;
}

void check_way_is_free(lua_State* lua, Object& room, std::string_view direction) {
    bool leads = false;
    each_exit(lua, room, [&](const Object&, const End& end) {
        leads = leads || end.direction == direction;
        return !leads;
    });
    if (!leads) return;
    static const text::Template& words = *text::compile("A way leads {way} from {room} already.").value();
    refuse_with(lua, Text::of_template(words, {{"room", Value{world_of(lua).string(room, atom(atoms::name))}},
                                               {"way", Value{direction}}}));
}

/// Whoever may write a room leads exits out of it, and where it is `buildable` every builder.
void check_may_build(lua_State* lua, Object& room) {
    World& world = world_of(lua);
    if (!world.flag(room, world.atoms.find("buildable"))) return check_write(lua, room, "exits");
    check_may_change(lua);
}

/// r:connect(direction, room[, back]) -> exit [R E W]
/// A new exit from here to `room` and back. Without `back` it is the opposite direction; where there is none
/// it leads one way. Refused if either direction is taken. The code must be allowed to write both rooms,
/// where they are not `buildable`.
int connect(lua_State* lua) {
    needs_call(lua);
    lua_settop(lua, 4);
    Object& here = check_object(lua, 1);
    Object& there = check_object(lua, 3);
    if ((there.of->kinds & Class::room) == 0) fail(lua, there.of->title + " is no room to lead to");
    check_may_build(lua, here);
    check_may_build(lua, there);
    const std::string direction{check_direction(lua, 2)};
    const std::string back{lua_isnil(lua, 4) ? opposite_direction(direction) : check_direction(lua, 4)};
    check_way_is_free(lua, here, direction);
    if (!back.empty()) check_way_is_free(lua, there, back);
    World& world = world_of(lua);
    Class* of = world.classes.find(world.atoms.intern("exit"));
    if (of == nullptr || !of->exists) fail(lua, "there is no class 'exit'");
    Object& exit = new_object(lua, *of);
    join_rooms(world, exit, {&here, &there, direction, back});
    if (back.empty()) world.transaction.set(exit, world.atoms.intern("one_way"), Value{true});
    fire(lua, exit, world.atoms.intern("created"), 0);
    push_handle(lua, Handle::object, number(exit.id));
    return 1;
}

}  // namespace

std::span<const Native> place_natives() {
    static constexpr std::array<Native, 7> natives{{{"exits", guarded<exits>, Class::room},
                                                    {"exit", guarded<exit_to>, Class::room},
                                                    {"people", guarded<people>, Class::room},
                                                    {"connect", guarded<connect>, Class::room},
                                                    {"pass", guarded<pass>, Class::exit},
                                                    {"other", guarded<other>, Class::exit},
                                                    {"direction", guarded<direction>, Class::exit}}};
    return natives;
}

}  // namespace gyre::world::script
