// In ASCII a column is a byte: a line's end is one search backwards for a space. Everything else is walked
// grapheme by grapheme, or for peers without UTF-8 by what each character becomes.

#include "net/terminal/line_breaker.hpp"

#include "engine/base/utf8.hpp"
#include "net/terminal/charset.hpp"

#include <algorithm>

namespace gyre::net {

LineBreaker::LineBreaker(std::string_view text, Charset charset)
    : text_(text), charset_(charset), is_ascii_(utf8::is_ascii(text)) {}

LineEnd LineBreaker::next_line(std::size_t from, std::size_t to, std::size_t room) const {
    return is_ascii_ ? next_ascii_line(from, to, room) : next_other_line(from, to, room);
}

LineEnd LineBreaker::next_ascii_line(std::size_t from, std::size_t to, std::size_t room) const {
    if (to - from <= room) return {to, to};
    // The space may stand right behind the last column.
    const std::string_view line = text_.substr(from, room + 1);
    const std::size_t space = line.rfind(' ');
    const std::size_t word_end = space == std::string_view::npos ? space : line.find_last_not_of(' ', space);
    if (word_end == std::string_view::npos) return {from + room, from + room};
    const std::size_t next = text_.substr(0, to).find_first_not_of(' ', from + space);
    return {from + word_end + 1, std::min(next, to)};
}

LineBreaker::Step LineBreaker::step(std::size_t at) const {
    const std::size_t easy = utf8::easy_bytes(text_, at);
    if (easy == 1 && charset_ != Charset::utf8) return {1, 1};
    if (charset_ == Charset::utf8) {
        if (easy != 0 && at + easy < text_.size() && utf8::easy_bytes(text_, at + easy) != 0)
            return {easy, 1};
        const utf8::Grapheme next = utf8::grapheme(text_, at);
        return {next.bytes, next.width};
    }
    const utf8::Decoded next = utf8::decode(text_, at);
    char buffer = 0;
    return {next.bytes, transliterate(next.code, charset_, buffer).size()};
}

LineEnd LineBreaker::next_other_line(std::size_t from, std::size_t to, std::size_t room) const {
    constexpr std::size_t wide = 2;
    LineEnd best{from, from};
    std::size_t used = 0;
    for (std::size_t at = from; at < to;) {
        if (text_[at] == ' ') {
            const std::size_t next = std::min(text_.find_first_not_of(' ', at), to);
            best = {at, next};
            used += next - at;
            at = next;
            continue;
        }
        const Step next = step(at);
        if (used + next.columns > room) {
            if (best.end > from) return best;
            const std::size_t end = std::max(at, from + next.bytes);
            return {end, end};
        }
        used += next.columns;
        at += next.bytes;
        // Scripts of wide characters are written without spaces.
        if (next.columns == wide && charset_ == Charset::utf8) best = {at, at};
    }
    return used > room ? LineEnd{best.end, to} : LineEnd{to, to};
}

std::size_t LineBreaker::columns(std::size_t from, std::size_t to) const {
    if (is_ascii_) return to - from;
    std::size_t used = 0;
    while (from < to) {
        const Step next = step(from);
        used += next.columns;
        from += next.bytes;
    }
    return used;
}

}  // namespace gyre::net
