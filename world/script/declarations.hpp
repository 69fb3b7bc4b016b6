#pragma once

#include "world/class.hpp"
#include "world/script/bytecode.hpp"
#include "world/script/runtime.hpp"
#include "world/script/source.hpp"

#include <lua.hpp>
#include <optional>
#include <string>
#include <vector>

namespace gyre::world::script {

/// What a class file has declared so far, and after that until it is put in force. Nothing of it touches the
/// world, so a file with a fault changes nothing.
struct Draft {
    ClassSource from;
    Source source;
    Class* target = nullptr;
    std::string parent;
    std::vector<std::string> traits;
    bool is_shared = false;
    SingletonSpec singleton;  ///< An empty name: it is none.
    std::vector<BeforeRule> before;
    std::vector<Schedule> schedules;
    std::vector<Member> members;  ///< `function` of methods: position in `functions`, from 1.
    std::vector<Verb> verbs;
    std::vector<std::pair<Atom, Value>> late_defaults;
    std::vector<GlobalUse> globals;  ///< What its code reads as globals.
    int functions = LUA_NOREF;       ///< A Lua list.
    int environment = LUA_NOREF;

    /// Declared above the next method.
    struct Stacked {
        std::vector<Verb> verbs;
        std::optional<BeforeRule> before;
        std::vector<Schedule> schedules;

        [[nodiscard]] bool empty() const { return verbs.empty() && !before && schedules.empty(); }
        /// "a verb", "every": one that is there.
        [[nodiscard]] std::string what() const;
    };
    Stacked stacked;

    /// What `optional`, `one_of` and `object` gave at file level; scripts hold its index.
    struct Special {
        Member property;     ///< optional, one_of.
        std::string object;  ///< object "name": not empty.
    };
    std::vector<Special> specials;

    [[nodiscard]] std::string file() const { return from.name + ".lua"; }
    [[nodiscard]] Member* find(Atom name) {
        for (Member& member : members) {
            if (member.name == name) return &member;
        }
        return nullptr;
    }
};

/// The class file that runs. Raises an error outside of loading.
Draft& draft_of(lua_State* lua);
/// The atom of a name that is declared. Raises an error if the world has too many.
Atom declared_name(lua_State* lua, std::string_view name);
/// The name of a class or singleton at `index`. Raises an error if it is none.
std::string declared_class_name(lua_State* lua, int index);
/// The special declaration at `index`, or null.
Draft::Special* special_at(lua_State* lua, int index);
/// `[a-z][a-z0-9_]*`, not too long.
bool is_class_name(std::string_view name);
/// `object "name"` at file level as part of a default: a mark that settle_singletons() resolves. Raises an
/// error for other declarations, and outside of loading.
Value declared_object(lua_State* lua, int index, std::string_view what);
/// The name in such a mark, or empty.
std::string_view named_object(const Value& value);
/// Whether the default holds such a mark at any depth.
bool names_objects(const Value& value);

}  // namespace gyre::world::script
