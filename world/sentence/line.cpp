// One buffer holds the line and its lower-case words, so that reading a line costs two allocations and every
// phrase of it, as typed or in lower case, is a view.

#include "world/sentence/line.hpp"

#include "world/sentence/words.hpp"

namespace gyre::world::sentence {
namespace {

constexpr std::size_t shorthand_room = 16;  ///< For a word put in: "say", "emote", "go".

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

Error too_long(std::string_view what, std::size_t limit) {
    return {Errc::too_long, "line has more than " + std::to_string(limit) + " " + std::string{what}};
}

}  // namespace

Result<Line> Line::read(std::string_view source) {
    if (source.size() > max_length) return too_long("bytes", max_length);
    Line line;
    line.source_size_ = source.size();
    line.storage_.reserve(2 * source.size() + 4 * max_tokens / 16 + shorthand_room);
    line.storage_ = source;
    line.tokens_.reserve(8);
    std::size_t at = source.find_first_not_of(" \t\r\n");
    if (at == std::string_view::npos) return line;
    if (source[at] == '\'' || source[at] == '"' || source[at] == ':') {
        line.read_shorthand(at);
        return line;
    }
    while (at < source.size()) {
        if (line.tokens_.size() == max_tokens && !is_space(source[at])) return too_long("words", max_tokens);
        at = line.read_token(at);
    }
    line.find_stops();
    return line;
}

void Line::add(std::size_t begin, std::size_t end, Kind kind, std::string_view word) {
    storage_.push_back(' ');
    const std::size_t word_begin = storage_.size();
    append_lower(storage_, word);
    tokens_.push_back({index(begin), index(end), index(word_begin), index(storage_.size()), kind});
}

void Line::read_shorthand(std::size_t at) {
    const char mark = storage_[at];
    add(at, at + 1, Kind::word, mark == ':' ? "emote" : "say");
    std::size_t begin = at + 1;
    std::size_t end = source_size_;
    while (begin < end && is_space(storage_[begin])) ++begin;
    while (begin < end && is_space(storage_[end - 1])) --end;
    // Quotes are part of a quoted token: here the mark and, if there is one, the space or quote behind.
    if (begin < end) add(begin, end, Kind::quoted, {});
}

std::size_t Line::read_token(std::size_t at) {
    const std::string_view source{storage_.data(), source_size_};
    if (is_space(source[at])) return at + 1;
    if (source[at] == ',') {
        add(at, at + 1, Kind::comma, "and");
        return at + 1;
    }
    std::size_t word_begin = at;
    if (source[at] == '"') {
        const std::size_t close = source.find('"', at + 1);
        if (close != std::string_view::npos) {
            add(at, close + 1, Kind::quoted, {});
            return close + 1;
        }
        ++word_begin;  // Never closed: part of the word as typed.
    }
    std::size_t end = word_begin;
    while (end < source.size() && !is_space(source[end]) && source[end] != ',' && source[end] != '"') ++end;
    add(at, end, Kind::word, without_stop(source.substr(word_begin, end - word_begin)));
    return end;
}
