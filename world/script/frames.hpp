#pragma once

#include "world/class.hpp"
#include "world/object.hpp"

#include <functional>
#include <lua.hpp>
#include <string>
#include <unordered_map>

namespace gyre::world {
class World;
struct Account;
}  // namespace gyre::world

namespace gyre::world::script {

/// Which class a piece of code belongs to. Lua keeps one string for each short chunk name, so its address
/// names the class, and a look-up costs a few nanoseconds.
class Chunks {
  public:
    /// "brass_lamp.lua"
    static std::string file_of(const std::string& class_name) { return class_name + ".lua"; }
    /// `source` as lua_Debug gives it, kept alive by the caller.
    void add(const char* source, Class& of) { classes_[source] = &of; }
    [[nodiscard]] Class* find(const char* source) const {
        const auto found = classes_.find(source);
        return found == classes_.end() ? nullptr : found->second;
    }

  private:
    std::unordered_map<const char*, Class*> classes_;
};

/// The chunk on top of the stack, just compiled, is code of this class. Precondition: its name is short
/// enough for Lua to keep one copy of it (AtomCache::max_interned).
void register_chunk(lua_State* lua, Class& of);

/// Who wrote the code that runs: the nearest Lua frame counts.
struct Author {
    Class* code = nullptr;
    bool engine = false;  ///< No Lua frame at all.
};
Author author(lua_State* lua);

/// Where the nearest Lua frame stands.
struct Place {
    std::string file;
    int line = 0;
    int first_line = 0;    ///< Of the function.
    std::string function;  ///< Its name, if known.
    Class* in = nullptr;
    ObjectId at = ObjectId::nothing;  ///< Its `self`.
};
Place innermost(lua_State* lua);
/// The level of the nearest Lua frame that fits, of which `source` and the like are filled in; -1: there is
/// none.
int nearest_frame(lua_State* lua, const std::function<bool(const lua_Debug& frame)>& fits);
/// Where the Lua frame of that level stands.
Place place_at(lua_State* lua, int level);
/// "brass_lamp.lua:14: in light", nearest first, one line each.
std::string traceback(lua_State* lua);
/// Whether the objects whose methods run in `thread` are all still there.
bool all_exist(lua_State* thread);
/// Fills in where the running call was killed, unless that is known.
void describe_kill(lua_State* lua);

/// A file of the library, or the account that wrote it is a wizard's.
bool written_by_wizard(const World& world, const Class& code);
/// Whether the running code may write this object (LUA.md section 6).
bool may_write(lua_State* lua, const Object& object);
/// Raises the error of LUA.md section 7 if not, or if a veto is running. `what` is the property.
void check_write(lua_State* lua, const Object& object, std::string_view what);
/// Raises an error while a `can_*` runs.
void check_may_change(lua_State* lua);
/// Speaking as somebody needs him to be the actor, or to be writable.
void check_may_speak(lua_State* lua, const Object& person);
/// Account of the running code; empty: the library.
std::string author_account(lua_State* lua);
/// Raises an error unless all code that runs, from the gate inward, is the library's own, on behalf of
/// nobody: so nobody's code comes here by a method of the library's that anybody may call.
void check_library(lua_State* lua, const char* what);
/// The account of a character, or null.
const Account* account_of(const World& world, ObjectId character);

}  // namespace gyre::world::script
