#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// Text as this server knows it: UTF-8 in std::string. Everything here takes any bytes; what is not UTF-8
/// counts as U+FFFD. Printable ASCII, which is most of what passes, never gets beyond a scan of 8 bytes at a
/// time.
namespace gyre::utf8 {

/// What decode() says of bytes that are no UTF-8.
inline constexpr char32_t replacement = 0xFFFD;

/// What filter() does with '\n'.
enum class Newlines : std::uint8_t {
    to_spaces,  ///< One line stays one line: names, titles, speech.
    keep,       ///< Longer texts.
};

/// Bytes below 0x80 only.
[[nodiscard]] bool is_ascii(std::string_view text);
/// Bytes from ' ' to '~' only: one byte, one character, one column.
[[nodiscard]] bool is_printable_ascii(std::string_view text);
/// Length of the longest prefix for which is_printable_ascii() holds.
[[nodiscard]] std::size_t printable_ascii_prefix(std::string_view text);

/// Bit for each byte that is a space, the first one lowest. Precondition: at most `most_spaces` bytes.
inline constexpr std::size_t most_spaces = 64;
[[nodiscard]] std::uint64_t spaces(std::string_view text);

/// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid(std::string_view bytes);
/// The same text with U+FFFD in place of each maximal part that is no UTF-8.
[[nodiscard]] std::string repair(std::string_view bytes);

/// The one filter for text that we did not write ourselves, scripts' included. Removes control characters
/// (C0, DEL, C1, line and paragraph separators), bidirectional controls, zero-width and other invisible
/// characters, non-characters, and combining marks after the second in a row; repairs what is no UTF-8. A tab
/// becomes a space. Filtering twice changes nothing.
[[nodiscard]] std::string filter(std::string_view text, Newlines newlines = Newlines::to_spaces);
/// filter(), behind what `out` holds already; combining marks that `text` begins with are dropped then.
void append_filtered(std::string& out, std::string_view text, Newlines newlines);
/// Whether filter() would give the same back.
[[nodiscard]] bool is_clean(std::string_view text, Newlines newlines = Newlines::to_spaces);

/// NFC: equal-looking titles compare equal.
[[nodiscard]] std::string nfc(std::string_view text);
/// What a title is stored as: filtered, NFC, without spaces at its ends.
[[nodiscard]] std::string title(std::string_view text);

/// ASCII capitals become small; every other byte stays.
[[nodiscard]] std::string fold_ascii(std::string_view text);
[[nodiscard]] bool equal_folded(std::string_view left, std::string_view right);

/// One character and how many bytes it took: at least 1.
struct Decoded {
    char32_t code = replacement;
    std::uint8_t bytes = 1;
    bool valid = false;
};
/// Precondition: at < text.size().
[[nodiscard]] Decoded decode(std::string_view text, std::size_t at);

/// Bytes of the character at `at` if nothing about it needs a table: printable ASCII, or a Latin, Greek or
/// Cyrillic letter of two bytes. It is one column wide, no mark, and passes filter(). Else 0.
/// Precondition: at < text.size().
[[nodiscard]] inline std::size_t easy_bytes(std::string_view text, std::size_t at) {
    const auto lead = static_cast<std::uint8_t>(text[at]);
    if (lead < 0x80) return lead >= ' ' && lead < 0x7F ? 1 : 0;
    // U+00C0..U+02FF, U+0380..U+047F, U+04C0..U+04FF: no mark or control among them.
    const bool letters = (lead >= 0xC3 && lead <= 0xCB) || (lead >= 0xCE && lead <= 0xD1) || lead == 0xD3;
    return letters && at + 1 < text.size() && (static_cast<std::uint8_t>(text[at + 1]) & 0xC0U) == 0x80 ? 2
                                                                                                        : 0;
}
/// Length of the longest prefix of such characters.
[[nodiscard]] std::size_t easy_prefix(std::string_view text);

void append(std::string& out, char32_t code);
/// The upper-case form of one character, itself if there is none.
[[nodiscard]] char32_t to_upper(char32_t code);
/// The first code point of its canonical decomposition: 'e' for e with an accent, itself if there is none.
[[nodiscard]] char32_t base_letter(char32_t code);

/// What a reader sees as one character, and the columns it takes on a terminal (0 to 2).
struct Grapheme {
    std::size_t bytes = 0;
    std::uint8_t width = 0;
};
/// The grapheme at `at`. Precondition: at < text.size().
[[nodiscard]] Grapheme grapheme(std::string_view text, std::size_t at);
/// Columns on a terminal.
[[nodiscard]] std::size_t width(std::string_view text);

}  // namespace gyre::utf8
