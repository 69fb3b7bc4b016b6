#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// An editor of text line by line, for any client: what is typed is a line of the text, unless it begins with
/// a full stop, which gives a command. Knows no session and no world.
class LineEditor {
  public:
    static constexpr std::size_t max_bytes = 64U << 10;  ///< Of the whole text, a line end counting as one.
    static constexpr std::size_t max_lines = 5'000;

    LineEditor() = default;
    /// `text` is cut at the limits.
    explicit LineEditor(std::string_view text);

    struct Reply {
        bool done = false;  ///< The text is finished: text().
        std::string words;  ///< What to show; empty: nothing.
    };
    /// One line as typed. Never fails: what makes no sense is answered in words and changes nothing.
    Reply type(std::string_view line);
    /// The lines, joined by line feeds.
    [[nodiscard]] std::string text() const;
    /// What one is told when it opens.
    static std::string_view introduction();

  private:
    Reply command(std::string_view words);
    Reply list(std::string_view numbers) const;
    Reply remove(std::string_view numbers);
    Reply move_to(std::string_view numbers);
    Reply replace(std::string_view words);
    Reply substitute(std::string_view words);
    Reply clear();
    Reply add(std::string_view line);
    /// Takes the place of line `index` if there is room.
    Reply put(std::size_t index, std::string line);
    [[nodiscard]] bool fits(std::size_t more_bytes, std::size_t more_lines) const;
    [[nodiscard]] std::string numbered(std::size_t first, std::size_t last) const;

    std::vector<std::string> lines_;
    std::size_t at_ = 0;     ///< The next line goes before this one.
    std::size_t bytes_ = 0;  ///< Of all lines, each with its end.
};

}  // namespace gyre::world
