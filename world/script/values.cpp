#include "world/script/values.hpp"

#include "world/script/state.hpp"

#include <algorithm>
#include <cstdlib>

namespace gyre::world::script {

Handle handle_kind(lua_State* lua, int index) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the other way round.
    return static_cast<Handle>(reinterpret_cast<std::uintptr_t>(lua_touserdata(lua, index)) & 3U);
}

std::uint64_t handle_bits(lua_State* lua, int index) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the other way round.
    return reinterpret_cast<std::uintptr_t>(lua_touserdata(lua, index)) >> 2U;
}

void push_handle(lua_State* lua, Handle kind, std::uint64_t bits) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): a handle is a number that Lua carries in a pointer.
    lua_pushlightuserdata(lua, reinterpret_cast<void*>(bits << 2U | static_cast<std::uintptr_t>(kind)));
}

ObjectId object_at(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TLIGHTUSERDATA || handle_kind(lua, index) != Handle::object)
        return ObjectId::nothing;
    return object_id(handle_bits(lua, index));
}

Object& check_object(lua_State* lua, int index) {
    const ObjectId id = object_at(lua, index);
    if (id == ObjectId::nothing) {
        luaL_argerror(lua, index, ("an object is needed (got " + describe_value(lua, index) + ")").c_str());
    }
    World& world = world_of(lua);
    Object* object = world.objects.find(id);
    if (object != nullptr && object->alive()) return *object;
    if (object != nullptr) world.transaction.saw(object->existence_changed_in);
    fail(lua, "object #" + std::to_string(number(id)) + " no longer exists");
}

Object* optional_object(lua_State* lua, int index) {
    return lua_isnoneornil(lua, index) ? nullptr : &check_object(lua, index);
}

void push_object(lua_State* lua, ObjectId id) {
    World& world = world_of(lua);
    const Object* object = world.objects.find(id);
    if (object == nullptr) return lua_pushnil(lua);
    world.transaction.saw(object->existence_changed_in);
    if (!object->alive()) return lua_pushnil(lua);
    push_handle(lua, Handle::object, number(id));
}

bool is_destroyed(lua_State* lua, int index) {
    const ObjectId id = object_at(lua, index);
    if (id == ObjectId::nothing) return false;
    World& world = world_of(lua);
    const Object* object = world.objects.find(id);
    if (object == nullptr || object->alive()) return object == nullptr;
    world.transaction.saw(object->existence_changed_in);
    return true;
}

void set_string(lua_State* lua, const char* name, std::string_view text) {
    lua_pushlstring(lua, text.data(), text.size());
    lua_setfield(lua, -2, name);
}

Ref<Text> text_at(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TLIGHTUSERDATA) return {};
    if (handle_kind(lua, index) == Handle::words) {
        const void* words = static_cast<const char*>(lua_touserdata(lua, index)) - 3;
        return Text::of_template(*static_cast<const text::Template*>(words), {});
    }
    if (!is_text(lua, index)) return {};
    TextArena& texts = state_of(lua).texts;
    const TextArena::Number number = handle_bits(lua, index);
    if (!texts.is_together(number)) {
        charge(lua, texts.pieces(number));
        charge_bytes(lua, texts.bytes(number));
    }
    const Ref<Text>& text = texts.text(number);
    if (!text->fits()) fail(lua, "a text holds at most 20,000 pieces, 32 inside each other");
    return text;
}

bool is_text(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TLIGHTUSERDATA) return false;
    const Handle kind = handle_kind(lua, index);
    if (kind == Handle::words) return true;
    return kind == Handle::text && state_of(lua).texts.holds(handle_bits(lua, index));
}

namespace {

/// The template, if the text is one without arguments.
const text::Template* bare_words(const Text& text) {
    if (text.pieces.size() != 1) return nullptr;
    const Text::Piece& piece = text.pieces[0];
    return piece.kind == Text::Piece::Kind::words && piece.arguments.empty() ? piece.words : nullptr;
}

void push_words(lua_State* lua, const text::Template* words) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): templates are aligned, so their low bits are free.
    push_handle(lua, Handle::words, reinterpret_cast<std::uintptr_t>(words) >> 2U);
}

void push_stored_text(lua_State* lua, const Ref<Text>& text) {
    if (const text::Template* words = bare_words(*text)) return push_words(lua, words);
    charge(lua, 4 + text->pieces.size());
    push_handle(lua, Handle::text, state_of(lua).texts.add_stored(text));
}

}  // namespace

void push_text(lua_State* lua, Ref<Text> text) {
    if (!text) return lua_pushnil(lua);
    if (const text::Template* words = bare_words(*text)) return push_words(lua, words);
    charge(lua, 4 + text->pieces.size());
    charge_bytes(lua, TextArena::bytes_of(*text));  // It stays until the call ends.
    push_handle(lua, Handle::text, state_of(lua).texts.add(std::move(text)));
}

std::string_view check_string(lua_State* lua, int index) {
    std::size_t size = 0;
    const int type = lua_type(lua, index);
    if (type != LUA_TSTRING && type != LUA_TNUMBER) {
        std::string message = "a string is needed (got " + describe_value(lua, index) + ")";
        if (is_text(lua, index)) message += ": use text.plain";
        luaL_argerror(lua, index, message.c_str());
    }
    const char* string = lua_tolstring(lua, index, &size);
    return {string, size};
}

namespace {

void push_scalar(lua_State* lua, const Value& value) {
    switch (value.tag()) {
        case Value::Tag::boolean:
            return lua_pushboolean(lua, value.boolean() ? 1 : 0);
        case Value::Tag::integer:
            return lua_pushinteger(lua, value.integer());
        case Value::Tag::number:
            return lua_pushnumber(lua, value.number());
        case Value::Tag::string:
            return state_of(lua).strings.push(lua, value);
        case Value::Tag::object:
            return push_object(lua, value.object());
        case Value::Tag::text:
            return push_stored_text(lua, Ref<Text>(&value.text()));
        case Value::Tag::nil:
        case Value::Tag::container:
            break;
    }
    lua_pushnil(lua);
}

}  // namespace

void push_stored(lua_State* lua, const Value& value) {
    if (value.tag() != Value::Tag::container) return push_scalar(lua, value);
    push_handle(lua, Handle::container, Handles::instance().handle(value.container()));
}

void push_loose(lua_State* lua, const Value& value) {
    if (value.tag() != Value::Tag::container) return push_scalar(lua, value);
    luaL_checkstack(lua, 4, "values nested too deeply");
    const Container& from = value.container();
    charge(lua, from.size() + 1);
    lua_createtable(lua, static_cast<int>(from.list.size()), static_cast<int>(from.map.size()));
    lua_Integer index = 0;
    for (const Value& entry : from.list) {
        push_loose(lua, entry);
        lua_rawseti(lua, -2, ++index);
    }
    for (const Container::Pair& pair : from.map) {
        push_scalar(lua, pair.key);
        push_loose(lua, pair.value);
        // A key that was destroyed meanwhile has become nil.
        if (lua_isnil(lua, -2)) {
            lua_pop(lua, 2);
        } else {
            lua_rawset(lua, -3);
        }
    }
}

const char* type_name(lua_State* lua, int index) {
    const int type = lua_type(lua, index);
    if (type == LUA_TLIGHTUSERDATA) {
        switch (handle_kind(lua, index)) {
            case Handle::object:
                return "object";
            case Handle::container:
                return "table";
            case Handle::words:
                return "text";
            case Handle::text:
                return is_text(lua, index) ? "text" : "declaration";
        }
    }
    if (type == LUA_TUSERDATA) return "library";
    return type == LUA_TNONE ? "nil" : lua_typename(lua, type);
}

std::string describe_value(lua_State* lua, int index) {
    constexpr std::size_t max_shown = 40;
    switch (lua_type(lua, index)) {
        case LUA_TSTRING: {
            std::string shown{check_string(lua, index).substr(0, max_shown)};
            std::replace_if(
                shown.begin(), shown.end(), [](char letter) { return letter >= 0 && letter < ' '; }, ' ');
            return "text \"" + shown + '"';
        }
        case LUA_TNUMBER:
        case LUA_TBOOLEAN: {
            std::string shown{push_string_of(lua, index)};
            lua_pop(lua, 1);
            return shown;
        }
        case LUA_TNONE:
        case LUA_TNIL:
            return "nil";
        case LUA_TLIGHTUSERDATA:
            if (handle_kind(lua, index) == Handle::object) {
                const ObjectId id = object_at(lua, index);
                const Object* object = world_of(lua).objects.living(id);
                return (object == nullptr ? "destroyed" : object->of->title) + " #" +
                       std::to_string(number(id));
            }
            break;
        default:
            break;
    }
    return std::string{"a "} + type_name(lua, index);
}

std::string_view push_string_of(lua_State* lua, int index) {
    std::size_t size = 0;
    const int type = lua_type(lua, index);
    if (type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN || type == LUA_TNIL) {
        const char* string = luaL_tolstring(lua, index, &size);  // None of these has __tostring.
        return {string, size};
    }
    if (const ObjectId id = object_at(lua, index); id != ObjectId::nothing) {
        const std::string string = '#' + std::to_string(number(id));
        lua_pushlstring(lua, string.data(), string.size());
    } else {
        lua_pushstring(lua, type_name(lua, index));
    }
    const char* string = lua_tolstring(lua, -1, &size);
    return {string, size};
}

void fail(lua_State* lua, const std::string& message) {
    lua_Debug frame;
    std::string where;
    for (int level = 0; lua_getstack(lua, level, &frame) != 0 && level < 3; ++level) {
        lua_getinfo(lua, "Sl", &frame);
        if (*frame.what == 'C') continue;
        where = std::string{frame.short_src} + ':' + std::to_string(frame.currentline) + ": ";
        break;
    }
    where += message;
    lua_pushlstring(lua, where.data(), where.size());
    lua_error(lua);
    std::abort();
}

}  // namespace gyre::world::script
