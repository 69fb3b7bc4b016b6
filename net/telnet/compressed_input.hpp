#pragma once

#include "engine/reactor/compression.hpp"

#include <cstddef>
#include <functional>
#include <string_view>

namespace gyre::net {

/// What a telnet peer sends compressed (MCCP3), from the byte behind its IAC SB 87 IAC SE to the end of the
/// stream. A few bytes can stand for a thousand times as many, so what one read may become is limited.
class CompressedInput {
  public:
    using State = reactor::Inflater::State;
    /// Plain bytes of one read at most; four times what a read brings that is not compressed.
    static constexpr std::size_t max_plain = 256U << 10;

    /// Passes plain bytes to `take` until it wants no more, and counts them off `room`, which is max_plain
    /// when a read begins. What is left of `bytes` after the end is plain.
    [[nodiscard]] State read(std::string_view& bytes, std::size_t& room,
                             const std::function<bool(std::string_view)>& take);
    /// Precondition: failed. For the log.
    [[nodiscard]] std::string_view fault() const;

  private:
    reactor::Inflater inflater_;
    bool too_much_ = false;
};

}  // namespace gyre::net
