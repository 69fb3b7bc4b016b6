#include "clients/terminal/screen.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

// The foot is kept by a scrolling region (ECMA-48 has none; DECSTBM, which every terminal in use knows): text
// scrolls above it, and no line has to be written anew. The cursor is never moved to a row by its number but
// for the status line itself, between DECSC and DECRC: so it does not matter where on the screen we begin.

namespace gyre::play {
namespace {

constexpr std::string_view paste_on = "\x1b[?2004h";
constexpr std::string_view paste_off = "\x1b[?2004l";
constexpr std::string_view no_styles = "\x1b[0m";
constexpr std::string_view save_cursor = "\x1b\x37";
constexpr std::string_view restore_cursor = "\x1b\x38";
constexpr std::string_view whole_region = "\x1b[r";
constexpr std::string_view clear_below = "\x1b[J";
constexpr std::string_view link_end = "\x1b]8;;\x1b\\";
constexpr std::string_view line_end = "\r\n";
constexpr char redraw_key = '\f';
constexpr std::size_t tab_columns = 8;
/// Columns that a line being typed needs behind a prompt.
constexpr std::size_t min_typing_room = 16;

bool puts_to_rest(std::string_view style) { return style == "\x1b[m" || style == no_styles; }

}  // namespace

Screen::Screen(const Settings& settings) : settings_(settings) { set_size(settings.columns, settings.rows); }

void Screen::set_size(std::uint16_t columns, std::uint16_t rows) {
    settings_.columns = std::clamp(columns, net::LineEditor::min_width, net::LineEditor::max_width);
    settings_.rows = rows;
    editor_.set_width(settings_.columns, out_);
}

void Screen::begin() {
    out_ += paste_on;
    draw_foot();
    settle();
}

void Screen::end() {
    editor_.hide(out_);
    if (columns_ > 0) {
        finish_line();
        line_.clear();
    }
    close_foot();
    out_ += no_styles;
    out_ += paste_off;
}

// --- What comes from the server

void Screen::show(const DisplayPiece& piece) {
    editor_.hide(out_);
    const bool is_end = piece.kind == DisplayPiece::Kind::line_end;
    // Behind a secret the server ends the line, as it does not know that we did.
    if (std::exchange(secret_entered_, false) && is_end && line_.empty()) return;
    switch (piece.kind) {
        case DisplayPiece::Kind::text:
            return show_text(piece.bytes);
        case DisplayPiece::Kind::tab:
            return show_text(std::string(tab_columns - columns_ % tab_columns, ' '));
        case DisplayPiece::Kind::line_end:
            return finish_line();
        case DisplayPiece::Kind::style:
            return show_style(piece.bytes);
        case DisplayPiece::Kind::link:
            return show_link(piece.bytes);
    }
}

void Screen::show_text(std::string_view text) {
    while (!text.empty()) {
        const std::size_t room = columns_ < settings_.columns ? settings_.columns - columns_ : 0;
        if (line_.empty()) begin_line();
        if (const std::size_t plain = utf8::printable_ascii_prefix(text.substr(0, room)); plain > 0) {
            line_ += text.substr(0, plain);
            columns_ += plain;
            text.remove_prefix(plain);
            continue;
        }
        const utf8::Grapheme next = utf8::grapheme(text, 0);
        const std::size_t width = settings_.utf8 ? next.width : 1;
        if (width > room || line_.size() + next.bytes > max_unfinished) {
            finish_line();
            continue;
        }
        line_ += settings_.utf8 ? text.substr(0, next.bytes) : "?";
        columns_ += width;
        text.remove_prefix(next.bytes);
    }
}

void Screen::show_style(std::string_view style) {
    if (!settings_.styles) return;
    if (puts_to_rest(style)) {
        if (!styles_.empty()) line_ += no_styles;
        styles_.clear();
        return;
    }
    if (line_.empty()) begin_line();
    if (styles_.size() + style.size() > max_styles) {
        styles_.clear();
        line_ += no_styles;
    }
    if (line_.size() + style.size() > max_unfinished) finish_line();
    styles_ += style;
    line_ += style;
}

void Screen::show_link(std::string_view address) {
    if (!settings_.links || address == link_) return;
    if (line_.size() + address.size() > max_unfinished) finish_line();
    if (line_.empty()) begin_line();
    link_ = address;
    line_ += fmt::format("\x1b]8;;{}\x1b\\", address);
}

void Screen::begin_line() {
    line_ = styles_;
    if (!link_.empty()) line_ += fmt::format("\x1b]8;;{}\x1b\\", link_);
}

std::string Screen::rest() const {
    std::string ends;
    if (!link_.empty()) ends += link_end;
    if (!styles_.empty()) ends += no_styles;
    return ends;
}

void Screen::finish_line() {
    out_ += line_;
    if (!line_.empty()) out_ += rest();
    out_ += line_end;
    line_.clear();
    columns_ = 0;
}

void Screen::end_prompt() {
    prompt_ = line_;
    if (!line_.empty()) prompt_ += rest();
    prompt_columns_ = columns_;
    line_.clear();
    columns_ = 0;
}

void Screen::settle() {
    if (editor_.is_shown()) return;
    if (columns_ + min_typing_room > settings_.columns) finish_line();
    if (prompt_columns_ + min_typing_room > settings_.columns) {
        out_ += std::exchange(prompt_, {});
        out_ += line_end;
        prompt_columns_ = 0;
    }
    if (line_.empty()) return editor_.show(prompt_, prompt_columns_, out_);
    editor_.show(line_ + rest(), columns_, out_);
}

void Screen::note(std::string_view words) {
    editor_.hide(out_);
    if (columns_ > 0) finish_line();
    out_ += words;
    out_ += line_end;
}

// --- What is typed

bool Screen::typed(std::string_view& keys, net::LineEditor::Event& event) {
    const bool redraws = keys.find(redraw_key) != std::string_view::npos;
    const bool found = editor_.next(keys, event, out_);
    if (redraws) draw_foot();
    if (!found) return false;
    if (event.kind == net::LineEditor::Event::Kind::line) {
        // What stood before it has become a line of its own.
        line_.clear();
        prompt_.clear();
        columns_ = prompt_columns_ = 0;
        secret_entered_ = is_secret_;
        settle();
    }
    return true;
}

void Screen::set_secret(bool secret) {
    editor_.hide(out_);
    editor_.set_secret(secret);
    is_secret_ = secret;
}

// --- The terminal

void Screen::resized(std::uint16_t columns, std::uint16_t rows) {
    editor_.hide(out_);
    close_foot();
    set_size(columns, rows);
    draw_foot();
    settle();
}

void Screen::set_status(std::string text) {
    if (text == status_) return;
    status_ = std::move(text);
    if (shows_status()) return draw_foot();
    const bool shown = editor_.is_shown();
    editor_.hide(out_);
    close_foot();
    if (shown) settle();
}

bool Screen::shows_status() const { return !status_.empty() && settings_.rows >= min_status_rows; }

// The line feed makes sure that the last row is free; the region's setting moves the cursor home.
void Screen::open_foot() {
    const bool shown = editor_.is_shown();
    editor_.hide(out_);
    fmt::format_to(std::back_inserter(out_), "\n{}\x1b[1;{}r{}\x1b[A", save_cursor, settings_.rows - 1,
                   restore_cursor);
    foot_open_ = true;
    if (shown) settle();
}

/// Below the line that is typed there is nothing but the foot, wherever a resized terminal has put it.
void Screen::close_foot() {
    if (!std::exchange(foot_open_, false)) return;
    fmt::format_to(std::back_inserter(out_), "{}{}{}{}", save_cursor, whole_region, restore_cursor,
                   clear_below);
}

void Screen::draw_foot() {
    if (!shows_status()) return;
    if (!foot_open_) open_foot();
    std::string text;
    std::size_t used = 0;
    for (std::size_t at = 0; at < status_.size();) {
        const utf8::Grapheme next = utf8::grapheme(status_, at);
        const std::size_t width = settings_.utf8 ? next.width : 1;
        if (used + width > settings_.columns) break;
        const bool is_plain = settings_.utf8 || utf8::is_printable_ascii(status_.substr(at, next.bytes));
        text += is_plain ? status_.substr(at, next.bytes) : "?";
        used += width;
        at += next.bytes;
    }
    text.append(settings_.columns - used, settings_.styles ? ' ' : '-');
    fmt::format_to(std::back_inserter(out_), "{}\x1b[{};1H{}{}{}{}", save_cursor, settings_.rows,
                   settings_.styles ? "\x1b[0;7m" : no_styles, text, no_styles, restore_cursor);
}

}  // namespace gyre::play
