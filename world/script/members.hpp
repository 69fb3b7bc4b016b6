#pragma once

#include "world/class.hpp"
#include "world/fitting.hpp"
#include "world/object.hpp"

#include <lua.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// The value at `index` as this property takes it: 50.0 becomes 50 for an integer. Raises the error of
/// LUA.md section 7 if it does not fit.
Value to_property(lua_State* lua, int index, const Member& property);
/// The type of a default, as declared: the engine reads some names as plain strings.
Type type_of_default(Atom property, const Value& standard);

/// Raises "brass_lamp has no property 'feul' (did you mean 'fuel'?)".
[[noreturn, gnu::cold]] void no_such_member(lua_State* lua, const Class& of, std::string_view what,
                                            std::string_view name);

}  // namespace gyre::world::script
