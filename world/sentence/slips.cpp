#include "world/sentence/slips.hpp"

#include "engine/base/nearest.hpp"
#include "world/sentence/phrasing.hpp"
#include "world/sentence/vocabulary.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::sentence {
namespace {

constexpr std::array<std::string_view, 19> question_words{
    "what", "what's", "whats", "why",  "how", "when", "which", "whose",  "where's", "who's",
    "can",  "could",  "do",    "does", "is",  "are",  "am",    "should", "would"};

constexpr std::array<std::string_view, 12> ways{"north",     "south",     "east",      "west",
                                                "up",        "down",      "northeast", "northwest",
                                                "southeast", "southwest", "in",        "out"};

/// Longer words are nobody's misspelt verb.
constexpr std::size_t longest_verb = 24;

bool begins_command(std::string_view word, const Vocabulary& vocabulary) {
    return vocabulary.find(word) != nullptr || !compass_direction(word).empty();
}

/// "n.", ";" and "n;s": signs that end a sentence elsewhere.
bool ends_command(std::string_view typed) {
    return typed.ends_with('.') || typed.find(';') != std::string_view::npos;
}

bool seems_joined(const Line& line, std::size_t at, const Vocabulary& vocabulary) {
    const auto typed = [&line](std::size_t token) {
        return line.text({static_cast<std::uint16_t>(token), static_cast<std::uint16_t>(token + 1)});
    };
    if (at >= line.size()) return false;
    if (typed(at).find(';') != std::string_view::npos) return true;
    if (at + 1 < line.size() && line.word(at) == "and") return begins_command(line.word(at + 1), vocabulary);
    if (at == 0) return false;
    const bool is_behind = ends_command(typed(at - 1)) || line.word(at - 1) == "and";
    return is_behind && begins_command(line.word(at), vocabulary);
}

/// "Marta, hello": what one says needs a verb too.
std::string what_to_say(const Line& line, std::uint16_t from, Nouns& nouns, const Vocabulary& vocabulary) {
    const auto behind = static_cast<std::uint16_t>(from + 1);
    if (vocabulary.find("say") == nullptr || behind >= line.size()) return {};
    const Phrase& name = nouns[nouns.find({from, behind}, Element::Kind::thing, Reach::see)];
    if (name.state != Phrase::State::found || name.objects.empty()) return {};
    const Candidate* whom = nouns.candidate(name.objects.front());
    if (whom == nullptr || !whom->person) return {};
    const auto words = static_cast<std::uint16_t>(line.word(behind) == "and" ? behind + 1 : behind);
    if (words >= line.size()) return {};
    return "say to " + std::string{line.word(from)} + " " + shortened(line.text({words, line.size()}));
}

/// "/look" and "@look", as other programs want it: "look" if there is such a verb, else empty.
std::string_view without_mark(std::string_view word, const Vocabulary& vocabulary) {
    if (word.size() < 2 || (word.front() != '/' && word.front() != '@')) return {};
    word.remove_prefix(1);
    const Vocabulary::Entry* verb = vocabulary.find(word);
    return verb != nullptr && verb->for_all ? word : std::string_view{};
}

}  // namespace

std::string joining_advice(const Line& line, std::size_t at, const Vocabulary& vocabulary) {
    return seems_joined(line, at, vocabulary) ? " Put 'then' between commands." : "";
}

Span without_choice(const Line& line, Span words) {
    while (words.size() > 1 && says_which(line.word(words.first))) ++words.first;
    return words;
}

bool begins_question(std::string_view word) {
    return std::find(question_words.begin(), question_words.end(), word) != question_words.end();
}

std::string meant_instead(const Line& line, std::uint16_t from, Nouns& nouns, const Vocabulary& vocabulary,
                          std::vector<std::string_view> verbs) {
    const std::string_view word = line.word(from);
    if (begins_question(word)) return {};
    if (std::string said = what_to_say(line, from, nouns, vocabulary); !said.empty()) return said;
    if (const std::string_view bare = without_mark(word, vocabulary); !bare.empty()) return std::string{bare};
    if (word.size() < 2 || word.size() > longest_verb) return {};  // A letter is near every other.
    verbs.insert(verbs.begin(), ways.begin(), ways.end());
    const std::string_view closest = nearest(word, verbs);
    return edit_distance(word, closest) <= std::max<std::size_t>(1, word.size() / 3) ? std::string{closest}
                                                                                     : std::string{};
}

}  // namespace gyre::world::sentence
