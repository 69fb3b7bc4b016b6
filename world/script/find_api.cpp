// `person:find(words[, slot])`: what a noun phrase means to somebody, as the parser reads it.

#include "world/script/api_calls.hpp"
#include "world/script/values.hpp"
#include "world/sentence/nouns.hpp"
#include "world/surroundings.hpp"

#include <array>
#include <optional>
#include <utility>

namespace gyre::world::script {

namespace {

using sentence::Element;
using sentence::Phrase;

/// The slots of a verb that take a noun.
std::optional<Element::Kind> noun_slot(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Element::Kind>, 4> slots{
        {{"thing", Element::Kind::thing},
         {"held", Element::Kind::held},
         {"person", Element::Kind::person},
         {"player", Element::Kind::player}}};
    for (const auto& [slot, kind] : slots) {
        if (slot == name) return kind;
    }
    return std::nullopt;
}

int not_found(lua_State* lua, const char* reason) {
    lua_pushnil(lua);
    lua_pushstring(lua, reason);
    return 2;
}

const char* reason_of(const Phrase& phrase) {
    switch (phrase.state) {
        case Phrase::State::found:
            return phrase.many ? "that is more than one thing" : "several things are called that";
        case Phrase::State::out_of_reach:
            return "it is out of reach";
        case Phrase::State::empty:
            return "no words";
        case Phrase::State::unseen:
        case Phrase::State::nothing:
            break;
    }
    return "there is nothing of that name here";
}

}  // namespace

/// p:find(words[, slot]) -> object | nil, reason [N n]
/// What he means by these words, as a verb's slot reads them: "thing" (the usual), "held", "person" or
/// "player".
int find_named(lua_State* lua) {
    Object& person = check_object(lua, 1);
    const std::string_view words = check_string(lua, 2);
    const std::string_view slot = lua_isnoneornil(lua, 3) ? "thing" : check_string(lua, 3);
    const std::optional<Element::Kind> kind = noun_slot(slot);
    if (!kind)
        fail(lua, "find looks for a thing, held, person or player (got " + describe_value(lua, 3) + ")");
    const Result<sentence::Line> line = sentence::Line::read(words);
    if (!line) return not_found(lua, "that is too long for a name");
    const Pronouns none;
    Surroundings scope(world_of(lua), person, none);
    charge(lua, 50 + 20 * scope.candidates().size() + words.size());
    sentence::Nouns nouns(line.value(), scope, {});
    const std::size_t number = nouns.find({0, line.value().size()}, *kind, sentence::Reach::see);
    const Phrase& phrase = nouns[number];
    if (phrase.state != Phrase::State::found || phrase.objects.size() != 1 || !phrase.unclear.empty())
        return not_found(lua, reason_of(phrase));
    push_object(lua, phrase.objects.front());
    return 1;
}

}  // namespace gyre::world::script
