#pragma once

#include <algorithm>
#include <string>
#include <string_view>

/// Letters, digits and blanks as ASCII has them: names, keywords, commands. Every other byte is none of them
/// and stays as it is. What people write is for utf8.hpp.
namespace gyre::ascii {

inline constexpr char bell = '\a';
inline constexpr char escape = '\x1b';

constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
constexpr bool is_small(char byte) { return byte >= 'a' && byte <= 'z'; }
constexpr bool is_capital(char byte) { return byte >= 'A' && byte <= 'Z'; }
constexpr bool is_letter(char byte) { return is_small(byte) || is_capital(byte); }
constexpr bool is_letter_or_digit(char byte) { return is_letter(byte) || is_digit(byte); }

constexpr char small(char byte) { return is_capital(byte) ? static_cast<char>(byte - 'A' + 'a') : byte; }
constexpr char capital(char byte) { return is_small(byte) ? static_cast<char>(byte - 'a' + 'A') : byte; }

[[nodiscard]] inline std::string small(std::string text) {
    for (char& byte : text) byte = small(byte);
    return text;
}
[[nodiscard]] inline std::string capital(std::string text) {
    for (char& byte : text) byte = capital(byte);
    return text;
}
/// "the name is taken" -> "The name is taken".
[[nodiscard]] inline std::string capitalised(std::string text) {
    if (!text.empty()) text.front() = capital(text.front());
    return text;
}

inline constexpr std::string_view blanks = " \t";

/// Without the blanks at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view spaces = blanks) {
    const std::size_t first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// Cuts the first word off `line`, and the blanks around what is left. Precondition: `line` begins with no
/// blank.
constexpr std::string_view take_word(std::string_view& line) {
    const std::string_view word = line.substr(0, std::min(line.find_first_of(blanks), line.size()));
    line = trimmed(line.substr(word.size()));
    return word;
}

}  // namespace gyre::ascii
