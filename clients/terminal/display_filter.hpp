#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::play {

/// A piece of what a server wants shown. `bytes` is valid until the next call of DisplayFilter::next().
struct DisplayPiece {
    enum class Kind : std::uint8_t {
        text,      ///< `bytes`: UTF-8 that utf8::filter() would leave as it is.
        tab,       ///< To the next column that is a multiple of eight.
        line_end,  ///< In any of its forms.
        style,     ///< `bytes`: a whole SGR sequence (ECMA-48 8.3.117).
        link,      ///< `bytes`: the address that the text from here on stands for; empty: none any more.
    };
    Kind kind = Kind::text;
    std::string_view bytes;
};

/// What a server sends, without what could take over the terminal: of control characters only line ends and
/// tabs are left, of escape sequences only styles and links (OSC 8) to http and https. Cursor movements,
/// titles, clipboard, palettes, queries, modes: all of it goes. Any split is possible. Bytes that are no
/// UTF-8 count as Latin-1, as old servers send it.
class DisplayFilter {
  public:
    /// Longest style in bytes, its ends excluded. Ours; a longer one is dropped.
    static constexpr std::size_t max_style = 64;
    /// Longest link in bytes, parameters included. Ours; the text of a longer one is no link.
    static constexpr std::size_t max_link = 1024;

    /// Takes bytes from the front of `input` up to the end of the next piece. False: `input` is used up.
    [[nodiscard]] bool next(std::string_view& input, DisplayPiece& piece);

  private:
    enum class State : std::uint8_t {
        plain,
        escape,          ///< ESC came.
        intermediate,    ///< ESC and a byte that wants another came.
        control,         ///< ESC [ came.
        command,         ///< ESC ] came: up to BEL, ESC backslash or the end of the line.
        command_escape,  ///< ESC within such a one.
        string,          ///< The same for ESC P, X, ^ and _, of which nothing is kept.
        string_escape,
    };
    bool take_plain(std::string_view& input, DisplayPiece& piece);
    bool take_control_character(char byte, DisplayPiece& piece);
    /// Whether the sequence is over without `byte`, which is then to be looked at anew.
    bool is_broken_off_by(char byte);
    bool take_escaped(char byte, DisplayPiece& piece);
    bool take_control(char byte, DisplayPiece& piece);
    bool take_string(char byte, DisplayPiece& piece);
    bool finish_command(DisplayPiece& piece);
    void keep(char byte, std::size_t limit);
    bool clean(std::string_view bytes, DisplayPiece& piece);

    std::string kept_;  ///< Parameters of a sequence, or the first bytes of a character.
    std::string told_;  ///< What the last piece shows.
    State state_ = State::plain;
    bool too_long_ = false;  ///< The sequence that is under way.
};

}  // namespace gyre::play
