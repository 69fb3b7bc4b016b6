// A reply says which number, what sets the thing apart, or where it is; whatever is none of these is a new
// sentence, so nothing here may be understood too easily.

#include "world/sentence/reason.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

/// The same surroundings, but only the objects of a question can be named, and where they are.
class Among final : public Scope {
  public:
    Among(Scope& around, const std::vector<ObjectId>& objects) : around_(around) {
        for (const ObjectId object : objects) add(object);
        std::vector<ObjectId> locations;
        for (const Candidate& candidate : candidates_) locations.push_back(candidate.location);
        for (const ObjectId location : locations) add(location);
    }
    VerbSource actor() override { return around_.actor(); }
    std::span<const VerbSource> carried() override { return {}; }
    std::span<const VerbSource> places() override { return {}; }
    std::span<const Candidate> candidates() override { return candidates_; }
    ObjectId player(std::string_view) override { return ObjectId::nothing; }
    std::string_view exit_direction(std::string_view) override { return {}; }
    std::span<const ObjectId> pronoun(std::string_view) override { return {}; }
    bool has_role(std::string_view) override { return false; }
    bool exists(ObjectId) override { return false; }

  private:
    void add(ObjectId object) {
        const auto is_known = [object](const Candidate& each) { return each.id == object; };
        if (std::ranges::any_of(candidates_, is_known)) return;
        for (const Candidate& candidate : around_.candidates()) {
            if (candidate.id == object) candidates_.push_back(candidate);
        }
    }

    Scope& around_;
    std::vector<Candidate> candidates_;
};

/// The one object that all words describe, though none is its noun: "oil" of an oil lamp.
ObjectId described(NounIndex& index, Span words) {
    ObjectId found = ObjectId::nothing;
    for (std::size_t number = 0; number < index.size(); ++number) {
        const NounIndex::Row row = index.row(number);
        bool fits = !words.empty();
        for (std::size_t token = words.first; token < words.end; ++token) {
            fits = fits && row.is(token, NounIndex::adjective | NounIndex::noun);
        }
        if (!fits) continue;
        if (found != ObjectId::nothing) return ObjectId::nothing;
        found = row.candidate->id;
    }
    return found;
}

/// "2", "second", "the second one", "number two".
ObjectId by_number(const Question& question, const Line& line, Span words) {
    if (words.size() == 2 && line.word(words.first) == "number") ++words.first;
    if (words.size() == 2 && line.word(words.first + 1U) == "one") --words.end;
    if (words.size() != 1) return ObjectId::nothing;
    const std::string_view word = line.word(words.first);
    auto number = whole_number(word);
    if (word == "a" || word == "an") number.reset();
    if (!number) number = ordinal(word);
    if (!number) return ObjectId::nothing;
    if (*number == -1) return question.objects.back();
    const auto wanted = static_cast<std::uint64_t>(*number);
    if (wanted < 1 || wanted > question.objects.size()) return ObjectId::nothing;
    return question.objects[wanted - 1];
}

/// What a reply says about where the thing is: "the lamp on the table", "the one I carry", "mine", "here".
struct Whereabouts {
    enum class Kind : std::uint8_t { any, held, here, inside };
    Kind kind = Kind::any;
    Span noun;   ///< What stands before that.
    Span place;  ///< Kind::inside: in or on which it is.
};

template <std::size_t count>
bool is_among(const std::array<std::string_view, count>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// What "in" or "on" and the words behind it say.
Whereabouts behind_preposition(const Line& line, const Nouns& nouns, Span noun, Span place) {
    constexpr std::array<std::string_view, 4> hands{"hand", "hands", "inventory", "possession"};
    constexpr std::array<std::string_view, 3> floors{"floor", "ground", "room"};
    place = nouns.without_articles(place);
    if (!place.empty() && (line.word(place.first) == "my" || line.word(place.first) == "your")) ++place.first;
    if (place.size() != 1) return {Whereabouts::Kind::inside, noun, place};
    const std::string_view word = line.word(place.first);
    if (is_among(hands, word)) return {Whereabouts::Kind::held, noun, {}};
    if (is_among(floors, word)) return {Whereabouts::Kind::here, noun, {}};
    return {Whereabouts::Kind::inside, noun, place};
}

Whereabouts find_whereabouts(const Line& line, const Nouns& nouns, Span words) {
    constexpr std::array<std::string_view, 4> relations{"in", "inside", "on", "from"};
    constexpr std::array<std::string_view, 3> owned{"mine", "held", "carried"};
    constexpr std::array<std::string_view, 3> speakers{"i", "i'm", "you"};
    for (std::uint16_t at = words.first; at < words.end; ++at) {
        const std::string_view word = line.word(at);
        const Span noun{words.first, at};
        if (word == "here") return {Whereabouts::Kind::here, noun, {}};
        if (is_among(owned, word)) return {Whereabouts::Kind::held, noun, {}};
        if (at > words.first && is_among(speakers, word)) return {Whereabouts::Kind::held, noun, {}};
        if (is_among(relations, word) && at + 1U < words.end) {
            const auto next = static_cast<std::uint16_t>(at + 1U);
            return behind_preposition(line, nouns, noun, {next, words.end});
        }
    }
    return {Whereabouts::Kind::any, words, {}};
}

/// Answers one question.
class Answer {
  public:
    Answer(const Question& question, const Line& line, Scope& scope)
        : question_(question), line_(line), scope_(scope), among_(scope, question.objects) {}

    ObjectId find() {
        Nouns nouns{line_, among_, {}};
        const Span words = nouns.without_articles({0, line_.size()});
        if (words.empty()) return ObjectId::nothing;
        const ObjectId numbered = by_number(question_, line_, words);
        if (numbered != ObjectId::nothing) return numbered;
        const Whereabouts where = find_whereabouts(line_, nouns, words);
        std::vector<ObjectId> meant = named(nouns, where.noun);
        if (where.kind != Whereabouts::Kind::any) keep_there(where, meant);
        return meant.size() == 1 ? meant.front() : ObjectId::nothing;
    }

  private:
    /// Those of the question that these words fit; all, if they are but "the one that is".
    std::vector<ObjectId> named(Nouns& nouns, Span words) {
        constexpr std::array<std::string_view, 4> fillers{"that", "which", "is", "lying"};
        while (!words.empty() && is_among(fillers, line_.word(words.end - 1U))) --words.end;
        const bool is_any = words.empty() || (words.size() == 1 && line_.word(words.first) == "one");
        if (is_any) return question_.objects;
        const Phrase& phrase = nouns[nouns.find(words, Kind::thing, Reach::anywhere)];
        std::vector<ObjectId> meant;
        if (phrase.state == Phrase::State::found && !phrase.many)
            meant = phrase.unclear.empty() ? phrase.objects : phrase.fitting;
        std::erase_if(meant, [this](ObjectId each) {
            return std::ranges::find(question_.objects, each) == question_.objects.end();
        });
        if (meant.empty()) meant = {described(nouns.index(), words)};
        return meant;
    }

    void keep_there(const Whereabouts& where, std::vector<ObjectId>& meant) {
        Nouns around{line_, scope_, {}};
        std::vector<ObjectId> places;
        if (where.kind == Whereabouts::Kind::here && !scope_.places().empty())
            places.push_back(scope_.places().back().id);
        if (where.kind == Whereabouts::Kind::inside) {
            const Phrase& place = around[around.find(where.place, Kind::thing, Reach::see)];
            places = place.unclear.empty() ? place.objects : place.fitting;
        }
        std::erase_if(meant, [&](ObjectId each) {
            const Candidate* candidate = around.candidate(each);
            if (candidate == nullptr) return true;
            if (where.kind == Whereabouts::Kind::held) return !candidate->held;
            return std::ranges::find(places, candidate->location) == places.end();
        });
    }

    const Question& question_;
    const Line& line_;
    Scope& scope_;
    Among among_;
};

}  // namespace

std::optional<Choice> answer(const Question& question, std::string_view reply, Scope& scope) {
    const auto line = Line::read(reply);
    if (!line || line.value().size() == 0 || question.objects.empty()) return std::nullopt;
    const ObjectId chosen = Answer{question, line.value(), scope}.find();
    if (std::ranges::find(question.objects, chosen) == question.objects.end()) return std::nullopt;
    return Choice{question.words, chosen};
}

}  // namespace gyre::world::sentence
