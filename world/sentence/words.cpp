// Tables instead of a grammar: English in a text game is a few dozen words with a fixed meaning. They are
// short enough that a linear scan with a comparison of sizes first beats a hash table.

#include "world/sentence/words.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::sentence {
namespace {

constexpr std::array<std::string_view, 2> in_members{"into", "inside"};
constexpr std::array<std::string_view, 3> on_members{"onto", "upon", "on top of"};
constexpr std::array<std::string_view, 2> from_members{"out of", "off of"};
constexpr std::array<std::string_view, 2> to_members{"toward", "towards"};
constexpr std::array<std::string_view, 1> with_members{"using"};
constexpr std::array<std::string_view, 3> under_members{"underneath", "beneath", "below"};
constexpr std::array<std::string_view, 1> over_members{"above"};
constexpr std::array<std::string_view, 1> about_members{"concerning"};

constexpr std::array<WordGroup, 8> groups{{{"in", in_members},
                                           {"on", on_members},
                                           {"from", from_members},
                                           {"to", to_members},
                                           {"with", with_members},
                                           {"under", under_members},
                                           {"over", over_members},
                                           {"about", about_members}}};

constexpr std::array<std::string_view, 9> lone_prepositions{"at",  "through", "behind", "for", "as",
                                                            "off", "by",      "out",    "of"};

struct Pair {
    std::string_view word;
    std::string_view meaning;
};
constexpr std::array<Pair, 23> compass{{{"n", "north"},
                                        {"s", "south"},
                                        {"e", "east"},
                                        {"w", "west"},
                                        {"u", "up"},
                                        {"d", "down"},
                                        {"ne", "northeast"},
                                        {"nw", "northwest"},
                                        {"se", "southeast"},
                                        {"sw", "southwest"},
                                        {"north", "north"},
                                        {"south", "south"},
                                        {"east", "east"},
                                        {"west", "west"},
                                        {"northeast", "northeast"},
                                        {"northwest", "northwest"},
                                        {"southeast", "southeast"},
                                        {"southwest", "southwest"},
                                        {"up", "up"},
                                        {"down", "down"},
                                        {"in", "in"},
                                        {"out", "out"},
                                        {"outside", "out"}}};

constexpr std::array<std::string_view, 21> numbers{
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
constexpr std::array<std::string_view, 10> ordinals{"first", "second",  "third",  "fourth", "fifth",
                                                    "sixth", "seventh", "eighth", "ninth",  "tenth"};

constexpr std::array<Pair, 8> irregular_plurals{{{"men", "man"},
                                                 {"women", "woman"},
                                                 {"people", "person"},
                                                 {"children", "child"},
                                                 {"feet", "foot"},
                                                 {"teeth", "tooth"},
                                                 {"mice", "mouse"},
                                                 {"geese", "goose"}}};

template <std::size_t count>
bool among(const std::array<std::string_view, count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// Case as Unicode has it, character by character. What is no UTF-8 equals nothing.
bool equal_unicode(std::string_view left, std::string_view right) {
    std::size_t left_at = 0;
    std::size_t right_at = 0;
    while (left_at < left.size() && right_at < right.size()) {
        const utf8::Decoded one = utf8::decode(left, left_at);
        const utf8::Decoded other = utf8::decode(right, right_at);
        if (!one.valid || !other.valid || utf8::to_upper(one.code) != utf8::to_upper(other.code))
            return false;
        left_at += one.bytes;
        right_at += other.bytes;
    }
    return left_at == left.size() && right_at == right.size();
}

bool ends_with(std::string_view word, std::string_view end) {
    return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

/// Whether `word` is `noun` with its last `cut` bytes replaced by `end`.
bool replaced(std::string_view word, std::string_view noun, std::size_t cut, std::string_view end) {
    const std::size_t stem = noun.size() - cut;
    return word.size() == stem + end.size() && equal_folded(noun.substr(0, stem), word.substr(0, stem)) &&
           word.substr(stem) == end;
}

std::optional<std::int64_t> digits(std::string_view word) {
    constexpr std::size_t max_digits = 18;
    if (word.empty() || word.size() > max_digits || !std::all_of(word.begin(), word.end(), ascii::is_digit))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : word) value = value * 10 + (c - '0');
    return value;
}

}  // namespace

const WordGroup* group_of_head(std::string_view word) {
    const auto* found = std::find_if(groups.begin(), groups.end(),
                                     [word](const WordGroup& group) { return group.head == word; });
    return found == groups.end() ? nullptr : found;
}

std::string_view head_of(std::string_view member) {
    for (const WordGroup& group : groups) {
        if (group.head == member) return group.head;
        for (const std::string_view each : group.members) {
            if (each == member) return group.head;
        }
    }
    return {};
}

bool is_preposition(std::string_view word) {
    return !head_of(word).empty() || among(lone_prepositions, word);
}

std::string_view compass_direction(std::string_view word) {
    for (const Pair& pair : compass) {
        if (pair.word == word) return pair.meaning;
    }
    return {};
}

std::optional<std::int64_t> whole_number(std::string_view word) {
    if (word.empty()) return std::nullopt;
    if (ascii::is_digit(word.front())) return digits(word);
    if (word == "a" || word == "an" || word == "another") return 1;
    const auto* found = std::find(numbers.begin(), numbers.end(), word);
    if (found == numbers.end()) return std::nullopt;
    return found - numbers.begin();
}

std::optional<std::int64_t> ordinal(std::string_view word) {
    if (word == "last") return -1;
    const auto* found = std::find(ordinals.begin(), ordinals.end(), word);
    if (found != ordinals.end()) return found - ordinals.begin() + 1;
    if (word.size() < 3 || !ascii::is_digit(word.front())) return std::nullopt;
    const std::string_view end = word.substr(word.size() - 2);
    if (end != "st" && end != "nd" && end != "rd" && end != "th") return std::nullopt;
    const auto value = digits(word.substr(0, word.size() - 2));
    return value && *value > 0 ? value : std::nullopt;
}

bool is_article(std::string_view word) {
    return word == "the" || word == "a" || word == "an" || word == "some" || word == "another";
}

bool means_all(std::string_view word) {
    return word == "all" || word == "everything" || word == "every" || word == "each" || word == "both";
}

bool says_which(std::string_view word) {
    return is_article(word) || means_all(word) || word == "of" || word == "any" || word == "my";
}

bool is_except(std::string_view word) { return word == "but" || word == "except"; }

bool means_self(std::string_view word) { return word == "me" || word == "myself" || word == "self"; }

bool is_pronoun(std::string_view word) {
    return word == "it" || word == "him" || word == "her" || word == "them";
}

std::string_view owner_pronoun(std::string_view possessive) {
    if (possessive == "his") return "him";
    if (possessive == "her") return "her";
    if (possessive == "its") return "it";
    if (possessive == "their") return "them";
    return {};
}

bool may_be_plural(std::string_view word) {
    const bool is_regular = word.ends_with('s');
    return is_regular || std::any_of(irregular_plurals.begin(), irregular_plurals.end(),
                                     [&](const Pair& pair) { return pair.word == word; });
}

bool is_plural_of(std::string_view plural, std::string_view noun) {
    if (noun.empty() || plural.size() < 2) return false;
    if (plural.back() != 's') {
        return std::any_of(irregular_plurals.begin(), irregular_plurals.end(), [&](const Pair& pair) {
            return pair.word == plural && equal_folded(noun, pair.meaning);
        });
    }
    if (replaced(plural, noun, 0, "s") || replaced(plural, noun, 0, "es")) return true;
    const char last = ascii::small(noun.back());
    if (last == 'y') return replaced(plural, noun, 1, "ies");
    if (last == 'f') return replaced(plural, noun, 1, "ves");
    return ends_with(plural, "ves") && noun.size() > 2 && equal_folded(noun.substr(noun.size() - 2), "fe") &&
           replaced(plural, noun, 2, "ves");
}

bool equal_folded(std::string_view word, std::string_view lower_word) {
    std::size_t at = 0;
    const std::size_t shorter = std::min(word.size(), lower_word.size());
    while (at < shorter && ascii::small(word[at]) == lower_word[at]) ++at;
    if (at == word.size() && at == lower_word.size()) return true;
    if (at == shorter || is_ascii(word[at]) || is_ascii(lower_word[at])) return false;
    while (at > 0 && is_continuation(word[at])) --at;
    return equal_unicode(word.substr(at), lower_word.substr(at));
}

std::string_view without_stop(std::string_view word) {
    std::string_view rest = word;
    while (!rest.empty() && (rest.back() == '.' || rest.back() == '!' || rest.back() == '?'))
        rest.remove_suffix(1);
    return rest.empty() ? word : rest;
}

}  // namespace gyre::world::sentence
