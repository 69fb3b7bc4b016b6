#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// What a key means to a line that is being typed.
enum class Key : std::uint8_t {
    none,  ///< One that means nothing here.
    enter,
    backspace,
    remove,  ///< Delete: the character under the cursor.
    left,
    right,
    word_left,
    word_right,
    home,
    end,
    up,
    down,
    kill_to_end,
    kill_to_start,
    kill_word,  ///< Back to where the word begins.
    kill_next_word,
    yank,
    redraw,
    interrupt,
    end_of_input,  ///< ^D, which deletes in a line that is not empty.
};

/// A key, or a stretch of characters. `text` is valid until the next call of KeyCodec::next().
struct KeyEvent {
    enum class Kind : std::uint8_t { text, key };
    Kind kind = Kind::key;
    Key key = Key::none;
    bool pasted = false;  ///< Between the marks of a bracketed paste.
    std::string_view text;
};

/// The bytes of a terminal in raw mode as keys: UTF-8, control characters as in Emacs and readline, and the
/// escape sequences of ECMA-48 that xterm, rxvt, the Linux console and PuTTY send. Any split is possible.
/// Answers of a terminal (OSC, DCS and the like) are dropped. Holds at most max_sequence bytes.
class KeyCodec {
  public:
    /// Longest escape sequence that is looked at, in bytes. Ours; a longer one is dropped up to its end.
    static constexpr std::size_t max_sequence = 32;

    /// Takes bytes from the front of `input` up to the end of the next event. False: `input` is used up.
    [[nodiscard]] bool next(std::string_view& input, KeyEvent& event);

  private:
    enum class State : std::uint8_t {
        plain,
        character,       ///< In the middle of one of several bytes.
        escape,          ///< ESC came.
        control,         ///< ESC [ came.
        single_shift,    ///< ESC O came.
        string,          ///< ESC ] or the like came: up to BEL or ESC backslash.
        string_escaped,  ///< ESC within such a string.
    };
    bool take_plain(std::string_view& input, KeyEvent& event);
    bool take_character(std::string_view& input, KeyEvent& event);
    [[nodiscard]] static State state_behind_escape(char byte);
    bool take_escaped(char byte, KeyEvent& event);
    bool take_control(char byte, KeyEvent& event);
    bool control_character(char byte, KeyEvent& event);
    bool found(Key key, KeyEvent& event);
    [[nodiscard]] Key key_of_sequence(char final) const;

    std::string kept_;  ///< Parameters of a sequence, or the first bytes of a character.
    State state_ = State::plain;
    bool after_return_ = false;
    bool pasting_ = false;
    bool told_ = false;  ///< The last event shows kept_.
};

}  // namespace gyre::net
