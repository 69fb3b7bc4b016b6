#pragma once

#include "world/script/frames.hpp"
#include "world/script/runtime.hpp"

#include <string>
#include <string_view>

namespace gyre::world::script {

/// The method with which a call began.
struct Entered {
    Class* code = nullptr;  ///< Null: not known.
    Atom method = Atom::none;
    int function = 0;  ///< As Member::function.
    ObjectId target = ObjectId::nothing;
};

/// Who is to mend what went wrong in `thread`: code is written by somebody, and calls the library. The
/// nearest frame that has an owner; without one the nearest outside of the core; without one the innermost.
/// As Lua's error level 2, since the library fails on what it was given.
Place blamed(lua_State* thread);

/// What went wrong, with the place of whoever is to mend it in front. If all of his frames were lost by tail
/// calls, that is the method with which the call began. `error` begins with the place where it was raised.
Fault fault_of(lua_State* thread, std::string error, const Entered& entered);

/// "paying.lua:8: " at the beginning of an error; empty if there is none.
std::string_view position_in(std::string_view error);

/// Raises the fault of a call inside this one, so that it keeps its place and traceback.
[[noreturn, gnu::cold]] void raise_fault(lua_State* lua, const Fault& fault);

/// Raises an error about what a method of `object` gave, whose function is at `index`: it stands in no frame
/// any more.
[[noreturn, gnu::cold]] void fail_result(lua_State* lua, int index, ObjectId object,
                                         const std::string& message);

}  // namespace gyre::world::script
