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
    ArgumentReader(Nouns& nouns, const Fit& fit, Reach reach) : nouns_(nouns), fit_(fit), reach_(reach) {}

    /// Sets the match's arguments, preposition, and its question if a noun among them fits several. False if
    /// "all" turned out to mean nothing.
    bool fill(Match& match) const;

  private:
    [[nodiscard]] Argument argument_of(const Binding& binding, int position, Match& match) const;
    [[nodiscard]] ObjectId source_of(std::size_t binding) const;
    [[nodiscard]] std::vector<ObjectId> all_inside(ObjectId source) const;
    void take_from(ObjectId source, const Binding& binding, Match& match) const;
    void drop_others(std::size_t binding, std::vector<ObjectId>& objects) const;

    Nouns& nouns_;
    const Fit& fit_;
    Reach reach_;
};

}  // namespace gyre::world::sentence
