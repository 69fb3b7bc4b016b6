// What the engine gives to people: players and those who live in the world.

#include "engine/base/utf8.hpp"
#include "world/script/announcing.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"
#include "world/script/voices.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

namespace {

/// p:tell(template[, args]) [E]
/// Text to this person alone, from his own side. Of those who are no players `told(text)` is called. The code
/// of one builder tells others (whoever is not the actor) 100 lines at once, announced ones included, and
/// then 5 a second. Whoever ignores the builder reads nothing of what that one does by his own code, and one
/// who is silenced tells others nothing by it.
int tell(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 3);
    Object& person = check_object(lua, 1);
    const Ref<Text> text = text_with_arguments(lua, 2);
    note_speaker(lua);
    State& state = state_of(lua);
    if (!may_tell(lua, person)) return 0;
    state.world.transaction.tell(person.id, resolve_for(lua, *text, person.id));
    constexpr Atom told = atom(atoms::told);
    if (!state.runtime.own_call || !listens(person, told)) return 0;
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
    // What is one line cannot pass for what others say.
    const bool is_data = lua_type(lua, 2) == LUA_TSTRING;
    const Ref<Text> said =
        is_data ? Text::of_data(utf8::filter(check_string(lua, 2))) : text_with_arguments(lua, 2);
    std::vector<Text::Argument> arguments;
    arguments.reserve(2);
    arguments.push_back({"who", Value{speaker.id}});
    arguments.push_back({"words", Value{said}});
    Announcement announcement;
    announcement.source = &speaker;
    announcement.text = Text::of_template(*text::compile(words).value(), std::move(arguments));
    announcement.kind = how;
    announcement.who = speaker.id;
    set_off_heard(lua, speaker, announce(lua, announcement), said, how);
}

/// p:say(template[, args]) [R E n]
/// Says it aloud where he is: all there read it, `heard(who, text, how)` of those who listen is called. Only
/// for the actor or by code that may write him.
int say(lua_State* lua) {
    speak(lua, "{who} {who:says}, \"{#say {words}}\"", "say");
    return 0;
}

/// p:emote(template[, args]) [R E n]
/// As say, about what he does: "waves".
int emote(lua_State* lua) {
    speak(lua, "{who} {words}", "emote");
    return 0;
}

// --- Perception

int yes(lua_State* lua) {
    lua_pushboolean(lua, 1);
    return 1;
}

int no(lua_State* lua, const char* reason) {
    lua_pushboolean(lua, 0);
    lua_pushstring(lua, reason);
    return 2;
}

/// p:sees(thing) -> boolean[, reason]
/// Whether he perceives it by sight; what he carries he does in the dark too. If not, what is in the way.
int sees(lua_State* lua) {
    charge(lua, 20);
    Perception& perception = world_of(lua).perception;
    const ObjectId person = check_object(lua, 1).id;
    const ObjectId thing = check_object(lua, 2).id;
    return perception.sees(person, thing) ? yes(lua) : no(lua, perception.why_unseen(person, thing));
}

/// p:reaches(thing) -> boolean[, reason]
/// Whether he can touch it: no shut lid, no other person's hands, and not too far. If not, what is in the
/// way.
int reaches(lua_State* lua) {
    charge(lua, 20);
    Perception& perception = world_of(lua).perception;
    const ObjectId person = check_object(lua, 1).id;
    const ObjectId thing = check_object(lua, 2).id;
    return perception.reaches(person, thing) ? yes(lua) : no(lua, perception.why_unreached(person, thing));
}

/// p:hears(thing) -> boolean[, reason]
/// Whether it is close enough to hear: in the same room, whatever is shut.
int hears(lua_State* lua) {
    charge(lua, 20);
    const ObjectId person = check_object(lua, 1).id;
    const bool is_heard = world_of(lua).perception.hears(person, check_object(lua, 2).id);
    return is_heard ? yes(lua) : no(lua, "it is out of earshot");
}

/// p:visible() -> things, people, seats [n]
/// What he sees around him, directly in the room or in the shut thing where he is, as two lists. Not himself.
/// `seats` says whether there is a seat among the things.
int visible(lua_State* lua) {
    World& world = world_of(lua);
    Object& observer = check_object(lua, 1);
    const std::vector<ObjectId> all =
        world.perception.visible_contents(observer.id, world.perception.space_around(observer));
    charge(lua, 10 + 4 * all.size());
    const auto kinds = [&world](ObjectId id) { return world.objects.find(id)->of->kinds; };
    const auto people =
        std::ranges::count_if(all, [&](ObjectId id) { return (kinds(id) & Class::person) != 0; });
    lua_createtable(lua, static_cast<int>(all.size()) - static_cast<int>(people), 0);
    lua_createtable(lua, static_cast<int>(people), 0);
    lua_Integer thing = 0;
    lua_Integer person = 0;
    unsigned all_kinds = 0;
    for (const ObjectId id : all) {
        const unsigned its = kinds(id);
        const bool is_person = (its & Class::person) != 0;
        all_kinds |= is_person ? 0U : its;
        push_handle(lua, Handle::object, number(id));
        lua_rawseti(lua, is_person ? -2 : -3, is_person ? ++person : ++thing);
    }
    lua_pushboolean(lua, (all_kinds & Class::seat) != 0 ? 1 : 0);
    return 3;
}

// --- What he carries

/// p.coins -> integer
/// How many coins are in the heaps that he carries.
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

[[noreturn]] void refuse_no_way(lua_State* lua, const std::string& direction) {
    const Ref<Text> words = Text::of_data("There is no way " + direction + " from here.");
    auto* note = new text::Note;
    words->note = Ref<const text::Note>{note};
    note->kind = text::Note::Kind::wrong_way;
    note->subject = utf8::filter(direction);
    refuse_with(lua, words);
}

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
    if (exit == ObjectId::nothing) refuse_no_way(lua, direction);
    return *world.objects.living(exit);
}

/// p:go(direction or exit) [R W]
/// Walks through that exit, with all that exits and rooms say to it. Only for the actor or by code that may
/// write him.
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

/// p.connected -> boolean
/// Whether somebody plays him now.
int connected(lua_State* lua) {
    World& world = world_of(lua);
    lua_pushboolean(lua, world.flag(check_object(lua, 1), atom(atoms::connected)) ? 1 : 0);
    return 1;
}

/// p.role -> "player" | "builder" | "wizard"
/// What his account may do.
int role(lua_State* lua) {
    const std::string_view name = role_name(world_of(lua).role_of(check_object(lua, 1).id));
    lua_pushlstring(lua, name.data(), name.size());
    return 1;
}

/// p:has_role(role) -> boolean [E]
/// Whether he may do what that role may; "builder" includes wizards.
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

/// p:sessions() -> list of {id, service, since, idle, width, colours, screen_reader} [E n]
/// The connections he plays through; `colours` is how many are shown, 0 for none. For his own code and the
/// library's.
int sessions(lua_State* lua) {
    const Object& player = check_object(lua, 1);
    check_write(lua, player, "sessions");
    lua_newtable(lua);
    if (player.subscribers == nullptr) return 1;
    lua_Integer count = 0;
    for (const Subscriber* session : player.subscribers->sessions) {
        charge(lua, 10);
        const SessionFacts facts = session->facts();
        lua_createtable(lua, 0, 7);
        set_integer(lua, "id", static_cast<std::int64_t>(facts.id));
        lua_pushlstring(lua, facts.service.data(), facts.service.size());
        lua_setfield(lua, -2, "service");
        set_integer(lua, "since", facts.since);
        set_integer(lua, "idle", facts.idle);
        set_integer(lua, "width", facts.width);
        set_integer(lua, "colours", facts.colours);
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
