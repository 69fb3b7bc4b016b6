#pragma once

#include <algorithm>
#include <string_view>

/// Small cuts at typed lines, for commands that never reach the world.
namespace gyre::net {

constexpr std::string_view trimmed(std::string_view line) {
    constexpr std::string_view blanks = " \t";
    const auto first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

/// Cuts the first word off `line`, and the blanks behind it.
constexpr std::string_view take_word(std::string_view& line) {
    const std::string_view word = line.substr(0, std::min(line.find(' '), line.size()));
    line = trimmed(line.substr(word.size()));
    return word;
}

}  // namespace gyre::net
