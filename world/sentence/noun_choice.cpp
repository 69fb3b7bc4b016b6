// A noun and what stands before it. Words are taken off the front while they are articles, counts, "all" or
// an owner; what is left must be adjectives and a noun of some candidate.

#include "engine/base/ascii.hpp"
#include "world/sentence/nouns.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <iterator>

namespace gyre::world::sentence {
namespace {

using State = Phrase::State;
using Found = std::vector<const Candidate*>;

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
            return are_interchangeable(*other, *each);
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

/// "Take coins" are those on the floor, not those in hand.
void drop_held_heaps(Found& found) {
    const auto elsewhere = [](const Candidate* each) { return each->count > 0 && !each->held; };
    if (!std::any_of(found.begin(), found.end(), elsewhere)) return;
    std::erase_if(found, [](const Candidate* each) { return each->count > 0 && each->held; });
}

/// "Take two apples" are two of those that are not in hand, if there are any.
void drop_held(Found& found) {
    const auto is_held = [](const Candidate* each) { return each->held; };
    if (!std::all_of(found.begin(), found.end(), is_held)) std::erase_if(found, is_held);
}

/// "Look at two apples" may be at those in hand too.
void put_held_last(Found& found) {
    std::stable_partition(found.begin(), found.end(), [](const Candidate* each) { return !each->held; });
}

/// "Take the lamp" is the one on the floor, if the one in hand is its like.
void drop_held_likes(Found& found) {
    constexpr std::size_t worth_comparing = 32;
    if (found.size() > worth_comparing) return;
    std::erase_if(found, [&found](const Candidate* held) {
        return held->held && std::any_of(found.begin(), found.end(), [held](const Candidate* each) {
                   return !each->held && each->of == held->of && each->name == held->name;
               });
    });
}

/// What somebody else has on him is meant where nothing else is.
void drop_borne(Found& found) {
    const auto is_borne = [](const Candidate* each) { return each->borne; };
    if (!std::all_of(found.begin(), found.end(), is_borne)) std::erase_if(found, is_borne);
}

Phrase one_of(const Found& found, Span words) {
    Phrase phrase = Phrase::single(found.front()->id);
    if (found.size() == 1) return phrase;
    phrase.unclear = words;
    for (const Candidate* each : found) {
        if (phrase.fitting.size() < Nouns::max_objects) phrase.fitting.push_back(each->id);
    }
    return phrase;
}

/// Of a verb's `thing`: what one holds is meant after what one does not.
template <class Head>
void leave_what_is_held(Found& found, const Head& head, bool plural, Reach reach) {
    if (plural) drop_held_heaps(found);
    if (head.count > 1) return reach == Reach::touch ? drop_held(found) : put_held_last(found);
    const bool is_one = !plural && !head.all && head.which == 0;
    if (is_one && reach == Reach::touch) drop_held_likes(found);
}

}  // namespace

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

/// "Lamp 2" is the second lamp.
void Nouns::read_number_behind(Head& head) const {
    if (head.noun.size() < 2 || head.which != 0 || head.count != 0) return;
    const std::string_view last = line_.word(head.noun.end - 1U);
    const auto number = last.empty() || !ascii::is_digit(last.front()) ? std::nullopt : whole_number(last);
    if (!number || *number == 0) return;
    head.which = *number;
    --head.noun.end;
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
    looks_ += index_.size();
    if (looks_ > max_looks) return sorted;
    for (std::size_t number = 0; number < index_.size(); ++number) {
        const NounIndex::Row row = index_.row(number);
        if (!domain.has(*row.candidate) || is_elsewhere(*row.candidate)) continue;
        const unsigned as = fit(row, head.noun);
        if (as == 0 || !owned(*row.candidate, head)) continue;
        // "Three coins" where no number was expected: not all ten of them.
        const std::int64_t heap = domain.heaps == Heaps::any ? row.candidate->count : 0;
        if (heap > 0 && head.count > 0 && head.count != heap) continue;
        if (domain.heaps == Heaps::one && as != NounIndex::noun) continue;
        if (!domain.reaches(*row.candidate)) {
            sorted.out_of_reach.push_back(row.candidate);
        } else if (as == NounIndex::noun) {
            sorted.exact.push_back(row.candidate);
        } else if (!row.candidate->self) {
            sorted.plural.push_back(row.candidate);
        }
    }
    return sorted;
}

Phrase Nouns::read_noun(Span words, const Head& head, Domain domain) {
    Sorted sorted = find_noun(head, domain);
    if (sorted.exact.empty() && sorted.plural.empty()) {
        Phrase phrase =
            Phrase::failure(sorted.out_of_reach.empty() ? State::unseen : State::out_of_reach, words);
        for (const Candidate* each : sorted.out_of_reach) phrase.objects.push_back(each->id);
        return phrase;
    }
    if (domain.heaps != Heaps::any) {
        std::ranges::copy(sorted.plural, std::back_inserter(sorted.exact));
        return heap_of(sorted.exact, domain);
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
    if (head.owner.empty() && within_ == nullptr) drop_borne(found);
    if (domain.other) leave_what_is_held(found, head, plural, domain.reach);
    return select(found, words, head, plural);
}

/// Any heap will do; where things are taken, one that is not in hand already.
Phrase Nouns::heap_of(Found& found, Domain domain) {
    if (domain.other)
        std::stable_partition(found.begin(), found.end(), [](const Candidate* each) { return !each->held; });
    Phrase phrase = Phrase::single(found.front()->id);
    for (const Candidate* each : found) {
        if (phrase.fitting.size() < max_objects) phrase.fitting.push_back(each->id);
    }
    return phrase;
}

/// Of what the noun fits, what the words before it mean.
Phrase Nouns::select(Found& found, Span words, const Head& head, bool plural) {
    if (head.which != 0) {
        const auto wanted = static_cast<std::size_t>(head.which);
        if (head.which > 0 && wanted > found.size()) return Phrase::failure(State::unseen, words);
        return Phrase::single((head.which < 0 ? found.back() : found[wanted - 1])->id);
    }
    if (head.any || head.count == 1) return Phrase::single(found.front()->id);
    if (head.count > 1 && static_cast<std::size_t>(head.count) < found.size())
        found.resize(static_cast<std::size_t>(head.count));
    if (plural || head.all || head.count > 1) return Phrase::together(found);
    drop_equals(found);
    return one_of(found, words);
}

}  // namespace gyre::world::sentence
