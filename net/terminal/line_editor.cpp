#include "net/terminal/line_editor.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace gyre::net {
namespace {

constexpr std::string_view clear_screen = "\x1b[2J\x1b[H";
constexpr std::string_view clear_to_end = "\x1b[K";
/// A row must show some of the line, however long the prompt.
constexpr std::size_t min_room = 8;

}  // namespace

bool LineEditor::next(std::string_view& input, Event& event, std::string& screen) {
    KeyEvent key;
    while (keys_.next(input, key))
        if (act(key, event, screen)) return true;
    return false;
}

bool LineEditor::act(const KeyEvent& key, Event& event, std::string& screen) {
    if (key.kind == KeyEvent::Kind::text) {
        insert(key.text, key.pasted, screen);
        return false;
    }
    switch (key.key) {
        case Key::enter:
            return enter(event, screen);
        case Key::interrupt:
            interrupt(screen);
            return false;
        case Key::end_of_input:
            if (line_.empty()) {
                event.kind = Event::Kind::end_of_input;
                return true;
            }
            break;
        case Key::redraw:
            if (shown_) screen += clear_screen;
            break;
        default:
            break;
    }
    if (move(key.key) || kill(key.key) || recall(key.key) || key.key == Key::redraw) draw(screen);
    return false;
}

bool LineEditor::enter(Event& event, std::string& screen) {
    if (shown_) screen += "\r\n";
    shown_ = false;
    event.kind = Event::Kind::line;
    if (!secret_) remember();
    event.line = std::exchange(line_, {});
    cursor_ = first_ = 0;
    recalled_ = history_.size();
    return true;
}

void LineEditor::remember() {
    if (line_.empty() || (!history_.empty() && history_.back() == line_)) return;
    history_.push_back(line_);
    history_bytes_ += line_.size();
    while (history_.size() > max_history || history_bytes_ > max_history_bytes) {
        history_bytes_ -= history_.front().size();
        history_.pop_front();
    }
}

void LineEditor::insert(std::string_view text, bool pasted, std::string& screen) {
    const std::string clean = utf8::filter(text);
    if (clean.empty()) return;
    if (line_.size() + clean.size() > max_line) {
        screen += ascii::bell;
        return;
    }
    const bool at_end = cursor_ == line_.size();
    line_.insert(cursor_, clean);
    cursor_ += clean.size();
    if (secret_) return;  // Nothing on the screen changes.
    // Most often: one more character behind the others, which fits.
    const bool simple = at_end && !pasted && utf8::is_printable_ascii(clean);
    if (simple && shown_ && utf8::width(line_.substr(first_)) < room()) {
        screen += clean;
    } else {
        draw(screen);
    }
}

bool LineEditor::move(Key key) {
    switch (key) {
        case Key::left:
            cursor_ = before(cursor_);
            return true;
        case Key::right:
            cursor_ = behind(cursor_);
            return true;
        case Key::word_left:
            cursor_ = word_before();
            return true;
        case Key::word_right:
            cursor_ = word_behind();
            return true;
        case Key::home:
            cursor_ = 0;
            return true;
        case Key::end:
            cursor_ = line_.size();
            return true;
        default:
            return false;
    }
}

bool LineEditor::kill(Key key) {
    switch (key) {
        case Key::backspace: {
            const std::size_t from = before(cursor_);
            line_.erase(from, cursor_ - from);
            cursor_ = from;
            return true;
        }
        case Key::remove:
        case Key::end_of_input:
            line_.erase(cursor_, behind(cursor_) - cursor_);
            return true;
        case Key::kill_to_end:
            kill_range(cursor_, line_.size());
            return true;
        case Key::kill_to_start:
            kill_range(0, cursor_);
            return true;
        case Key::kill_word:
            kill_range(word_before(), cursor_);
            return true;
        case Key::kill_next_word:
            kill_range(cursor_, word_behind());
            return true;
        case Key::yank:
            if (line_.size() + killed_.size() > max_line) return false;
            line_.insert(cursor_, killed_);
            cursor_ += killed_.size();
            return true;
        default:
            return false;
    }
}

void LineEditor::kill_range(std::size_t from, std::size_t to) {
    if (from == to) return;
    killed_ = secret_ ? std::string{} : line_.substr(from, to - from);
    line_.erase(from, to - from);
    cursor_ = from;
}

bool LineEditor::recall(Key key) {
    if (secret_ || (key != Key::up && key != Key::down)) return false;
    if (key == Key::up ? recalled_ == 0 : recalled_ >= history_.size()) return false;
    if (recalled_ == history_.size()) unfinished_ = line_;
    recalled_ = key == Key::up ? recalled_ - 1 : recalled_ + 1;
    line_ = recalled_ == history_.size() ? unfinished_ : history_[recalled_];
    cursor_ = line_.size();
    return true;
}

void LineEditor::interrupt(std::string& screen) {
    line_.clear();
    cursor_ = first_ = 0;
    recalled_ = history_.size();
    if (!shown_) return;
    screen += "^C\r\n";
    draw(screen);
}

void LineEditor::set_width(std::uint16_t columns, std::string& screen) {
    const std::uint16_t width = std::clamp(columns, min_width, max_width);
    if (std::exchange(width_, width) != width) draw(screen);
}

void LineEditor::set_secret(bool secret) { secret_ = secret; }

void LineEditor::hide(std::string& screen) {
    if (!std::exchange(shown_, false)) return;
    screen += '\r';
    screen += clear_to_end;
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

// --- The row

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

void LineEditor::draw(std::string& screen) {
    if (!shown_) return;
    screen += '\r';
    screen += prompt_;
    if (secret_) {
        screen += clear_to_end;
        return;
    }
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
    screen += clear_to_end;
    if (to_cursor == used) return;
    fmt::format_to(std::back_inserter(screen), "\x1b[{}D", used - to_cursor);
}

// --- Places in the line

std::size_t LineEditor::behind(std::size_t at) const {
    return at >= line_.size() ? line_.size() : at + utf8::grapheme(line_, at).bytes;
}

std::size_t LineEditor::before(std::size_t at) const {
    if (at == 0) return 0;
    // Of what needs no table each character stands for itself, unless a mark follows.
    if (utf8::is_printable_ascii(std::string_view{line_}.substr(at - 1, 1))) return at - 1;
    std::size_t found = 0;
    for (std::size_t next = 0; next < at; next += utf8::grapheme(line_, next).bytes) found = next;
    return found;
}

std::size_t LineEditor::word_before() const {
    std::size_t at = cursor_;
    while (at > 0 && line_[at - 1] == ' ') --at;
    while (at > 0 && line_[at - 1] != ' ') --at;
    return at;
}

std::size_t LineEditor::word_behind() const {
    std::size_t at = cursor_;
    while (at < line_.size() && line_[at] == ' ') ++at;
    while (at < line_.size() && line_[at] != ' ') ++at;
    return at;
}

}  // namespace gyre::net
