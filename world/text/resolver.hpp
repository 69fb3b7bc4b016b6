#pragma once

#include "world/text/company.hpp"
#include "world/text/writer.hpp"

#include <array>
#include <optional>
#include <string>

namespace gyre::world::text {

/// Resolves texts into one tree for one observer. Functions say whether it went well; error() has the first
/// mistake.
class Resolver {
  public:
    Resolver(Tree& tree, ObjectId observer, Nouns& nouns)
        : tree_(tree), writer_(tree), observer_(observer), nouns_(nouns) {}

    bool run(const Text& text);
    [[nodiscard]] const std::string& error() const { return error_; }
    TreeWriter& writer() { return writer_; }

  private:
    /// One template with its arguments, while it is run.
    struct Frame {
        const Template& words;
        const std::vector<Text::Argument>& arguments;
        std::array<const Value*, Template::max_arguments> values{};  ///< Found when first needed.
        std::array<Agreement, Template::max_arguments> agreements{};
        const Value* subject = nullptr;  ///< Of the last verb of this sentence.
        std::uint32_t links_shown = 0;   ///< A bit for each open link, innermost lowest.
    };

    bool piece(const Text::Piece& piece);
    bool title(const Text::Piece& piece);
    bool list(const Text::Piece& piece);
    bool table(const Text::Piece& piece);
    bool cell(const Text& text);
    bool run_template(const Text::Piece& piece);
    bool step(Frame& frame, std::size_t& at);
    bool words(Frame& frame, const Instruction& step);
    bool noun(Frame& frame, const Instruction& step);
    bool scalar(Frame& frame, const Instruction& step, const Value& value);
    bool object(Frame& frame, const Instruction& step, ObjectId id);
    bool pronoun(Frame& frame, const Instruction& step);
    bool verb(Frame& frame, const Instruction& step);
    bool count(Frame& frame, const Instruction& step);
    bool link(Frame& frame, std::size_t& at);
    bool command_argument(Frame& frame, const Instruction& step, std::string& command, bool& hidden);

    const Value* argument(Frame& frame, const Instruction& step);
    /// Agreement with an object or a list of objects; null for anything else.
    const Agreement* agreement(Frame& frame, const Instruction& step, const Value& value);
    bool charge(std::size_t work);
    bool fail(std::string message);

    Tree& tree_;
    TreeWriter writer_;
    ObjectId observer_;
    Nouns& nouns_;
    std::size_t work_ = 0;
    int depth_ = 0;
    std::string error_;
};

}  // namespace gyre::world::text
