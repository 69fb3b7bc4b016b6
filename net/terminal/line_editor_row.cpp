#include "net/terminal/line_editor.hpp"

#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

// What the editor writes: its one row, from the left edge, each time that it changes. A terminal without
// escape sequences gets blanks over what stood there, and backspaces to where the cursor belongs: a return,
// a backspace and a line end are all that it has to know. Readline does the same there.

namespace gyre::net {
namespace {

constexpr std::string_view clear_to_end = "\x1b[K";
/// A row must show some of the line, however long the prompt.
constexpr std::size_t min_room = 8;

}  // namespace

void LineEditor::set_width(std::uint16_t columns, std::string& screen) {
    const std::uint16_t width = std::clamp(columns, min_width, max_width);
    if (std::exchange(width_, width) != width) draw(screen);
}

void LineEditor::hide(std::string& screen) {
    if (!std::exchange(shown_, false)) return;
    clear_row(screen);
}

void LineEditor::show(std::string_view prompt, std::string& screen) {
    show(prompt, utf8::width(prompt), screen);
}

void LineEditor::show(std::string_view prompt, std::size_t prompt_columns, std::string& screen) {
    prompt_ = prompt;
    prompt_columns_ = prompt_columns;
    shown_ = true;
    draw(screen);
}

std::size_t LineEditor::room() const {
    const std::size_t taken = prompt_columns_ + 1;  // The cursor stands behind the last character.
    return std::max(taken < width_ ? width_ - taken : 0, min_room);
}

/// Chooses what the row begins with, so that the cursor is in it.
void LineEditor::scroll(std::size_t room) {
    first_ = std::min(first_, cursor_);
    if (first_ < cursor_ && utf8::width(std::string_view{line_}.substr(first_, cursor_ - first_)) <= room)
        return;
    // Half a row back, so that one sees what one edits.
    std::size_t first = cursor_;
    for (std::size_t columns = 0; first > 0; first = before(first)) {
        columns += utf8::grapheme(line_, before(first)).width;
        if (columns > (cursor_ == line_.size() ? room : room / 2)) break;
    }
    first_ = first;
}

/// The row holds `columns` now: clears what stood behind them, and goes `back` from their end.
void LineEditor::end_row(std::size_t columns, std::size_t back, std::string& screen) {
    const std::size_t before = std::exchange(row_columns_, columns);
    if (terminal_ == Terminal::addressed) {
        screen += clear_to_end;
        if (back > 0) fmt::format_to(std::back_inserter(screen), "\x1b[{}D", back);
        return;
    }
    const std::size_t stale = std::min<std::size_t>(before, width_ - 1U);
    const std::size_t blanks = stale > columns ? stale - columns : 0;
    screen.append(blanks, ' ');
    screen.append(blanks + back, '\b');
}

void LineEditor::clear_row(std::string& screen) {
    screen += '\r';
    end_row(0, 0, screen);
}

void LineEditor::draw(std::string& screen) {
    if (!shown_) return;
    screen += '\r';
    screen += prompt_;
    if (secret_) return end_row(prompt_columns_, 0, screen);
    const std::size_t columns = room();
    if (utf8::width(line_) <= columns) {
        first_ = 0;
    } else {
        scroll(columns);
    }
    std::size_t end = first_;
    std::size_t used = 0;
    std::size_t to_cursor = 0;
    while (end < line_.size()) {
        const utf8::Grapheme shown = utf8::grapheme(line_, end);
        if (used + shown.width > columns) break;
        used += shown.width;
        end += shown.bytes;
        if (end <= cursor_) to_cursor = used;
    }
    screen += std::string_view{line_}.substr(first_, end - first_);
    end_row(prompt_columns_ + used, used - to_cursor, screen);
}

}  // namespace gyre::net
