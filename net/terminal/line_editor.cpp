#include "net/terminal/line_editor.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <utility>

namespace gyre::net {
namespace {

constexpr std::string_view clear_screen = "\x1b[2J\x1b[H";

}  // namespace

bool LineEditor::next(std::string_view& input, Event& event, std::string& screen) {
    KeyEvent key;
    while (keys_.next(input, key))
        if (act(key, event, screen)) return true;
    return false;
}

bool LineEditor::act(const KeyEvent& key, Event& event, std::string& screen) {
    if (key.kind == KeyEvent::Kind::text) {
        if (insert(cleaned(key.text), key.pasted, screen)) screen += ascii::bell;
        return false;
    }
    is_full_ = false;
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
            if (shown_) screen += terminal_ == Terminal::addressed ? clear_screen : "\r\n";
            break;
        case Key::yank:
            if (insert(std::string{killed_}, true, screen)) screen += ascii::bell;
            return false;
        default:
            break;
    }
    if (key.key == Key::backspace && erase_last(screen)) return false;
    if (move(key.key) || kill(key.key) || recall(key.key) || key.key == Key::redraw) draw(screen);
    went_over_ = went_over_ && !line_.empty();
    return false;
}

bool LineEditor::enter(Event& event, std::string& screen) {
    if (shown_) screen += "\r\n";
    shown_ = false;
    row_columns_ = 0;
    event.kind = Event::Kind::line;
    event.too_long = went_over_;
    if (!secret_) remember();
    event.line = std::move(line_);
    forget_line();
    return true;
}

void LineEditor::forget_line() {
    line_.clear();
    cursor_ = first_ = 0;
    recalled_ = history_.size();
    went_over_ = is_full_ = false;
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

/// What may stand in a line. A mark that combines counts as behind the character before it, which may have
/// come alone.
std::string LineEditor::cleaned(std::string_view text) const {
    if (text.empty() || utf8::easy_bytes(text, 0) > 0) return utf8::filter(text);
    const std::size_t from = before(cursor_);
    const std::string context = line_.substr(from, cursor_ - from);
    return utf8::filter(context + std::string{text}).substr(context.size());
}

/// Takes what fits of `clean`, in whole characters as a reader sees them. True: that was not all, and the
/// line takes nothing more before another key. So it does not matter in which pieces the text came.
bool LineEditor::insert(std::string clean, bool pasted, std::string& screen) {
    if (clean.empty() || is_full_) return is_full_;
    const bool is_over = line_.size() + clean.size() > max_line;
    const bool at_end = cursor_ == line_.size();
    if (is_over) {
        went_over_ = is_full_ = true;
        // A mark may have come behind its letter: then they stay out together.
        const std::size_t from = before(cursor_);
        const std::size_t room = max_line - (line_.size() - (cursor_ - from));
        clean.insert(0, line_, from, cursor_ - from);
        line_.erase(from, cursor_ - from);
        cursor_ = from;
        std::size_t fits = 0;
        while (fits + utf8::grapheme(clean, fits).bytes <= room) fits += utf8::grapheme(clean, fits).bytes;
        clean.resize(fits);
    }
    line_.insert(cursor_, clean);
    cursor_ += clean.size();
    if (secret_) return is_over;  // Nothing on the screen changes.
    // Most often: one more character behind the others, which fits.
    const bool simple = at_end && !is_over && !pasted && utf8::is_printable_ascii(clean);
    if (simple && shown_ && utf8::width(std::string_view{line_}.substr(first_)) < room()) {
        screen += clean;
        row_columns_ += clean.size();
    } else {
        draw(screen);
    }
    return is_over;
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

/// On a terminal without escape sequences the last character goes without the row being written anew.
bool LineEditor::erase_last(std::string& screen) {
    const bool is_simple = terminal_ == Terminal::plain && shown_ && !secret_ && first_ == 0 &&
                           cursor_ == line_.size() && !line_.empty() && row_columns_ < width_;
    if (!is_simple) return false;
    const std::size_t from = before(cursor_);
    const std::size_t columns = utf8::width(std::string_view{line_}.substr(from));
    line_.resize(from);
    cursor_ = from;
    went_over_ = went_over_ && !line_.empty();
    row_columns_ -= columns;
    for (std::size_t column = 0; column < columns; ++column) screen += "\b \b";
    return true;
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
    if (recalled_ == history_.size()) {
        unfinished_ = line_;
        unfinished_went_over_ = went_over_;
    }
    recalled_ = key == Key::up ? recalled_ - 1 : recalled_ + 1;
    const bool is_older = recalled_ < history_.size();
    line_ = is_older ? history_[recalled_] : unfinished_;
    went_over_ = !is_older && unfinished_went_over_;
    cursor_ = line_.size();
    return true;
}

void LineEditor::interrupt(std::string& screen) {
    forget_line();
    if (!shown_) return;
    row_columns_ = 0;
    screen += "^C\r\n";
    draw(screen);
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
