#pragma once

#include <asio.hpp>

#include <functional>
#include <memory>
#include <semaphore>
#include <string_view>

namespace gyre::play {

/// What the thread that reads standard input shares with the other one.
struct TypedInput {
    asio::io_context io{1};
    std::binary_semaphore wanted{0};  ///< The last piece was taken.
};

/// Reads standard input on a thread of its own, which stays in its read when the process ends. Each piece
/// that is wanted goes to `typed`, called from `io`; an empty one is the last.
void read_input(const std::shared_ptr<TypedInput>& input, std::function<void(std::string_view)> typed);

}  // namespace gyre::play
