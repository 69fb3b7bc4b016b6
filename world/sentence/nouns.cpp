// A phrase is read from left to right: what stands before the noun (articles, counts, "all", an owner) is
// taken off word by word, and what is left must be adjectives and a noun of some candidate. Names win over
// grammar: a "first aid kit" is looked for as such before "first" is taken for an ordinal.

#include "world/sentence/nouns.hpp"

#include "world/sentence/words.hpp"

#include <algorithm>
#include <iterator>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;
using State = Phrase::State;
using Found = std::vector<const Candidate*>;

Span span(std::size_t first, std::size_t end) {
    return {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(end)};
}

Phrase failure(State state, Span words) {
    Phrase phrase;
    phrase.state = state;
    phrase.failed = words;
    return phrase;
}

Phrase single(ObjectId object) {
    Phrase phrase;
    phrase.state = State::found;
    phrase.objects.push_back(object);
    return phrase;
}

void add_once(std::vector<ObjectId>& objects, ObjectId object) {
    if (objects.size() < Nouns::max_objects &&
        std::find(objects.begin(), objects.end(), object) == objects.end())
        objects.push_back(object);
}

/// "alice's" -> "alice"; empty if that is no possessive.
std::string_view owner_of(std::string_view word) {
    if (word.size() > 2 && word.substr(word.size() - 2) == "'s") return word.substr(0, word.size() - 2);
    if (word.size() > 2 && word.substr(word.size() - 2) == "s'") return word.substr(0, word.size() - 1);
    return {};
}

bool has_word(std::string_view name, std::string_view wanted) {
    while (!name.empty()) {
        const std::size_t end = std::min(name.find(' '), name.size());
        if (equal_folded(name.substr(0, end), wanted)) return true;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return false;
}

/// Things that no words can tell apart need no question: any of them will do.
void drop_equals(Found& found) {
    constexpr std::size_t worth_comparing = 32;
    if (found.size() > worth_comparing) return;
    Found distinct;
    for (const Candidate* each : found) {
        const bool known = std::any_of(distinct.begin(), distinct.end(), [each](const Candidate* other) {
            return other->of == each->of && other->location == each->location && other->name == each->name;
        });
        if (!known) distinct.push_back(each);
    }
    found = std::move(distinct);
}

/// "my lamp": one that he holds, if he holds any.
void keep_held(Found& found) {
    const auto end =
        std::stable_partition(found.begin(), found.end(), [](const Candidate* each) { return each->held; });
    if (end != found.begin()) found.erase(end, found.end());
}

Phrase together(const Found& found) {
    Phrase phrase;
    phrase.state = State::found;
    phrase.many = true;
    for (const Candidate* each : found) add_once(phrase.objects, each->id);
    return phrase;
}

Phrase one_of(const Found& found, Span words) {
    Phrase phrase = single(found.front()->id);
    if (found.size() == 1) return phrase;
    phrase.unclear = words;
    for (const Candidate* each : found) add_once(phrase.fitting, each->id);
    return phrase;
}

}  // namespace

bool Nouns::Domain::has(const Candidate& candidate) const {
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
    return !candidate.fixed && !candidate.inner && !candidate.self && has(candidate) && reaches(candidate);
}

std::size_t Nouns::find(Span words, Kind slot, Reach reach) {
    const Domain domain{slot == Kind::this_ ? Kind::thing : slot, reach};
    for (std::size_t number = 0; number < known_.size(); ++number) {
        if (known_[number].words == words && known_[number].domain == domain) return number;
    }
    Phrase phrase = slot == Kind::player ? read_player(words) : read(words, domain);
    // What is not carried may still be meant: the method says so better than "you see none here".
    if (slot == Kind::held && (phrase.state == State::unseen || phrase.state == State::out_of_reach))
        phrase = read(words, {Kind::thing, reach});
    known_.push_back({words, domain, std::move(phrase)});
    return known_.size() - 1;
}

Span Nouns::without_articles(Span words) const {
    while (!words.empty() && is_article(line_.word(words.first))) ++words.first;
    return words;
}

/// Takes away what stands behind "but".
Phrase Nouns::read(Span words, Domain domain) {
    if (words.size() > max_words) return failure(State::unseen, words);
    for (std::size_t at = words.first + 1U; at + 1 < words.end; ++at) {
        if (!is_except(line_.word(at))) continue;
        Phrase phrase = read_list(span(words.first, at), domain);
        if (phrase.state != State::found) return phrase;
        if (!phrase.many) return failure(State::unseen, words);
        const Phrase without = read_list(span(at + 1, words.end), domain);
        const auto excluded = [&without](ObjectId object) {
            return std::find(without.objects.begin(), without.objects.end(), object) != without.objects.end();
        };
        const auto kept = std::remove_if(phrase.objects.begin(), phrase.objects.end(), excluded);
        phrase.objects.erase(kept, phrase.objects.end());
        return phrase.objects.empty() ? failure(State::nothing, words) : phrase;
    }
    return read_list(words, domain);
}

Phrase Nouns::read_list(Span words, Domain domain) {
    Phrase list;
    std::size_t parts = 0;
    for (std::size_t at = words.first; at < words.end;) {
        std::size_t end = at;
        while (end < words.end && line_.word(end) != "and") ++end;
        if (end > at) {
            Phrase part = read_part(span(at, end), domain);
            if (part.state != State::found) return part;
            if (++parts == 1) {
                list = std::move(part);
            } else {
                list.all = false;
                for (const ObjectId object : part.objects) add_once(list.objects, object);
                if (list.unclear.empty()) {
                    list.unclear = part.unclear;
                    list.fitting = std::move(part.fitting);
                }
            }
        }
        at = end + 1;
    }
    if (parts > 1) list.many = true;
    return list;
}

Phrase Nouns::read_part(Span words, Domain domain) {
    Phrase phrase;
    if (read_chosen(words, phrase)) return phrase;
    const Span bare = without_articles(words);
    if (bare.empty()) return failure(State::empty, words);
    if (bare.size() == 1 && read_single(bare, domain, phrase)) return phrase;
    Head plain;
    plain.noun = bare;
    phrase = read_noun(words, plain, domain);
    if (phrase.state == State::found) return phrase;
    const Head head = read_head(bare);
    if (head.noun == bare) return phrase;
    if (!head.noun.empty()) return read_noun(words, head, domain);
    return head.all ? read_all(domain) : failure(State::empty, words);
}

bool Nouns::read_chosen(Span words, Phrase& phrase) const {
    for (const Choice& choice : choices_) {
        if (choice.words.empty() || !(choice.words == words)) continue;
        phrase = single(choice.object);
        return true;
    }
    return false;
}

/// Words that mean something by themselves: "me", "here", "it", "#127".
bool Nouns::read_single(Span words, Domain domain, Phrase& phrase) {
    const std::string_view word = line_.word(words.first);
    if (word.empty()) {
        phrase = failure(State::unseen, words);
    } else if (means_self(word)) {
        phrase = single(scope_.actor().id);
    } else if (word == "here" && !scope_.places().empty()) {
        phrase = single(scope_.places().back().id);
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
    if (known != nullptr && domain.has(*known) && domain.reaches(*known)) return single(id);
    if (domain.reach == Reach::anywhere && domain.slot == Kind::thing && scope_.exists(id)) return single(id);
    return failure(State::unseen, words);
}

Phrase Nouns::bound(std::span<const ObjectId> objects, Span words, Domain domain) {
    Found found;
    for (const ObjectId object : objects) {
        const Candidate* candidate = index_.find(object);
        if (candidate != nullptr && domain.has(*candidate) && domain.reaches(*candidate))
            found.push_back(candidate);
    }
    if (found.empty()) return failure(State::unseen, words);
    return found.size() == 1 ? single(found.front()->id) : together(found);
}

Phrase Nouns::read_player(Span words) {
    Phrase list;
    if (words.size() > max_words) return failure(State::unseen, words);
    for (std::size_t at = words.first; at < words.end; ++at) {
        const std::string_view word = line_.word(at);
        if (word == "and" && list.state == State::found) continue;
        ObjectId player = ObjectId::nothing;
        if (means_self(word))
            player = scope_.actor().id;
        else if (is_pronoun(word)) {
            const auto objects = scope_.pronoun(word);
            if (!objects.empty()) player = objects.front();
        } else if (!word.empty())
            player = scope_.player(word);
        if (player == ObjectId::nothing) return failure(State::unseen, span(at, at + 1));
        // Two names need "and" between them: "tell alice bob is here" is about Bob.
        if (at > words.first && line_.word(at - 1) != "and") return failure(State::unseen, words);
        list.state = State::found;
        add_once(list.objects, player);
    }
    list.many = list.objects.size() > 1;
    return list;
}

Nouns::Head Nouns::read_head(Span words) const {
    Head head;
    std::uint16_t at = words.first;
    while (at < words.end && read_modifier(at, at + 1U < words.end, head)) ++at;
    head.noun = span(at, words.end);
    return head;
}

/// Whether the word at `at` says something about the noun behind it. `more`: there is a word behind it.
bool Nouns::read_modifier(std::uint16_t at, bool more, Head& head) const {
    const std::string_view word = line_.word(at);
    if (is_article(word)) return true;
    if (means_all(word)) {
        head.all = true;
        return true;
    }
    if (!more) return false;
    if (word == "of" || word == "any" || word == "my") {
        if (word == "any") head.any = true;
        if (word == "my") head.mine = true;
        return true;
    }
    if (!owner_of(word).empty() || !owner_pronoun(word).empty()) {
        head.owner = span(at, at + 1U);
        return true;
    }
    if (const auto which = ordinal(word)) {
        head.which = *which;
        return true;
    }
    const auto count = whole_number(word);
    if (!count || *count == 0) return false;
    head.count = *count;
    return true;
}

Phrase Nouns::read_all(Domain domain) {
    Found found;
    for (const Candidate& candidate : index_.candidates()) {
        if (domain.offers(candidate)) found.push_back(&candidate);
    }
    Phrase phrase = found.empty() ? failure(State::nothing, {}) : together(found);
    phrase.all = true;
    return phrase;
}

unsigned Nouns::fit(NounIndex::Row row, Span noun) const {
    unsigned as = NounIndex::noun;
    for (std::size_t at = noun.first; at + 1U < noun.end; ++at) {
        if (row.is(at, NounIndex::adjective)) continue;
        if (!row.is(at, NounIndex::plural) || line_.word(at + 1) != "of") return 0;  // "cups of tea"
        as = NounIndex::plural;
    }
    const std::size_t last = noun.end - 1U;
    if (row.is(last, NounIndex::noun)) return as;
    if (row.is(last, NounIndex::plural)) return NounIndex::plural;
    if (noun.size() > 1 && line_.word(last) == "one") return NounIndex::noun;  // "the oil one"
    if (noun.size() > 1 && line_.word(last) == "ones") return NounIndex::plural;
    return 0;
}

bool Nouns::owned(const Candidate& candidate, const Head& head) {
    if (head.owner.empty()) return true;
    const std::string_view word = line_.word(head.owner.first);
    const std::string_view pronoun = owner_pronoun(word);
    if (!pronoun.empty()) {
        const auto owners = scope_.pronoun(pronoun);
        return std::find(owners.begin(), owners.end(), candidate.location) != owners.end();
    }
    const Candidate* owner = index_.find(candidate.location);
    return owner != nullptr && has_word(owner->name, owner_of(word));
}

Nouns::Sorted Nouns::find_noun(const Head& head, Domain domain) {
    Sorted sorted;
    for (std::size_t number = 0; number < index_.size(); ++number) {
        const NounIndex::Row row = index_.row(number);
        if (!domain.has(*row.candidate)) continue;
        const unsigned as = fit(row, head.noun);
        if (as == 0 || !owned(*row.candidate, head)) continue;
        if (!domain.reaches(*row.candidate))
            sorted.out_of_reach.push_back(row.candidate);
        else if (as == NounIndex::noun)
            sorted.exact.push_back(row.candidate);
        else if (!row.candidate->self)
            sorted.plural.push_back(row.candidate);
    }
    return sorted;
}

Phrase Nouns::read_noun(Span words, const Head& head, Domain domain) {
    Sorted sorted = find_noun(head, domain);
    if (sorted.exact.empty() && sorted.plural.empty()) {
        Phrase phrase = failure(sorted.out_of_reach.empty() ? State::unseen : State::out_of_reach, words);
        for (const Candidate* each : sorted.out_of_reach) add_once(phrase.objects, each->id);
        return phrase;
    }
    // A thing called "glasses" is meant before several called "glass".
    const bool plural = sorted.exact.empty();
    Found found = std::move(plural ? sorted.plural : sorted.exact);
    if (!plural && (head.all || head.count > 1)) {
        Found both;
        std::merge(found.begin(), found.end(), sorted.plural.begin(), sorted.plural.end(),
                   std::back_inserter(both));
        found = std::move(both);
    }
    if (head.mine) keep_held(found);
    return select(found, words, head, plural);
}

/// Of what the noun fits, what the words before it mean.
Phrase Nouns::select(Found& found, Span words, const Head& head, bool plural) {
    if (head.which != 0) {
        const auto wanted = static_cast<std::size_t>(head.which);
        if (head.which > 0 && wanted > found.size()) return failure(State::unseen, words);
        return single((head.which < 0 ? found.back() : found[wanted - 1])->id);
    }
    if (head.any || head.count == 1) return single(found.front()->id);
    if (head.count > 1 && static_cast<std::size_t>(head.count) < found.size())
        found.resize(static_cast<std::size_t>(head.count));
    if (plural || head.all || head.count > 1) return together(found);
    drop_equals(found);
    return one_of(found, words);
}

}  // namespace gyre::world::sentence
