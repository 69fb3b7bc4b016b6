#include "world/script/blame.hpp"

#include "world/script/pure_hooks.hpp"
#include "world/script/state.hpp"

#include <cctype>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace gyre::world::script {

namespace {

/// The nearer its writer is to whoever is to mend it, the higher.
int rank(const Class* code) {
    if (code == nullptr) return 1;  // A test.
    if (!code->owner.empty()) return 2;
    return code->origin.starts_with("core/") ? 0 : 1;
}

std::string position(const std::string& file, int line) { return file + ':' + std::to_string(line) + ": "; }

/// The class of the file in which the error was raised; null if it is not known.
const Class* raised_in(const State& state, std::string_view error) {
    const std::string_view where = position_in(error);
    if (where.empty()) return nullptr;
    return state.world.classes.find(state.world.atoms.find(where.substr(0, where.find(".lua:"))));
}

/// Where the function on top of the stack begins.
Place place_of_function(lua_State* lua) {
    unwrap_pure(lua);
    lua_Debug info{};
    lua_pushvalue(lua, -1);
    lua_getinfo(lua, ">S", &info);
    Place place;
    place.file = info.short_src;
    place.line = place.first_line = info.linedefined;
    place.in = state_of(lua).chunks.find(info.source);
    return place;
}

Place place_of(lua_State* lua, const Entered& entered) {
    if (lua_checkstack(lua, 4) == 0) return {};
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).functions);
    lua_rawgeti(lua, -1, entered.function);
    Place place = lua_isfunction(lua, -1) ? place_of_function(lua) : Place{};
    lua_pop(lua, 2);
    place.in = entered.code;
    place.at = entered.target;
    return place;
}

}  // namespace

std::string_view position_in(std::string_view error) {
    const std::size_t file = error.find(".lua:");
    if (file == std::string_view::npos || error.find_first_of(" \n") < file) return {};
    std::size_t end = file + 5;
    while (end < error.size() && std::isdigit(static_cast<unsigned char>(error[end])) != 0) ++end;
    return error.substr(end).starts_with(": ") ? error.substr(0, end + 2) : std::string_view{};
}

Place blamed(lua_State* thread) {
    const Chunks& chunks = state_of(thread).chunks;
    for (const int least : {2, 1}) {
        const int level = nearest_frame(
            thread, [&](const lua_Debug& frame) { return rank(chunks.find(frame.source)) >= least; });
        if (level >= 0) return place_at(thread, level);
    }
    return innermost(thread);
}

namespace {

/// What is known of an error on its way up: what was raised with it, else its words.
Fault as_raised(State& state, std::string error) {
    const auto raised = std::exchange(state.raised, nullptr);
    if (raised != nullptr && raised->error == error) return *raised;
    return {std::move(error), {}, nullptr, ObjectId::nothing};
}

}  // namespace

Fault fault_of(lua_State* thread, std::string error, const Entered& entered) {
    Fault fault = as_raised(state_of(thread), std::move(error));
    const std::string outer = traceback(thread);
    if (!fault.traceback.empty() && !outer.empty()) fault.traceback += '\n';
    fault.traceback += outer;
    Place place = blamed(thread);
    if (entered.code != nullptr && rank(entered.code) > rank(place.in)) place = place_of(thread, entered);
    // The inner call's, unless it was the library that this one led into its mistake.
    if (fault.in != nullptr && rank(fault.in) >= rank(place.in)) return fault;
    const Class* raiser = raised_in(state_of(thread), fault.error);
    const bool by_library = raiser != nullptr && raiser->owner.empty() && raiser != place.in;
    if (by_library && place.line > 0)
        fault.error.replace(0, position_in(fault.error).size(), position(place.file, place.line));
    fault.in = place.in;
    fault.at = place.at;
    return fault;
}

void raise_fault(lua_State* lua, const Fault& fault) {
    state_of(lua).raised = std::make_shared<const Fault>(fault);
    lua_pushlstring(lua, fault.error.data(), fault.error.size());
    lua_error(lua);
    std::abort();
}

void fail_result(lua_State* lua, int index, ObjectId object, const std::string& message) {
    lua_pushvalue(lua, index);
    const Place place = place_of_function(lua);
    lua_pop(lua, 1);
    raise_fault(lua, {position(place.file, place.line) + message, {}, place.in, object});
}

}  // namespace gyre::world::script
