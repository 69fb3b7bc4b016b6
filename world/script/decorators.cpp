// What stands above a method and says when it runs: by a sentence, before somebody else's action, by the
// clock. Several may be stacked; they wait in the Draft until their method comes.

#include "engine/base/ascii.hpp"
#include "world/accounts.hpp"
#include "world/calendar.hpp"
#include "world/fitting.hpp"
#include "world/place_rules.hpp"
#include "world/schedules.hpp"
#include "world/script/declarations.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"
#include "world/sentence/pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace gyre::world::script {

std::string Draft::Stacked::what() const {
    return !verbs.empty()                    ? "a verb"
           : before                          ? "before"
           : schedules.front().period_ms > 0 ? "every"
                                             : "daily";
}

namespace {

/// A verb for a role that nobody has would never be found.
void check_role(lua_State* lua, const std::string& role) {
    if (role_named(role)) return;
    const std::string near = closest(role, {"player", "builder", "wizard"});
    fail(lua, "there is no role '" + role + "': use player, builder or wizard" +
                  (near.empty() ? "" : " (did you mean '" + near + "'?)"));
}

void read_options(lua_State* lua, int index, Verb& verb) {
    constexpr std::array<std::string_view, 4> reaches{"touch", "see", "hear", "anywhere"};
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        const std::string option{push_string_of(lua, -2)};
        lua_pop(lua, 1);
        if (option == "role") {
            verb.role = check_string(lua, -1);
            check_role(lua, verb.role);
        } else if (option == "reach") {
            verb.reach = check_string(lua, -1);
            if (std::find(reaches.begin(), reaches.end(), verb.reach) == reaches.end())
                fail(lua, "reach is touch, see, hear or anywhere (got \"" + verb.reach + "\")");
        } else if (option == "priority") {
            const lua_Integer priority = luaL_checkinteger(lua, -1);
            if (priority < -10 || priority > 10) fail(lua, "priority is -10 to 10");
            verb.priority = static_cast<int>(priority);
        } else if (option == "hidden") {
            verb.hidden = lua_toboolean(lua, -1) != 0;
        } else {
            fail(lua, "a verb has no option '" + option + "': use role, reach, priority or hidden");
        }
        lua_pop(lua, 1);
    }
}

/// verb(pattern[, {role=, reach=, priority=, hidden=}])
/// Above a method: the sentences that call it as (self, who, slots..., how). `role`: who may ("builder",
/// "wizard"); `reach` of its nouns: "touch" (the usual), "see", "hear", "anywhere"; `priority` -10 to 10;
/// `hidden` from help.
int verb(lua_State* lua) {
    Draft& draft = draft_of(lua);
    if (is_text(lua, 1)) fail(lua, "a verb pattern has no placeholders in braces");
    Result<std::shared_ptr<const sentence::Pattern>> pattern =
        sentence::Pattern::compile(check_string(lua, 1));
    if (!pattern) fail(lua, pattern.error().text);
    Verb verb;
    verb.pattern = std::move(pattern).value();
    if (!lua_isnoneornil(lua, 2)) read_options(lua, 2, verb);
    lua_Debug frame;
    if (lua_getstack(lua, 1, &frame) != 0) {
        lua_getinfo(lua, "l", &frame);
        const auto doc = draft.source.verb_docs.find(frame.currentline);
        if (doc != draft.source.verb_docs.end()) verb.doc = doc->second;
    }
    draft.stacked.verbs.push_back(std::move(verb));
    return 0;
}

// --- Before

void add_action(lua_State* lua, std::string_view action, BeforeRule& rule) {
    if (action.empty()) fail(lua, "before takes names of actions, as in \"take,drop\"");
    if (is_unstoppable(action))
        fail(lua, "nothing can stand before '" + std::string{action} + "': everybody may do it anywhere");
    if (action == "*") {
        rule.any_action = true;
    } else {
        rule.actions.push_back(declared_name(lua, action));
    }
}

/// before "take,drop"
/// Above a method of a place: called as (self, who, target, how, ...) when somebody inside is about to do one
/// of these, named by the verbs' methods; "*": anything. `refuse` stops it, `return true` means that it is
/// done.
int before(lua_State* lua) {
    Draft& draft = draft_of(lua);
    std::string list{check_string(lua, 1)};
    std::erase(list, ' ');
    if (!draft.stacked.before) draft.stacked.before.emplace();
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(',', begin), list.size());
        add_action(lua, std::string_view{list}.substr(begin, end - begin), *draft.stacked.before);
        begin = end + 1;
    }
    return 0;
}

// --- Schedules

/// The options of `every`, at `index`.
bool read_near(lua_State* lua, int index) {
    bool near = false;
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        const bool is_near = lua_type(lua, -2) == LUA_TSTRING && check_string(lua, -2) == "near";
        if (!is_near || !lua_isboolean(lua, -1))
            fail(lua, "every has one option: write every(90, {near = true})");
        near = lua_toboolean(lua, -1) != 0;
        lua_pop(lua, 1);
    }
    return near;
}

/// every(seconds[, {near = true}])
/// Above a method: it runs that often for each instance, as a call of its own; with `near` only while a
/// connected player is in the room. At least 1 second. Beats that were missed are not made up.
int every(lua_State* lua) {
    Draft& draft = draft_of(lua);
    const double seconds = lua_type(lua, 1) == LUA_TNUMBER ? lua_tonumber(lua, 1) : 0.0;
    Schedule schedule;
    if (seconds * 1000 >= Schedules::min_period_ms && seconds <= Schedules::max_seconds)
        schedule.period_ms = static_cast<std::int64_t>(std::round(seconds * 1000));
    if (schedule.period_ms == 0) fail(lua, "every takes 1 to 315,360,000 seconds, as in every(90)");
    schedule.near = !lua_isnoneornil(lua, 2) && read_near(lua, 2);
    draft.stacked.schedules.push_back(schedule);
    return 0;
}

/// "22:00" as a minute of the day.
std::optional<int> minute_of_day(std::string_view time) {
    const auto digit = [&](std::size_t at) { return ascii::is_digit(time[at]) ? time[at] - '0' : 100; };
    if (time.size() != 5 || time[2] != ':') return std::nullopt;
    const int hour = 10 * digit(0) + digit(1);
    const int minute = 10 * digit(3) + digit(4);
    if (hour >= 24 || minute >= 60) return std::nullopt;
    return 60 * hour + minute;
}

/// daily "22:00"
/// Above a method: it runs for each instance at that time of each day of the world.
int daily(lua_State* lua) {
    Draft& draft = draft_of(lua);
    const std::optional<int> minute =
        lua_type(lua, 1) == LUA_TSTRING ? minute_of_day(check_string(lua, 1)) : std::nullopt;
    if (!minute)
        fail(lua, "daily takes a time of the world's day from \"00:00\" to \"23:59\", as in daily \"07:30\"");
    Schedule schedule;
    schedule.minute = *minute;
    draft.stacked.schedules.push_back(schedule);
    return 0;
}

}  // namespace

void open_decorators(lua_State* lua) {
    set_functions(lua, {{"verb", guarded<verb>},
                        {"before", guarded<before>},
                        {"every", guarded<every>},
                        {"daily", guarded<daily>}});
}

}  // namespace gyre::world::script
