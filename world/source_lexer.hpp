#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::world {

/// A piece of Lua source.
struct Token {
    enum class Kind : std::uint8_t { name, string, number, symbol, comment, end };
    Kind kind = Kind::end;
    std::string_view source;  ///< As written.
    int line = 1;             ///< Where it begins.
    std::string value;        ///< Kind::string: what it means; Kind::comment: without its dashes.
    bool raw = false;         ///< Kind::string: written [=[ ... ]=], which is never a template.
    bool well_formed = true;  ///< Kind::string: false if Lua will refuse it.

    [[nodiscard]] bool is(std::string_view text) const {
        return (kind == Kind::name || kind == Kind::symbol) && source == text;
    }
};

/// Cuts Lua source into tokens, comments included. Never fails: what Lua would refuse passes as it is, and
/// Lua says so.
class Lexer {
  public:
    explicit Lexer(std::string_view source) : source_(source) {}
    Token next();

  private:
    [[nodiscard]] char at(std::size_t offset = 0) const {
        return at_ + offset < source_.size() ? source_[at_ + offset] : '\0';
    }
    void skip_space();
    void take(Token& token, Token::Kind kind, std::size_t end);
    /// Behind a long bracket that opens here, or npos if none does; `level` is its count of '='.
    [[nodiscard]] std::size_t long_bracket_end(std::size_t from, std::size_t& level) const;
    Token plain(Token::Kind kind, std::size_t end);
    [[nodiscard]] std::size_t end_of_run(std::size_t from, bool (*belongs)(char)) const;
    [[nodiscard]] std::size_t number_end() const;
    Token comment();
    Token short_string();
    Token long_string(std::size_t end, std::size_t level);
    bool escape(std::string& value, std::size_t& at) const;

    std::string_view source_;
    std::size_t at_ = 0;
    int line_ = 1;
};

}  // namespace gyre::world
