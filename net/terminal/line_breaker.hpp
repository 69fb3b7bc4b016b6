#pragma once

#include "net/terminal/rendering.hpp"

#include <cstddef>
#include <string_view>

namespace gyre::net {

/// Where a line of text ends, and where the next one begins: behind the spaces between them.
struct LineEnd {
    std::size_t end = 0;
    std::size_t next = 0;
};

/// Measures text in columns and breaks it into lines. Knows once for the whole text whether it is ASCII.
class LineBreaker {
  public:
    LineBreaker(std::string_view text, Charset charset);

    /// The line that begins at `from`, of at most `room` columns (at least one character), within [from, to).
    /// Broken at spaces, behind wide characters, or else inside a word.
    [[nodiscard]] LineEnd next_line(std::size_t from, std::size_t to, std::size_t room) const;
    [[nodiscard]] std::size_t columns(std::size_t from, std::size_t to) const;
    /// All of the text.
    [[nodiscard]] bool is_ascii() const { return is_ascii_; }

  private:
    struct Step {
        std::size_t bytes = 0;
        std::size_t columns = 0;
    };
    [[nodiscard]] Step step(std::size_t at) const;
    [[nodiscard]] LineEnd next_ascii_line(std::size_t from, std::size_t to, std::size_t room) const;
    [[nodiscard]] LineEnd next_other_line(std::size_t from, std::size_t to, std::size_t room) const;

    std::string_view text_;
    Charset charset_;
    bool is_ascii_;
};

}  // namespace gyre::net
