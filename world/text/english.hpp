#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The little English that templates need: forms of verbs, plurals, articles, pronouns, numbers.
namespace gyre::world::text::english {

/// The form after "you" or "they" of a verb written as after "he" or "she": "lights" -> "light", "is" ->
/// "are", "can't" -> "can't", "picks up" -> "pick up". Nothing if it is no such form ("lit").
std::optional<std::string> base_form(std::string_view third_person);

/// "key" -> "keys", "goose" -> "geese", "gold coin" -> "gold coins", "bottle of wine" -> "bottles of wine".
std::string plural(std::string_view name);

/// "a" or "an" before these words, by sound: "an hourglass", "a unicorn".
std::string_view article(std::string_view words);

/// "no", "one" ... "twelve", then digits.
void append_number(std::string& out, std::int64_t number);

enum class Case : std::uint8_t { they, them, their, theirs, themself };
enum class Pronouns : std::uint8_t {
    it,
    she,
    he,
    they_one,  ///< A person: "themself".
    they_many,
    you_one,
    you_many,
};
std::string_view pronoun(Pronouns set, Case form);
/// Whether the verb after the pronoun is the base form: "they light".
constexpr bool takes_base_form(Pronouns set) { return set >= Pronouns::they_one; }

}  // namespace gyre::world::text::english
