#include "net/terminal/typed_text.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>

namespace gyre::net {
namespace {

bool between(char byte, char first, char last) { return byte >= first && byte <= last; }

/// Length of what follows "ESC [": parameters, intermediates and one final byte.
std::size_t control_sequence_size(std::string_view rest) {
    std::size_t at = 0;
    while (at < rest.size() && between(rest[at], ' ', '?')) ++at;
    return at < rest.size() && between(rest[at], '@', '~') ? at + 1 : at;
}

/// Length of what follows "ESC ]" and its like: up to BEL or ESC backslash, else all of it.
std::size_t control_string_size(std::string_view rest) {
    for (std::size_t at = 0; at < rest.size(); ++at) {
        if (rest[at] == '\a') return at + 1;
        if (rest[at] == ascii::escape && at + 1 < rest.size() && rest[at + 1] == '\\') return at + 2;
    }
    return rest.size();
}

/// Length of the escape sequence that begins with the ESC at the front of `text`.
std::size_t escape_size(std::string_view text) {
    if (text.size() < 2) return text.size();
    const std::string_view rest = text.substr(2);
    switch (text[1]) {
        case '[':
            return 2 + control_sequence_size(rest);
        case 'O':
        case 'N':
            return 2 + std::min<std::size_t>(1, rest.size());  // SS3 and SS2: keys of a keypad.
        case ']':
        case 'P':
        case 'X':
        case '^':
        case '_':
            return 2 + control_string_size(rest);
        default:
            return between(text[1], ' ', '~') ? 2 : 1;
    }
}

std::string decoded(std::string bytes, InputCharset charset) {
    switch (charset) {
        case InputCharset::utf8:
            return bytes;  // The filter repairs it.
        case InputCharset::latin1:
            return from_latin1(bytes);
        case InputCharset::guessed:
        case InputCharset::ascii:
            break;
    }
    return utf8::is_valid(bytes) ? bytes : from_latin1(bytes);
}

}  // namespace

std::string from_latin1(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char byte : bytes) utf8::append(text, static_cast<unsigned char>(byte));
    return text;
}

std::string without_escapes(std::string_view bytes) {
    std::string kept;
    while (!bytes.empty()) {
        const std::size_t plain = std::min(bytes.find(ascii::escape), bytes.size());
        kept.append(bytes.substr(0, plain));
        bytes.remove_prefix(plain);
        if (!bytes.empty()) bytes.remove_prefix(escape_size(bytes));
    }
    return kept;
}

std::string typed_text(std::string_view bytes, InputCharset charset) {
    if (utf8::is_printable_ascii(bytes)) return std::string{bytes};
    return utf8::filter(decoded(without_escapes(bytes), charset));
}

}  // namespace gyre::net
