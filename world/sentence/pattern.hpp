#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// One step of a pattern variant.
struct Element {
    enum class Kind : std::uint8_t {
        words,
        this_,  // NOLINT(readability-identifier-naming): a keyword without it.
        thing,
        held,
        person,
        player,
        direction,
        number,
        word,
        text,
        missing
    };
    Kind kind = Kind::words;
    Kind missing = Kind::words;  ///< Kind::missing: the slot in a bracket that was left out here.
    bool moved = false;          ///< Stands before what the pattern has before it: "give bob the lamp".
    bool bare = false;           ///< The "to" before it was left out: "give lamp bob".
    /// Kind::words: the alternatives, longest first; each is its words ("on", "top", "of").
    std::vector<std::vector<std::string>> words;
};

/// A verb pattern (LUA.md section 2), with one variant for each choice of its brackets, longest first. What
/// ends in "held to person" also has one for "person held", as in "give bob the lamp", and for "held person".
class Pattern {
  public:
    static constexpr std::size_t max_length = 200;  ///< Bytes of source.
    static constexpr std::size_t max_variants = 64;

    using Variant = std::vector<Element>;
    /// The error text is for builders: "verb \"put any in this\": no slot 'any': use thing, held, ...".
    static Result<std::shared_ptr<const Pattern>> compile(std::string_view source);

    std::string source;
    std::vector<Variant> variants;
    bool has_this = false;                 ///< `this` stands in it, in a bracket or not.
    bool may_be_tool = false;              ///< `this` stands in a bracket, which may be left out.
    std::size_t fewest_tokens = 1;         ///< A shorter sentence cannot fit,
    std::size_t fewest_named = 1;          ///< nor can one that is to name `this`.
    std::vector<std::string> first_words;  ///< Any of them may begin the sentence.
};

}  // namespace gyre::world::sentence
