// Rules for what is regular, short sorted tables for what is not. A builder has the last word:
// `{x:third/base}`,
// `{count n one/many}` and an object's `article` and `plurals` say what no rule can know.

#include "world/text/english.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::text::english {

namespace {

struct Pair {
    std::string_view from, to;
};

template <std::size_t size>
std::string_view look_up(const std::array<Pair, size>& table, std::string_view word) {
    const auto* found =
        std::find_if(table.begin(), table.end(), [&](const Pair& pair) { return pair.from == word; });
    return found == table.end() ? std::string_view{} : found->to;
}

constexpr std::array irregular_verbs = {
    Pair{"is", "are"},         Pair{"isn't", "aren't"},       Pair{"was", "were"},
    Pair{"wasn't", "weren't"}, Pair{"has", "have"},           Pair{"hasn't", "haven't"},
    Pair{"does", "do"},        Pair{"doesn't", "don't"},      Pair{"goes", "go"},
    Pair{"dies", "die"},       Pair{"lies", "lie"},           Pair{"ties", "tie"},
    Pair{"vies", "vie"},       Pair{"hies", "hie"},           Pair{"unties", "untie"},
    Pair{"belies", "belie"},   Pair{"underlies", "underlie"}, Pair{"aches", "ache"},
    Pair{"caches", "cache"},   Pair{"axes", "axe"},           Pair{"shoes", "shoe"},
    Pair{"hoes", "hoe"},       Pair{"toes", "toe"},           Pair{"canoes", "canoe"},
    Pair{"tiptoes", "tiptoe"}, Pair{"snowshoes", "snowshoe"}, Pair{"focuses", "focus"},
    Pair{"biases", "bias"},    Pair{"quizzes", "quiz"},       Pair{"gases", "gas"},
    Pair{"gasses", "gas"},     Pair{"buses", "bus"},
};

constexpr std::array<std::string_view, 22> modals = {
    "can",      "can't",  "cannot", "could",    "couldn't", "will",    "won't",  "would",
    "wouldn't", "may",    "might",  "mightn't", "must",     "mustn't", "should", "shouldn't",
    "shall",    "shan't", "ought",  "needn't",  "dare",     "daren't",
};

constexpr std::array irregular_nouns = {
    Pair{"goose", "geese"},     Pair{"mouse", "mice"},     Pair{"louse", "lice"},
    Pair{"foot", "feet"},       Pair{"tooth", "teeth"},    Pair{"man", "men"},
    Pair{"woman", "women"},     Pair{"child", "children"}, Pair{"person", "people"},
    Pair{"ox", "oxen"},         Pair{"die", "dice"},       Pair{"sheep", "sheep"},
    Pair{"fish", "fish"},       Pair{"deer", "deer"},      Pair{"leaf", "leaves"},
    Pair{"loaf", "loaves"},     Pair{"wolf", "wolves"},    Pair{"shelf", "shelves"},
    Pair{"half", "halves"},     Pair{"calf", "calves"},    Pair{"thief", "thieves"},
    Pair{"elf", "elves"},       Pair{"scarf", "scarves"},  Pair{"potato", "potatoes"},
    Pair{"tomato", "tomatoes"}, Pair{"hero", "heroes"},    Pair{"echo", "echoes"},
    Pair{"quiz", "quizzes"},    Pair{"safe", "safes"},     Pair{"giraffe", "giraffes"},
    Pair{"cafe", "cafes"},
};

constexpr bool is_vowel(char letter) {
    return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view end) { return word.ends_with(end); });
}
bool starts_with_any(std::string_view word, std::initializer_list<std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view begin) { return word.starts_with(begin); });
}

/// "carries" but not "ies".
bool ends_in_consonant_and(std::string_view word, std::string_view ending) {
    return word.size() > ending.size() && word.ends_with(ending) &&
           !is_vowel(word[word.size() - ending.size() - 1]);
}

std::optional<std::string> base_of_word(std::string_view verb) {
    if (const std::string_view known = look_up(irregular_verbs, verb); !known.empty())
        return std::string(known);
    if (std::find(modals.begin(), modals.end(), verb) != modals.end()) return std::string(verb);
    if (ends_in_consonant_and(verb, "ies")) return std::string(verb.substr(0, verb.size() - 3)) + "y";
    if (ends_with_any(verb, {"sses", "shes", "ches", "xes", "zzes", "oes"}))
        return std::string(verb.substr(0, verb.size() - 2));
    if (verb.size() < 2 || verb.ends_with("ss") || !verb.ends_with('s')) return std::nullopt;
    return std::string(verb.substr(0, verb.size() - 1));
}

std::string plural_of_word(std::string_view word) {
    if (const std::string_view known = look_up(irregular_nouns, word); !known.empty())
        return std::string(known);
    const auto replaced = [&](std::size_t drop, std::string_view end) {
        return std::string(word.substr(0, word.size() - drop)).append(end);
    };
    if (ends_in_consonant_and(word, "y")) return replaced(1, "ies");
    if (ends_with_any(word, {"s", "x", "z", "ch", "sh"})) return replaced(0, "es");
    if (word.ends_with("fe")) return replaced(2, "ves");
    if (word.ends_with("man") && !ends_with_any(word, {"human", "shaman", "talisman", "german", "roman"}))
        return replaced(3, "men");
    return replaced(0, "s");
}

}  // namespace

std::optional<std::string> base_form(std::string_view third_person) {
    const std::size_t end = std::min(third_person.find(' '), third_person.size());
    std::optional<std::string> base = base_of_word(third_person.substr(0, end));
    if (base) base->append(third_person.substr(end));
    return base;
}

std::string plural(std::string_view name) {
    const std::size_t of = name.find(" of ");
    if (of != std::string_view::npos) return plural(name.substr(0, of)).append(name.substr(of));
    const std::size_t space = name.rfind(' ');
    const std::size_t last = space == std::string_view::npos ? 0 : space + 1;
    return std::string(name.substr(0, last)) + plural_of_word(name.substr(last));
}

std::string_view article(std::string_view words) {
    if (words.empty()) return "a";
    // A room full of things asks for many: most words begin with a letter that has no exceptions.
    const char initial = ascii::small(words.front());
    if (initial == 'a' || initial == 'i') return "an";
    const bool is_ascii = static_cast<unsigned char>(initial) < 0x80;
    if (is_ascii && std::string_view{"eouhx18"}.find(initial) == std::string_view::npos) return "a";
    // The longest beginning that the rules look at.
    const std::string start = utf8::fold_ascii(words.substr(0, 5));
    if (starts_with_any(start, {"hour", "hones", "honou", "honor", "heir", "x-", "8", "11 ", "18 "}))
        return "an";
    if (starts_with_any(start, {"eu", "ewe", "one ", "one-", "once", "use", "usu", "ubi", "uku", "ufo", "u-",
                                "uten", "util", "utop", "uran", "urin"}))
        return "a";
    // "a unicorn", "a union", but "an unmade", "an unimportant", "an unidentified".
    if (start.starts_with("uni") && !starts_with_any(start, {"unin", "unim", "unide"})) return "a";
    const utf8::Decoded first = utf8::decode(words, 0);
    const char32_t letter =
        first.code < 0x80 ? static_cast<char32_t>(start.front()) : utf8::base_letter(first.code);
    const char32_t small = letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
    return small < 0x80 && is_vowel(static_cast<char>(small)) ? "an" : "a";
}

void append_number(std::string& out, std::int64_t number) {
    static constexpr std::array<std::string_view, 13> words = {"no",   "one",    "two",   "three", "four",
                                                               "five", "six",    "seven", "eight", "nine",
                                                               "ten",  "eleven", "twelve"};
    if (number >= 0 && number < static_cast<std::int64_t>(words.size())) {
        out += words[static_cast<std::size_t>(number)];
    } else {
        out += std::to_string(number);
    }
}

std::string_view pronoun(Pronouns set, Case form) {
    static constexpr std::array<std::array<std::string_view, 5>, 7> table = {{
        {"it", "it", "its", "its", "itself"},
        {"she", "her", "her", "hers", "herself"},
        {"he", "him", "his", "his", "himself"},
        {"they", "them", "their", "theirs", "themself"},
        {"they", "them", "their", "theirs", "themselves"},
        {"you", "you", "your", "yours", "yourself"},
        {"you", "you", "your", "yours", "yourselves"},
    }};
    return table[static_cast<std::size_t>(set)][static_cast<std::size_t>(form)];
}

}  // namespace gyre::world::text::english
