#include "world/script/unknown_names.hpp"

#include "engine/base/ascii.hpp"
#include "world/script/members.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace gyre::world::script {

namespace {

/// What answers requests of the web: of LUA.md, and an error when it is called where there is no web.
constexpr std::array<std::string_view, 5> of_the_web{"feed", "html", "page", "redirect", "reply"};

/// Whether the table in the registry has a field of this name of its own.
bool has_field(lua_State* lua, int table, const std::string& name) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, table);
    lua_pushlstring(lua, name.data(), name.size());
    const bool has = lua_rawget(lua, -2) != LUA_TNIL;
    lua_pop(lua, 2);
    return has;
}

void add_names(lua_State* lua, int table, std::vector<std::string>& names) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, table);
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        if (lua_type(lua, -2) == LUA_TSTRING) names.emplace_back(check_string(lua, -2));
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
}

bool is_known(const State& state, const Draft& draft, const GlobalUse& use) {
    if (has_field(state.lua, draft.environment, use.name) || has_field(state.lua, state.base, use.name))
        return true;
    if (!use.in_function && has_field(state.lua, state.declarations, use.name)) return true;
    return draft.source.functions.contains(use.name) ||
           std::ranges::find(of_the_web, use.name) != of_the_web.end();
}

/// "The chest is locked.": what one tells a player, not what one writes for whoever mends the code.
bool is_sentence(std::string_view words) {
    return words.size() > 1 && ascii::is_capital(words.front()) &&
           (words.back() == '.' || words.back() == '!');
}

}  // namespace

std::string check_unknown_names(State& state, const Draft& draft) {
    for (const GlobalUse& use : draft.globals) {
        const std::string place = draft.file() + ':' + std::to_string(use.line) + ": ";
        if (use.is_write && use.in_function) {
            return place + "'" + use.name + "' is not declared: use 'local " + use.name +
                   "', or keep it in a property";
        }
        if (use.is_write) continue;  // At file level that was an error already, or a local function.
        if (use.in_function && use.name == "error" && is_sentence(use.argument)) {
            return place +
                   "error is for bugs, and players do not read its words: to tell them no, write refuse \"" +
                   use.argument + '"';
        }
        if (is_known(state, draft, use)) continue;
        if (use.in_function && has_field(state.lua, state.declarations, use.name))
            return place + "'" + use.name + "' declares: it belongs to file level";
        std::vector<std::string> names{draft.source.functions.begin(), draft.source.functions.end()};
        add_names(state.lua, state.base, names);
        if (!use.in_function) add_names(state.lua, state.declarations, names);
        std::ranges::sort(names);
        const std::string near = closest(use.name, names);
        return place + "'" + use.name + "' is not declared" +
               (near.empty() ? "" : " (did you mean '" + near + "'?)");
    }
    return {};
}

}  // namespace gyre::world::script
