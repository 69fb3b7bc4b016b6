#include "world/sentence/phrasing.hpp"
#include "world/sentence/reason.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

/// A question lists at most so many objects.
constexpr std::size_t max_listed = 20;

/// The same surroundings, but only the objects of a question can be named.
class Among final : public Scope {
  public:
    Among(Scope& around, const std::vector<ObjectId>& objects) : around_(around) {
        for (const ObjectId object : objects) {
            for (const Candidate& candidate : around.candidates()) {
                if (candidate.id == object) candidates_.push_back(candidate);
            }
        }
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

ObjectId by_number(const Question& question, std::string_view word) {
    auto number = whole_number(word);
    if (word == "a" || word == "an") number.reset();
    if (!number) number = ordinal(word);
    if (!number) return ObjectId::nothing;
    if (*number == -1) return question.objects.back();
    const auto wanted = static_cast<std::uint64_t>(*number);
    if (wanted < 1 || wanted > question.objects.size()) return ObjectId::nothing;
    return question.objects[wanted - 1];
}

}  // namespace

Reason ask(const Line& line, const Question& question, Scope& scope) {
    Nouns nouns{line, scope, {}};
    Reason result;
    result.kind = Reason::Kind::ambiguous;
    result.word = shortened(line.text(nouns.without_articles(question.words)));
    result.candidates = question.objects;
    result.text = result.word.empty() ? "Which do you mean" : "Which " + result.word + " do you mean";
    std::size_t number = 0;
    for (const ObjectId object : question.objects) {
        const Candidate* candidate = nouns.candidate(object);
        if (number == max_listed) break;
        result.text += (number == 0 ? ": " : ", ") + std::to_string(number + 1);
        ++number;
        if (candidate != nullptr) result.text += " " + with_article(*candidate);
    }
    if (question.objects.size() > max_listed) result.text += " or another";
    result.text += "?";
    return result;
}

std::optional<Choice> answer(const Question& question, std::string_view reply, Scope& scope) {
    const auto line = Line::read(reply);
    if (!line || line.value().size() == 0 || question.objects.empty()) return std::nullopt;
    Among among{scope, question.objects};
    Nouns nouns{line.value(), among, {}};
    const Span words = nouns.without_articles({0, line.value().size()});
    if (words.empty()) return std::nullopt;
    ObjectId chosen =
        words.size() == 1 ? by_number(question, line.value().word(words.first)) : ObjectId::nothing;
    if (chosen == ObjectId::nothing) {
        const Phrase& phrase = nouns[nouns.find(words, Kind::thing, Reach::anywhere)];
        const bool is_one = phrase.state == Phrase::State::found && !phrase.many && phrase.unclear.empty();
        chosen = is_one ? phrase.objects.front() : described(nouns.index(), words);
    }
    if (std::find(question.objects.begin(), question.objects.end(), chosen) == question.objects.end())
        return std::nullopt;
    return Choice{question.words, chosen};
}

}  // namespace gyre::world::sentence
