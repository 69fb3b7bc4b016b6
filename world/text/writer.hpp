#pragma once

#include "world/text/sentence.hpp"
#include "world/text/tree.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::world::text {

/// Writes a Tree in order, and keeps what spans its parts: line breaks, sentence starts, the limit.
class TreeWriter {
  public:
    explicit TreeWriter(Tree& tree) : tree_(tree) {}

    [[nodiscard]] Position position() const { return position_; }

    /// Trusted words, already filtered.
    void words(std::string_view words, const SentenceEffect& effect);
    /// Untrusted: filtered here. '\n' ends a line.
    enum class Counts : std::uint8_t {
        as_word,      ///< An argument: the sentence goes on behind it whatever it holds.
        as_sentence,  ///< A piece: a full stop in it ends a sentence.
    };
    void data(std::string_view data, Counts counts);

    /// A phrase that gets a capital at the start of a sentence: append to what begin_phrase() returns.
    std::string& begin_phrase();
    void end_phrase();

    /// At least so many line ends before what comes next (if anything does).
    void line_breaks(int count);
    void open(Mark::Kind kind, std::uint16_t value = 0);
    void close(Mark::Kind kind, std::uint16_t value = 0);
    /// A list, title or table begins and ends on a line of its own.
    void begin_block() { line_breaks(1); }
    void end_block() { line_breaks(1); }

    /// Between these a line end is a space.
    void begin_cell();
    void end_cell();
    [[nodiscard]] bool in_cell() const { return in_cell_; }
    /// So it is between these: what somebody says is one line, or it could pass for what others say.
    void begin_speech() { ++speeches_; }
    void end_speech();

    /// No line end at the end.
    void finish();
    /// More was written than a tree may hold; the rest was dropped.
    [[nodiscard]] bool overflown() const { return overflown_; }

  private:
    [[nodiscard]] bool has_room(std::size_t bytes);
    void flush_breaks();

    Tree& tree_;
    Position position_ = Position::start;
    int breaks_ = 0;
    std::size_t phrase_ = 0;
    std::size_t cell_ = 0;  ///< Where the cell begins.
    int speeches_ = 0;
    bool in_cell_ = false;
    bool overflown_ = false;
};

}  // namespace gyre::world::text
