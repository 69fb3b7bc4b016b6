#pragma once

#include "world/container.hpp"
#include "world/object.hpp"
#include "world/text/text.hpp"
#include "world/value.hpp"

#include <lua.hpp>
#include <string>
#include <string_view>

namespace gyre::world::script {

// What scripts hold of the world are light userdata: no allocation, no collection, a table key. The two low
// bits say what it is:
//   01  an object: id << 2
//   10  a list or map of an object: Handles::handle << 2
//   11  a template without arguments: the pointer, which is aligned
//   00  any other text: TextArena::Number << 2; or, while a class file loads, what `optional`, `one_of` and
//       `object` gave, a small number << 2
enum class Handle : std::uintptr_t { text = 0, object = 1, container = 2, words = 3 };

/// Of string.byte, table.unpack and utf8.codepoint.
inline constexpr lua_Integer max_results = 1000;

/// Which of these the light userdata at `index` is. Precondition: it is one.
Handle handle_kind(lua_State* lua, int index);
/// The bits above.
std::uint64_t handle_bits(lua_State* lua, int index);
void push_handle(lua_State* lua, Handle kind, std::uint64_t bits);

/// ObjectId::nothing if it is no object.
ObjectId object_at(lua_State* lua, int index);
/// Whether it is a reference to an object that no longer exists.
bool is_destroyed(lua_State* lua, int index);
/// Raises an error unless argument `index` is a living object.
Object& check_object(lua_State* lua, int index);
/// nil or nothing is null; else as check_object.
Object* optional_object(lua_State* lua, int index);
/// The field `name` of the table on top of the stack.
void set_string(lua_State* lua, const char* name, std::string_view text);
/// nil if it was destroyed; counts as read.
void push_object(lua_State* lua, ObjectId id);
/// Null if it is no text.
Ref<Text> text_at(lua_State* lua, int index);
/// The same question, without putting the text together.
bool is_text(lua_State* lua, int index);
void push_text(lua_State* lua, Ref<Text> text);
/// Raises an error unless argument `index` is a string; says what to do with a text.
std::string_view check_string(lua_State* lua, int index);

/// A stored value; its tables become handles.
void push_stored(lua_State* lua, const Value& value);
/// A value that nobody stores; its tables become plain Lua tables.
void push_loose(lua_State* lua, const Value& value);
/// Copies. Raises an error for what cannot be kept; `what` names the place in it.
Value to_value(lua_State* lua, int index, std::string_view what);
/// A value fit as the key of a map; raises an error otherwise.
Value to_key(lua_State* lua, int index);

/// "nil", "boolean", "number", "string", "table", "function", "object" or "text".
const char* type_name(lua_State* lua, int index);
/// For error messages: `text "ten"`, `49.5`, `an object`, cut to a sensible length.
std::string describe_value(lua_State* lua, int index);
/// Pushes what tostring gives: never an address.
std::string_view push_string_of(lua_State* lua, int index);

}  // namespace gyre::world::script
