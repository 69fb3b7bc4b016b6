// Backtracking over the elements of a variant. The end of a noun is nearly always known: the end of the
// sentence, or a literal that follows; so few lengths are tried, none beyond what a noun phrase may have, and
// each phrase is read only once for the whole line (Nouns). What remains exponential is cut by max_steps.

#include "world/sentence/matcher.hpp"

#include "world/sentence/words.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

constexpr int this_weight = 50;
constexpr int noun_weight = 30;
constexpr int exact_weight = 20;  ///< Numbers and directions.
constexpr int word_weight = 5;
constexpr int text_weight = 1;

bool is_object(Kind kind) { return kind == Kind::this_ || kind == Kind::thing || kind == Kind::held; }

bool better(const Fit& left, const Fit& right) {
    return left.literals != right.literals ? left.literals > right.literals : left.weight > right.weight;
}

/// Whether `fresh` tells more than `known`: it came further, its kind ranks higher, or it blames fewer words;
/// a missing noun says more than a missing preposition.
bool more_telling(const Obstacle& fresh, const Obstacle& known) {
    if (known.kind == Obstacle::Kind::none) return true;
    if (fresh.at != known.at) return fresh.at > known.at;
    if (fresh.kind != known.kind) return fresh.kind > known.kind;
    if (fresh.words.size() != known.words.size()) return fresh.words.size() < known.words.size();
    return fresh.kind == Obstacle::Kind::end && known.wanted != nullptr &&
           known.wanted->kind == Kind::words && fresh.wanted != nullptr && fresh.wanted->kind != Kind::words;
}

}  // namespace

const Fit* Matcher::match(const Pattern& pattern, Reach reach, Use use) {
    reach_ = reach;
    use_ = use;
    fits_ = false;
    for (const Pattern::Variant& variant : pattern.variants) {
        // What it lacks the longer variant says better, and what fits that one is meant so.
        if ((obstacle_ != nullptr || fits_) && variant.back().bare) continue;
        variant_ = &variant;
        trial_.literals = trial_.weight = 0;
        trial_.tool = false;
        trial_.named.reset();
        trial_.bindings.clear();
        step(0, from_);
    }
    return fits_ ? &best_ : nullptr;
}

void Matcher::step(std::size_t element, std::size_t at) {
    if (++steps_ > max_steps) return;
    if (element == variant_->size()) return finish(at);
    switch ((*variant_)[element].kind) {
        case Kind::words:
            return step_words(element, at);
        case Kind::this_:
        case Kind::thing:
        case Kind::held:
        case Kind::person:
        case Kind::player:
            return step_noun(element, at);
        case Kind::direction:
            return step_direction(element, at);
        case Kind::number:
            return step_number(element, at);
        case Kind::word:
            return step_word(element, at);
        case Kind::text:
            return step_text(element, at);
        case Kind::missing:
            return step_missing(element, at);
    }
}

void Matcher::finish(std::size_t at) {
    if (line_.sentence_end(at) != at) {
        return failed(Obstacle::Kind::too_many_words, variant_->size(), span(at, line_.sentence_end(at)));
    }
    if (use_ == Use::named && !trial_.named) return;
    if (use_ == Use::tool && !trial_.tool) return;
    if (fits_ && !better(trial_, best_)) return;
    fits_ = true;
    best_ = trial_;
    best_.end = static_cast<std::uint16_t>(at);
    if (variant_->size() > 1 && (*variant_)[1].moved) move_person_back(best_);
    if (variant_->back().bare) add_to(best_);
}

/// "Give bob the lamp" is read as "give the lamp to bob".
void Matcher::move_person_back(Fit& fit) {
    std::rotate(fit.bindings.begin() + 1, fit.bindings.begin() + 2, fit.bindings.end());
    add_to(fit);
}

/// Before the person, where it was left out.
void Matcher::add_to(Fit& fit) {
    const Span nowhere{fit.bindings.back().words.end, fit.bindings.back().words.end};
    fit.bindings.insert(fit.bindings.end() - 1, {Kind::words, nowhere, 0, 0, "to"});
}

/// Goes on behind `binding`, then takes it back.
void Matcher::take(std::size_t element, Binding binding, int weight) {
    const std::size_t end = binding.words.end;
    trial_.bindings.push_back(binding);
    trial_.weight += weight;
    step(element + 1, end);
    trial_.weight -= weight;
    trial_.bindings.pop_back();
}

std::size_t Matcher::literal_length(const std::vector<std::string>& words, std::size_t at) const {
    for (std::size_t number = 0; number < words.size(); ++number) {
        if (at + number >= line_.size() || line_.word(at + number) != words[number]) return 0;
    }
    return words.size();
}

bool Matcher::literal_at(const Element& element, std::size_t at) const {
    for (const auto& words : element.words) {
        if (literal_length(words, at) > 0) return true;
    }
    return false;
}

void Matcher::step_words(std::size_t element, std::size_t at) {
    bool found = false;
    for (const auto& words : (*variant_)[element].words) {
        const std::size_t length = literal_length(words, at);
        if (length == 0) continue;
        found = true;
        const Span taken = span(at, at + length);
        // The verb itself is no preposition, whatever it looks like.
        const std::string_view head = element == 0 ? std::string_view{} : head_of(line_.words(taken));
        ++trial_.literals;
        take(element, {Kind::words, taken, 0, 0, head}, 0);
        --trial_.literals;
    }
    if (!found) failed(Obstacle::Kind::literal, element, span(at, line_.sentence_end(at)));
}

/// The next element that takes something; null at the end of the variant.
const Element* Matcher::element_after(std::size_t element) const {
    for (++element; element < variant_->size(); ++element) {
        if ((*variant_)[element].kind != Kind::missing) return &(*variant_)[element];
    }
    return nullptr;
}

/// Every place in `room` where what `element` takes may end, the furthest first, none behind `longest` words
/// but the end of the room; and whether the pattern says that it does. When explaining all others are
/// guessed: the literal that should follow may be what is missing.
template <class Try>
void Matcher::each_end(std::size_t element, Span room, std::size_t longest, Try&& attempt) {
    if (room.empty()) return;
    const Element* next = element_after(element);
    const bool to_literal = next != nullptr && next->kind == Kind::words;
    if (!to_literal || obstacle_ != nullptr) attempt(room, true);
    if (next == nullptr) return;
    const std::size_t last = std::min<std::size_t>(room.end - 1U, room.first + longest);
    steps_ += static_cast<int>((last - room.first) / words_a_step);
    for (std::size_t end = last; end > room.first && steps_ <= max_steps; --end) {
        const bool certain = to_literal && literal_at(*next, end);
        // "Give florp the lamp": of what has no certain end the first word is to blame.
        const bool is_last = !to_literal && end == room.first + 1U && !whole_number(line_.word(room.first));
        if (certain || !to_literal || obstacle_ != nullptr)
            attempt(span(room.first, end), certain || is_last);
    }
}

/// A number right before a noun is how many of a heap; none there is "coin", one of them.
Heaps Matcher::heaps_behind(std::size_t element) const {
    if (trial_.bindings.empty() || (*variant_)[element - 1].kind != Kind::number) return Heaps::any;
    return trial_.bindings.back().words.empty() ? Heaps::one : Heaps::counted;
}

void Matcher::step_noun(std::size_t element, std::size_t at) {
    const Kind slot = (*variant_)[element].kind;
    const Span room = span(at, line_.sentence_end(at));
    if (room.empty()) return failed(Obstacle::Kind::end, element, room);
    const Heaps heaps = heaps_behind(element);
    each_end(element, room, Nouns::max_words, [&](Span words, bool certain) {
        if (++steps_ > max_steps) return;
        const std::size_t phrase = nouns_.find(words, slot, reach_, heaps);
        if (nouns_[phrase].state != Phrase::State::found) {
            if (!certain || heaps != Heaps::any) return;
            const auto kind = slot == Kind::player ? Obstacle::Kind::player : Obstacle::Kind::noun;
            return failed(kind, element, words, phrase);
        }
        if (slot != Kind::this_) return take(element, {slot, words, phrase, 0, {}}, noun_weight);
        trial_.named = phrase;
        take(element, {slot, words, phrase, 0, {}}, this_weight);
        trial_.named.reset();
    });
}

void Matcher::step_direction(std::size_t element, std::size_t at) {
    const Span room = span(at, line_.sentence_end(at));
    if (room.empty()) return failed(Obstacle::Kind::end, element, room);
    const std::string_view compass = compass_direction(line_.word(at));
    if (!compass.empty()) take(element, {Kind::direction, span(at, at + 1), 0, 0, compass}, exact_weight);
    each_end(element, room, Nouns::max_words, [&](Span words, bool certain) {
        const std::string_view name = line_.words(nouns_.without_articles(words));
        if (++steps_ > max_steps || name.empty()) return;
        const std::string_view exit = scope_.exit_direction(name);
        if (!exit.empty()) take(element, {Kind::direction, words, 0, 0, exit}, exact_weight);
        if (exit.empty() && certain) failed(Obstacle::Kind::direction, element, words);
    });
}

void Matcher::step_number(std::size_t element, std::size_t at) {
    if (line_.sentence_end(at) == at) return failed(Obstacle::Kind::end, element, span(at, at));
    const auto number = whole_number(line_.word(at));
    if (!number) {
        const bool before_noun = element + 1 < variant_->size() && is_object((*variant_)[element + 1].kind);
        if (before_noun) take(element, {Kind::number, span(at, at), 0, 1, {}}, 0);
        return failed(Obstacle::Kind::number, element, span(at, at + 1));
    }
    take(element, {Kind::number, span(at, at + 1), 0, *number, {}}, exact_weight);
}

void Matcher::step_word(std::size_t element, std::size_t at) {
    const Span word = span(at, at + 1);
    if (line_.sentence_end(at) == at) return failed(Obstacle::Kind::end, element, span(at, at));
    take(element, {Kind::word, word, 0, 0, line_.text(word)}, word_weight);
}

/// Text runs over `then`: whoever says "first this, then that" means to say it all.
void Matcher::step_text(std::size_t element, std::size_t at) {
    // "tell bob, come here": the comma divides, it is not said.
    const bool behind_noun = element > 0 && (*variant_)[element - 1].kind != Kind::words;
    if (behind_noun && at + 1 < line_.size() && line_.is_comma(at)) ++at;
    const Span room = span(at, line_.size());
    if (room.empty()) return failed(Obstacle::Kind::end, element, room);
    const auto attempt = [&](Span words, bool) {
        if (steps_ <= max_steps) take(element, {Kind::text, words, 0, 0, line_.text(words)}, text_weight);
    };
    // A quotation ends where it says.
    if (line_.is_quoted(at) && line_.sentence_end(at + 1) == at + 1) attempt(span(at, at + 1), true);
    each_end(element, room, room.size(), attempt);
}

void Matcher::step_missing(std::size_t element, std::size_t at) {
    const Kind slot = (*variant_)[element].missing;
    if (slot == Kind::this_) {
        trial_.tool = true;
        step(element + 1, at);
        trial_.tool = false;
        return;
    }
    take(element, {Kind::missing, span(at, at), 0, 0, {}}, 0);
}

void Matcher::failed(Obstacle::Kind kind, std::size_t element, Span words, std::size_t phrase) {
    if (obstacle_ == nullptr) return;
    if (words.empty() && kind == Obstacle::Kind::literal) kind = Obstacle::Kind::end;
    Obstacle fresh{kind, words.first, words, phrase, nullptr, nullptr, {}};
    // Of a list the parts before the one at fault were understood.
    const bool in_list = kind == Obstacle::Kind::noun && !nouns_[phrase].failed.empty();
    if (in_list) fresh.at = nouns_[phrase].failed.first;
    if (element < variant_->size()) {
        fresh.wanted = &(*variant_)[element];
        fresh.then = element_after(element);
    }
    if (!more_telling(fresh, *obstacle_)) return;
    fresh.bindings = trial_.bindings;
    *obstacle_ = std::move(fresh);
}

}  // namespace gyre::world::sentence
