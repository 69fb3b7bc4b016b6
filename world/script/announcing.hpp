#pragma once

#include "world/object.hpp"
#include "world/text/text.hpp"

#include <lua.hpp>
#include <string>
#include <vector>

namespace gyre::world::script {

/// Something that happens in a place, for everybody who perceives it.
struct Announcement {
    Object* source = nullptr;
    Ref<Text> text;
    std::vector<ObjectId> except;
    Value arguments;                   ///< A map or nil: what `noticed` learns beside the kind.
    ObjectId who = ObjectId::nothing;  ///< Without arguments: the only one, `who`.
    std::string kind = "action";
    bool sight = false;  ///< Only for those who see where it happens; else the others read "someone".
    int range = 0;       ///< Rooms beyond this one that hear of it, through exits.
};
/// Notes for a dry run whose code tells somebody something.
void note_speaker(lua_State* lua);
/// From now on note_speaker remembers the accounts.
void watch_speakers(lua_State* lua);
/// Ends that. Whether code of another account than `account` has told anything.
bool others_spoke(lua_State* lua, const std::string& account);
/// Tells everybody who perceives it, and sets off `noticed` of those who have it. Gives those of them, and of
/// what lies about there, who have `heard`.
std::vector<ObjectId> announce(lua_State* lua, const Announcement& announcement);
/// Sets off `heard(who, text, how)` of all of them.
void set_off_heard(lua_State* lua, const Object& speaker, const std::vector<ObjectId>& listeners,
                   const Ref<Text>& text, const char* how);

}  // namespace gyre::world::script
