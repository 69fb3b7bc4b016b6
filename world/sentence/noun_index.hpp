#pragma once

#include "world/sentence/line.hpp"
#include "world/sentence/scope.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gyre::world::sentence {

/// Which candidates each token of a line may name. Turned round: not an index of all words in reach, which
/// would be thrown away after one line, but of the few words that were typed, each once; the others are
/// passed over with one bit test each.
class NounIndex {
  public:
    enum Role : std::uint8_t { noun = 1, adjective = 2, plural = 4 };

    NounIndex(const Line& line, Scope& scope) : line_(line), scope_(scope) {}

    /// What is known of a token of the line.
    struct Token {
        std::uint16_t word = 0;  ///< Number among the words of the line.
        std::uint16_t before =
            0;  ///< The nearest token before it with the same word; itself if there is none.
    };
    /// A candidate that at least one token of the line may name or describe.
    struct Row {
        const Candidate* candidate;
        const std::uint8_t* roles;  ///< By word.
        const Token* tokens;
        [[nodiscard]] bool is(std::size_t token, unsigned role) const {
            return (roles[tokens[token].word] & role) != 0;
        }
    };
    [[nodiscard]] std::size_t size();
    [[nodiscard]] Row row(std::size_t number) const {
        return {rows_[number], roles_.data() + number * typed_.size(), tokens_.data()};
    }
    /// Whether a word from token `from` on may be the noun of this row.
    [[nodiscard]] bool is_named(std::size_t row, std::size_t from) const;
    /// Whether the same word stands at token `from` or between it and this one.
    [[nodiscard]] bool is_repeated(std::size_t token, std::size_t from);
    [[nodiscard]] std::span<const Candidate> candidates();
    /// Null if there is none with this id.
    [[nodiscard]] const Candidate* find(ObjectId id);

  private:
    void build();
    void add(const Candidate& candidate);
    void add_name(std::string_view name, bool all_nouns);
    void add_word_of(std::string_view name, std::size_t begin, bool all_nouns);
    void add_word(std::string_view word, unsigned roles);
    [[nodiscard]] bool may_be_typed(char first) const {
        const auto byte = static_cast<unsigned char>(first);
        return (firsts_[byte / 64U] >> (byte % 64U) & 1U) != 0;
    }
    /// A word of the line, however often it stands there.
    struct Typed {
        std::string_view word;
        std::uint16_t last = 0;  ///< Token where it stands last.
        bool is_ascii = false;
        bool may_be_plural = false;
    };
    [[nodiscard]] std::size_t first_like(std::string_view word) const;
    [[nodiscard]] static unsigned roles_of(const Typed& typed, std::string_view word, unsigned roles);
    void mark_words();
    void mark_first(std::string_view word);

    const Line& line_;
    Scope& scope_;
    bool built_ = false;
    bool touched_ = false;                   ///< The row under construction has a role.
    std::array<std::uint64_t, 4> firsts_{};  ///< Bit for each byte with which some token begins.
    std::vector<Typed> typed_;               ///< The line's words in their order, those in quotes empty.
    std::vector<Token> tokens_;
    std::span<const Candidate> candidates_;
    std::vector<const Candidate*> rows_;
    std::size_t searches_ = 0;             ///< Calls of find().
    std::vector<const Candidate*> by_id_;  ///< Sorted; made once find() was called often.
    std::vector<std::uint8_t> roles_;      ///< Row by row, a byte for each word.
};

}  // namespace gyre::world::sentence
