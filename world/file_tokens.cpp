#include "world/file_values.hpp"

#include <algorithm>

namespace gyre::world {

FileTokens::FileTokens(std::string_view text) : text_(text), lexer_(text) {
    now_ = read();
    ahead_ = read();
}

Token FileTokens::read() {
    Token token = lexer_.next();
    while (token.kind == Token::Kind::comment) token = lexer_.next();
    return token;
}

void FileTokens::advance() {
    if (failed()) return;
    now_ = std::move(ahead_);
    ahead_ = read();
}

bool FileTokens::take(std::string_view symbol) {
    if (failed() || !now_.is(symbol)) return false;
    advance();
    return true;
}

void FileTokens::expect(std::string_view symbol) {
    if (!take(symbol)) fail("'" + std::string{symbol} + "' is needed here (got " + described() + ")");
}

std::string FileTokens::string(std::string_view what) {
    if (now_.kind != Token::Kind::string) {
        fail(std::string{what} + " is needed here, in quotes (got " + described() + ")");
        return {};
    }
    if (!now_.well_formed) fail("this string does not end, or has a \\ with something that means nothing");
    std::string value = now_.value;
    advance();
    return value;
}

std::string FileTokens::name(std::string_view what) {
    if (now_.kind != Token::Kind::name)
        fail("the name of " + std::string{what} + " is needed here (got " + described() + ")");
    std::string name{now_.source};
    advance();
    return name;
}

int FileTokens::line_of_string() const {
    if (!now_.source.starts_with('[')) return now_.line;
    const std::size_t open = now_.source.find('[', 1);
    const bool stands_alone = open + 1 < now_.source.size() && now_.source[open + 1] == '\n';
    return now_.line + (stands_alone ? 1 : 0);
}

void FileTokens::fail(const std::string& what, int line) {
    if (!failed()) fault_ = FileFault{line == 0 ? now_.line : line, what};
}

bool FileTokens::begins_line(const Token& token) const {
    return token.source.data() == text_.data() || *(token.source.data() - 1) == '\n';
}

FileFault FileTokens::skip_statement() {
    FileFault fault = std::move(*fault_);
    fault_.reset();
    while (now_.kind != Token::Kind::end && (now_.kind != Token::Kind::name || !begins_line(now_))) advance();
    return fault;
}

std::string FileTokens::described() const {
    constexpr std::size_t longest = 40;
    if (now_.kind == Token::Kind::end) return "the end of the file";
    const std::size_t end = std::min(now_.source.find('\n'), longest);
    return "'" + std::string{now_.source.substr(0, end)} + (end < now_.source.size() ? "...'" : "'");
}

}  // namespace gyre::world
