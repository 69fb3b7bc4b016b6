#pragma once

#include <lua.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// A name that compiled code looks up in its environment, or puts there.
struct GlobalUse {
    std::string name;
    int line = 0;
    bool in_function = false;  ///< Of a function, not of the file itself.
    bool is_write = false;
    std::string argument = {};  ///< The string that it is called with, if that follows at once: error "no".
};

/// The names that the Lua function on top of the stack and those inside it use as globals, in the order of
/// the code. Asked of the compiler's own result, which knows best what is a local. What it cannot read it
/// leaves out.
std::vector<GlobalUse> global_uses(lua_State* lua);

/// The same, of what lua_dump wrote with debug information; any bytes at all may be given.
std::vector<GlobalUse> global_uses(std::string_view dumped);

}  // namespace gyre::world::script
