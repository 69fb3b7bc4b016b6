// What Lua gives to be kept: copied level by level, each charged before it is copied.

#include "world/script/containers.hpp"
#include "world/script/declarations.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace gyre::world::script {

namespace {

[[noreturn]] void cannot_keep(lua_State* lua, int index, std::string_view what) {
    std::string message = std::string{"cannot keep a "} + type_name(lua, index) + " in '" +
                          std::string{what} +
                          "': nil, booleans, numbers, strings, texts, objects, and lists or maps of these";
    if (lua_isfunction(lua, index)) message += " (keep a method's name instead)";
    fail(lua, message);
}

Value copy_handle(lua_State* lua, int index, std::string_view what, int depth);

/// Copies a Lua table into a container, level by level.
class TableCopy {
  public:
    TableCopy(lua_State* lua, std::string_view what) : lua_(lua), what_(what) {}

    Value copy(int index, int depth) {
        index = lua_absindex(lua_, index);
        if (is_container(lua_, index)) return copy_handle(lua_, index, what_, depth);
        if (lua_type(lua_, index) != LUA_TTABLE) return to_value(lua_, index, what_);
        if (depth > Container::max_depth)
            fail(lua_, "'" + std::string{what_} + "' is nested more than 16 deep, or contains itself");
        luaL_checkstack(lua_, 4, "tables nested too deeply");
        Ref<Container> container = make_ref<Container>();
        const lua_Unsigned size = lua_rawlen(lua_, index);
        if (size > Container::max_entries) too_long();
        charge(lua_, 2 + size);
        charge_bytes(lua_, sizeof(Container) + size * sizeof(Value));
        copy_list(index, size, *container, depth);
        copy_map(index, *container, depth);
        container->kind = !container->list.empty()  ? Container::Kind::list
                          : !container->map.empty() ? Container::Kind::map
                                                    : Container::Kind::empty;
        if (depth == 1) container->adopt_children();
        return Value{std::move(container)};
    }

  private:
    [[noreturn]] void too_long() {
        fail(lua_, "'" + std::string{what_} + "' would have more than " +
                       with_commas(static_cast<std::int64_t>(Container::max_entries)) + " entries");
    }
    void copy_list(int index, lua_Unsigned size, Container& into, int depth) {
        into.list.reserve(size);
        for (lua_Unsigned at = 1; at <= size; ++at) {
            lua_rawgeti(lua_, index, static_cast<lua_Integer>(at));
            if (lua_isnil(lua_, -1))
                fail(lua_, "the list for '" + std::string{what_} + "' has a hole at " + std::to_string(at));
            const ObjectId object = object_at(lua_, -1);
            into.list.push_back(object != ObjectId::nothing ? Value{object} : copy(-1, depth + 1));
            lua_pop(lua_, 1);
        }
    }
    void copy_map(int index, Container& into, int depth) {
        const auto size = static_cast<lua_Integer>(into.list.size());
        // Lua walks the entries of a list before all others, if it keeps them as an array.
        if (size > 0) {
            lua_pushinteger(lua_, size);
        } else {
            lua_pushnil(lua_);
        }
        while (lua_next(lua_, index) != 0) {
            charge(lua_, 2);
            const bool listed = lua_isinteger(lua_, -2) != 0 && lua_tointeger(lua_, -2) >= 1 &&
                                lua_tointeger(lua_, -2) <= size;
            if (!listed) {
                if (size > 0) {
                    fail(lua_,
                         "'" + std::string{what_} + "' would be a list and a map in one: use two tables");
                }
                if (into.map.size() >= Container::max_entries) too_long();
                charge_bytes(lua_, sizeof(Container::Pair));
                Value key = to_key(lua_, -2);
                into.map.push_back({std::move(key), copy(-1, depth + 1)});
            }
            lua_pop(lua_, 1);
        }
        std::sort(into.map.begin(), into.map.end(),
                  [](const Container::Pair& left, const Container::Pair& right) {
                      return Value::key_less(left.key, right.key);
                  });
    }

    lua_State* lua_;
    std::string_view what_;
};

/// Before a table of an object is copied, with all in it, to where `depth` tables hold it.
void charge_copy(lua_State* lua, const Container& from, std::string_view what, int depth) {
    if (depth > Container::max_depth)
        fail(lua, "'" + std::string{what} + "' is nested more than 16 deep, or contains itself");
    charge(lua, 2 + from.size());
    charge_bytes(lua, sizeof(Container) + from.size() * sizeof(Value));
    const auto enter = [&](const Value& value) {
        if (value.tag() == Value::Tag::container) charge_copy(lua, value.container(), what, depth + 1);
    };
    for (const Value& entry : from.list) enter(entry);
    for (const Container::Pair& pair : from.map) enter(pair.value);
}

Value copy_handle(lua_State* lua, int index, std::string_view what, int depth) {
    switch (handle_kind(lua, index)) {
        case Handle::object:
            return Value{object_id(handle_bits(lua, index))};
        case Handle::container: {
            const Container* container = Handles::instance().find(handle_bits(lua, index));
            if (container == nullptr) fail(lua, "this table is no longer part of an object");
            charge_copy(lua, *container, what, depth);
            world_of(lua).transaction.saw(container->changed_in);
            return Value{container->deep_copy()};
        }
        case Handle::words:
        case Handle::text:
            if (is_text(lua, index)) return Value{text_at(lua, index)};
            break;
    }
    return declared_object(lua, index, what);
}

}  // namespace

Value to_value(lua_State* lua, int index, std::string_view what) {
    index = lua_absindex(lua, index);
    switch (lua_type(lua, index)) {
        case LUA_TNIL:
            return {};
        case LUA_TBOOLEAN:
            return Value{lua_toboolean(lua, index) != 0};
        case LUA_TNUMBER:
            if (lua_isinteger(lua, index) != 0) return Value{std::int64_t{lua_tointeger(lua, index)}};
            return Value{lua_tonumber(lua, index)};
        case LUA_TSTRING: {
            const std::string_view string = check_string(lua, index);
            charge(lua, string.size() / 32);
            charge_bytes(lua, string.size());
            return Value{string};
        }
        case LUA_TLIGHTUSERDATA:
            return copy_handle(lua, index, what, 1);
        case LUA_TTABLE:
            return TableCopy{lua, what}.copy(index, 1);
        default:
            break;
    }
    cannot_keep(lua, index, what);
}

Value to_key(lua_State* lua, int index) {
    switch (lua_type(lua, index)) {
        case LUA_TSTRING:
            return Value{check_string(lua, index)};
        case LUA_TNUMBER: {
            int whole = 0;
            const lua_Integer number = lua_tointegerx(lua, index, &whole);
            if (whole != 0) return Value{std::int64_t{number}};
            break;
        }
        case LUA_TLIGHTUSERDATA:
            if (handle_kind(lua, index) == Handle::object) return Value{object_id(handle_bits(lua, index))};
            break;
        default:
            break;
    }
    fail(lua,
         "the key of a map is a string, an integer or an object (got " + describe_value(lua, index) + ")");
}

}  // namespace gyre::world::script
