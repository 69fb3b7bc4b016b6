// What may not pass is a short sorted table rather than Unicode's general categories: those would let
// invisible letters (Hangul fillers) through and stop visible format characters (Arabic number signs).

#include "engine/base/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>

namespace gyre::utf8 {

namespace {

/// Combining marks allowed on one character; more climb over the lines above.
constexpr int max_marks = 2;
/// No character: U+0000 would be one.
constexpr char32_t dropped = 0xFFFF'FFFF;

struct Range {
    char32_t first, last;
};
constexpr std::array removed_ranges = {
    Range{0x0000, 0x001F},    // C0
    Range{0x007F, 0x009F},    // DEL, C1
    Range{0x00AD, 0x00AD},    // soft hyphen
    Range{0x034F, 0x034F},    // combining grapheme joiner
    Range{0x061C, 0x061C},    // Arabic letter mark
    Range{0x115F, 0x1160},    // Hangul fillers
    Range{0x17B4, 0x17B5},    // invisible Khmer vowels
    Range{0x180B, 0x180F},    // Mongolian selectors and separator
    Range{0x200B, 0x200F},    // zero-width, left-to-right and right-to-left marks
    Range{0x2028, 0x202E},    // line and paragraph separators, embeddings and overrides
    Range{0x2060, 0x206F},    // word joiner, invisible operators, isolates, deprecated controls
    Range{0x3164, 0x3164},    // Hangul filler
    Range{0xFDD0, 0xFDEF},    // non-characters
    Range{0xFE00, 0xFE0F},    // variation selectors
    Range{0xFEFF, 0xFEFF},    // byte order mark
    Range{0xFFA0, 0xFFA0},    // halfwidth Hangul filler
    Range{0xFFF0, 0xFFFB},    // specials, interlinear annotation
    Range{0x1BCA0, 0x1BCA3},  // shorthand format controls
    Range{0x1D173, 0x1D17A},  // musical format controls
    Range{0xE0000, 0xE0FFF},  // tags, supplementary variation selectors
};

bool is_removed(char32_t code) {
    if ((code & 0xFFFEU) == 0xFFFEU) return true;  // The last two of each plane are non-characters.
    const auto* found =
        std::lower_bound(removed_ranges.begin(), removed_ranges.end(), code,
                         [](const Range& range, char32_t wanted) { return range.last < wanted; });
    return found != removed_ranges.end() && found->first <= code;
}

bool is_mark(char32_t code) {
    if (code < 0x0300) return false;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/// Decides on one character after the other; knows how many marks came in a row.
class Sieve {
  public:
    explicit Sieve(Newlines newlines) : newlines_(newlines) {}

    /// The character to write in place of `code`, or `dropped`.
    char32_t pass(char32_t code) {
        if (code == '\t' || code == '\n') {
            marks_ = 0;
            return code == '\n' && newlines_ == Newlines::keep ? U'\n' : U' ';
        }
        // Does not reset the count: an invisible character between marks would smuggle more of them in.
        if (is_removed(code)) return dropped;
        if (!is_mark(code)) {
            marks_ = 0;
            return code;
        }
        return ++marks_ > max_marks ? dropped : code;
    }
    void saw_easy() { marks_ = 0; }
    void saw_all_marks() { marks_ = max_marks; }

  private:
    Newlines newlines_;
    int marks_ = 0;
};

}  // namespace

void append_filtered(std::string& out, std::string_view text, Newlines newlines) {
    std::size_t at = printable_ascii_prefix(text);
    out.append(text, 0, at);
    Sieve sieve(newlines);
    // What is in front may end in as many marks as are allowed: a text that is joined on brings no more of
    // them.
    if (at == 0 && !out.empty()) sieve.saw_all_marks();
    while (at < text.size()) {
        const std::size_t easy = easy_prefix(text.substr(at));
        if (easy != 0) {
            out.append(text, at, easy);
            sieve.saw_easy();
            at += easy;
            if (at == text.size()) break;
        }
        const Decoded next = decode(text, at);
        const char32_t passed = sieve.pass(next.code);
        if (passed == next.code && next.valid) {
            out.append(text, at, next.bytes);
        } else if (passed != dropped) {
            append(out, passed);
        }
        at += next.bytes;
    }
}

std::string filter(std::string_view text, Newlines newlines) {
    std::string out;
    out.reserve(text.size());
    append_filtered(out, text, newlines);
    return out;
}

bool is_clean(std::string_view text, Newlines newlines) {
    std::size_t at = printable_ascii_prefix(text);
    Sieve sieve(newlines);
    while (at < text.size()) {
        const std::size_t easy = easy_prefix(text.substr(at));
        if (easy != 0) sieve.saw_easy();
        at += easy;
        if (at == text.size()) break;
        const Decoded next = decode(text, at);
        if (!next.valid || sieve.pass(next.code) != next.code) return false;
        at += next.bytes;
    }
    return true;
}

std::string title(std::string_view text) {
    // Twice: taking an invisible character out may bring a letter and its accent together, and NFC takes some
    // characters apart into more marks than we allow.
    std::string out = is_printable_ascii(text) ? std::string(text) : filter(nfc(filter(text)));
    out.erase(std::min(out.find_last_not_of(' ') + 1, out.size()));
    out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
    return out;
}

}  // namespace gyre::utf8
