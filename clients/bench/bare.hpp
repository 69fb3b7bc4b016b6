#pragma once

#include <cstddef>
#include <string>

namespace gyre::bench {

/// What the bare server answers.
struct BareAnswers {
    std::string own;        ///< To whoever sent a line.
    std::string others;     ///< To the others of the same group; empty: nothing.
    std::size_t group = 1;  ///< Connections in a group, in the order in which they came.
};

/// The yardstick: an Asio server on one thread that sends the same bytes and does nothing else. Like the real
/// one it works in turns, appends output and flushes each connection once a turn. Prints "ready bare://...",
/// returns on SIGTERM.
int serve_bare(const BareAnswers& answers);

}  // namespace gyre::bench
