#pragma once

#include "world/class.hpp"
#include "world/object.hpp"

#include <lua.hpp>
#include <string_view>

namespace gyre::world::script {

/// `object.key`: pushes the property or method. The name is at index 2.
int read_member(lua_State* lua, ObjectId id);
/// `object.key = value`, with key and value at 2 and 3.
int write_member(lua_State* lua, ObjectId id);
/// Sets a property as the call's own, with types checked and permissions not: for `create`.
void set_property(lua_State* lua, Object& object, const Member& property, Value value);
/// Raises an error if somebody of this class may not be called so (namesakes.hpp).
void check_name(lua_State* lua, const Class& of, std::string_view name);

/// Runs every implementation of an event or veto, base class first. The `count` arguments are on top of the
/// stack and are popped. An object without it: nothing happens.
void fire(lua_State* lua, Object& object, Atom event, int count);
/// Whether it has an implementation.
bool listens(const Object& object, Atom event);
/// Pushes what calls all implementations of this event: the value of `object.event`.
void push_event_caller(lua_State* lua, Atom event);
/// Pushes the function of a method that does not add up, of a native one, or an event caller; false and
/// nothing if the object has none.
bool push_function(lua_State* lua, const Object& object, Atom method);
/// The same, looking behind `after` in the lookup order.
bool push_function_after(lua_State* lua, const Object& object, const Class& after, Atom method);
/// Calls a method as a script would: the `count` arguments on top are replaced by one result.
void call_method(lua_State* lua, Object& object, Atom method, int count);

}  // namespace gyre::world::script
