#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// A half-open range of a line's tokens.
struct Span {
    std::uint16_t first = 0;
    std::uint16_t end = 0;
    [[nodiscard]] bool empty() const { return first >= end; }
    [[nodiscard]] std::size_t size() const { return empty() ? 0 : static_cast<std::size_t>(end - first); }
    friend bool operator==(const Span&, const Span&) = default;
};
constexpr Span span(std::size_t first, std::size_t end) {
    return {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(end)};
}

/// A line that somebody typed, cut into tokens. Each token is known as typed and as a word in lower case
/// without the full stop behind it. "Quoted words" are one token. A comma reads as "and".
/// `'hello` and `"hello` are read as `say hello`, `:waves` and `;waves` as `emote waves`, the rest taken as
/// if quoted;
/// `?look` as `help look`.
/// Views into a line stay valid until it is destroyed; it may be moved, not copied.
class Line {
  public:
    static constexpr std::size_t max_length = 4096;   ///< Bytes.
    static constexpr std::size_t max_tokens = 1024;   ///< Of ordinary prose more do not fit anyway.
    static constexpr std::size_t max_sentences = 16;  ///< A `then` past these is an ordinary word.

    /// - Errc::too_long: more bytes or more tokens than that.
    static Result<Line> read(std::string_view source);

    Line(Line&&) noexcept = default;
    Line& operator=(Line&&) noexcept = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() = default;

    [[nodiscard]] std::uint16_t size() const { return static_cast<std::uint16_t>(tokens_.size()); }
    [[nodiscard]] bool is_quoted(std::size_t token) const { return tokens_[token].kind == Kind::quoted; }
    [[nodiscard]] bool is_comma(std::size_t token) const { return tokens_[token].kind == Kind::comma; }
    /// In lower case; empty for a quoted token, which is never a word.
    [[nodiscard]] std::string_view word(std::size_t token) const;
    /// The words of several tokens, none of them quoted, with one space between them.
    [[nodiscard]] std::string_view words(Span span) const;
    /// As typed, with the spaces between; a single quoted token without its quotes.
    [[nodiscard]] std::string_view text(Span span) const;

    /// The end of the sentence that begins at `from`: the next `then` (or the "and" before it), or size().
    [[nodiscard]] std::uint16_t sentence_end(std::size_t from) const;
    /// Where the sentence after one that ended at `end` begins; size() when there is none.
    [[nodiscard]] std::uint16_t next_sentence(std::size_t end) const;
    /// Puts `word` before token `at`, as if it had been typed: for a bare direction.
    void insert_word(std::size_t at, std::string_view word);

  private:
    enum class Kind : std::uint8_t { word, quoted, comma };
    struct Token {
        std::uint16_t begin = 0;  ///< As typed, in storage_; quotes included.
        std::uint16_t end = 0;
        std::uint16_t word_begin = 0;  ///< In storage_: in lower case, or between the quotes.
        std::uint16_t word_end = 0;
        Kind kind = Kind::word;
    };

    Line() = default;
    static std::uint16_t index(std::size_t number) { return static_cast<std::uint16_t>(number); }
    void add(std::size_t begin, std::size_t end, Kind kind, std::string_view word);
    void add_quoted(Span typed, Span inner);
    void read_shorthand(std::size_t at);
    std::size_t read_token(std::size_t at);
    void find_stops();

    /// Where a sentence ends before the end of the line.
    struct Stop {
        std::uint16_t end = 0;   ///< Behind its last word that is no "and".
        std::uint16_t then = 0;  ///< The `then`.
    };

    std::string storage_;   ///< The line as typed, then the words in lower case, then room for more.
    std::size_t used_ = 0;  ///< Of storage_.
    std::size_t source_size_ = 0;
    std::vector<Token> tokens_;
    std::vector<Stop> stops_;
};

}  // namespace gyre::world::sentence
