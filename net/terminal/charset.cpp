#include "net/terminal/charset.hpp"

#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace gyre::net {

namespace {

struct Nearest {
    char32_t code;
    std::string_view ascii;
};
/// Sorted. What has a decomposition (accented letters) is not in here.
constexpr std::array nearest = {
    Nearest{0x00A0, " "},   Nearest{0x00A1, "!"},    Nearest{0x00A2, "c"},   Nearest{0x00A3, "GBP"},
    Nearest{0x00A5, "JPY"}, Nearest{0x00A6, "|"},    Nearest{0x00A7, "S"},   Nearest{0x00A9, "(c)"},
    Nearest{0x00AB, "\""},  Nearest{0x00AE, "(r)"},  Nearest{0x00B0, "deg"}, Nearest{0x00B1, "+-"},
    Nearest{0x00B2, "2"},   Nearest{0x00B3, "3"},    Nearest{0x00B4, "'"},   Nearest{0x00B5, "u"},
    Nearest{0x00B7, "*"},   Nearest{0x00B9, "1"},    Nearest{0x00BB, "\""},  Nearest{0x00BC, "1/4"},
    Nearest{0x00BD, "1/2"}, Nearest{0x00BE, "3/4"},  Nearest{0x00BF, "?"},   Nearest{0x00C6, "AE"},
    Nearest{0x00D0, "D"},   Nearest{0x00D7, "x"},    Nearest{0x00D8, "O"},   Nearest{0x00DE, "Th"},
    Nearest{0x00DF, "ss"},  Nearest{0x00E6, "ae"},   Nearest{0x00F0, "d"},   Nearest{0x00F7, "/"},
    Nearest{0x00F8, "o"},   Nearest{0x00FE, "th"},   Nearest{0x0110, "D"},   Nearest{0x0111, "d"},
    Nearest{0x0131, "i"},   Nearest{0x0141, "L"},    Nearest{0x0142, "l"},   Nearest{0x0152, "OE"},
    Nearest{0x0153, "oe"},  Nearest{0x2002, " "},    Nearest{0x2003, " "},   Nearest{0x2009, " "},
    Nearest{0x2010, "-"},   Nearest{0x2011, "-"},    Nearest{0x2012, "-"},   Nearest{0x2013, "-"},
    Nearest{0x2014, "--"},  Nearest{0x2015, "--"},   Nearest{0x2018, "'"},   Nearest{0x2019, "'"},
    Nearest{0x201A, "'"},   Nearest{0x201B, "'"},    Nearest{0x201C, "\""},  Nearest{0x201D, "\""},
    Nearest{0x201E, "\""},  Nearest{0x201F, "\""},   Nearest{0x2020, "+"},   Nearest{0x2022, "*"},
    Nearest{0x2026, "..."}, Nearest{0x202F, " "},    Nearest{0x2032, "'"},   Nearest{0x2033, "\""},
    Nearest{0x2039, "<"},   Nearest{0x203A, ">"},    Nearest{0x2044, "/"},   Nearest{0x20AC, "EUR"},
    Nearest{0x2116, "No."}, Nearest{0x2122, "(tm)"}, Nearest{0x2190, "<-"},  Nearest{0x2191, "^"},
    Nearest{0x2192, "->"},  Nearest{0x2193, "v"},    Nearest{0x2212, "-"},   Nearest{0x2248, "~"},
    Nearest{0x2260, "!="},  Nearest{0x2264, "<="},   Nearest{0x2265, ">="},  Nearest{0x2500, "-"},
    Nearest{0x2502, "|"},   Nearest{0x25CF, "*"},    Nearest{0x2605, "*"},
};

constexpr bool is_combining(char32_t code) {
    return (code >= 0x0300 && code < 0x0370) || (code >= 0x1AB0 && code < 0x1B00) ||
           (code >= 0x1DC0 && code < 0x1E00) || (code >= 0x20D0 && code < 0x2100) ||
           (code >= 0xFE20 && code < 0xFE30);
}
/// Alphabets that have no letter in common with ours, not even without its accent: no need to ask.
constexpr bool is_foreign(char32_t code) { return code >= 0x0370 && code < 0x1D00; }
constexpr bool is_box(char32_t code) { return code >= 0x2500 && code < 0x2580; }

/// Whether the set has this character: all of ours begin with ASCII.
bool has(Charset charset, char32_t code) {
    return code < 0x7F || (charset == Charset::latin1 && code >= 0xA0 && code <= 0xFF);
}

}  // namespace

std::string_view transliterate(char32_t code, Charset charset, char& buffer) {
    if (has(charset, code)) {
        buffer = static_cast<char>(code);
        return {&buffer, 1};
    }
    if (is_foreign(code) && !is_combining(code)) return "?";
    const auto* known =
        std::lower_bound(nearest.begin(), nearest.end(), code,
                         [](const Nearest& each, char32_t wanted) { return each.code < wanted; });
    if (known != nearest.end() && known->code == code) return known->ascii;
    if (is_combining(code)) return {};
    if (is_box(code)) return "+";
    const char32_t base = utf8::base_letter(code);
    if (base == code || !has(charset, base)) return "?";
    buffer = static_cast<char>(base);
    return {&buffer, 1};
}

void append_encoded(std::string& out, std::string_view text, Charset charset) {
    if (charset == Charset::utf8) {
        out += text;
        return;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t plain = utf8::printable_ascii_prefix(text.substr(at));
        out.append(text, at, plain);
        at += plain;
        if (at == text.size()) break;
        const utf8::Decoded next = utf8::decode(text, at);
        char buffer = 0;
        out += transliterate(next.code, charset, buffer);
        at += next.bytes;
    }
}

}  // namespace gyre::net
