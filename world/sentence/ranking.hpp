#pragma once

#include "world/sentence/parser.hpp"

#include <vector>

namespace gyre::world::sentence {

/// Puts what a sentence may mean in the order in which it is tried, and keeps the first Parser::max_matches.
void rank(std::vector<Match>& matches);

/// Where several objects stand equally high for one noun, or as tool, only the player can decide: the first
/// match of such a group gets the question. Objects without such a verb are not asked about.
void ask_about_equals(std::vector<Match>& matches);

}  // namespace gyre::world::sentence
