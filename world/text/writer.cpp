#include "world/text/writer.hpp"

#include "engine/base/utf8.hpp"
#include "world/text/text.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world::text {

namespace {

void capitalise(std::string& text, std::size_t at) {
    const utf8::Decoded first = utf8::decode(text, at);
    const char32_t capital = utf8::to_upper(first.code);
    if (capital == first.code) return;
    if (capital < 0x80 && first.bytes == 1) {
        text[at] = static_cast<char>(capital);
        return;
    }
    std::string letter;
    utf8::append(letter, capital);
    text.replace(at, first.bytes, letter);
}

}  // namespace

bool TreeWriter::has_room(std::size_t bytes) {
    if (tree_.text.size() + bytes > max_tree_bytes) overflown_ = true;
    return !overflown_;
}

void TreeWriter::words(std::string_view words, const SentenceEffect& effect) {
    if (!has_room(words.size())) return;
    if (breaks_ != 0) flush_breaks();
    tree_.text += words;
    position_ = effect.after(position_);
}

void TreeWriter::data(std::string_view data, Counts counts) {
    if (!has_room(data.size())) return;
    for (;;) {
        const std::size_t end = std::min(data.find('\n'), data.size());
        if (end != 0) {
            const std::size_t before = tree_.text.size();
            if (breaks_ != 0) flush_breaks();
            const std::size_t begin = tree_.text.size();
            utf8::append_filtered(tree_.text, data.substr(0, end), utf8::Newlines::to_spaces);
            const std::string_view written = std::string_view(tree_.text).substr(begin);
            if (counts == Counts::as_sentence) {
                position_ = position_after(written, position_);
            } else if (tree_.text.size() != before) {
                position_ = Position::middle;
            }
        }
        if (end == data.size()) return;
        line_breaks(breaks_ + 1);
        data.remove_prefix(end + 1);
    }
}

std::string& TreeWriter::begin_phrase() {
    if (breaks_ != 0) flush_breaks();
    phrase_ = tree_.text.size();
    return tree_.text;
}

void TreeWriter::end_phrase() {
    if (tree_.text.size() == phrase_) return;
    if (position_ == Position::start) capitalise(tree_.text, phrase_);
    position_ = Position::middle;
    overflown_ = overflown_ || tree_.text.size() > max_tree_bytes;
}

void TreeWriter::line_breaks(int count) {
    constexpr int paragraph = 2;  // More empty lines would only push others' text off the screen.
    breaks_ = std::max(breaks_, std::min(count, paragraph));
    position_ = Position::start;
}

void TreeWriter::flush_breaks() {
    const int wanted = std::exchange(breaks_, 0);
    std::string& text = tree_.text;
    if (text.empty()) return;
    if (in_cell_ || speeches_ != 0) {
        if (text.size() != cell_ && text.back() != ' ') text += ' ';
        return;
    }
    const std::size_t last = text.find_last_not_of('\n') + 1;
    const auto have = static_cast<int>(text.size() - last);
    if (wanted > have) text.append(static_cast<std::size_t>(wanted - have), '\n');
}

void TreeWriter::open(Mark::Kind kind, std::uint16_t value) {
    if (breaks_ != 0) flush_breaks();
    tree_.marks.push_back({static_cast<std::uint32_t>(tree_.text.size()), kind, value});
}

void TreeWriter::close(Mark::Kind kind, std::uint16_t value) {
    tree_.marks.push_back({static_cast<std::uint32_t>(tree_.text.size()), kind, value});
}

void TreeWriter::begin_cell() {
    open(Mark::Kind::cell_on);
    position_ = Position::start;
    in_cell_ = true;
    cell_ = tree_.text.size();
}

void TreeWriter::end_cell() {
    breaks_ = 0;
    in_cell_ = false;
    close(Mark::Kind::cell_off);
}

void TreeWriter::end_speech() {
    --speeches_;
    breaks_ = 0;
}

void TreeWriter::finish() {
    std::string& text = tree_.text;
    text.erase(std::min(text.find_last_not_of('\n') + 1, text.size()));
    // A style or list entry without words may have stood behind the last line end.
    const auto end = static_cast<std::uint32_t>(text.size());
    for (auto mark = tree_.marks.rbegin(); mark != tree_.marks.rend() && mark->at > end; ++mark)
        mark->at = end;
}

}  // namespace gyre::world::text
