#pragma once

#include "world/sentence/parser.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// Why a sentence led to nothing, or what must be asked first.
struct Reason {
    enum class Kind : std::uint8_t {
        silence,            ///< There is no sentence.
        unknown_verb,       ///< `suggestion` may be what was meant.
        verb_missing,       ///< Only a noun: `candidates`.
        unseen,             ///< No `word` here.
        out_of_reach,       ///< `candidates` are too far away.
        nothing_meant,      ///< "all" of nothing.
        cannot,             ///< `candidates` are here, but have no such verb.
        needs_more,         ///< A noun or a part is missing: a question.
        too_many_words,     ///< Understood up to `word`.
        unknown_player,     ///< No character called `word`.
        unknown_direction,  ///< No way called `word`.
        needs_number,       ///< `word` is none.
        ambiguous           ///< `candidates` fit `word`.
    };
    Kind kind = Kind::silence;
    std::string word;
    std::string suggestion;
    std::vector<ObjectId> candidates;
    /// A sentence in English for the player. Where it names candidates (ambiguous: "Which lamp do you mean: 1
    /// the brass lamp, 2 the oil lamp?") a caller with better names may say it itself.
    std::string text;
};

/// The shortest helpful reason why `line`, from token `from` on, has no match. Slow compared to parsing: all
/// that is in reach is gone through.
Reason explain(const Line& line, std::size_t from, Scope& scope, const Vocabulary& vocabulary);

/// The numbered question that a match asks.
Reason ask(const Line& line, const Question& question, Scope& scope);

/// What the player chose: a number, an ordinal, a name or what sets it apart ("2", "second", "the oil one",
/// "oil"). Nothing if the reply is none of these, then it is a new sentence; also if it still fits several.
std::optional<Choice> answer(const Question& question, std::string_view reply, Scope& scope);

}  // namespace gyre::world::sentence
