// What the engine gives to people: players and those who live in the world.

#include "world/script/announcing.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

#include <array>

namespace gyre::world::script {

namespace {

/// person:tell(template[, args])
int tell(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 3);
    Object& person = check_object(lua, 1);
    const Ref<Text> text = text_with_arguments(lua, 2);
    State& state = state_of(lua);
    state.world.transaction.tell(person.id, resolve_for(lua, *text, person.id));
    const Atom told = state.world.atoms.find("told");
    if (!state.runtime.own_call || told == Atom::none || !listens(person, told)) return 0;
    std::vector<Value> arguments;
    arguments.emplace_back(text);
    state.runtime.own_call(person.id, told, std::move(arguments));
    return 0;
}

/// Announces `words`, a template about `who` and what was said.
void speak(lua_State* lua, const char* words, const char* how) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 3);
    Object& speaker = check_object(lua, 1);
    check_may_speak(lua, speaker);
    const Ref<Text> said = text_with_arguments(lua, 2);
    std::vector<Text::Argument> arguments;
    arguments.push_back({"who", Value{speaker.id}});
    arguments.push_back({"words", Value{said}});
    Announcement announcement;
    announcement.source = &speaker;
    announcement.text = Text::of_template(*text::compile(words).value(), std::move(arguments));
    announcement.kind = how;
    Ref<Container> event = make_ref<Container>();
    event->kind = Container::Kind::map;
    event->map.push_back({Value{"who"}, Value{speaker.id}});
    announcement.arguments = Value{std::move(event)};
    announce(lua, announcement);
    set_off_heard(lua, speaker, said, how);
}

int say(lua_State* lua) {
    speak(lua, "{who} {who:says}, \"{#say {words}}\"", "say");
    return 0;
}

int emote(lua_State* lua) {
    speak(lua, "{who} {words}", "emote");
    return 0;
}

// --- Perception

int answer(lua_State* lua, bool yes, const char* reason) {
    lua_pushboolean(lua, yes ? 1 : 0);
    if (yes) return 1;
    lua_pushstring(lua, reason);
    return 2;
}

int sees(lua_State* lua) {
    charge(lua, 20);
    const ObjectId person = check_object(lua, 1).id;
    return answer(lua, world_of(lua).perception.sees(person, check_object(lua, 2).id), "it is not in sight");
}

int reaches(lua_State* lua) {
    charge(lua, 20);
    const ObjectId person = check_object(lua, 1).id;
    return answer(lua, world_of(lua).perception.reaches(person, check_object(lua, 2).id),
                  "it is out of reach");
}

int hears(lua_State* lua) {
    charge(lua, 20);
    const ObjectId person = check_object(lua, 1).id;
    return answer(lua, world_of(lua).perception.hears(person, check_object(lua, 2).id),
                  "it is out of earshot");
}

/// person:visible(): what he perceives in the room around him, as two lists: things, people.
int visible(lua_State* lua) {
    World& world = world_of(lua);
    const ObjectId person = check_object(lua, 1).id;
    const std::vector<ObjectId> all =
        world.perception.visible_contents(person, world.perception.room_of(person));
    charge(lua, 10 + 4 * all.size());
    lua_createtable(lua, 0, 0);
    lua_createtable(lua, static_cast<int>(all.size()), 0);
    lua_Integer things = 0;
    lua_Integer people = 0;
    for (const ObjectId id : all) {
        const bool is_person = (world.objects.living(id)->of->kinds & Class::person) != 0;
        push_handle(lua, Handle::object, number(id));
        lua_rawseti(lua, is_person ? -2 : -3, is_person ? ++people : ++things);
    }
    return 2;
}

// --- What he carries

/// person.coins: how many coins are in the heaps that he carries.
int coins(lua_State* lua) {
    World& world = world_of(lua);
    const Atom coin = world.atoms.find("coin");
    const std::vector<ObjectId>& held = world.transaction.contents(check_object(lua, 1));
    charge(lua, 2 + 2 * held.size());
    lua_Integer count = 0;
    for (const ObjectId id : held) {
        Object* heap = world.objects.living(id);
        if (heap != nullptr && coin != Atom::none && world.is_a(*heap, coin))
            count += world.integer(*heap, atom(atoms::count));
    }
    lua_pushinteger(lua, count);
    return 1;
}

// --- Going

/// The exit at `index`: given as such, or as the direction in which it leaves the room around `person`.
Object& exit_at(lua_State* lua, int index, Object& person) {
    if (object_at(lua, index) != ObjectId::nothing) {
        Object& exit = check_object(lua, index);
        if ((exit.of->kinds & Class::exit) != 0) return exit;
        fail(lua, exit.of->title + " is no exit: go takes a direction or an exit");
    }
    const std::string direction{check_string(lua, index)};
    World& world = world_of(lua);
    world.transaction.read(person, atom(atoms::location));
    Object* room = world.objects.living(person.location);
    if (room == nullptr) refuse_with(lua, Text::of_data("There is no way from here."));
    lua_pushvalue(lua, index);
    call_method(lua, *room, world.atoms.intern("exit"), 1);
    const ObjectId exit = object_at(lua, lua_gettop(lua));
    if (exit == ObjectId::nothing)
        refuse_with(lua, Text::of_data("There is no way " + direction + " from here."));
    return *world.objects.living(exit);
}

/// person:go(direction or exit)
int go(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 2);
    Object& person = check_object(lua, 1);
    check_may_speak(lua, person);
    charge(lua, 20);
    Object& exit = exit_at(lua, 2, person);
    push_handle(lua, Handle::object, number(person.id));
    call_method(lua, exit, world_of(lua).atoms.intern("pass"), 1);
    return 0;
}

// --- Players

int connected(lua_State* lua) {
    World& world = world_of(lua);
    lua_pushboolean(lua, world.flag(check_object(lua, 1), atom(atoms::connected)) ? 1 : 0);
    return 1;
}

int role(lua_State* lua) {
    const std::string_view name = role_name(world_of(lua).role_of(check_object(lua, 1).id));
    lua_pushlstring(lua, name.data(), name.size());
    return 1;
}

int has_role(lua_State* lua) {
    const Role has = world_of(lua).rights_of(check_object(lua, 1).id);
    const std::optional<Role> wanted = role_named(check_string(lua, 2));
    if (!wanted) fail(lua, "a role is player, builder or wizard (got " + describe_value(lua, 2) + ")");
    lua_pushboolean(lua, has >= *wanted ? 1 : 0);
    return 1;
}

void set_integer(lua_State* lua, const char* name, std::int64_t number) {
    lua_pushinteger(lua, number);
    lua_setfield(lua, -2, name);
}

/// player:sessions(): for his own code and the library's.
int sessions(lua_State* lua) {
    const Object& player = check_object(lua, 1);
    check_write(lua, player, "sessions");
    lua_newtable(lua);
    if (player.subscribers == nullptr) return 1;
    lua_Integer count = 0;
    for (const Subscriber* session : player.subscribers->sessions) {
        charge(lua, 10);
        const SessionFacts facts = session->facts();
        lua_createtable(lua, 0, 5);
        lua_pushlstring(lua, facts.service.data(), facts.service.size());
        lua_setfield(lua, -2, "service");
        set_integer(lua, "since", facts.since);
        set_integer(lua, "idle", facts.idle);
        set_integer(lua, "width", facts.width);
        lua_pushboolean(lua, facts.screen_reader ? 1 : 0);
        lua_setfield(lua, -2, "screen_reader");
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

}  // namespace

std::span<const Native> person_natives() {
    static constexpr std::array<Native, 14> natives{{{"tell", guarded<tell>, Class::person},
                                                     {"say", guarded<say>, Class::person},
                                                     {"emote", guarded<emote>, Class::person},
                                                     {"sees", guarded<sees>, Class::person},
                                                     {"reaches", guarded<reaches>, Class::person},
                                                     {"hears", guarded<hears>, Class::person},
                                                     {"visible", guarded<visible>, Class::person},
                                                     {"coins", guarded<coins>, Class::person, true},
                                                     {"go", guarded<go>, Class::person},
                                                     {"find", guarded<find_named>, Class::person},
                                                     {"connected", guarded<connected>, Class::player, true},
                                                     {"role", guarded<role>, Class::player, true},
                                                     {"has_role", guarded<has_role>, Class::player},
                                                     {"sessions", guarded<sessions>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
