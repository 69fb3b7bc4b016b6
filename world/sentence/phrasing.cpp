#include "world/sentence/phrasing.hpp"

#include "engine/base/ascii.hpp"
#include "world/sentence/words.hpp"

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

bool is_proper(const Candidate& candidate) {
    return candidate.person && !candidate.name.empty() && ascii::is_capital(candidate.name.front());
}

/// Words that stand where "the" would.
bool takes_no_article(std::string_view word) {
    return means_all(word) || means_self(word) || is_pronoun(word) || !owner_pronoun(word).empty() ||
           word == "my" || word == "any" || word == "here" || whole_number(word).has_value() ||
           word.front() == '#' || word.find('\'') != std::string_view::npos;
}

bool is_place(std::string_view head) {
    return head == "in" || head == "on" || head == "under" || head == "over" || head == "behind" ||
           head == "at";
}

std::string noun_question(Kind kind) {
    switch (kind) {
        case Kind::person:
        case Kind::player:
            return "whom?";
        case Kind::direction:
            return "where?";
        case Kind::number:
            return "how many?";
        default:
            return "what?";
    }
}

}  // namespace

std::string shortened(std::string_view text) {
    if (text.size() <= max_echo) return std::string{text};
    std::size_t end = max_echo;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
    return std::string{text.substr(0, end)} + "...";
}

std::string with_article(const Candidate& candidate) {
    return is_proper(candidate) ? std::string{candidate.name} : "the " + std::string{candidate.name};
}

std::string Phrasing::noun(Span words, std::size_t phrase) {
    const Span bare = nouns_.without_articles(words);
    if (bare.empty()) return {};
    const auto& objects = nouns_[phrase].objects;
    const Candidate* only = objects.size() == 1 ? nouns_.candidate(objects.front()) : nullptr;
    if (only != nullptr && is_proper(*only)) return std::string{only->name};
    const std::string typed = shortened(line_.text(bare));
    const std::string_view first = line_.word(bare.first);
    return first.empty() || takes_no_article(first) ? typed : "the " + typed;
}

std::string Phrasing::said(const std::vector<Binding>& bindings) {
    std::string text;
    for (const Binding& binding : bindings) {
        if (binding.words.empty()) continue;
        if (!text.empty()) text += ' ';
        switch (binding.kind) {
            case Kind::words:
                text += line_.words(binding.words);
                break;
            case Kind::this_:
            case Kind::thing:
            case Kind::held:
            case Kind::person:
                text += noun(binding.words, binding.phrase);
                break;
            case Kind::player:
                text += ascii::capitalised(shortened(line_.words(binding.words)));
                break;
            default:
                text += shortened(line_.text(binding.words));
        }
    }
    return text;
}

std::string Phrasing::why_out_of_reach(Span words, std::size_t phrase) {
    const std::string said = noun(words, phrase);
    const auto& objects = nouns_[phrase].objects;
    const Candidate* thing = objects.size() == 1 ? nouns_.candidate(objects.front()) : nullptr;
    const Candidate* bearer = thing != nullptr && thing->borne ? nouns_.candidate(thing->location) : nullptr;
    if (bearer == nullptr) return "You cannot reach " + said + ".";
    return ascii::capitalised(with_article(*bearer)) + " has " + said + ".";
}

std::string Phrasing::literal(const Element& element) {
    for (const auto& words : element.words) {
        if (words.size() == 1 && head_of(words.front()) == words.front()) return words.front();
    }
    return element.words.back().front();
}

std::string Phrasing::question_for(const Element* wanted, const Element* then) {
    if (wanted == nullptr) return "what?";
    if (wanted->kind != Kind::words) return noun_question(wanted->kind);
    const std::string word = literal(*wanted);
    if (!is_preposition(word) || then == nullptr || then->kind == Kind::words) return {};
    if (is_place(word)) return "where?";
    return word + " " + noun_question(then->kind);
}

}  // namespace gyre::world::sentence
