#include "world/script/breath.hpp"

#include "world/script/state.hpp"
#include "world/world.hpp"

#include <string>

namespace gyre::world::script {

namespace {

/// The innermost code in `thread` that has limits; null: there is none.
const Class* limited_code(const State& state, lua_State* thread) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(thread, level, &frame) != 0; ++level) {
        lua_getinfo(thread, "S", &frame);
        if (*frame.what == 'C') continue;
        const Class* code = state.chunks.find(frame.source);
        if (code != nullptr && state.world.owner_limits.holds_for(code->owner)) return code;
    }
    return nullptr;
}

/// The same in all threads of this call, from the innermost outward.
const Class* limited_code_of_call(const State& state, lua_State* lua) {
    if (const Class* code = limited_code(state, lua)) return code;
    for (auto thread = state.running.rbegin(); thread != state.running.rend(); ++thread) {
        if (*thread == lua) continue;
        if (const Class* code = limited_code(state, *thread)) return code;
    }
    return nullptr;
}

/// Whose code it is; empty: nobody's that has limits. A timer may call the library itself.
const std::string& teller(const State& state, lua_State* lua) {
    if (const Class* code = limited_code_of_call(state, lua)) return code->owner;
    return state.acting_for.empty() ? state.charged_to : state.acting_for;
}

}  // namespace

const std::string& telling_code(lua_State* lua) {
    static const std::string nobody;
    const State& state = state_of(lua);
    if (!state.any_owned) return nobody;
    const bool acts_by_himself = limited_code_of_call(state, lua) == nullptr && state.acting_for.empty() &&
                                 state.world.transaction.origin().actor != ObjectId::nothing;
    return acts_by_himself ? nobody : teller(state, lua);
}

void use_breath(lua_State* lua) {
    const State& state = state_of(lua);
    if (!state.any_owned) return;
    const std::string& account = teller(state, lua);
    if (state.world.owner_limits.take_breath(account)) return;
    fail(lua, "code of " + account +
                  " has told others too much of late: " + std::to_string(OwnerLimits::lines_at_once) +
                  " lines at once, and then " + std::to_string(OwnerLimits::lines_each_second) + " a second");
}

}  // namespace gyre::world::script
