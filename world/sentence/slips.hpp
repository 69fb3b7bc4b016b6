#pragma once

#include "world/sentence/line.hpp"
#include "world/sentence/nouns.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

class Vocabulary;

/// What is to be said besides, with a space before it, if commands seem to stand one after the other without
/// "then" between them: "n; s", "go n and look". `at` is the first token that was not understood. Else empty.
std::string joining_advice(const Line& line, std::size_t at, const Vocabulary& vocabulary);

/// A noun without the words that say how many or which: "rolls" of "all my rolls".
Span without_choice(const Line& line, Span words);

/// Whether a question begins with this word, in lower case: "why", "what's". No verb is meant by it.
bool begins_question(std::string_view word);

/// What may have been meant by a sentence that begins with no verb: "say to marta hello" by "Marta, hello",
/// "look" by
/// "/look", else the one of `verbs` and ways that is closest to its first word. Empty: nothing known.
std::string meant_instead(const Line& line, std::uint16_t from, Nouns& nouns, const Vocabulary& vocabulary,
                          std::vector<std::string_view> verbs);

}  // namespace gyre::world::sentence
