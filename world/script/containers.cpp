#include "world/script/containers.hpp"

#include "world/script/characters.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>

namespace gyre::world::script {

bool is_container(lua_State* lua, int index) {
    return lua_type(lua, index) == LUA_TLIGHTUSERDATA && handle_kind(lua, index) == Handle::container;
}

namespace {

/// The object that owns a root, or null.
Object* owner_of(State& state, const Container& root) {
    Object* object = state.world.objects.living(root.owner);
    if (object == nullptr) return nullptr;
    const Property* stored = object->find(root.property);
    const bool is_stored = stored != nullptr && stored->value.tag() == Value::Tag::container &&
                           &stored->value.container() == &root;
    return is_stored ? object : nullptr;
}

/// The object whose default this root shows, or null.
Object* shadowed(State& state, const Container& root) {
    if (!state.shadows.holds(root)) return nullptr;
    const Shadows::Place place = state.shadows.place(root);
    Object* object = state.world.objects.living(place.object);
    return object != nullptr && object->find(place.property) == nullptr ? object : nullptr;
}

[[noreturn]] void gone(lua_State* lua) { fail(lua, "this table is no longer part of an object"); }

Container& check_handle(lua_State* lua, int index) {
    Container* container = Handles::instance().find(handle_bits(lua, index));
    if (container == nullptr) gone(lua);
    return *container;
}

}  // namespace

Container& container_at(lua_State* lua, int index) {
    Container& container = check_handle(lua, index);
    State& state = state_of(lua);
    const Container& root = container.root();
    if (owner_of(state, root) != nullptr) {
        state.world.transaction.saw(container.changed_in);
        return container;
    }
    // What a default is changes with its class only, which counted as read when the handle was given.
    if (shadowed(state, root) == nullptr) gone(lua);
    return container;
}

Container& writable_container(lua_State* lua, int index) {
    Container& container = check_handle(lua, index);
    State& state = state_of(lua);
    const Container& root = container.root();
    if (Object* object = owner_of(state, root)) {
        check_write(lua, *object, state.world.atoms.name(root.property));
        check_write_character(lua, *object, state.world.atoms.name(root.property));
        return container;
    }
    Object* object = shadowed(state, root);
    if (object == nullptr) gone(lua);
    const Atom property = state.shadows.place(root).property;
    check_write(lua, *object, state.world.atoms.name(property));
    check_write_character(lua, *object, state.world.atoms.name(property));
    const Member* member = object->of->find(property);
    if (member == nullptr) gone(lua);
    Value own{state.shadows.share(root)};
    state.shadows.wrote();
    if (member->transient) {
        state.world.transaction.set_transient(*object, property, std::move(own));
    } else {
        state.world.transaction.set(*object, property, std::move(own));
    }
    return container;
}

namespace {

/// 0 if the key is no position of a list.
std::size_t position_of(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TNUMBER) return 0;
    int whole = 0;
    const lua_Integer number = lua_tointegerx(lua, index, &whole);
    return whole != 0 && number > 0 ? static_cast<std::size_t>(number) : 0;
}

/// Reading with a key that no map can hold finds nothing.
bool may_be_key(lua_State* lua, int index) {
    const int type = lua_type(lua, index);
    if (type == LUA_TNUMBER) {
        int whole = 0;
        lua_tointegerx(lua, index, &whole);
        return whole != 0;
    }
    return type == LUA_TSTRING || (type == LUA_TLIGHTUSERDATA && handle_kind(lua, index) == Handle::object);
}

}  // namespace

int read_entry(lua_State* lua) {
    Container& container = container_at(lua, 1);
    if (container.kind == Container::Kind::list) {
        const std::size_t position = position_of(lua, 2);
        if (position == 0 || position > container.list.size()) {
            lua_pushnil(lua);
        } else {
            push_stored(lua, container.list[position - 1]);
        }
        return 1;
    }
    if (container.map.empty() || !may_be_key(lua, 2)) {
        lua_pushnil(lua);
        return 1;
    }
    const auto found = container.find(to_key(lua, 2));
    if (found == container.map.end()) {
        lua_pushnil(lua);
    } else {
        push_stored(lua, found->value);
    }
    return 1;
}

namespace {

[[noreturn]] void too_long(lua_State* lua) {
    fail(lua, "a table of an object holds at most " +
                  with_commas(static_cast<std::int64_t>(Container::max_entries)) + " entries");
}

/// The value at `index` as a new entry: not too deep below `into`.
Value new_entry(lua_State* lua, const Container& into, int index) {
    Value value = to_value(lua, index, world_of(lua).atoms.name(into.root().property));
    if (value.tag() == Value::Tag::container &&
        into.depth() + value.container().height() > Container::max_depth)
        fail(lua, "tables of an object nest at most 16 deep");
    if (const Object* object = owner_of(state_of(lua), into.root()))
        check_storage(lua, *object, value, Stores::entry);
    return value;
}

int write_list(lua_State* lua, Container& list, std::size_t position) {
    const std::size_t size = list.list.size();
    if (position == 0 || position > size + 1) {
        fail(lua, "a list takes entries at 1 to " + std::to_string(size + 1) + " (got " +
                      describe_value(lua, 2) + ")");
    }
    if (!lua_isnil(lua, 3)) {
        if (position == size + 1) {
            list_insert(lua, list, position, 3);
        } else {
            list_set(lua, list, position, 3);
        }
    } else if (position == size) {
        list_remove(lua, list, position);
    } else if (position < size) {
        fail(lua, "nil would leave a hole in the list: use table.remove");
    }
    return 0;
}

}  // namespace

void list_insert(lua_State* lua, Container& list, std::size_t position, int value_index) {
    if (list.list.size() >= Container::max_entries) too_long(lua);
    charge(lua, (list.list.size() - position + 1) / 16 + 1);
    world_of(lua).transaction.list_insert(list, position - 1, new_entry(lua, list, value_index));
}

void list_set(lua_State* lua, Container& list, std::size_t position, int value_index) {
    world_of(lua).transaction.list_set(list, position - 1, new_entry(lua, list, value_index));
}

void list_remove(lua_State* lua, Container& list, std::size_t position) {
    charge(lua, (list.list.size() - position) / 16 + 1);
    world_of(lua).transaction.list_remove(list, position - 1);
}

int write_entry(lua_State* lua) {
    Container& container = writable_container(lua, 1);
    const std::size_t position = position_of(lua, 2);
    const bool is_list = container.kind == Container::Kind::list ||
                         (container.kind == Container::Kind::empty && position == 1);
    if (is_list) return write_list(lua, container, position);
    const Value key = to_key(lua, 2);
    charge(lua, container.map.size() / 16 + 1);
    const bool known = container.find(key) != container.map.end();
    if (lua_isnil(lua, 3)) {
        if (known) world_of(lua).transaction.map_set(container, key, Value{});
        return 0;
    }
    if (!known && container.map.size() >= Container::max_entries) too_long(lua);
    world_of(lua).transaction.map_set(container, key, new_entry(lua, container, 3));
    return 0;
}

int container_length(lua_State* lua) {
    lua_pushinteger(lua, static_cast<lua_Integer>(container_at(lua, 1).list.size()));
    return 1;
}

namespace {

int next_of_list(lua_State* lua, const Container& list) {
    std::size_t position = lua_isnil(lua, 2) ? 0 : position_of(lua, 2);
    while (position < list.list.size()) {
        push_stored(lua, list.list[position]);
        ++position;
        if (!lua_isnil(lua, -1)) {
            lua_pushinteger(lua, static_cast<lua_Integer>(position));
            lua_insert(lua, -2);
            return 2;
        }
        lua_pop(lua, 1);
    }
    lua_pushnil(lua);
    return 1;
}

int next_of_map(lua_State* lua, Container& map) {
    auto at = map.map.begin();
    if (!lua_isnil(lua, 2)) {
        const Value last = to_key(lua, 2);
        at = map.lower_bound(last);
        if (at != map.map.end() && at->key == last) ++at;
    }
    for (; at != map.map.end(); ++at) {
        push_stored(lua, at->key);
        push_stored(lua, at->value);
        if (!lua_isnil(lua, -1) && !lua_isnil(lua, -2)) return 2;
        lua_pop(lua, 2);
    }
    lua_pushnil(lua);
    return 1;
}

}  // namespace

int next_entry(lua_State* lua) {
    lua_settop(lua, 2);
    Container& container = container_at(lua, 1);
    charge(lua, 2);
    return container.kind == Container::Kind::map ? next_of_map(lua, container)
                                                  : next_of_list(lua, container);
}

}  // namespace gyre::world::script
