#pragma once

#include "world/script/state.hpp"
#include "world/text/text.hpp"

#include <cstdint>
#include <lua.hpp>
#include <string>
#include <string_view>

namespace gyre::world::script {

/// Ends the call with a sentence for the actor. Raises an error.
[[noreturn, gnu::cold]] void refuse_with(lua_State* lua, Ref<Text> text);
/// Seconds since 1970, the same throughout a call.
std::int64_t call_time(lua_State* lua);
/// The character of that account's name; null if there is none.
Object* character_of(World& world, std::string_view account);

/// `create(class[, place[, properties]])` and `destroy(object)`.
int create_object(lua_State* lua);
/// A new object that belongs to whoever wrote the running code. It has not heard `created` yet.
Object& new_object(lua_State* lua, Class& of);
int destroy_object(lua_State* lua);

/// `o:verbs(who)`, `o:properties()`, `o:methods()`
int verbs_of(lua_State* lua);
int properties_of(lua_State* lua);
int methods_of(lua_State* lua);

/// `world:manual(word)`
int world_manual(lua_State* lua);

/// `system.export(objects)` and `system.import(files)`, once the authority is checked.
int system_export(lua_State* lua);
int system_import(lua_State* lua);

/// `person:find(words[, slot])`
int find_named(lua_State* lua);

/// Moves a thing with all questions asked and everybody told (LUA.md section 5).
struct Move {
    Object* thing = nullptr;
    Object* place = nullptr;  ///< Null: nowhere.
    Object* via = nullptr;    ///< The exit, if any.
    std::string how = "move";
};
void move_thing(lua_State* lua, const Move& move);

}  // namespace gyre::world::script
