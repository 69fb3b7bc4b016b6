#include "world/script/authority.hpp"

#include "world/script/api_calls.hpp"
#include "world/script/frames.hpp"
#include "world/script/state.hpp"
#include "world/wizard_rights.hpp"

#include <fmt/format.h>
#include <string>

namespace gyre::world::script {

namespace {

/// What the script called.
std::string running_function(lua_State* lua) {
    lua_Debug frame;
    if (lua_getstack(lua, 0, &frame) == 0) return "this";
    lua_getinfo(lua, "n", &frame);
    return frame.name != nullptr ? frame.name : "this";
}

/// Raises the error in `lua` if some Lua function that runs in `thread` must not be there.
void check_frames(lua_State* lua, lua_State* thread, const std::string& what) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(thread, level, &frame) != 0; ++level) {
        charge(lua, 1);
        lua_getinfo(thread, "Slt", &frame);
        if (*frame.what == 'C') continue;
        const std::string place = fmt::format("{}:{}", frame.short_src, frame.currentline);
        const Class* code = state_of(lua).chunks.find(frame.source);
        if (code == nullptr || !written_by_wizard(world_of(lua), *code)) {
            fail(lua, fmt::format("{} is for wizards' code alone, and {} called it, of {}", what, place,
                                  code == nullptr ? "nobody" : code->owner));
        }
        if (frame.istailcall) {
            fail(lua, fmt::format("{} must know who called, and a tail call led to {}: write 'local r = f() "
                                  "return r' there",
                                  what, place));
        }
    }
}

void check_actor(lua_State* lua, const std::string& what) {
    World& world = world_of(lua);
    const Origin& origin = world.transaction.origin();
    const bool is_own = origin.service == "listener" || origin.service == "timer";
    if (is_own || origin.actor == ObjectId::nothing)
        fail(lua, what + " needs a wizard who does it: a listener or a timer has nobody's authority");
    if (world.role_of(origin.actor) != Role::wizard)
        fail(lua, what + " is for wizards: give its verb {role = \"wizard\"}");
    if (!world.wizard_rights.on(origin.actor)) refuse_with(lua, rights_are_off());
}

}  // namespace

void check_authority(lua_State* lua) {
    needs_call(lua);
    const std::string what = running_function(lua);
    check_frames(lua, lua, what);
    for (lua_State* thread : state_of(lua).running) {
        if (thread != lua) check_frames(lua, thread, what);
    }
    check_actor(lua, what);
}

}  // namespace gyre::world::script
