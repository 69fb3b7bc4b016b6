#pragma once

#include "engine/base/ids.hpp"
#include "world/text/tree.hpp"

#include <cstdint>
#include <deque>
#include <vector>

namespace gyre::world {

/// The last lines that a character read, in memory: what a further session sees first, and what a report
/// brings with it.
class RecentLines {
  public:
    static constexpr std::size_t most = 16;
    static constexpr std::size_t longest = 4096;  ///< Bytes; longer ones are not kept.
    /// Bytes of a text of several lines. Longer ones are views of places and pages of help, which cost each
    /// player's memory much and can be asked for again; what people say is one line.
    static constexpr std::size_t longest_view = 400;

    struct Line {
        Ref<const text::Tree> tree;
        BatchNumber needs = 0;
    };
    void add(const Ref<const text::Tree>& tree, BatchNumber needs);
    /// Oldest first.
    [[nodiscard]] std::vector<Line> last(std::size_t count) const;

  private:
    std::vector<Line> ring_;
    std::size_t next_ = 0;  ///< Where the next one goes once the ring is full.
};

/// What somebody was told after the connection dropped, bounded: the oldest lines go first.
class MissedLines {
  public:
    static constexpr std::size_t most = 200;
    static constexpr std::size_t most_bytes = 64 * 1024;

    struct Line {
        Ref<const text::Tree> tree;
        BatchNumber needs = 0;
        std::int64_t at = 0;  ///< Seconds since 1970.
    };
    void add(Line line);
    [[nodiscard]] const std::deque<Line>& lines() const { return lines_; }
    [[nodiscard]] std::size_t dropped() const { return dropped_; }

  private:
    std::deque<Line> lines_;
    std::size_t bytes_ = 0;
    std::size_t dropped_ = 0;
};

}  // namespace gyre::world
