#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gyre::play {

/// Our own words, which have blanks between them, in lines of at most so many columns; without a last line
/// end. A word that is longer has a line to itself.
[[nodiscard]] std::string wrapped_words(std::string_view words, std::size_t columns);

}  // namespace gyre::play
