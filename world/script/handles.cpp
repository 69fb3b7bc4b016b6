// The metatables of what scripts hold: handles (one metatable serves all light userdata) and texts.

#include "world/script/containers.hpp"
#include "world/script/objects.hpp"
#include "world/script/state.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

[[noreturn]] void text_has_no_parts(lua_State* lua) {
    fail(lua, "a text has no parts: text.plain makes a string of it");
}

int handle_index(lua_State* lua) {
    switch (handle_kind(lua, 1)) {
        case Handle::object:
            return read_member(lua, object_id(handle_bits(lua, 1)));
        case Handle::container:
            return read_entry(lua);
        case Handle::words:
            text_has_no_parts(lua);
        case Handle::declaration:
            break;
    }
    fail(lua, "only methods can look into an object: at file level it is a name");
}

int handle_newindex(lua_State* lua) {
    switch (handle_kind(lua, 1)) {
        case Handle::object:
            return write_member(lua, object_id(handle_bits(lua, 1)));
        case Handle::container:
            return write_entry(lua);
        case Handle::words:
            text_has_no_parts(lua);
        case Handle::declaration:
            break;
    }
    fail(lua, "only methods can change an object: at file level it is a name");
}

int handle_length(lua_State* lua) {
    if (handle_kind(lua, 1) == Handle::container) return container_length(lua);
    fail(lua, std::string{"a "} + type_name(lua, 1) + " has no length");
}

/// `left .. right` with a text on at least one side.
int concatenate(lua_State* lua) {
    for (const int side : {1, 2}) {
        const int type = lua_type(lua, side);
        if (type == LUA_TSTRING || type == LUA_TNUMBER || text_at(lua, side)) continue;
        fail(lua, std::string{"cannot join "} + describe_value(lua, side) +
                      (object_at(lua, side) != ObjectId::nothing ? ": write a template such as \"{the x}\""
                                                                 : " to a text"));
    }
    const Ref<Text> left = text_of(lua, 1);
    const Ref<Text> right = text_of(lua, 2);
    if (left->pieces.size() + right->pieces.size() > Text::max_pieces)
        fail(lua, "the text would have more than " +
                      with_commas(static_cast<std::int64_t>(Text::max_pieces)) + " pieces");
    charge(lua, 5 + left->pieces.size() + right->pieces.size());
    push_text(lua, Text::join(*left, *right));
    return 1;
}

int text_index(lua_State* lua) { text_has_no_parts(lua); }

int text_equal(lua_State* lua) {
    const Ref<Text> left = text_at(lua, 1);
    const Ref<Text> right = text_at(lua, 2);
    if (!left || !right) {
        lua_pushboolean(lua, 0);
        return 1;
    }
    charge(lua, left->pieces.size());
    lua_pushboolean(lua, Value{left} == Value{right} ? 1 : 0);
    return 1;
}

int text_collected(lua_State* lua) {
    static_cast<Ref<Text>*>(lua_touserdata(lua, 1))->~Ref();
    return 0;
}

}  // namespace

void open_handles(lua_State* lua) {
    lua_pushlightuserdata(lua, nullptr);
    lua_newtable(lua);
    set_functions(lua, {{"__index", guarded<handle_index>},
                        {"__newindex", guarded<handle_newindex>},
                        {"__len", guarded<handle_length>},
                        {"__concat", guarded<concatenate>}});
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

void open_texts(lua_State* lua) {
    luaL_newmetatable(lua, "text");
    set_functions(lua, {{"__index", guarded<text_index>},
                        {"__newindex", guarded<text_index>},
                        {"__concat", guarded<concatenate>},
                        {"__eq", guarded<text_equal>},
                        {"__gc", guarded<text_collected>}});
    lua_pop(lua, 1);
}

}  // namespace gyre::world::script
