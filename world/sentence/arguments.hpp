#pragma once

#include "world/sentence/matcher.hpp"
#include "world/sentence/nouns.hpp"
#include "world/sentence/parser.hpp"

#include <cstddef>
#include <vector>

namespace gyre::world::sentence {

/// Makes the arguments of a call from what a pattern's slots took: private to the parser.
class ArgumentReader {
  public:
    ArgumentReader(Nouns& nouns, const Fit& fit) : nouns_(nouns), fit_(fit) {}

    /// Sets the match's arguments, preposition, and its question if a noun among them fits several. False if
    /// "all" turned out to mean nothing.
    bool fill(Match& match) const;

  private:
    [[nodiscard]] Argument argument_of(std::size_t number, Match& match) const;
    [[nodiscard]] ObjectId source_of(std::size_t binding) const;
    [[nodiscard]] Phrase taken_from(ObjectId source, const Binding& binding) const;
    void drop_others(std::size_t binding, std::vector<ObjectId>& objects) const;

    Nouns& nouns_;
    const Fit& fit_;
};

}  // namespace gyre::world::sentence
