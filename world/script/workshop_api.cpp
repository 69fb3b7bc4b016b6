// What the library's commands for builders are made of: acting with a builder's rights, classes made in the
// game, copies, and finding things.

#include "world/script/api_calls.hpp"
#include "world/script/class_store.hpp"
#include "world/script/objects.hpp"
#include "world/script/values.hpp"
#include "world/script/waiting.hpp"

#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr std::size_t searched_at_once = 20'000;  // Objects; about a millisecond.
constexpr std::size_t found_at_once = 100;

/// The player at argument 1, who must be the actor, in code of the library.
Object& check_builder(lua_State* lua, const char* what) {
    needs_call(lua);
    check_library(lua, what);
    Object& player = check_object(lua, 1);
    if (world_of(lua).transaction.origin().actor != player.id)
        fail(lua, std::string{what} + " works only for the player whose line began this");
    return player;
}

std::string account_name(lua_State* lua, const Object& player) {
    const Account* account = account_of(world_of(lua), player.id);
    if (account == nullptr) fail(lua, "this character has no account");
    return account->name;
}

/// The library's code counts as this account's until the end of the scope.
class ActingScope {
  public:
    ActingScope(State& state, std::string account)
        : state_(state), any_owned_(std::exchange(state.any_owned, true)) {
        state.acting_for = std::move(account);
    }
    ~ActingScope() {
        state_.acting_for.clear();
        state_.any_owned = any_owned_;
    }
    ActingScope(const ActingScope&) = delete;
    ActingScope& operator=(const ActingScope&) = delete;

  private:
    State& state_;
    bool any_owned_;
};

/// p:as_actor(function, ...) -> what it gives [E]
/// For the library: calls it as code of the player's, who must be the actor. What it makes is his, and it
/// may do what his own code may.
int as_actor(lua_State* lua) {
    const Object& player = check_builder(lua, "as_actor");
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    const ActingScope scope{state_of(lua), account_name(lua, player)};
    lua_call(lua, lua_gettop(lua) - 2, LUA_MULTRET);
    return lua_gettop(lua) - 1;
}

bool may_write(const World& world, const Object& player, const Object& object) {
    const Account* account = account_of(world, player.id);
    const bool is_his = account != nullptr && account == account_of(world, object.owner);
    return is_his || (account != nullptr && world.rights_of(player.id) == Role::wizard);
}

/// o:writable_by(player) -> boolean
/// Whether code of this player may write it: it is his, or his wizard's rights are on.
int writable_by(lua_State* lua) {
    const Object& object = check_object(lua, 1);
    const Object& player = check_object(lua, 2);
    lua_pushboolean(lua, may_write(world_of(lua), player, object) ? 1 : 0);
    return 1;
}

// --- Classes made in the game

ClassStore& store_of(lua_State* lua) {
    ClassStore* store = state_of(lua).runtime.class_store;
    if (store == nullptr) fail(lua, "no classes are kept here");
    return *store;
}

/// Whether this player may read the source: it is a file's, his own, shared, or his wizard's rights are on.
bool may_read_source(const World& world, const StoredSource& found, const Class* of,
                     const std::string& account, ObjectId player) {
    const bool is_open = !found.is_made() || found.owner == account || (of != nullptr && of->is_shared);
    return is_open || world.rights_of(player) == Role::wizard;
}

/// p:class_source(name) -> {source, owner, version, made} [E n]
/// For the library: a class as it runs; nil if there is none. `made` says that it was made in the game.
/// Without `source` it is somebody else's, who does not share it.
int class_source(lua_State* lua) {
    const Object& player = check_builder(lua, "class_source");
    const std::string name{check_string(lua, 2)};
    const StoredSource* found = store_of(lua).find(name);
    if (found == nullptr) {
        lua_pushnil(lua);
        return 1;
    }
    World& world = world_of(lua);
    const Class* of = world.classes.find(world.atoms.find(name));
    if (of != nullptr) world.transaction.saw(of->changed_in);
    charge(lua, 20 + found->source.size() / 64);
    lua_createtable(lua, 0, 4);
    if (may_read_source(world, *found, of, account_name(lua, player), player.id))
        set_string(lua, "source", found->source);
    set_string(lua, "owner", found->owner);
    lua_pushinteger(lua, found->version);
    lua_setfield(lua, -2, "version");
    lua_pushboolean(lua, found->is_made() ? 1 : 0);
    lua_setfield(lua, -2, "made");
    return 1;
}

/// p:made_classes() -> list of names [E n]
/// For the library: the classes that this player's account made in the game.
int made_classes(lua_State* lua) {
    const Object& player = check_builder(lua, "made_classes");
    const std::vector<std::string> names = store_of(lua).made_by(account_name(lua, player));
    charge(lua, 10 + 4 * names.size());
    lua_createtable(lua, static_cast<int>(names.size()), 0);
    lua_Integer index = 0;
    for (const std::string& name : names) {
        lua_pushlstring(lua, name.data(), name.size());
        lua_rawseti(lua, -2, ++index);
    }
    return 1;
}

Value fault_or_nil(const std::string& fault) { return fault.empty() ? Value{} : Value{fault}; }

/// Ends the running piece of the call; what `change` answers is what it gets.
int wait_for_change(lua_State* lua, std::function<std::string()> change) {
    Question question;
    question.kind = Question::Kind::job;
    question.job = [change = std::move(change)](const std::function<void(Value)>& done) {
        done(fault_or_nil(change()));
    };
    will_wait_for(lua, std::move(question));
    return lua_yield(lua, 0);
}

/// Whose a class is that the player puts in force: his, or what its owner's is stays that; what is special
/// about somebody else's thing belongs to that one.
std::string owner_of_made(lua_State* lua, const Object& player, const StoredSource* known,
                          const Object* thing) {
    const World& world = world_of(lua);
    std::string account = account_name(lua, player);
    if (world.rights_of(player.id) != Role::wizard) return account;
    if (known != nullptr) return known->is_made() ? known->owner : account;
    const Account* owner = thing == nullptr ? nullptr : account_of(world, thing->owner);
    return owner == nullptr ? account : owner->name;
}

/// p:put_class(name, source[, thing]) -> nil, or what is wrong [E Y W]
/// For the library: puts a class of the player's in force, and the thing becomes one of it. At most 64 KiB
/// of source, and 500 classes for each account. With his wizard's rights on the class stays its owner's, and
/// one of a thing is the thing's owner's.
int put_class(lua_State* lua) {
    const Object& player = check_builder(lua, "put_class");
    check_asked(lua, "put_class");
    MadeClass made;
    made.name = check_string(lua, 2);
    made.source = check_string(lua, 3);
    const Object* thing = lua_isnoneornil(lua, 4) ? nullptr : &check_object(lua, 4);
    if (thing != nullptr) {
        if (!may_write(world_of(lua), player, *thing)) fail(lua, "this is not the player's to program");
        made.thing = thing->id;
    }
    ClassStore& store = store_of(lua);
    made.owner = owner_of_made(lua, player, store.find(made.name), thing);
    return wait_for_change(lua,
                           [&store, made = std::move(made), origin = world_of(lua).transaction.origin()] {
                               return store.put(made, origin);
                           });
}

/// p:drop_class(name) -> nil, or what stands in the way [R E Y W]
/// For the library: takes away a class made in the game, of which there is nothing any more.
int drop_class(lua_State* lua) {
    const Object& player = check_builder(lua, "drop_class");
    check_asked(lua, "drop_class");
    std::string name{check_string(lua, 2)};
    ClassStore& store = store_of(lua);
    const StoredSource* known = store.find(name);
    const std::string owner = account_name(lua, player);
    if (known != nullptr && known->owner != owner && world_of(lua).rights_of(player.id) != Role::wizard)
        refuse_with(lua, Text::of_data("The class " + name + " is not yours."));
    return wait_for_change(lua,
                           [&store, name = std::move(name), origin = world_of(lua).transaction.origin()] {
                               return store.remove(name, origin);
                           });
}

// --- Objects

/// Whether a copy has it too: the engine's own record of an object is its own.
bool is_copied(const World& world, const Object& object, Atom name) {
    if (world.atoms.name(name).starts_with('#') || name == atom(atoms::location)) return false;
    const Member* member = object.of->find(name);
    return member != nullptr && member->kind == Member::Kind::property && !member->transient;
}

/// o:clone() -> object [E W n]
/// Another of its class with the same properties, and no place. The code must be allowed to write it.
/// Players, exits and single objects of the world have none.
int clone(lua_State* lua) {
    needs_call(lua);
    check_may_change(lua);
    Object& object = check_object(lua, 1);
    check_write(lua, object, "existence");
    constexpr std::uint8_t unique = Class::player | Class::exit;
    if ((object.of->kinds & unique) != 0 || object.of->singleton != Atom::none)
        fail(lua, "there can be only one of this: " + object.of->title);
    World& world = world_of(lua);
    Object& copy = new_object(lua, *object.of);
    charge(lua, 20 * object.properties.size());
    for (std::size_t index = 0; index < object.properties.size(); ++index) {
        const Property& property = object.properties[index];
        world.transaction.saw(property.changed_in);
        if (is_copied(world, object, property.name))
            world.transaction.set(copy, property.name, property.value);
    }
    fire(lua, copy, world.atoms.intern("created"), 0);
    push_handle(lua, Handle::object, number(copy.id));
    return 1;
}

/// p:search_objects(words, after) -> list, number [E n]
/// For the library: up to 100 of the player's objects (with wizard's rights, of all) whose names hold the
/// words, in the order of their ids, from behind `after`; and where to go on, nil at the end.
int search_objects(lua_State* lua) {
    const Object& player = check_builder(lua, "search_objects");
    World& world = world_of(lua);
    const std::string words{check_string(lua, 2)};
    auto at = static_cast<std::uint64_t>(luaL_checkinteger(lua, 3)) + 1;
    const std::string account = account_name(lua, player);
    const bool finds_all = world.rights_of(player.id) == Role::wizard;
    lua_newtable(lua);
    lua_Integer count = 0;
    const std::uint64_t end = std::min(at + searched_at_once, number(world.objects.next_id()));
    charge(lua, 1000 + (end > at ? end - at : 0));
    for (; at < end && std::cmp_less(count, found_at_once); ++at) {
        Object* object = world.objects.living(object_id(at));
        if (object == nullptr) continue;
        const Account* owner = account_of(world, object->owner);
        const bool is_his = finds_all || (owner != nullptr && owner->name == account);
        if (!is_his || world.string(*object, atom(atoms::name)).find(words) == std::string_view::npos)
            continue;
        world.transaction.saw(object->existence_changed_in);
        push_handle(lua, Handle::object, at);
        lua_rawseti(lua, -2, ++count);
    }
    if (at >= number(world.objects.next_id())) return 1;
    lua_pushinteger(lua, static_cast<lua_Integer>(at - 1));
    return 2;
}

}  // namespace

std::span<const Native> workshop_natives() {
    static constexpr std::array<Native, 8> natives{
        {{"writable_by", guarded<writable_by>},
         {"clone", guarded<clone>},
         {"as_actor", guarded<as_actor>, Class::player},
         {"class_source", guarded<class_source>, Class::player},
         {"made_classes", guarded<made_classes>, Class::player},
         {"put_class", guarded<put_class>, Class::player},
         {"drop_class", guarded<drop_class>, Class::player},
         {"search_objects", guarded<search_objects>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
