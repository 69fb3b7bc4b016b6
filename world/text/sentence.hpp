#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace gyre::world::text {

/// Where in a sentence a piece of text ends: what decides on capitals.
enum class Position : std::uint8_t {
    start,  ///< The next word begins a sentence.
    middle,
    stopped,  ///< Behind a full stop and perhaps closing quotes: white space makes it a start.
};

/// What words do to the position, computed once for what is known in advance.
class SentenceEffect {
  public:
    SentenceEffect() = default;
    explicit SentenceEffect(std::string_view words);
    [[nodiscard]] Position after(Position before) const { return after_[static_cast<std::size_t>(before)]; }
    /// Whether a sentence ended on the way: the subject of the last one is forgotten.
    [[nodiscard]] bool ends_sentence(Position before) const {
        return ended_[static_cast<std::size_t>(before)];
    }

  private:
    std::array<Position, 3> after_{Position::start, Position::middle, Position::stopped};
    std::array<bool, 3> ended_{};
};

/// The position behind data; looks only at its end.
Position position_after(std::string_view data, Position before);

}  // namespace gyre::world::text
