#include "world/script/frames.hpp"

#include "world/script/pure_hooks.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

/// Nearest Lua frame up to this far; C functions of ours nest by callbacks only.
constexpr int max_c_frames = 64;
constexpr int max_traceback = 20;  // Frames shown.

/// The level of the nearest Lua frame, with `frame` filled in by "S"; -1 if there is none.
int find_lua_frame(lua_State* lua, lua_Debug& frame) {
    for (int level = 0; level < max_c_frames && lua_getstack(lua, level, &frame) != 0; ++level) {
        lua_getinfo(lua, "S", &frame);
        if (*frame.what != 'C') return level;
    }
    return -1;
}

/// The object that the frame calls `self`.
ObjectId self_of(lua_State* lua, const lua_Debug& frame) {
    const char* name = lua_getlocal(lua, &frame, 1);
    if (name == nullptr) return ObjectId::nothing;
    const ObjectId self = std::string_view{name} == "self" ? object_at(lua, -1) : ObjectId::nothing;
    lua_pop(lua, 1);
    return self;
}

/// What the function of this frame is called: by its caller, else as a method of its class. Empty if neither.
std::string function_name(lua_State* lua, lua_Debug& frame) {
    lua_getinfo(lua, "nf", &frame);
    std::string name = frame.name != nullptr ? frame.name : "";
    const State& state = state_of(lua);
    const Class* of = state.chunks.find(frame.source);
    if (name.empty() && of != nullptr && lua_checkstack(lua, 3) != 0) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, state.functions);
        for (const Member& member : of->own) {
            if (member.function == 0) continue;
            lua_rawgeti(lua, -1, member.function);
            unwrap_pure(lua);
            if (lua_rawequal(lua, -1, -3) != 0) name = state.world.atoms.name(member.name);
            lua_pop(lua, 1);
        }
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return name;
}

/// The account that owns an object, or nullptr.
const Account* owner_account(const World& world, const Object& object) {
    return account_of(world, object.owner);
}

/// For whom code of this class runs; empty: the library.
const std::string& account_behind(const State& state, const Class& code) {
    return code.owner.empty() ? state.acting_for : code.owner;
}

/// The event that tells of what a veto may forbid; empty if there is no usual one.
std::string_view event_of(std::string_view veto) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> events{{
        {"can_enter", "entered"},
        {"can_leave", "left"},
        {"can_move", "moved"},
        {"can_open", "opened"},
        {"can_close", "closed"},
        {"can_lock", "locked"},
        {"can_unlock", "unlocked"},
        {"can_wear", "worn"},
        {"can_eat", "eaten"},
        {"can_sit", "sat"},
        {"can_say", "said"},
    }};
    for (const auto& [asked, told] : events) {
        if (asked == veto) return told;
    }
    return {};
}

std::string describe(const World& world, const Object& object) {
    const Property* name = const_cast<Object&>(object).find(atom(atoms::singleton));
    if (name != nullptr && name->value.tag() == Value::Tag::string) return std::string{name->value.string()};
    static_cast<void>(world);
    return object.of->title + " #" + std::to_string(number(object.id));
}

/// Raises the error in `lua` if a Lua function that runs in `thread` is not the library's, or may have been
/// called by one that is not.
void check_all_of_library(lua_State* lua, lua_State* thread, const char* what) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(thread, level, &frame) != 0; ++level) {
        charge(lua, 1);
        lua_getinfo(thread, "St", &frame);
        if (*frame.what == 'C') continue;
        const Class* code = state_of(lua).chunks.find(frame.source);
        if (code == nullptr || !code->owner.empty()) {
            fail(lua, std::string{what} + " is for the world's own files, and code of " +
                          (code == nullptr ? "nobody" : code->owner) + " led to it");
        }
        if (frame.istailcall) {
            fail(lua, std::string{what} + " must know who called, and a tail call led to " + code->title +
                          ".lua: write 'local r = f() return r' there");
        }
    }
}

}  // namespace

void register_chunk(lua_State* lua, Class& of) {
    lua_Debug info;
    lua_pushvalue(lua, -1);
    lua_getinfo(lua, ">S", &info);
    // This keeps the string alive, so its address stays the class's.
    lua_pushstring(lua, info.source);
    lua_pushboolean(lua, 1);
    lua_rawset(lua, LUA_REGISTRYINDEX);
    state_of(lua).chunks.add(info.source, of);
}

Author author(lua_State* lua) {
    lua_Debug frame;
    if (find_lua_frame(lua, frame) < 0) return {nullptr, lua_getstack(lua, max_c_frames, &frame) == 0};
    return {state_of(lua).chunks.find(frame.source), false};
}

Place innermost(lua_State* lua) {
    lua_Debug frame;
    const int level = find_lua_frame(lua, frame);
    return level < 0 ? Place{} : place_at(lua, level);
}

int nearest_frame(lua_State* lua, const std::function<bool(const lua_Debug& frame)>& fits) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(lua, level, &frame) != 0; ++level) {
        lua_getinfo(lua, "S", &frame);
        if (*frame.what != 'C' && fits(frame)) return level;
    }
    return -1;
}

Place place_at(lua_State* lua, int level) {
    Place place;
    lua_Debug frame;
    if (lua_getstack(lua, level, &frame) == 0) return place;
    lua_getinfo(lua, "Sl", &frame);
    place.file = frame.short_src;
    place.line = frame.currentline;
    place.first_line = std::max(frame.linedefined, 1);  // Of a whole file it is 0.
    place.function = function_name(lua, frame);
    place.in = state_of(lua).chunks.find(frame.source);
    place.at = self_of(lua, frame);
    return place;
}

std::string traceback(lua_State* lua) {
    std::string trace;
    lua_Debug frame;
    int shown = 0;
    for (int level = 0; shown < max_traceback && lua_getstack(lua, level, &frame) != 0; ++level) {
        lua_getinfo(lua, "Sl", &frame);
        if (*frame.what == 'C') continue;
        if (shown++ > 0) trace += '\n';
        trace += frame.short_src;
        trace += ':' + std::to_string(frame.currentline);
        const std::string name = function_name(lua, frame);
        if (!name.empty()) trace += ": in " + name;
    }
    return trace;
}

bool all_exist(lua_State* thread) {
    const World& world = world_of(thread);
    return nearest_frame(thread, [&](const lua_Debug& frame) {
               const ObjectId self = self_of(thread, frame);
               return self != ObjectId::nothing && world.objects.living(self) == nullptr;
           }) < 0;
}

bool written_by_wizard(const World& world, const Class& code) {
    if (code.owner.empty()) return true;
    const Account* account = world.accounts.find(code.owner);
    return account != nullptr && account->role == Role::wizard;
}

bool may_write(lua_State* lua, const Object& object) {
    State& state = state_of(lua);
    if (!state.any_owned && state.acting_for.empty()) return true;
    const Author writer = author(lua);
    if (writer.engine) return true;
    if (writer.code == nullptr) return false;
    const bool acts = writer.code->owner.empty() && !state.acting_for.empty();
    const bool as_wizard = acts
                               ? state.world.rights_of(state.world.transaction.origin().actor) == Role::wizard
                               : written_by_wizard(state.world, *writer.code);
    if (as_wizard || (!acts && object.of->is_a(*writer.code))) return true;
    const Account* owner = owner_account(state.world, object);
    return owner != nullptr && owner->name == account_behind(state, *writer.code);
}

void check_write(lua_State* lua, const Object& object, std::string_view what) {
    check_may_change(lua);
    if (may_write(lua, object)) return;
    const Author writer = author(lua);
    const Account* owner = owner_account(world_of(lua), object);
    fail(lua,
         "code of " +
             (writer.code == nullptr ? std::string{"nobody"} : account_behind(state_of(lua), *writer.code)) +
             " may not write " + describe(world_of(lua), object) + "." + std::string{what} +
             ", which belongs to " + (owner == nullptr ? std::string{"the library"} : owner->name) +
             ": call one of its methods");
}

void check_may_change(lua_State* lua) {
    State& state = state_of(lua);
    if (state.pure == Atom::none) return;
    const std::string& veto = state.world.atoms.name(state.pure);
    const std::string_view event = event_of(veto);
    const std::string instead = is_pure_hook(veto) ? "a verb or an event"
                                : event.empty()    ? "the event that tells of it"
                                                   : "'" + std::string{event} + "'";
    fail(lua, "'" + veto + "' must not change anything: move the write to " + instead);
}

void check_may_speak(lua_State* lua, const Object& person) {
    if (world_of(lua).transaction.origin().actor == person.id || may_write(lua, person)) return;
    fail(lua, "this code may not speak as " + describe(world_of(lua), person) +
                  ", who is neither the actor nor yours");
}

std::string author_account(lua_State* lua) {
    const Author writer = author(lua);
    return writer.code == nullptr ? std::string{} : account_behind(state_of(lua), *writer.code);
}

void check_library(lua_State* lua, const char* what) {
    const State& state = state_of(lua);
    if (!state.acting_for.empty() || author(lua).code == nullptr)
        fail(lua, std::string{what} + " is for the world's own files");
    check_all_of_library(lua, lua, what);
    for (lua_State* thread : state.running) {
        if (thread != lua) check_all_of_library(lua, thread, what);
    }
}

const Account* account_of(const World& world, ObjectId character) {
    Object* object = world.objects.living(character);
    Property* account = object == nullptr ? nullptr : object->find(atom(atoms::account));
    if (account == nullptr || account->value.tag() != Value::Tag::integer) return nullptr;
    return world.accounts.find(account->value.integer());
}

}  // namespace gyre::world::script
