#pragma once

#include "world/text/template.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::world::text {

/// The source of one template being read. Every step says whether it went well; `fault` has the first
/// mistake.
class Compiler {
  public:
    explicit Compiler(Template& made) : made_(made), source_(made.source) {}

    bool compile();
    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    [[nodiscard]] bool at_end() const { return at_ == source_.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }
    /// Words and placeholders up to the end, or to the '}' that closes what began at `opened`.
    bool body(std::size_t opened, int depth);
    bool closing_brace(int depth, int& open_braces, bool& closed);
    void white_space();
    bool placeholder(int depth);
    bool style(std::size_t opened, int depth);
    bool link(std::size_t opened, int depth);
    bool command(std::size_t opened);
    void command_character();
    bool command_part(std::size_t opened);
    bool inside(std::string_view words, std::size_t opened);
    bool count_of(std::string_view words, std::size_t opened);
    bool verb_of(std::string_view words, std::size_t colon, std::size_t opened);
    bool noun_of(std::string_view words, std::size_t opened);
    bool unreadable(std::string_view words, std::size_t opened);

    void flush();
    Instruction& emit(Instruction::Op op) { return made_.code.emplace_back(Instruction{op}); }
    std::uint32_t literal(std::string_view words);
    bool set_argument(Instruction& instruction, std::string_view name, std::size_t opened);
    void settle_reflexives();
    [[nodiscard]] bool is_subject(std::size_t noun) const;
    bool fail(std::size_t at, std::string_view message);

    Template& made_;
    std::string_view source_;
    std::size_t at_ = 0;
    std::string pending_;  ///< Words not yet emitted.
    bool in_link_ = false;
    std::array<bool, Template::max_arguments> pronoun_last_{};
    std::string fault_;
};

}  // namespace gyre::world::text
