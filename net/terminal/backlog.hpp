#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// Typed lines that wait for their turn, in one buffer: nothing when empty, and bounded.
class Backlog {
  public:
    /// Most bytes that wait, two more counted for each line. A read brings at most 64 KiB, and there is none
    /// while an answer is awaited, so nobody who types or pastes comes near it.
    static constexpr std::size_t max_bytes = 256 * 1024;
    static constexpr std::size_t longest_line = 0xFFFE;

    /// False: it is full and the line is not kept. Precondition: line.size() <= longest_line.
    [[nodiscard]] bool push(std::string_view line);
    /// In place of a line that was too long to keep.
    [[nodiscard]] bool push_too_long();

    struct Line {
        std::string_view bytes;  ///< Valid until pop() or push().
        bool too_long = false;
    };
    [[nodiscard]] bool empty() const { return read_ == buffer_.size(); }
    /// Precondition: !empty().
    [[nodiscard]] Line front() const;
    void pop();

  private:
    bool push_entry(std::uint16_t size, std::string_view line);
    [[nodiscard]] std::uint16_t front_size() const;

    std::string buffer_;  ///< Entries: size (two bytes), then the line.
    std::size_t read_ = 0;
};

}  // namespace gyre::net
