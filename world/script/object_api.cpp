// What every object has, and how objects come and go.

#include "world/scheduler.hpp"
#include "world/script/api_calls.hpp"
#include "world/script/members.hpp"
#include "world/script/objects.hpp"
#include "world/script/values.hpp"

#include <array>

namespace gyre::world::script {

namespace {

// --- Properties of the engine

/// o.id -> integer
/// Its number, never used again for another.
int id(lua_State* lua) {
    lua_pushinteger(lua, static_cast<lua_Integer>(number(check_object(lua, 1).id)));
    return 1;
}

/// o.class -> string
/// The name of its class.
int class_name(lua_State* lua) {
    const Object& object = check_object(lua, 1);
    world_of(lua).transaction.saw(object.existence_changed_in);
    lua_pushlstring(lua, object.of->title.data(), object.of->title.size());
    return 1;
}

/// o.owner -> player | nil
/// Whose it is; nil for the library's.
int owner(lua_State* lua) {
    Object& object = check_object(lua, 1);
    world_of(lua).transaction.read(object, atom(atoms::owner));
    push_object(lua, object.owner);
    return 1;
}

/// o.created_at -> seconds since 1970
/// When it was made.
int created_at(lua_State* lua) {
    const Value* stored = world_of(lua).transaction.read(check_object(lua, 1), atom(atoms::created_at));
    push_stored(lua, stored == nullptr ? Value{} : *stored);
    return 1;
}

/// o.name -> string
/// What it is called; of objects whose class declares no name, that of the class.
int name(lua_State* lua) {
    Object& object = check_object(lua, 1);
    const Value* stored = world_of(lua).transaction.read(object, atom(atoms::name));
    push_stored(lua, stored == nullptr ? Value{object.of->title} : *stored);
    return 1;
}

/// t.location -> object | nil
/// Where it is, directly; t:move_to changes it.
int location(lua_State* lua) {
    Object& object = check_object(lua, 1);
    world_of(lua).transaction.read(object, atom(atoms::location));
    push_object(lua, object.location);
    return 1;
}

// --- Coming

/// A class that is not shared makes its owner's things only: whoever owned one could read what it keeps
/// private.
void check_may_use(lua_State* lua, const Class& of) {
    if (of.owner.empty() || of.is_shared) return;
    const World& world = world_of(lua);
    const std::string account = author_account(lua);
    if (account.empty() || account == of.owner) return;
    const Account* maker = world.accounts.find(account);
    if (maker != nullptr && maker->role == Role::wizard) return;
    fail(lua, "'" + of.title + "' belongs to " + of.owner + ", who does not share it");
}

/// The class that can have instances at `index`.
Class& check_instantiable(lua_State* lua, int index) {
    const std::string name{check_string(lua, index)};
    State& state = state_of(lua);
    const Atom atom = state.atoms.find(lua, index);
    Class* of = atom == Atom::none ? nullptr : state.world.classes.find(atom);
    if (of == nullptr || !of->exists) {
        std::vector<std::string> known;
        for (const auto& each : state.world.classes.all()) {
            if (each->exists) known.push_back(each->title);
        }
        const std::string near = closest(name, known);
        fail(lua,
             "there is no class '" + name + "'" + (near.empty() ? "" : " (did you mean '" + near + "'?)"));
    }
    if (of->is_trait) fail(lua, "'" + name + "' is a trait: it can only be used");
    if (of->singleton != Atom::none) fail(lua, "'" + name + "' is a single object: there is one already");
    if ((of->kinds & Class::player) != 0) fail(lua, "players come in by the door: nobody makes one");
    check_may_use(lua, *of);
    return *of;
}

/// The table of properties at `index`.
void set_properties(lua_State* lua, Object& object, int index) {
    luaL_checktype(lua, index, LUA_TTABLE);
    State& state = state_of(lua);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        if (lua_type(lua, -2) != LUA_TSTRING) fail(lua, "properties have names");
        const Member* member = object.of->find(state.atoms.find(lua, -2));
        if (member == nullptr || member->kind != Member::Kind::property)
            no_such_member(lua, *object.of, "property", check_string(lua, -2));
        if (member->name == atom(atoms::location))
            fail(lua, "'location' is the second argument of create: what is there may refuse");
        if (member->is_private) check_write(lua, object, check_string(lua, -2));
        set_property(lua, object, *member, to_property(lua, lua_gettop(lua), *member));
        lua_pop(lua, 1);
    }
}

}  // namespace

Object& new_object(lua_State* lua, Class& of) {
    charge(lua, 100);
    charge_bytes(lua, sizeof(Object) + 8 * sizeof(Property));
    World& world = world_of(lua);
    const std::string account = author_account(lua);
    const bool acts = !state_of(lua).acting_for.empty();
    const Object* maker =
        acts ? world.objects.living(world.transaction.origin().actor) : character_of(world, account);
    if (maker != nullptr && world.owner_limits.holds_for(account) &&
        world.holdings.count(maker->id) >= OwnerLimits::max_objects) {
        fail(lua, account + " owns " + with_commas(OwnerLimits::max_objects) +
                      " objects, and no more: destroy some first");
    }
    return world.transaction.create(of, maker == nullptr ? ObjectId::nothing : maker->id);
}

/// create(class[, place[, properties]]) -> object [R E W]
/// A new object, owned by the code's owner and put into `place`, which may refuse it. `created()` is called
/// when the properties are set.
int create_object(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    lua_settop(lua, 3);
    Class& of = check_instantiable(lua, 1);
    Object* place = optional_object(lua, 2);
    World& world = world_of(lua);
    Object& object = new_object(lua, of);
    if (!lua_isnil(lua, 3)) set_properties(lua, object, 3);
    check_name(lua, of, world.string(object, atom(atoms::name)));
    if (place != nullptr) move_thing(lua, {&object, place, nullptr, "create"});
    fire(lua, object, world.atoms.intern("created"), 0);
    push_handle(lua, Handle::object, number(object.id));
    return 1;
}

namespace {

/// Its contents fall out of it; players out of a room to where newcomers begin.
void empty_out(lua_State* lua, Object& object) {
    World& world = world_of(lua);
    const std::vector<ObjectId> inside = world.transaction.contents(object);
    charge(lua, 10 * inside.size());
    const Value place = object.location == ObjectId::nothing ? Value{} : Value{object.location};
    for (const ObjectId each : inside) {
        Object* thing = world.objects.living(each);
        if (thing == nullptr) continue;
        const bool is_homeless = place.is_nil() && (thing->of->kinds & Class::player) != 0;
        if (!is_homeless) {
            world.transaction.set(*thing, atom(atoms::location), place);
            continue;
        }
        const ObjectId start = world.names.find(Names::Space::singleton, world.start_room, world.transaction);
        if (start == ObjectId::nothing || start == object.id)
            fail(lua, "somebody is inside: move the people out before it is destroyed");
        world.transaction.set(*thing, atom(atoms::location), Value{start});
    }
}

}  // namespace

/// destroy(object) [E W]
/// Into the trash. `destroyed()` is called first; what is inside goes to its place, its timers end,
/// references to it read as nil. What is inside a room has no place then, but players, who go to
/// where newcomers begin. Players cannot be destroyed.
int destroy_object(lua_State* lua) {
    needs_call(lua);
    Object& object = check_object(lua, 1);
    World& world = world_of(lua);
    check_write(lua, object, "existence");
    if ((object.of->kinds & Class::player) != 0) fail(lua, "players cannot be destroyed");
    charge(lua, 100);
    const ObjectId id = object.id;
    fire(lua, object, world.atoms.intern("destroyed"), 0);
    if (world.objects.living(id) == nullptr) return 0;
    empty_out(lua, object);
    world.scheduler->cancel(id, Atom::none);
    if (const Property* singleton = object.find(atom(atoms::singleton))) {
        world.names.remove(Names::Space::singleton, std::string{singleton->value.string()},
                           world.transaction);
    }
    world.transaction.destroy(object);
    return 0;
}

std::span<const Native> object_natives() {
    static constexpr std::array<Native, 9> natives{{{"id", guarded<id>, 0, true},
                                                    {"class", guarded<class_name>, 0, true},
                                                    {"owner", guarded<owner>, 0, true},
                                                    {"created_at", guarded<created_at>, 0, true},
                                                    {"name", guarded<name>, 0, true},
                                                    {"location", guarded<location>, 0, true},
                                                    {"verbs", guarded<verbs_of>},
                                                    {"properties", guarded<properties_of>},
                                                    {"methods", guarded<methods_of>}}};
    return natives;
}

}  // namespace gyre::world::script
