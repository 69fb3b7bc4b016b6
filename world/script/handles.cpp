// The metatable of what scripts hold: one serves all light userdata.

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
        case Handle::text:
            if (is_text(lua, 1)) text_has_no_parts(lua);
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
        case Handle::text:
            if (is_text(lua, 1)) text_has_no_parts(lua);
            break;
    }
    fail(lua, "only methods can change an object: at file level it is a name");
}

int handle_length(lua_State* lua) {
    if (handle_kind(lua, 1) == Handle::container) return container_length(lua);
    fail(lua, std::string{"a "} + type_name(lua, 1) + " has no length");
}

/// One side of `..` as a text of the call.
TextArena::Number side_of(lua_State* lua, int index) {
    TextArena& texts = state_of(lua).texts;
    if (lua_type(lua, index) == LUA_TLIGHTUSERDATA && handle_kind(lua, index) == Handle::text &&
        is_text(lua, index)) {
        const TextArena::Number number = handle_bits(lua, index);
        if (texts.is_deep(number)) text_at(lua, index);  // Puts it together, and charges for that.
        return number;
    }
    const int type = lua_type(lua, index);
    if (type != LUA_TSTRING && type != LUA_TNUMBER && !is_text(lua, index)) {
        const bool is_object = object_at(lua, index) != ObjectId::nothing;
        fail(lua, "cannot join " + describe_value(lua, index) +
                      (is_object ? ": write a template such as \"{the x}\"" : " to a text"));
    }
    return texts.add(text_of(lua, index));
}

/// `left .. right` with a text on at least one side.
int concatenate(lua_State* lua) {
    const TextArena::Number left = side_of(lua, 1);
    const TextArena::Number right = side_of(lua, 2);
    TextArena& texts = state_of(lua).texts;
    const std::size_t pieces = texts.pieces(left) + texts.pieces(right);
    if (pieces > Text::max_pieces) {
        fail(lua, "the text would have more than " +
                      with_commas(static_cast<std::int64_t>(Text::max_pieces)) + " pieces");
    }
    charge(lua, 5);
    charge_bytes(lua, sizeof(Text));
    push_handle(lua, Handle::text, texts.join(left, right));
    return 1;
}

}  // namespace

void open_handles(lua_State* lua) {
    lua_pushlightuserdata(lua, nullptr);
    lua_newtable(lua);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).functions);
    lua_pushcclosure(lua, guarded<handle_index>, 1);
    lua_setfield(lua, -2, "__index");
    set_functions(lua, {{"__newindex", guarded<handle_newindex>},
                        {"__len", guarded<handle_length>},
                        {"__concat", guarded<concatenate>}});
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

}  // namespace gyre::world::script
