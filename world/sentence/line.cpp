// One buffer holds the line and its lower-case words, so that reading a line costs two allocations and every
// phrase of it, as typed or in lower case, is a view.

#include "world/sentence/line.hpp"

#include "engine/base/ascii.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::sentence {
namespace {

constexpr std::size_t shorthand_room = 16;  ///< For a word put in: "say", "emote", "go".

/// What a byte does where words are cut.
enum class Cut : std::uint8_t { none, space, comma, quote };
constexpr std::array<Cut, 256> cuts = [] {
    std::array<Cut, 256> made{};
    for (const char space : {' ', '\t', '\r', '\n'}) made[static_cast<unsigned char>(space)] = Cut::space;
    made[','] = Cut::comma;
    made['"'] = Cut::quote;
    return made;
}();

Cut cut_of(char c) { return cuts[static_cast<unsigned char>(c)]; }
bool is_space(char c) { return cut_of(c) == Cut::space; }

/// Of "2.lamp", the second, or "all.lamps", what stands before the noun; 0: it is no such word.
std::size_t length_of_prefix(std::string_view word) {
    constexpr std::size_t longest = 4;
    const std::size_t stop = word.find('.');
    if (stop == std::string_view::npos || stop == 0 || stop > longest || stop + 1 == word.size()) return 0;
    if (!ascii::is_letter(word[stop + 1])) return 0;
    const std::string_view before = word.substr(0, stop);
    const bool is_number = std::ranges::all_of(before, ascii::is_digit) && before.front() != '0';
    return is_number || equal_folded(before, "all") ? stop + 1 : 0;
}

/// ":)" and ";-)" are said, not acted out.
bool is_smiley(std::string_view line) {
    return line.size() > 1 && (line[0] == ':' || line[0] == ';') &&
           std::string_view{")(-/|"}.find(line[1]) != std::string_view::npos;
}

Error too_long(std::string_view what, std::size_t limit) {
    return {Errc::too_long, "line has more than " + std::to_string(limit) + " " + std::string{what}};
}

}  // namespace

Result<Line> Line::read(std::string_view source) {
    if (source.size() > max_length) return too_long("bytes", max_length);
    Line line;
    line.source_size_ = source.size();
    // A word is as long as it was typed, but a comma becomes "and"; a space stands before each. Views into
    // the buffer are taken while it grows, so it must not move.
    line.storage_.resize(2 * source.size() + 4 * std::min(source.size(), max_tokens) + shorthand_room);
    std::ranges::copy(source, line.storage_.begin());
    line.used_ = source.size();
    line.tokens_.reserve(8);
    std::size_t at = source.find_first_not_of(" \t\r\n");
    if (at == std::string_view::npos) return line;
    if (source[at] == '\'' || source[at] == '"' || source[at] == ':' || source[at] == ';') {
        line.read_shorthand(at);
        return line;
    }
    if (source[at] == '?') {
        line.add(at, at + 1, Kind::word, "help");
        ++at;
    }
    while (at < source.size()) {
        if (line.tokens_.size() == max_tokens && !is_space(source[at])) return too_long("words", max_tokens);
        at = line.read_token(at);
    }
    line.find_stops();
    return line;
}

void Line::add(std::size_t begin, std::size_t end, Kind kind, std::string_view word) {
    const std::size_t word_begin = used_ + 1;
    char* put = storage_.data() + used_;  // Not by a member each: a byte written may be anything's.
    *put++ = ' ';
    for (const char letter : word) *put++ = ascii::small(letter);
    used_ = word_begin + word.size();
    tokens_.push_back({index(begin), index(end), index(word_begin), index(used_), kind});
}

void Line::read_shorthand(std::size_t at) {
    const char mark = storage_[at];
    const bool is_said_whole = is_smiley({storage_.data() + at, source_size_ - at});
    const bool is_emote = (mark == ':' || mark == ';') && !is_said_whole;
    add(at, at + 1, Kind::word, is_emote ? "emote" : "say");
    std::size_t begin = is_said_whole ? at : at + 1;
    std::size_t end = source_size_;
    while (begin < end && is_space(storage_[begin])) ++begin;
    while (begin < end && is_space(storage_[end - 1])) --end;
    std::size_t inner_end = end;
    if (mark == '"' && begin < end && storage_[end - 1] == '"') --inner_end;
    if (begin < inner_end) add_quoted({index(begin), index(end)}, {index(begin), index(inner_end)});
}

void Line::add_quoted(Span typed, Span inner) {
    tokens_.push_back({typed.first, typed.end, inner.first, inner.end, Kind::quoted});
}

std::size_t Line::read_token(std::size_t at) {
    const std::string_view source{storage_.data(), source_size_};
    const Cut first = cut_of(source[at]);
    if (first == Cut::space) return at + 1;
    if (first == Cut::comma) {
        add(at, at + 1, Kind::comma, "and");
        return at + 1;
    }
    std::size_t word_begin = at;
    if (first == Cut::quote) {
        const std::size_t close = source.find('"', at + 1);
        if (close != std::string_view::npos) {
            add_quoted({index(at), index(close + 1)}, {index(at + 1), index(close)});
            return close + 1;
        }
        ++word_begin;  // Never closed: part of the word as typed.
    }
    std::size_t end = word_begin;
    while (end < source.size() && cut_of(source[end]) == Cut::none) ++end;
    if (const std::size_t length = length_of_prefix(source.substr(at, end - at)); length > 0) {
        const bool is_all = !ascii::is_digit(source[at]);
        const std::string word{source.substr(at, length - 1)};
        add(at, at + length, Kind::word, is_all ? word : word + "th");
        return at + length;
    }
    add(at, end, Kind::word, without_stop(source.substr(word_begin, end - word_begin)));
    return end;
}

void Line::find_stops() {
    for (std::size_t at = 0; at < tokens_.size() && stops_.size() + 1 < max_sentences; ++at) {
        if (word(at) != "then") continue;
        std::size_t end = at;
        while (end > 0 && word(end - 1) == "and") --end;
        stops_.push_back({index(end), index(at)});
    }
}

std::string_view Line::word(std::size_t token) const {
    const Token& found = tokens_[token];
    if (found.kind == Kind::quoted) return {};
    return {storage_.data() + found.word_begin, static_cast<std::size_t>(found.word_end - found.word_begin)};
}

std::string_view Line::words(Span span) const {
    if (span.empty()) return {};
    const std::size_t begin = tokens_[span.first].word_begin;
    const std::size_t end = tokens_[span.end - 1U].word_end;
    return end > begin ? std::string_view{storage_.data() + begin, end - begin} : std::string_view{};
}

std::string_view Line::text(Span span) const {
    if (span.empty()) return {};
    const Token& first = tokens_[span.first];
    const Token& last = tokens_[span.end - 1U];
    if (span.size() == 1 && first.kind == Kind::quoted) {
        return {storage_.data() + first.word_begin,
                static_cast<std::size_t>(first.word_end - first.word_begin)};
    }
    return {storage_.data() + first.begin, static_cast<std::size_t>(last.end - first.begin)};
}

std::uint16_t Line::sentence_end(std::size_t from) const {
    for (const Stop& stop : stops_) {
        if (stop.then >= from) return std::max(stop.end, index(from));
    }
    return size();
}

std::uint16_t Line::next_sentence(std::size_t end) const {
    while (end < tokens_.size() && (word(end) == "and" || word(end) == "then")) ++end;
    return index(end);
}

void Line::insert_word(std::size_t at, std::string_view word) {
    const std::size_t typed = at < tokens_.size() ? tokens_[at].begin : source_size_;
    storage_.resize(std::max(storage_.size(), used_ + 1 + word.size()));
    add(typed, typed, Kind::word, word);
    std::rotate(tokens_.begin() + static_cast<std::ptrdiff_t>(at), tokens_.end() - 1, tokens_.end());
    for (Stop& stop : stops_) {
        if (stop.then < at) continue;
        ++stop.then;
        stop.end = index(std::max<std::size_t>(stop.end, at) + 1);
    }
}

}  // namespace gyre::world::sentence
