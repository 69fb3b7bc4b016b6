// The functions that every class sees: ending a call, asking who acts, finding objects, timers.

#include "world/scheduler.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/characters.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

#include "engine/base/log.hpp"

#include <charconv>

namespace gyre::world::script {

void needs_call(lua_State* lua) {
    if (state_of(lua).draft != nullptr)
        fail(lua, "this has an effect: a class file only declares; do it in a method");
    if (!world_of(lua).transaction.active())
        fail(lua, "this has an effect: a test file only declares; do it in a test");
}

Object* character_of(World& world, std::string_view account) {
    if (account.empty()) return nullptr;
    return world.objects.living(world.names.find(Names::Space::character, account, world.transaction));
}

namespace {

[[noreturn]] void raise_refusal(lua_State* lua, Refusal refusal) {
    State& state = state_of(lua);
    state.refusal = std::move(refusal);
    lua_pushlightuserdata(lua, &state.refusal_mark);
    lua_error(lua);
    std::abort();
}

}  // namespace

void refuse_with(lua_State* lua, Ref<Text> text) { raise_refusal(lua, {false, std::move(text)}); }

std::int64_t call_time(lua_State* lua) {
    State& state = state_of(lua);
    if (state.now == 0) state.now = unix_seconds(state.world.clock.wall());
    return state.now;
}

namespace {

Ref<Text> optional_text(lua_State* lua, int index) {
    return lua_isnoneornil(lua, index) ? Ref<Text>{} : text_with_arguments(lua, index);
}

/// refuse([template[, args]]) [R]
/// Ends the call politely: everything it did is undone, and the actor alone reads the text.
int refuse(lua_State* lua) {
    needs_call(lua);
    raise_refusal(lua, {false, optional_text(lua, 1)});
}

/// decline([template[, args]]) [R]
/// This verb does not apply: everything is undone and the next candidate is tried. The text is used if all
/// decline.
int decline(lua_State* lua) {
    needs_call(lua);
    raise_refusal(lua, {true, optional_text(lua, 1)});
}

/// try(object, method, ...) -> true, results | false, reason
/// Calls the method in a savepoint: if it refuses, what it did is undone. Errors go on.
int try_method(lua_State* lua) {
    needs_call(lua);
    check_object(lua, 1);
    check_string(lua, 2);
    State& state = state_of(lua);
    // The method as the script itself would find it, rights included.
    lua_pushvalue(lua, 2);
    lua_gettable(lua, 1);
    lua_replace(lua, 2);
    lua_pushvalue(lua, 1);
    lua_insert(lua, 3);
    const Transaction::Savepoint savepoint = state.world.transaction.savepoint();
    if (lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0) == LUA_OK) {
        lua_pushboolean(lua, 1);
        lua_replace(lua, 1);
        return lua_gettop(lua);
    }
    if (state.meter.killed != Kill::none) raise_kill(lua);
    if (lua_touserdata(lua, -1) != &state.refusal_mark) return lua_error(lua);
    charge(lua, 200);  // What throwing costs.
    state.world.transaction.rollback_to(savepoint);
    Refusal refusal = std::exchange(state.refusal, std::nullopt).value_or(Refusal{});
    lua_pushboolean(lua, 0);
    push_text(lua, std::move(refusal.text));
    return 2;
}

/// actor() -> person | nil
/// Who began this call by typing; it cannot be forged. Nil for a clock.
int actor(lua_State* lua) {
    needs_call(lua);
    push_object(lua, world_of(lua).transaction.origin().actor);
    return 1;
}

/// caller() -> person | nil [E]
/// Owner of the code that called the running method; nil if the engine or the library did. An error where a
/// tail call (`return f()`) has erased who it was.
int caller(lua_State* lua) {
    needs_call(lua);
    lua_Debug frame;
    bool is_method = true;
    for (int level = 1; lua_getstack(lua, level, &frame) != 0; ++level) {
        lua_getinfo(lua, "St", &frame);
        if (*frame.what == 'C') continue;
        if (is_method && frame.istailcall)
            fail(lua, "the caller is not known after a tail call: write 'local r = f() return r' there");
        if (!is_method) {
            const Class* code = state_of(lua).chunks.find(frame.source);
            const Object* owner = code == nullptr ? nullptr : character_of(world_of(lua), code->owner);
            push_object(lua, owner == nullptr ? ObjectId::nothing : owner->id);
            return 1;
        }
        is_method = false;
    }
    lua_pushnil(lua);
    return 1;
}

// --- Finding

/// The object of id `number`, or an error.
int push_numbered(lua_State* lua, std::uint64_t number) {
    push_object(lua, object_id(number));
    if (lua_isnil(lua, -1)) fail(lua, "there is no object #" + std::to_string(number));
    return 1;
}

/// object(name or id) -> object [E]
/// A singleton by name, any object by id. At file level it may stand in a default; it is found when all files
/// are loaded.
int object(lua_State* lua) {
    needs_call(lua);
    if (object_at(lua, 1) != ObjectId::nothing) {
        check_object(lua, 1);
        lua_settop(lua, 1);
        return 1;
    }
    if (lua_isinteger(lua, 1) != 0) {
        luaL_argcheck(lua, lua_tointeger(lua, 1) > 0, 1, "ids of objects are positive");
        return push_numbered(lua, static_cast<std::uint64_t>(lua_tointeger(lua, 1)));
    }
    const std::string_view name = check_string(lua, 1);
    if (!name.empty() && name.front() == '#') {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
        if (error == std::errc{} && end == name.data() + name.size()) return push_numbered(lua, number);
    }
    World& world = world_of(lua);
    charge(lua, 10);
    push_object(lua, world.names.find(Names::Space::singleton, name, world.transaction));
    if (lua_isnil(lua, -1)) fail(lua, "there is no object \"" + std::string{name} + "\"");
    return 1;
}

/// exists(value) -> boolean
/// Whether it is an object that has not been destroyed.
int exists(lua_State* lua) {
    if (object_at(lua, 1) == ObjectId::nothing) {
        lua_pushboolean(lua, 0);
        return 1;
    }
    push_object(lua, object_at(lua, 1));
    lua_pushboolean(lua, lua_isnil(lua, -1) ? 0 : 1);
    return 1;
}

/// isa(object, class) -> boolean [E]
/// Whether it is an instance of the class, or uses the trait.
int isa(lua_State* lua) {
    check_string(lua, 2);
    State& state = state_of(lua);
    const ObjectId id = object_at(lua, 1);
    const Object* object = id == ObjectId::nothing ? nullptr : state.world.objects.living(id);
    if (object != nullptr) state.world.transaction.saw(object->existence_changed_in);
    const bool is = object != nullptr && state.world.is_a(*object, state.atoms.find(lua, 2));
    lua_pushboolean(lua, is ? 1 : 0);
    return 1;
}

// --- Timers

/// The atom of the method named at `index`. An object may have it later.
Atom method_at(lua_State* lua, int index) {
    const std::string_view name = check_string(lua, index);
    const Atom method = world_of(lua).atoms.intern(name);
    if (method == Atom::none) fail(lua, "'" + std::string{name} + "' is no name of a method");
    return method;
}

/// after(seconds, object, method, ...) [E W]
/// Calls the method once, after 0 to 315,360,000 seconds, as a call of its own; kept over a restart. Replaces
/// a pending one with the same object, method and arguments. Only code that may write the object sets it.
int after(lua_State* lua) {
    needs_call(lua);
    const double seconds = luaL_checknumber(lua, 1);
    const Object& object = check_object(lua, 2);
    const Atom method = method_at(lua, 3);
    check_write(lua, object, "timers");
    check_write_character(lua, object, "timers");
    const Member* member = object.of->find(method);
    if (member == nullptr || member->kind == Member::Kind::property) {
        fail(lua,
             object.of->title + " has no method '" + world_of(lua).atoms.name(method) + "' to call later");
    }
    std::vector<Value> arguments;
    for (int index = 4; index <= lua_gettop(lua); ++index)
        arguments.push_back(to_value(lua, index, "an argument of after"));
    charge(lua, 50);
    const Status set =
        world_of(lua).scheduler->after(seconds, object.id, method, std::move(arguments), author_account(lua));
    if (!set) fail(lua, "after: " + set.error().text);
    return 0;
}

/// cancel(object[, method]) -> how many [W]
/// Drops pending timers of the object, or those that would call this method.
int cancel(lua_State* lua) {
    needs_call(lua);
    const Object& object = check_object(lua, 1);
    check_write(lua, object, "timers");
    check_write_character(lua, object, "timers");
    charge(lua, 20);
    const Atom method = lua_isnoneornil(lua, 2) ? Atom::none : method_at(lua, 2);
    const std::size_t count = world_of(lua).scheduler->cancel(object.id, method);
    lua_pushinteger(lua, static_cast<lua_Integer>(count));
    return 1;
}

/// now() -> seconds since 1970
/// The same throughout a call.
int now(lua_State* lua) {
    lua_pushinteger(lua, call_time(lua));
    return 1;
}

/// log(template[, args])
/// A line for the owner of the class in the log of the server.
int log_line(lua_State* lua) {
    needs_call(lua);
    const Ref<Text> text = text_with_arguments(lua, 1);
    const std::string line = text::plain(*resolve_for(lua, *text, ObjectId::nothing));
    const Class* code = author(lua).code;
    if (code == nullptr) return 0;
    Runtime& runtime = state_of(lua).runtime;
    world_of(lua).transaction.at_commit([&runtime, code, line](BatchNumber) {
        if (runtime.log_line) return runtime.log_line(*code, line);
        log::info("script", "says", {{"class", code->title}, {"text", line}});
    });
    return 0;
}

}  // namespace

void open_world_api(lua_State* lua) {
    set_functions(lua, {{"refuse", guarded<refuse>},
                        {"decline", guarded<decline>},
                        {"try", guarded<try_method>},
                        {"actor", guarded<actor>},
                        {"caller", guarded<caller>},
                        {"object", guarded<object>},
                        {"exists", guarded<exists>},
                        {"isa", guarded<isa>},
                        {"create", guarded<create_object>},
                        {"destroy", guarded<destroy_object>},
                        {"after", guarded<after>},
                        {"cancel", guarded<cancel>},
                        {"now", guarded<now>},
                        {"log", guarded<log_line>}});
    open_world_table(lua);
    open_system(lua);
}

}  // namespace gyre::world::script
