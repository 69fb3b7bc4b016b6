#pragma once

#include "world/sentence/line.hpp"
#include "world/sentence/matcher.hpp"
#include "world/sentence/nouns.hpp"
#include "world/sentence/scope.hpp"
#include "world/sentence/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// What a slot took, as the method gets it.
struct Argument {
    enum class Kind : std::uint8_t { nil, object, objects, text, integer };
    Kind kind = Kind::nil;
    ObjectId object = ObjectId::nothing;
    std::vector<ObjectId> objects;      ///< Plural: one call for each of them.
    std::vector<std::int64_t> amounts;  ///< As in Phrase.
    std::string_view text;              ///< A view into the line; of a direction: into the scope or constant.
    std::int64_t integer = 0;
};

/// A noun that fits several objects, or several tools.
struct Question {
    static constexpr int the_object = -1;  ///< `this` is unclear,
    static constexpr int the_tool = -2;    ///< or was not named and several offer themselves.
    Span words;                            ///< Empty for a tool.
    int argument = the_object;             ///< Index of the argument, or one of the above.
    std::vector<ObjectId> objects;
};

/// One thing the sentence may mean.
struct Match {
    ObjectId object = ObjectId::nothing;  ///< Whose method is to be called.
    const Verb* verb = nullptr;
    /// Of the same object, like `verb` but with a `number` before the noun `counted_argument`: for what a
    /// list names only some of. Null: there is none, and the whole heap is meant.
    const Verb* counted = nullptr;
    std::size_t counted_argument = 0;
    std::vector<Argument> arguments;   ///< Each slot but `this`, in order.
    std::string_view word;             ///< how.verb: as typed, in lower case.
    std::string_view preposition;      ///< how.preposition: the last one, as its group's head; or empty.
    std::string_view line;             ///< how.line: this sentence as typed.
    bool tool = false;                 ///< `object` was not named: say "(with the brass key)".
    std::uint16_t end = 0;             ///< Where the sentence ended; Line::next_sentence(end) is the next.
    std::optional<Question> question;  ///< Ask this before calling; of equals the first asks for all.
    std::optional<std::size_t> group;  ///< `this` is plural: number of the group; see Parsed::calls.
    std::vector<ObjectId> objects;     ///< Of `this`, those whose verb it is; `object` is the first.

    // What decides the order.
    enum class Rank : std::uint8_t { named, ability, place, tool };
    Rank rank = Rank::named;
    int literals = 0;
    std::uint32_t distance = 0;  ///< Of the declaring class, in the chain of the object's class.
    int weight = 0;
    std::uint32_t sequence = 0;
    Span named;  ///< The words that `this` took.
};

/// A method call that a match asks for.
struct Call {
    ObjectId object = ObjectId::nothing;
    const Verb* verb = nullptr;  ///< Null: `about` was named, but has no such verb.
    std::vector<Argument> arguments;
    ObjectId about = ObjectId::nothing;  ///< One of several things: what its result is listed under.
};

/// What a sentence may mean, the best first. Walk through `matches`: one that declines makes way for the
/// next.
struct Parsed {
    /// More calls than this a plural does not make.
    static constexpr std::size_t max_calls = 200;

    struct Group {
        Span words;
        bool all = false;  ///< "all": what has no such verb was not meant.
        std::vector<ObjectId> objects;
    };
    std::vector<Match> matches;
    std::vector<Group> groups;
    std::uint16_t begin = 0;  ///< The sentence's first token.

    /// The calls of match number `match`: one, or with plurals one for each thing, each in its own savepoint.
    /// With a plural `this`, each thing's verb is the best of its own from `match` on.
    [[nodiscard]] std::vector<Call> calls(std::size_t match) const;
};

/// Finds what a sentence may mean (LUA.md section 2). Keeps nothing between lines.
class Parser {
  public:
    /// Matches beyond these are dropped, the last in order first.
    static constexpr std::size_t max_matches = 256;

    explicit Parser(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

    /// Reads the sentence that begins at token `from`. A bare direction is read as "go" with it; the word is
    /// then put into the line. `choices` are the answers to questions about this line so far.
    [[nodiscard]] Parsed parse(Line& line, std::size_t from, Scope& scope,
                               std::span<const Choice> choices = {}) const;

  private:
    const Vocabulary& vocabulary_;
};

}  // namespace gyre::world::sentence
