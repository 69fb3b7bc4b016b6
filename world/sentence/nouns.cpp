// A phrase is read from left to right: what stands before the noun (articles, counts, "all", an owner) is
// taken off word by word, and what is left must be adjectives and a noun of some candidate. Names win over
// grammar: a "first aid kit" is looked for as such before "first" is taken for an ordinal.

#include "world/sentence/nouns.hpp"

#include "world/sentence/words.hpp"

#include <utility>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;
using State = Phrase::State;

}  // namespace

Phrase Phrase::failure(State state, Span words) {
    Phrase phrase;
    phrase.state = state;
    phrase.failed = words;
    return phrase;
}

Phrase Phrase::single(ObjectId object) {
    Phrase phrase;
    phrase.state = State::found;
    phrase.objects.push_back(object);
    return phrase;
}

Phrase Phrase::together(const std::vector<const Candidate*>& found) {
    Phrase phrase;
    phrase.state = State::found;
    phrase.many = true;
    for (const Candidate* each : found) {
        if (phrase.objects.size() < Nouns::max_objects) phrase.objects.push_back(each->id);
    }
    return phrase;
}

bool Nouns::Domain::has(const Candidate& candidate) const {
    if (heaps != Heaps::any && candidate.count < (heaps == Heaps::one ? 2 : 1)) return false;
    if (slot == Kind::held) return candidate.held;
    return slot != Kind::person || candidate.person;
}

bool Nouns::Domain::reaches(const Candidate& candidate) const {
    switch (reach) {
        case Reach::touch:
            return candidate.touched;
        case Reach::see:
            return candidate.seen;
        case Reach::hear:
            return candidate.heard;
        case Reach::anywhere:
            return true;
    }
    return false;
}

bool Nouns::Domain::offers(const Candidate& candidate) const {
    if (other && candidate.held) return false;
    return !candidate.inner && offers_inner(candidate);
}

bool Nouns::Domain::offers_inner(const Candidate& candidate) const {
    return !candidate.fixed && !candidate.self && has(candidate) && reaches(candidate);
}

std::size_t Nouns::find(Span words, Kind slot, Reach reach, Heaps heaps) {
    const Domain domain{slot == Kind::this_ ? Kind::thing : slot, reach, heaps, slot == Kind::thing};
    known_from_.resize(line_.size() + 1U, none);
    for (std::uint32_t number = known_from_[words.first]; number != none; number = known_[number].next) {
        if (known_[number].words == words && known_[number].domain == domain) return number;
    }
    Phrase phrase = read_for(words, domain);
    known_.push_back({words, domain, std::move(phrase), known_from_[words.first]});
    known_from_[words.first] = static_cast<std::uint32_t>(known_.size() - 1);
    return known_.size() - 1;
}

Phrase Nouns::read_for(Span words, Domain domain) {
    if (words.size() > max_words) return Phrase::failure(State::unseen, words);
    Phrase phrase = domain.slot == Kind::player ? read_player(words) : read(words, domain);
    // What is not carried may still be meant: the method says so better than "you see none here".
    if (domain.slot == Kind::held && domain.heaps == Heaps::any &&
        (phrase.state == State::unseen || phrase.state == State::out_of_reach))
        phrase = read(words, {Kind::thing, domain.reach, domain.heaps});
    // Not "it", a list, or what was chosen before there was a number.
    if (domain.heaps != Heaps::any && (phrase.many || phrase.fitting.empty()))
        phrase = Phrase::failure(State::unseen, words);
    return phrase;
}

Phrase Nouns::inside(std::size_t number, ObjectId place) {
    const std::vector<ObjectId> places{place};
    const std::vector<ObjectId>* outer = std::exchange(within_, &places);
    Phrase phrase = read_for(known_[number].words, known_[number].domain);
    within_ = outer;
    return phrase;
}

Span Nouns::without_articles(Span words) const {
    while (!words.empty() && is_article(line_.word(words.first))) ++words.first;
    return words;
}

Phrase Nouns::read_part(Span words, Domain domain) {
    Phrase phrase;
    if (read_chosen(words, phrase)) return phrase;
    const Span bare = without_articles(words);
    if (bare.empty()) return Phrase::failure(State::empty, words);
    if (bare.size() == 1 && read_single(bare, domain, phrase)) return phrase;
    Head plain;
    plain.noun = bare;
    phrase = read_noun(words, plain, domain);
    if (phrase.state == State::found) return phrase;
    Phrase inside = read_inside(words, domain);
    if (inside.state == State::found) return inside;
    Head head = read_head(bare);
    if (domain.heaps == Heaps::any) read_number_behind(head);
    if (head.noun == bare) return phrase;
    if (!head.noun.empty()) return read_noun(words, head, domain);
    return head.all ? read_all(words, domain) : Phrase::failure(State::empty, words);
}

bool Nouns::read_chosen(Span words, Phrase& phrase) const {
    for (const Choice& choice : choices_) {
        if (choice.words.empty() || !(choice.words == words)) continue;
        phrase = Phrase::single(choice.object);
        return true;
    }
    return false;
}

/// Words that mean something by themselves: "me", "here", "it", "#127".
bool Nouns::read_single(Span words, Domain domain, Phrase& phrase) {
    const std::string_view word = line_.word(words.first);
    if (word.empty()) {
        phrase = Phrase::failure(State::unseen, words);
    } else if (means_self(word)) {
        phrase = Phrase::single(scope_.actor().id);
    } else if (word == "here" && !scope_.places().empty()) {
        phrase = Phrase::single(scope_.places().back().id);
    } else if (is_pronoun(word)) {
        phrase = bound(scope_.pronoun(word), words, domain);
    } else if (word.front() == '#' && whole_number(word.substr(1))) {
        phrase = read_id(words, domain);
    } else {
        return false;
    }
    return true;
}

Phrase Nouns::read_id(Span words, Domain domain) {
    const auto number = whole_number(line_.word(words.first).substr(1));
    const ObjectId id = object_id(static_cast<std::uint64_t>(*number));
    const Candidate* known = index_.find(id);
    if (known != nullptr && domain.has(*known) && domain.reaches(*known)) return Phrase::single(id);
    if (domain.reach == Reach::anywhere && domain.slot == Kind::thing && scope_.exists(id))
        return Phrase::single(id);
    return Phrase::failure(State::unseen, words);
}

Phrase Nouns::bound(std::span<const ObjectId> objects, Span words, Domain domain) {
    Found found;
    for (const ObjectId object : objects) {
        const Candidate* candidate = index_.find(object);
        if (candidate != nullptr && domain.has(*candidate) && domain.reaches(*candidate))
            found.push_back(candidate);
    }
    if (found.empty()) return Phrase::failure(State::unseen, words);
    return found.size() == 1 ? Phrase::single(found.front()->id) : Phrase::together(found);
}

ObjectId Nouns::find_player(std::string_view word) const {
    if (means_self(word)) return scope_.actor().id;
    if (!is_pronoun(word)) return word.empty() ? ObjectId::nothing : scope_.player(word);
    const auto objects = scope_.pronoun(word);
    return objects.empty() ? ObjectId::nothing : objects.front();
}

}  // namespace gyre::world::sentence
