#pragma once

#include "net/terminal/line_editor.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

class TerminalSession;

/// The lines of a terminal that sends every key as it is typed: edited here, in the terminal's own charset,
/// and handed to the session. What each call returns is to be written to the terminal at once.
class EditedLines {
  public:
    explicit EditedLines(TerminalSession& session) : session_(session) {}

    /// Keys came.
    [[nodiscard]] std::string typed(std::string_view keys);
    /// What was typed of a line that has no end yet, in the terminal's charset.
    [[nodiscard]] std::string unfinished() const { return encoded(editor_.text()); }
    /// ^D in an empty line: nothing more is typed.
    [[nodiscard]] bool ended() const { return ended_; }

    /// Takes the line from the screen: text comes.
    [[nodiscard]] std::string hidden();
    /// Shows it behind `prompt`.
    [[nodiscard]] std::string shown(std::string_view prompt);
    /// At the end of a turn: shows a line that was hidden unless it is empty. A screen reader's prompt is not
    /// repeated, but what one types comes back.
    [[nodiscard]] std::string settled();
    [[nodiscard]] std::string resized(std::uint16_t columns);
    void set_terminal(LineEditor::Terminal terminal) { editor_.set_terminal(terminal); }
    /// Nothing is shown of what is typed, or all of it again.
    void set_secret(bool secret) { editor_.set_secret(secret); }

  private:
    [[nodiscard]] std::string encoded(std::string screen) const;

    TerminalSession& session_;
    LineEditor editor_;
    bool ended_ = false;
};

}  // namespace gyre::net
