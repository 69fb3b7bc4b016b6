// `time`: spans of time in words.

#include "world/script/api_calls.hpp"

#include <array>
#include <cmath>

namespace gyre::world::script {

namespace {

/// "2 minutes": the largest unit that fits, whole.
std::string span_words(std::int64_t seconds) {
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    constexpr std::array<Unit, 6> units{{{31'536'000, "year"},
                                         {2'592'000, "month"},
                                         {604'800, "week"},
                                         {86'400, "day"},
                                         {3600, "hour"},
                                         {60, "minute"}}};
    Unit fit{1, "second"};
    for (const Unit& unit : units) {
        if (seconds < unit.seconds) continue;
        fit = unit;
        break;
    }
    const std::int64_t count = seconds / fit.seconds;
    return std::to_string(count) + ' ' + fit.name + (count == 1 ? "" : "s");
}

std::int64_t check_seconds(lua_State* lua, int index) {
    constexpr double most = 1e15;
    const double seconds = luaL_checknumber(lua, index);
    luaL_argcheck(lua, seconds > -most && seconds < most, index, "this is no sensible time");
    return static_cast<std::int64_t>(std::floor(seconds));
}

int push(lua_State* lua, const std::string& words) {
    lua_pushlstring(lua, words.data(), words.size());
    return 1;
}

/// time.span(seconds)
int span(lua_State* lua) {
    const std::int64_t seconds = check_seconds(lua, 1);
    return push(lua, span_words(seconds < 0 ? -seconds : seconds));
}

/// time.ago(when)
int ago(lua_State* lua) {
    const std::int64_t seconds = call_time(lua) - check_seconds(lua, 1);
    if (seconds == 0) return push(lua, "just now");
    return push(lua, seconds > 0 ? span_words(seconds) + " ago" : "in " + span_words(-seconds));
}

}  // namespace

void open_time_api(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"ago", guarded<ago>}, {"span", guarded<span>}});
    make_read_only(lua, "time");
    lua_setfield(lua, -2, "time");
}

}  // namespace gyre::world::script
