// `o:verbs(who)`: the sentences an object answers to, for help and menus.

#include "world/script/api_calls.hpp"
#include "world/script/members.hpp"
#include "world/script/objects.hpp"
#include "world/script/values.hpp"
#include "world/sentence/pattern.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace gyre::world::script {

namespace {

/// What may be known of it: its own words belong to whoever has the role.
bool may_know(World& world, const Verb& verb, const Object& who) {
    if (verb.hidden) return false;
    if (verb.role.empty()) return true;
    const std::optional<Role> needed = role_named(verb.role);
    return needed && world.rights_of(who.id) >= *needed;
}

/// As the pattern is written: the usual word stands first.
std::string_view first_word(const sentence::Pattern& pattern) {
    return std::string_view{pattern.source}.substr(0, pattern.source.find_first_of("| "));
}

void push_verb(lua_State* lua, const Verb& verb) {
    lua_createtable(lua, 0, 6);
    set_string(lua, "pattern", verb.pattern->source);
    set_string(lua, "word", first_word(*verb.pattern));
    set_string(lua, "doc", verb.doc);
    set_string(lua, "class", verb.declared_in->title);
    if (!verb.role.empty()) set_string(lua, "role", verb.role);
    lua_createtable(lua, static_cast<int>(verb.pattern->first_words.size()), 0);
    lua_Integer index = 0;
    for (const std::string& word : verb.pattern->first_words) {
        lua_pushlstring(lua, word.data(), word.size());
        lua_rawseti(lua, -2, ++index);
    }
    lua_setfield(lua, -2, "words");
}

}  // namespace

/// o:verbs(who) -> list of {word, words, pattern, doc, class, role} [n]
/// The sentences it answers to and `who` may know, in the order of their first words; `class` declares
/// it, `role` is nil where anybody may say it.
int verbs_of(lua_State* lua) {
    Object& object = check_object(lua, 1);
    const Object& who = check_object(lua, 2);
    World& world = world_of(lua);
    world.transaction.saw(object.of->changed_in);
    std::vector<const Verb*> verbs;
    for (const Verb& verb : object.of->verbs) {
        if (may_know(world, verb, who)) verbs.push_back(&verb);
    }
    std::ranges::stable_sort(verbs, {}, [](const Verb* verb) { return first_word(*verb->pattern); });
    lua_createtable(lua, static_cast<int>(verbs.size()), 0);
    lua_Integer index = 0;
    for (const Verb* verb : verbs) {
        charge(lua, 20);
        push_verb(lua, *verb);
        lua_rawseti(lua, -2, ++index);
    }
    return 1;
}

}  // namespace gyre::world::script
