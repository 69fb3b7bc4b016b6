// Several things in one phrase: "a and b", "all but c", "all in the box", names of players.

#include "world/sentence/nouns.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;
using State = Phrase::State;
using Found = std::vector<const Candidate*>;

bool add_once(std::vector<ObjectId>& objects, ObjectId object) {
    if (objects.size() >= Nouns::max_objects ||
        std::find(objects.begin(), objects.end(), object) != objects.end())
        return false;
    objects.push_back(object);
    return true;
}

/// "a and b" means both.
void append(Phrase& list, Phrase part) {
    list.many = true;
    list.all = false;
    list.amounts.resize(list.objects.size());
    for (const ObjectId object : part.objects) {
        if (add_once(list.objects, object))
            list.amounts.push_back(part.amounts.empty() ? 0 : part.amounts.front());
    }
    if (!list.unclear.empty()) return;
    list.unclear = part.unclear;
    list.fitting = std::move(part.fitting);
}

}  // namespace

/// Takes away what stands behind "but".
Phrase Nouns::read(Span words, Domain domain) {
    for (std::size_t at = words.first + 1U; at + 1 < words.end; ++at) {
        if (!is_except(line_.word(at))) continue;
        Phrase phrase = read_list(span(words.first, at), domain);
        if (phrase.state != State::found) return phrase;
        if (!phrase.many) return Phrase::failure(State::unseen, words);
        return but(std::move(phrase), span(at + 1, words.end), domain);
    }
    return read_list(words, domain);
}

/// `phrase` without what these words mean: "the lamp", or of all "two".
Phrase Nouns::but(Phrase phrase, Span words, Domain domain) {
    auto& objects = phrase.objects;
    const auto count = words.size() == 1 ? whole_number(line_.word(words.first)) : std::nullopt;
    if (count) {
        objects.resize(objects.size() - std::min(objects.size(), static_cast<std::size_t>(*count)));
    } else {
        Phrase without = read_list(words, domain);
        if (without.state != State::found) without = in_sight(words);
        if (without.state == State::unseen || without.state == State::empty) return without;
        std::erase_if(objects, [&without](ObjectId object) {
            return std::find(without.objects.begin(), without.objects.end(), object) != without.objects.end();
        });
    }
    return objects.empty() ? Phrase::failure(State::nothing, {}) : phrase;
}

/// What the words mean of all that is in sight, wherever it is.
Phrase Nouns::in_sight(Span words) {
    const std::vector<ObjectId>* outer = std::exchange(within_, nullptr);
    Phrase phrase = read_list(words, {Kind::thing, Reach::see, Heaps::any, false});
    within_ = outer;
    return phrase;
}

Phrase Nouns::read_list(Span words, Domain domain) {
    std::vector<Span> parts;
    for (std::size_t at = words.first; at < words.end;) {
        std::size_t end = at;
        while (end < words.end && line_.word(end) != "and") ++end;
        if (end > at) parts.push_back(span(at, end));
        at = end + 1;
    }
    if (parts.empty()) return {};
    if (parts.size() == 1) return read_part(parts.front(), domain);
    Phrase list;
    list.state = State::found;
    for (const Span part : parts) {
        Phrase one = read_listed(part, domain);
        if (one.state != State::found) return one;
        append(list, std::move(one));
    }
    return list;
}

/// A part of a list. There "coin" is one of a heap and "3 coins" are three of it, as they are alone before a
/// verb that takes a number.
Phrase Nouns::read_listed(Span words, Domain domain) {
    Phrase plain = read_part(words, domain);
    if (domain.heaps != Heaps::any) return plain;
    Phrase some;
    std::int64_t amount = 1;
    const Head head = read_head(without_articles(words));
    if (plain.state == State::found) {
        if (plain.many) return plain;
        some = read_part(words, {domain.slot, domain.reach, Heaps::one, domain.other});
    } else if (head.count > 0 && !head.noun.empty()) {
        amount = head.count;
        Head bare;
        bare.noun = head.noun;
        bare.owner = head.owner;
        some = read_noun(words, bare, {domain.slot, domain.reach, Heaps::counted, domain.other});
    }
    if (some.state != State::found || some.fitting.empty()) return plain;
    // What may also be something else than a heap is asked about first.
    const auto is_some = [&some](ObjectId object) {
        return std::find(some.fitting.begin(), some.fitting.end(), object) != some.fitting.end();
    };
    const auto& fitting = plain.unclear.empty() ? plain.objects : plain.fitting;
    if (plain.state == State::found && !std::all_of(fitting.begin(), fitting.end(), is_some)) return plain;
    some.amounts = {amount};
    return some;
}

/// "The lamp in the box", "all on the table": what lies there, said by where it lies.
Phrase Nouns::read_inside(Span words, Domain domain) {
    for (std::size_t at = words.first + 1U; at + 1U < words.end; ++at) {
        const std::string_view word = line_.word(at);
        if (word != "in" && word != "inside" && word != "on") continue;
        const std::vector<ObjectId>* outer = std::exchange(within_, nullptr);
        Phrase place = read_part(span(at + 1, words.end), {Kind::thing, Reach::see, Heaps::any, false});
        within_ = outer;
        if (place.state != State::found) return place;
        within_ = place.unclear.empty() ? &place.objects : &place.fitting;
        Phrase phrase = read_part(span(words.first, at), domain);
        within_ = outer;
        return phrase;
    }
    return Phrase::failure(State::unseen, words);
}

/// Not where the phrase says it is.
bool Nouns::is_elsewhere(const Candidate& candidate) const {
    return within_ != nullptr &&
           std::find(within_->begin(), within_->end(), candidate.location) == within_->end();
}

Phrase Nouns::read_player(Span words) {
    Phrase list;
    for (std::size_t at = words.first; at < words.end; ++at) {
        const std::string_view word = line_.word(at);
        if (word == "and" && list.state == State::found) continue;
        const ObjectId player = find_player(word);
        if (player == ObjectId::nothing) return Phrase::failure(State::unseen, span(at, at + 1));
        // Two names need "and" between them: "tell alice bob is here" is about Bob.
        if (at > words.first && line_.word(at - 1) != "and") return Phrase::failure(State::unseen, words);
        list.state = State::found;
        add_once(list.objects, player);
    }
    list.many = list.objects.size() > 1;
    return list;
}

/// What it means with "from" behind it depends on where from: then what is inside something counts as well.
Phrase Nouns::read_all(Span words, Domain domain) {
    Found found;
    looks_ += index_.candidates().size();
    if (looks_ > max_looks) return Phrase::failure(State::nothing, {});
    const bool is_from = words.end < line_.size() && line_.word(words.end) == "from";
    for (const Candidate& candidate : index_.candidates()) {
        const bool is_inner = within_ != nullptr || is_from;
        const bool is_offered = is_inner ? domain.offers_inner(candidate) : domain.offers(candidate);
        if (is_offered && !is_elsewhere(candidate)) found.push_back(&candidate);
    }
    Phrase phrase = found.empty() ? Phrase::failure(State::nothing, {}) : Phrase::together(found);
    phrase.all = true;
    return phrase;
}

}  // namespace gyre::world::sentence
