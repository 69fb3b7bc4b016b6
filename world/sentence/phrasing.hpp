#pragma once

#include "world/sentence/matcher.hpp"
#include "world/sentence/nouns.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// At most this much of what a player typed is repeated to him, in bytes.
inline constexpr std::size_t max_echo = 60;

/// `text`, or its beginning and "..." if it is longer than max_echo.
std::string shortened(std::string_view text);
/// "the brass lamp", but "Alice".
std::string with_article(const Candidate& candidate);

/// Says in good English what was understood of a line: private to explanations.
class Phrasing {
  public:
    Phrasing(const Line& line, Nouns& nouns) : line_(line), nouns_(nouns) {}

    /// "lamp" -> "the lamp", as typed; a person by name.
    [[nodiscard]] std::string noun(Span words, std::size_t phrase);
    /// "put the lamp in".
    [[nodiscard]] std::string said(const std::vector<Binding>& bindings);

    /// "You cannot reach the lamp.", "Marta has the lamp.": of a phrase that is out of reach.
    [[nodiscard]] std::string why_out_of_reach(Span words, std::size_t phrase);

    /// How the question for a missing element ends: "what?", "to whom?", "where?". Empty if the element is a
    /// word that asks for nothing.
    [[nodiscard]] static std::string question_for(const Element* wanted, const Element* then);
    /// The word that stands for a literal.
    [[nodiscard]] static std::string literal(const Element& element);

  private:
    const Line& line_;
    Nouns& nouns_;
};

}  // namespace gyre::world::sentence
