// Reading and writing `object.name`. The way from Lua to a property is: address of the name -> atom -> the
// class's flat table of members -> the object's array. Every step that a test can skip is skipped, because a
// look at a room makes dozens of them.

#include "world/script/objects.hpp"

#include "world/namesakes.hpp"
#include "world/script/blame.hpp"
#include "world/script/characters.hpp"
#include "world/script/members.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

void check_key(lua_State* lua) {
    if (lua_type(lua, 2) != LUA_TSTRING)
        fail(lua, "properties of objects have names (got " + describe_value(lua, 2) + ")");
}

Object& living(lua_State* lua, ObjectId id) {
    if (Object* object = world_of(lua).objects.living(id)) return *object;
    return check_object(lua, 1);  // Says what is wrong.
}

void check_private(lua_State* lua, const Object& object, const Member& member) {
    if (!member.is_private) return;
    const std::string& name = world_of(lua).atoms.name(member.name);
    if (may_write(lua, object) && may_write_character(lua, object, name)) return;
    fail(lua, "'" + name + "' of " + object.of->title + " is private: call one of its public methods");
}

void push_property(lua_State* lua, Object& object, const Member& member) {
    Transaction& transaction = world_of(lua).transaction;
    if (Property* stored = object.find(member.name)) {
        transaction.saw(stored->changed_in);
        return push_stored(lua, stored->value);
    }
    transaction.saw(object.existence_changed_in);
    transaction.saw(object.of->changed_in);
    if (member.standard.tag() != Value::Tag::container) return push_stored(lua, member.standard);
    State& state = state_of(lua);
    Container& view = state.shadows.of(object, member.name, member.standard.container());
    push_handle(lua, Handle::container, Handles::instance().handle(view));
}

void push_method(lua_State* lua, const Member& member) {
    if (member.adds_up) return push_event_caller(lua, member.name);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).functions);
    lua_rawgeti(lua, -1, member.function);
    lua_replace(lua, -2);
}

/// The same for a function whose first upvalue is the table of functions.
void push_method_of_upvalue(lua_State* lua, const Member& member) {
    if (member.adds_up) return push_event_caller(lua, member.name);
    lua_rawgeti(lua, lua_upvalueindex(1), member.function);
}

/// What the engine gives, or an error.
int read_native(lua_State* lua, Object& object, Atom name) {
    const Native* native = state_of(lua).natives.find(name, *object.of);
    if (native == nullptr) no_such_member(lua, *object.of, "property or method", check_string(lua, 2));
    if (!native->property) {
        lua_pushcfunction(lua, native->function);
        return 1;
    }
    lua_settop(lua, 1);
    return native->function(lua);
}

}  // namespace

int read_member(lua_State* lua, ObjectId id) {
    check_key(lua);
    Object& object = living(lua, id);
    State& state = state_of(lua);
    const Atom name = state.atoms.find(lua, 2);
    const Member* member = object.of->find(name);
    if (member != nullptr && member->kind == Member::Kind::property) {
        check_private(lua, object, *member);
        push_property(lua, object, *member);
        return 1;
    }
    if (member == nullptr) return read_native(lua, object, name);
    // `connected` is what the engine knows, and an event that only the engine fires.
    if (member->engine_only) {
        const Native* native = state.natives.find(name, *object.of);
        if (native != nullptr && native->property) return read_native(lua, object, name);
        fail(lua, "'" + std::string{check_string(lua, 2)} + "' is called by the engine only");
    }
    check_private(lua, object, *member);
    push_method_of_upvalue(lua, *member);
    return 1;
}

namespace {

[[noreturn]] void cannot_assign(lua_State* lua, const Object& object, const Member* member, Atom name) {
    const std::string key{check_string(lua, 2)};
    if (member != nullptr) fail(lua, "'" + key + "' is a method of " + object.of->title + ", not a property");
    if (name == atom(atoms::location)) fail(lua, "'location' is changed by move_to");
    if (state_of(lua).natives.find(name, *object.of) != nullptr)
        fail(lua, "'" + key + "' cannot be assigned");
    no_such_member(lua, *object.of, "property", key);
}

/// Whether writing would change nothing: then there is nothing to keep and to wait for.
bool is_same(const Property* stored, const Value& value) {
    return stored != nullptr && value.tag() != Value::Tag::container && stored->value.tag() == value.tag() &&
           stored->value == value;
}

}  // namespace

void set_property(lua_State* lua, Object& object, const Member& property, Value value) {
    State& state = state_of(lua);
    Transaction& transaction = state.world.transaction;
    if (const Property* stored = object.find(property.name); is_same(stored, value)) {
        transaction.saw(stored->changed_in);
        return;
    }
    if (const std::string fault = fault_of_name(property.name, value); !fault.empty()) fail(lua, fault);
    check_storage(lua, object, value, Stores::property);
    if (property.name == atom(atoms::name) && value.tag() == Value::Tag::string)
        check_name(lua, *object.of, value.string());
    if (property.transient) {
        transaction.set_transient(object, property.name, std::move(value));
    } else {
        transaction.set(object, property.name, std::move(value));
    }
}

void check_name(lua_State* lua, const Class& of, std::string_view name) {
    if (is_of_the_world(of) && is_called_like_player(world_of(lua), name))
        fail(lua, "'" + std::string{name} + "' is the name of a player: call nobody else so");
}

int write_member(lua_State* lua, ObjectId id) {
    check_key(lua);
    Object& object = living(lua, id);
    State& state = state_of(lua);
    const Atom name = state.atoms.find(lua, 2);
    const Member* member = object.of->find(name);
    if (member == nullptr || member->kind != Member::Kind::property || name == atom(atoms::location)) {
        cannot_assign(lua, object,
                      member != nullptr && member->kind != Member::Kind::property ? member : nullptr, name);
    }
    if (state.any_owned || state.pure != Atom::none) {
        check_write(lua, object, state.world.atoms.name(name));
        check_write_character(lua, object, state.world.atoms.name(name));
    }
    set_property(lua, object, *member, to_property(lua, 3, *member));
    return 0;
}

// --- Events

namespace {

/// Takes what a veto gave. A false would be taken for a no by whoever wrote it, and forbids nothing.
void check_veto(lua_State* lua, int functions, int function, ObjectId object, Atom event) {
    if (lua_isboolean(lua, -1) && lua_toboolean(lua, -1) == 0) {
        lua_rawgeti(lua, functions, function);
        fail_result(lua, lua_gettop(lua), object,
                    "'" + world_of(lua).atoms.name(event) + "' returns false: a no is a 'refuse'");
    }
    lua_pop(lua, 1);
}

}  // namespace

void fire(lua_State* lua, Object& object, Atom event, int count) {
    const int first = lua_gettop(lua) - count + 1;
    const Member* member = object.of->find(event);
    if (member != nullptr && !member->all.empty()) {
        State& state = state_of(lua);
        const bool veto = state.world.atoms.name(event).substr(0, 4) == "can_";
        const PureScope scope{state, veto ? event : state.pure};
        luaL_checkstack(lua, count + 3, "too many arguments");
        lua_rawgeti(lua, LUA_REGISTRYINDEX, state.functions);
        const int functions = lua_gettop(lua);
        for (const int function : member->all) {
            charge(lua, 5);
            lua_rawgeti(lua, functions, function);
            push_handle(lua, Handle::object, number(object.id));
            for (int argument = 0; argument < count; ++argument) lua_pushvalue(lua, first + argument);
            lua_call(lua, count + 1, veto ? 1 : 0);
            if (veto) check_veto(lua, functions, function, object.id, event);
            // A listener may have destroyed it, or changed what it is.
            if (object.of == nullptr || object.of->find(event) != member) break;
        }
    }
    lua_settop(lua, first - 1);
}

bool listens(const Object& object, Atom event) { return object.of != nullptr && object.of->listens(event); }

namespace {

int call_event(lua_State* lua) {
    Object& object = check_object(lua, 1);
    const auto event = static_cast<Atom>(lua_tointeger(lua, lua_upvalueindex(1)));
    fire(lua, object, event, lua_gettop(lua) - 1);
    return 0;
}

}  // namespace

void push_event_caller(lua_State* lua, Atom event) {
    const auto index = static_cast<lua_Integer>(event);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).event_callers);
    if (lua_rawgeti(lua, -1, index) == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_pushinteger(lua, index);
        lua_pushcclosure(lua, guarded<call_event>, 1);
        lua_pushvalue(lua, -1);
        lua_rawseti(lua, -3, index);
    }
    lua_remove(lua, -2);
}

bool push_function(lua_State* lua, const Object& object, Atom method) {
    const Member* member = object.of->find(method);
    if (member != nullptr && member->kind != Member::Kind::property) {
        push_method(lua, *member);
        return true;
    }
    const Native* native = state_of(lua).natives.find(method, *object.of);
    if (native == nullptr || native->property) return false;
    lua_pushcfunction(lua, native->function);
    return true;
}

bool push_function_after(lua_State* lua, const Object& object, const Class& after, Atom method) {
    const Member* member = object.of->find_after(after, method);
    if (member != nullptr && member->kind != Member::Kind::property && member->function != 0) {
        lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).functions);
        lua_rawgeti(lua, -1, member->function);
        lua_remove(lua, -2);
        return true;
    }
    const Native* native = state_of(lua).natives.find(method, *object.of);
    if (native == nullptr || native->property) return false;
    lua_pushcfunction(lua, native->function);
    return true;
}

void call_method(lua_State* lua, Object& object, Atom method, int count) {
    const int first = lua_gettop(lua) - count + 1;
    if (!push_function(lua, object, method))
        no_such_member(lua, *object.of, "method", world_of(lua).atoms.name(method));
    lua_insert(lua, first);
    push_handle(lua, Handle::object, number(object.id));
    lua_insert(lua, first + 1);
    lua_call(lua, count + 1, 1);
}

}  // namespace gyre::world::script
