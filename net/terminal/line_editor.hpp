#pragma once

#include "net/terminal/key_codec.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace gyre::net {

/// One line that somebody types at a terminal in raw mode: keys go in, lines come out, and what the terminal
/// is to show is appended to `screen`. Without I/O. The line takes one row: what is too long for it scrolls
/// sideways. Text that comes meanwhile is put between hide() and show().
class LineEditor {
  public:
    /// Longest line in bytes. Ours: that of TelnetCodec. The bell rings for more, and Enter tells of it.
    static constexpr std::size_t max_line = 4096;
    /// Lines that can be recalled, and bytes that they take at most; passwords never are among them.
    static constexpr std::size_t max_history = 100;
    static constexpr std::size_t max_history_bytes = 16U << 10;
    static constexpr std::uint16_t min_width = 20;
    static constexpr std::uint16_t max_width = 1000;

    /// What the terminal understands besides text, CR, LF and BEL.
    enum class Terminal : std::uint8_t {
        addressed,  ///< The cursor movements and clearing of ECMA-48.
        plain,      ///< Backspace only: TERM=dumb.
    };

    struct Event {
        enum class Kind : std::uint8_t {
            line,
            end_of_input,  ///< ^D in an empty line.
        };
        Kind kind = Kind::line;
        std::string line;       ///< UTF-8 that utf8::filter() would leave as it is.
        bool too_long = false;  ///< More was typed than `line` holds; it can be recalled, and made shorter.
    };

    /// Takes bytes from the front of `input` up to the end of the next event. False: `input` is used up.
    [[nodiscard]] bool next(std::string_view& input, Event& event, std::string& screen);

    /// Columns of the terminal, clamped to what is allowed.
    void set_width(std::uint16_t columns, std::string& screen);
    void set_terminal(Terminal terminal) { terminal_ = terminal; }
    /// From now on nothing is shown of what is typed, or all of it again.
    void set_secret(bool secret) { secret_ = secret; }
    /// Takes prompt and line from the screen: text comes.
    void hide(std::string& screen);
    /// Shows them again, with another prompt perhaps.
    void show(std::string_view prompt, std::string& screen);
    /// The same for a prompt that takes only so many columns, because it holds escape sequences.
    void show(std::string_view prompt, std::size_t prompt_columns, std::string& screen);
    [[nodiscard]] bool is_shown() const { return shown_; }
    /// Something was typed that waits for its end.
    [[nodiscard]] bool has_text() const { return !line_.empty(); }
    /// UTF-8; what the cursor is in.
    [[nodiscard]] const std::string& text() const { return line_; }
    [[nodiscard]] const std::string& prompt() const { return prompt_; }

  private:
    bool act(const KeyEvent& key, Event& event, std::string& screen);
    bool enter(Event& event, std::string& screen);
    void forget_line();
    [[nodiscard]] std::string cleaned(std::string_view text) const;
    bool insert(std::string clean, bool pasted, std::string& screen);
    bool erase_last(std::string& screen);
    bool move(Key key);
    bool kill(Key key);
    void kill_range(std::size_t from, std::size_t to);
    bool recall(Key key);
    void interrupt(std::string& screen);
    void remember();
    void draw(std::string& screen);
    void end_row(std::size_t columns, std::size_t back, std::string& screen);
    void clear_row(std::string& screen);
    void scroll(std::size_t room);
    [[nodiscard]] std::size_t room() const;
    [[nodiscard]] std::size_t before(std::size_t at) const;
    [[nodiscard]] std::size_t behind(std::size_t at) const;
    [[nodiscard]] std::size_t word_before() const;
    [[nodiscard]] std::size_t word_behind() const;

    KeyCodec keys_;
    std::string line_;
    std::string prompt_;
    std::size_t prompt_columns_ = 0;
    std::string killed_;
    std::string unfinished_;  ///< The line as it was when an older one was recalled.
    std::deque<std::string> history_;
    std::size_t history_bytes_ = 0;
    std::size_t recalled_ = 0;     ///< In history_; its size: the line that is typed.
    std::size_t cursor_ = 0;       ///< In line_, between two graphemes.
    std::size_t first_ = 0;        ///< In line_: what the row begins with.
    std::size_t row_columns_ = 0;  ///< What the row holds, prompt included.
    std::uint16_t width_ = 80;
    Terminal terminal_ = Terminal::addressed;
    bool secret_ = false;
    bool shown_ = false;
    bool went_over_ = false;  ///< Some of the line was typed in vain.
    bool unfinished_went_over_ = false;
    bool is_full_ = false;  ///< Text is dropped until another key comes.
};

}  // namespace gyre::net
