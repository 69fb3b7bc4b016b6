#include "net/ssh/ssh_shell.hpp"

#include "engine/base/utf8.hpp"

#include <utility>

namespace gyre::net {
namespace {

constexpr std::string_view paste_marks_on = "\x1b[?2004h";
constexpr std::string_view paste_marks_off = "\x1b[?2004l";

/// Whether it knows escape sequences.
LineEditor::Terminal kind_of(const SshTerminalFacts& terminal) {
    const std::string_view name = terminal.terminal;
    return name.empty() || name == "dumb" || name == "unknown" ? LineEditor::Terminal::plain
                                                               : LineEditor::Terminal::addressed;
}

Colours colours_of(const SshTerminalFacts& terminal) {
    const std::string_view name = terminal.terminal;
    if (!terminal.has_terminal || kind_of(terminal) == LineEditor::Terminal::plain) return Colours::none;
    if (terminal.true_colour || name.ends_with("-direct")) return Colours::truecolour;
    return name.find("256color") != std::string_view::npos ? Colours::ansi256 : Colours::ansi16;
}

/// What a locale says of the character set; most clients that tell none use UTF-8.
Charset charset_of(std::string_view locale) {
    if (locale.empty()) return Charset::utf8;
    const std::string folded = utf8::fold_ascii(locale);
    if (folded.find("utf-8") != std::string::npos || folded.find("utf8") != std::string::npos)
        return Charset::utf8;
    return folded.find("8859-1") != std::string::npos ? Charset::latin1 : Charset::ascii;
}

}  // namespace

SshShell::SshShell(Context& context, ObjectId player, SshChannel& channel)
    : channel_(channel), session_(context, *this), lines_(session_), player_(player) {}

void SshShell::connection_made(reactor::Transport&) {
    const SshTerminalFacts& terminal = channel_.terminal();
    edits_ = terminal.has_terminal;
    marks_pastes_ = edits_ && kind_of(terminal) == LineEditor::Terminal::addressed;
    lines_.set_terminal(kind_of(terminal));
    session_.settings().colours_told(colours_of(terminal));
    session_.settings().charset_told(charset_of(terminal.locale));
    if (marks_pastes_) channel_.write(paste_marks_on, 0);
    resized();
    session_.opened_as(player_);
}

void SshShell::resized() {
    const std::uint16_t width = channel_.terminal().width;
    if (!channel_.terminal().has_terminal) return session_.settings().width_told(Rendering::max_width);
    if (width == 0) return;
    session_.settings().width_told(width);
    show(lines_.resized(width));
}

void SshShell::show(std::string_view screen) {
    if (!screen.empty()) channel_.write(screen, 0);
}

void SshShell::bytes_received(std::string_view bytes) {
    if (session_.ending() || input_ended_) return;
    session_.input_arrived();
    if (!edits_) return take_lines(bytes);
    show(lines_.typed(bytes));
    input_ended_ = lines_.ended();
}

/// LF ends a line, with a CR before it or not.
void SshShell::take_lines(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view part = bytes.substr(0, end);
        const std::size_t room = max_line - line_.size();
        line_too_long_ = line_too_long_ || part.size() > room;
        line_ += part.substr(0, room);
        if (end == std::string_view::npos) return;
        bytes.remove_prefix(end + 1);
        if (line_.ends_with('\r')) line_.pop_back();
        session_.line_typed(std::exchange(line_, {}), std::exchange(line_too_long_, false));
    }
}

void SshShell::input_ended() {
    if (!line_.empty() && !session_.ending()) session_.line_typed(std::exchange(line_, {}), line_too_long_);
    input_ended_ = true;
    channel_.wake();
}

bool SshShell::handle_next() {
    if (session_.handle_next()) return true;
    // All that was typed has been answered.
    if (input_ended_ && !session_.ending() && !session_.answer_pending()) session_.quit();
    return false;
}

void SshShell::about_to_flush() {
    session_.about_to_flush();
    if (edits_) show(lines_.settled());
}

std::string_view SshShell::last_bytes() const { return marks_pastes_ ? paste_marks_off : std::string_view{}; }

void SshShell::send(std::string_view rendered, BatchNumber needs) {
    std::string screen = lines_.hidden();
    screen += rendered;
    if (!channel_.terminal().has_terminal) std::erase(screen, '\r');  // Lines of a file.
    channel_.write(screen, needs);
}

void SshShell::send_prompt(std::string_view prompt) {
    if (!edits_) return;  // A pipe has nobody to read it.
    show(lines_.shown(prompt));
}

void SshShell::set_echo(Echo echo) { lines_.set_secret(echo == Echo::hidden); }

}  // namespace gyre::net
