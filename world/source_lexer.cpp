#include "world/source_lexer.hpp"

#include "engine/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace gyre::world {

namespace {

bool is_name_start(char letter) { return ascii::is_letter(letter) || letter == '_'; }
bool is_name(char letter) { return is_name_start(letter) || ascii::is_digit(letter); }
bool is_of_number(char letter) { return is_name(letter) || letter == '.'; }

/// Of the symbol that these bytes begin with.
std::size_t symbol_size(std::string_view bytes) {
    constexpr std::array<std::string_view, 9> pairs{"==", "~=", "<=", ">=", "//", "::", "..", "<<", ">>"};
    if (bytes == "...") return 3;
    return std::find(pairs.begin(), pairs.end(), bytes.substr(0, 2)) != pairs.end() ? 2 : 1;
}

void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    constexpr std::array<unsigned char, 5> leads{0, 0, 0xC0, 0xE0, 0xF0};
    const auto shift = [&](int index) { return static_cast<unsigned>(6 * (bytes - 1 - index)); };
    out += static_cast<char>(leads[static_cast<std::size_t>(bytes)] | (code >> shift(0)));
    for (int index = 1; index < bytes; ++index)
        out += static_cast<char>(0x80U | ((code >> shift(index)) & 0x3FU));
}

}  // namespace

void Lexer::skip_space() {
    for (; at_ < source_.size() && std::isspace(static_cast<unsigned char>(source_[at_])) != 0; ++at_)
        line_ += source_[at_] == '\n' ? 1 : 0;
}

void Lexer::take(Token& token, Token::Kind kind, std::size_t end) {
    end = std::min(end, source_.size());
    token.kind = kind;
    token.source = source_.substr(at_, end - at_);
    token.line = line_;
    line_ += static_cast<int>(std::count(token.source.begin(), token.source.end(), '\n'));
    at_ = end;
}

std::size_t Lexer::long_bracket_end(std::size_t from, std::size_t& level) const {
    std::size_t open = from + 1;
    while (open < source_.size() && source_[open] == '=') ++open;
    level = open - from - 1;
    if (from >= source_.size() || source_[from] != '[' || open >= source_.size() || source_[open] != '[')
        return std::string_view::npos;
    const std::string close = ']' + std::string(level, '=') + ']';
    const std::size_t found = source_.find(close, open + 1);
    return found == std::string_view::npos ? source_.size() : found + close.size();
}

Token Lexer::next() {
    skip_space();
    if (at_ >= source_.size()) return plain(Token::Kind::end, at_);
    if (at() == '-' && at(1) == '-') return comment();
    if (at() == '"' || at() == '\'') return short_string();
    if (at() == '[') {
        std::size_t level = 0;
        const std::size_t end = long_bracket_end(at_, level);
        if (end != std::string_view::npos) return long_string(end, level);
    }
    if (is_name_start(at())) return plain(Token::Kind::name, end_of_run(at_, is_name));
    if (ascii::is_digit(at()) || (at() == '.' && ascii::is_digit(at(1))))
        return plain(Token::Kind::number, number_end());
    return plain(Token::Kind::symbol, at_ + symbol_size(source_.substr(at_, 3)));
}

Token Lexer::plain(Token::Kind kind, std::size_t end) {
    Token token;
    take(token, kind, end);
    return token;
}

std::size_t Lexer::end_of_run(std::size_t from, bool (*belongs)(char)) const {
    const std::string_view run = source_.substr(from);
    return from + static_cast<std::size_t>(std::find_if_not(run.begin(), run.end(), belongs) - run.begin());
}

/// Behind a number that begins here, the sign of its exponent included.
std::size_t Lexer::number_end() const {
    const bool is_hexadecimal = at() == '0' && (at(1) == 'x' || at(1) == 'X');
    const std::string_view marks = is_hexadecimal ? "pP" : "eE";
    std::size_t end = end_of_run(at_, is_of_number);
    const bool has_sign = end < source_.size() && (source_[end] == '+' || source_[end] == '-');
    if (has_sign && marks.find(source_[end - 1]) != std::string_view::npos)
        end = end_of_run(end + 1, is_of_number);
    return end;
}

Token Lexer::comment() {
    Token token;
    std::size_t level = 0;
    const std::size_t long_end = long_bracket_end(at_ + 2, level);
    const std::size_t end =
        long_end != std::string_view::npos ? long_end : std::min(source_.find('\n', at_), source_.size());
    take(token, Token::Kind::comment, end);
    token.value = token.source.substr(2);
    return token;
}

/// One escape, with `at` behind its backslash; moves it behind the escape.
bool Lexer::escape(std::string& value, std::size_t& at) const {
    constexpr std::string_view letters = "abfnrtv\\\"'\n";
    constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\\"'\n";
    const char letter = at < source_.size() ? source_[at] : '\0';
    ++at;
    const std::size_t simple = letters.find(letter);
    if (letter != '\0' && simple != std::string_view::npos) {
        value += meanings[simple];
        return true;
    }
    std::uint32_t code = 0;
    const auto digits = [&](int base, std::size_t most) {
        const char* from = source_.data() + std::min(at, source_.size());
        const char* end = source_.data() + std::min(at + most, source_.size());
        const auto [stop, error] = std::from_chars(from, end, code, base);
        at += static_cast<std::size_t>(stop - from);
        return error == std::errc{};
    };
    if (letter == 'z') {
        while (at < source_.size() && std::isspace(static_cast<unsigned char>(source_[at])) != 0) ++at;
        return true;
    }
    if (letter == 'x') {
        if (!digits(16, 2)) return false;
        value += static_cast<char>(code);
        return true;
    }
    if (letter == 'u') {
        const bool braced = at < source_.size() && source_[at++] == '{' && digits(16, 8) &&
                            at < source_.size() && source_[at++] == '}';
        if (!braced || code > 0x10FFFF) return false;
        append_utf8(value, code);
        return true;
    }
    --at;
    if (!ascii::is_digit(letter) || !digits(10, 3) || code > 255) return false;
    value += static_cast<char>(code);
    return true;
}

Token Lexer::short_string() {
    Token token;
    const char quote = at();
    std::size_t end = at_ + 1;
    bool closed = false;
    while (end < source_.size() && !closed && source_[end] != '\n') {
        const char letter = source_[end++];
        if (letter == quote) {
            closed = true;
        } else if (letter != '\\') {
            token.value += letter;
        } else if (!escape(token.value, end)) {
            token.well_formed = false;
        }
    }
    token.well_formed = token.well_formed && closed;
    take(token, Token::Kind::string, end);
    return token;
}

Token Lexer::long_string(std::size_t end, std::size_t level) {
    Token token;
    take(token, Token::Kind::string, end);
    const std::size_t bracket = level + 2;
    token.raw = level > 0;
    token.well_formed = token.source.size() >= 2 * bracket;
    if (!token.well_formed) return token;
    std::string_view value = token.source.substr(bracket, token.source.size() - 2 * bracket);
    if (!value.empty() && value.front() == '\n') value.remove_prefix(1);
    token.value = value;
    return token;
}

}  // namespace gyre::world
