// Only lines that failed come here, so this may go through everything in reach: the patterns are tried again
// with an observer, and the attempt that came furthest says what was missing.

#include "engine/base/ascii.hpp"
#include "world/sentence/phrasing.hpp"
#include "world/sentence/reason.hpp"
#include "world/sentence/slips.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gyre::world::sentence {
namespace {

using Kind = Element::Kind;

bool is_of_held(const Binding& binding) { return binding.kind == Kind::held; }

class Explanation {
  public:
    Explanation(const Line& line, std::size_t from, Scope& scope, const Vocabulary& vocabulary)
        : line_(line),
          from_(static_cast<std::uint16_t>(from)),
          scope_(scope),
          vocabulary_(vocabulary),
          nouns_(line, scope, {}),
          matcher_(line, from, scope, nouns_),
          phrasing_(line, nouns_) {
        matcher_.observe(obstacle_);
    }

    Reason find() {
        collect_classes();
        try_verbs();
        if (fit_) return of_fit(*fit_);
        const bool stopped_early = obstacle_.kind <= Obstacle::Kind::literal && obstacle_.at <= from_ + 1;
        const Vocabulary::Entry* known = vocabulary_.find(line_.word(from_));
        if (stopped_early && known != nullptr && known->for_all) {
            if (known->named) return of_rest();
            if (obstacle_.kind == Obstacle::Kind::none) return elsewhere();
        }
        return obstacle_.kind == Obstacle::Kind::none ? unknown_verb() : of_obstacle();
    }

  private:
    void collect_classes() {
        const auto add = [this](const Class* of) {
            if (of != nullptr && std::find(classes_.begin(), classes_.end(), of) == classes_.end())
                classes_.push_back(of);
        };
        add(scope_.actor().of);
        for (const VerbSource& source : scope_.carried()) add(source.of);
        for (const VerbSource& source : scope_.places()) add(source.of);
        for (const Candidate& candidate : scope_.candidates()) add(candidate.of);
    }

    template <class Visit>
    void each_verb(Visit&& visit) {
        for (const Class* of : classes_) {
            for (const Verb& verb : of->verbs) {
                if (verb.role.empty() || scope_.has_role(verb.role)) visit(verb);
            }
        }
    }

    void try_verbs() {
        const std::string_view word = line_.word(from_);
        each_verb([&](const Verb& verb) {
            const auto& words = verb.pattern->first_words;
            // A hidden verb is there to catch what no other one takes.
            if (fit_ || verb.hidden || std::find(words.begin(), words.end(), word) == words.end()) return;
            // Things of many classes have inherited the same sentence.
            const Tried tried{verb.pattern.get(), reach_of(verb)};
            if (std::find(tried_.begin(), tried_.end(), tried) != tried_.end()) return;
            tried_.push_back(tried);
            const Fit* fit = matcher_.match(*verb.pattern, reach_of(verb), Matcher::Use::any);
            if (fit != nullptr) fit_ = *fit;
        });
    }

    [[nodiscard]] Reason reason(Reason::Kind kind, std::string_view word, std::string text) const {
        return {kind, shortened(word), {}, {}, std::move(text)};
    }

    /// It reads well, but what is named has no such verb; or "all" came to nothing.
    Reason of_fit(const Fit& fit) {
        if (!fit.named) return nothing_meant(fit.bindings);
        Reason result = reason(Reason::Kind::cannot, line_.word(from_),
                               "You cannot " + phrasing_.said(fit.bindings) + ".");
        result.candidates = nouns_[*fit.named].objects;
        return result;
    }

    /// "All" of nothing: "There is nothing here to take."
    Reason nothing_meant(const std::vector<Binding>& understood) {
        const bool is_held = (obstacle_.wanted != nullptr && obstacle_.wanted->kind == Kind::held) ||
                             std::ranges::any_of(understood, is_of_held);
        const std::string verb = shortened(line_.word(from_));
        return reason(Reason::Kind::nothing_meant, line_.word(from_),
                      (is_held ? "You carry nothing to " : "There is nothing here to ") + verb + ".");
    }

    Reason not_here(Span words) {
        const std::string_view word = line_.text(without_choice(line_, words));
        return reason(
            Reason::Kind::unseen, word,
            "You see no " + shortened(word) + " here." + joining_advice(line_, words.first, vocabulary_));
    }

    /// The verb belongs to another place.
    Reason elsewhere() {
        const std::string word = shortened(line_.word(from_));
        return reason(Reason::Kind::cannot, word, "You cannot " + word + " here.");
    }

    /// The verb belongs to things that are not here.
    Reason of_rest() {
        Span rest{static_cast<std::uint16_t>(from_ + 1), line_.sentence_end(from_)};
        std::string verb{line_.word(from_)};
        for (; !rest.empty() && is_preposition(line_.word(rest.first)); ++rest.first)
            verb += " " + std::string{line_.word(rest.first)};
        verb = shortened(verb);
        for (std::uint16_t at = rest.first; at < rest.end; ++at) {
            if (is_preposition(line_.word(at)) && line_.word(at) != "of") rest.end = at;
        }
        if (rest.empty())
            return reason(Reason::Kind::needs_more, line_.word(from_), ascii::capitalised(verb + " what?"));
        const std::size_t phrase = nouns_.find(rest, Kind::thing, Reach::see);
        if (nouns_[phrase].state != Phrase::State::found) return of_phrase(phrase, rest);
        Reason result = reason(Reason::Kind::cannot, line_.word(from_),
                               "You cannot " + verb + " " + phrasing_.noun(rest, phrase) + ".");
        result.candidates = nouns_[phrase].objects;
        return result;
    }

    Reason of_phrase(std::size_t number, Span words) {
        const Phrase& phrase = nouns_[number];
        const Span failed = nouns_.without_articles(phrase.failed.empty() ? words : phrase.failed);
        const std::string_view word = line_.text(failed);
        switch (phrase.state) {
            case Phrase::State::nothing:
                return nothing_meant(obstacle_.bindings);
            case Phrase::State::found:
            case Phrase::State::empty:
                return reason(Reason::Kind::needs_more, {},
                              ascii::capitalised(phrasing_.said(obstacle_.bindings) + " what?"));
            case Phrase::State::out_of_reach: {
                Reason result =
                    reason(Reason::Kind::out_of_reach, word, phrasing_.why_out_of_reach(failed, number));
                result.candidates = phrase.objects;
                return result;
            }
            case Phrase::State::unseen:
                break;
        }
        if (is_preposition(line_.word(failed.first)) && !obstacle_.bindings.empty()) {
            return reason(Reason::Kind::needs_more, {},
                          ascii::capitalised(phrasing_.said(obstacle_.bindings) + " what?"));
        }
        if (failed.size() == 1 && is_pronoun(line_.word(failed.first))) {
            return reason(Reason::Kind::unseen, word,
                          "It is not clear what '" + shortened(word) + "' means.");
        }
        return not_here(failed);
    }

    /// "tea in the box", where only the tea was understood: there is none in there. Or "all rolls", of which
    /// only "all" was.
    [[nodiscard]] Span misplaced() const {
        if (obstacle_.bindings.empty()) return {};
        const Binding& last = obstacle_.bindings.back();
        const bool is_noun = last.kind == Kind::thing || last.kind == Kind::held || last.kind == Kind::this_;
        if (!is_noun || last.words.end != obstacle_.at) return {};
        const std::string_view next = line_.word(obstacle_.at);
        const bool is_place = next == "in" || next == "inside" || next == "on";
        const bool is_kind = nouns_[last.phrase].all && next != "and" && !is_preposition(next);
        if (!is_place && !is_kind) return {};
        return nouns_.without_articles({last.words.first, line_.sentence_end(from_)});
    }

    Reason of_obstacle() {
        const std::string_view word = line_.text(obstacle_.words);
        switch (obstacle_.kind) {
            case Obstacle::Kind::none:
                break;
            case Obstacle::Kind::too_many_words:
            case Obstacle::Kind::literal: {
                if (const Span absent = misplaced(); !absent.empty()) return not_here(absent);
                return understood_up_to(obstacle_.at);
            }
            case Obstacle::Kind::direction:
                return reason(Reason::Kind::unknown_direction, word,
                              "There is no way '" + shortened(word) + "' from here.");
            case Obstacle::Kind::number:
                return reason(Reason::Kind::needs_number, word,
                              "'" + shortened(word) + "' is not a whole number.");
            case Obstacle::Kind::player: {
                const std::string_view name = line_.text(nouns_[obstacle_.phrase].failed);
                return reason(Reason::Kind::unknown_player, name,
                              "There is nobody called '" + shortened(name) + "'.");
            }
            case Obstacle::Kind::noun:
                return of_phrase(obstacle_.phrase, obstacle_.words);
            case Obstacle::Kind::end:
                return needs_more();
        }
        return unknown_verb();
    }

    /// "Put the lamp where?", "Give the lamp to whom?", "Light what?"
    Reason needs_more() {
        const std::string said = phrasing_.said(obstacle_.bindings);
        const std::string end = Phrasing::question_for(obstacle_.wanted, obstacle_.then);
        if (!end.empty())
            return reason(Reason::Kind::needs_more, line_.word(from_), ascii::capitalised(said + " " + end));
        Reason result = reason(Reason::Kind::needs_more, line_.word(from_), {});
        result.suggestion =
            std::string{line_.text({from_, obstacle_.at})} + " " + Phrasing::literal(*obstacle_.wanted);
        result.text = "Did you mean '" + shortened(result.suggestion) + "'?";
        return result;
    }

    Reason understood_up_to(std::uint16_t end) {
        const std::string understood = shortened(without_stop(line_.text({from_, end})));
        return reason(Reason::Kind::too_many_words, understood,
                      "I understood you only as far as '" + understood + "'." +
                          joining_advice(line_, end, vocabulary_));
    }

    Reason unknown_verb() {
        const Span sentence{from_, line_.sentence_end(from_)};
        const std::size_t phrase = nouns_.find(sentence, Kind::thing, Reach::see);
        if (nouns_[phrase].state == Phrase::State::found) {
            Reason result = reason(Reason::Kind::verb_missing, line_.text(sentence),
                                   "What do you want to do with " + phrasing_.noun(sentence, phrase) + "?");
            result.candidates = nouns_[phrase].objects;
            return result;
        }
        const std::string_view word = line_.word(from_);
        if (word.empty())
            return reason(Reason::Kind::unknown_verb, {}, "A sentence begins with what you want to do.");
        if (!compass_direction(word).empty()) return understood_up_to(static_cast<std::uint16_t>(from_ + 1));
        Reason result =
            reason(Reason::Kind::unknown_verb, word, "I do not know how to '" + shortened(word) + "'.");
        if (const std::string advice = joining_advice(line_, from_, vocabulary_); !advice.empty()) {
            result.text += advice;
            return result;
        }
        result.suggestion = meant_instead(line_, from_, nouns_, vocabulary_, first_words());
        if (!result.suggestion.empty()) {
            result.text += " Did you mean '" + result.suggestion + "'?";
        } else if (begins_question(word) && vocabulary_.find("help") != nullptr) {
            result.text += " Say help to see what you can do.";
        }
        return result;
    }

    /// Those that help tells of come first: of two that are as close, one of these is meant.
    std::vector<std::string_view> first_words() {
        std::vector<std::string_view> words;
        std::vector<std::string_view> hidden;
        each_verb([&](const Verb& verb) {
            std::ranges::copy(verb.pattern->first_words, std::back_inserter(verb.hidden ? hidden : words));
        });
        words.insert(words.end(), hidden.begin(), hidden.end());
        return words;
    }

    const Line& line_;
    std::uint16_t from_;
    Scope& scope_;
    const Vocabulary& vocabulary_;
    Nouns nouns_;
    Matcher matcher_;
    Phrasing phrasing_;
    Obstacle obstacle_;
    std::optional<Fit> fit_;
    using Tried = std::pair<const Pattern*, Reach>;
    std::vector<Tried> tried_;
    std::vector<const Class*> classes_;
};

}  // namespace

Reason explain(const Line& line, std::size_t from, Scope& scope, const Vocabulary& vocabulary) {
    const std::size_t begin = line.next_sentence(from);
    if (begin >= line.size()) return {Reason::Kind::silence, {}, {}, {}, "I beg your pardon?"};
    return Explanation{line, begin, scope, vocabulary}.find();
}

}  // namespace gyre::world::sentence
