#pragma once

#include "clients/terminal/display_filter.hpp"
#include "net/terminal/line_editor.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::play {

/// A terminal in raw mode with somebody in front of it: what a server says scrolls, the line that is typed
/// stays below it, and the foot may show a status line. Without I/O: what the terminal is to be sent is
/// appended to an output that the owner takes. Only the last line, which has no end yet, is kept here.
class Screen {
  public:
    /// Longest line without an end, in bytes with its styles; it is ended there.
    static constexpr std::size_t max_unfinished = 8192;
    /// Longest chain of styles that is written anew in each line; a longer one is forgotten.
    static constexpr std::size_t max_styles = 256;
    /// Fewer rows than this have no status line.
    static constexpr std::uint16_t min_status_rows = 5;

    struct Settings {
        std::uint16_t columns = 80;
        std::uint16_t rows = 24;
        bool styles = true;  ///< Colours and the like may be shown.
        bool links = true;   ///< The terminal knows OSC 8 or passes over it.
        bool utf8 = true;    ///< Else '?' stands for what is not ASCII.
    };
    explicit Screen(const Settings& settings);

    /// Takes the terminal over.
    void begin();
    /// Gives it back as it was, with the cursor on a line of its own.
    void end();

    /// Something that came from the server; settle() must follow.
    void show(const DisplayPiece& piece);
    /// What stands without a line end is a prompt.
    void end_prompt();
    /// Nothing more comes for now: shows the line that is typed.
    void settle();
    /// Words of our own, in a line of their own; settle() must follow.
    void note(std::string_view words);

    /// As LineEditor::next().
    [[nodiscard]] bool typed(std::string_view& keys, net::LineEditor::Event& event);
    [[nodiscard]] bool has_typed_text() const { return editor_.has_text(); }
    /// Nothing is shown of what is typed, or all of it again; settle() must follow.
    void set_secret(bool secret);
    void resized(std::uint16_t columns, std::uint16_t rows);
    /// The line at the foot; empty: none.
    void set_status(std::string text);

    [[nodiscard]] std::string& output() { return out_; }
    [[nodiscard]] std::uint16_t columns() const { return settings_.columns; }

  private:
    void set_size(std::uint16_t columns, std::uint16_t rows);
    void show_text(std::string_view text);
    void show_style(std::string_view style);
    void show_link(std::string_view address);
    void finish_line();
    /// What ends styles and link of the unfinished line.
    [[nodiscard]] std::string rest() const;
    /// Begins a line in the style that holds.
    void begin_line();
    [[nodiscard]] bool shows_status() const;
    void open_foot();
    void close_foot();
    void draw_foot();

    Settings settings_;
    net::LineEditor editor_;
    std::string out_;
    std::string line_;    ///< The unfinished line, escape sequences included.
    std::string styles_;  ///< In force, since they were last put to rest.
    std::string link_;
    std::string prompt_;
    std::string status_;
    std::size_t columns_ = 0;  ///< Of line_.
    std::size_t prompt_columns_ = 0;
    bool foot_open_ = false;
    bool is_secret_ = false;
    bool secret_entered_ = false;  ///< And nothing has come since then.
};

}  // namespace gyre::play
