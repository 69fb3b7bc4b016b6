#pragma once

#include "engine/app/exit.hpp"

#include <cstdio>
#include <string_view>

namespace gyre::app {

/// Writes what a command was asked for to standard output: if that cannot be, the command has failed. Throws
/// Failure.
inline void print(std::string_view text) {
    const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!is_written || std::fflush(stdout) != 0)
        throw Failure(Exit::storage_failed, "cannot write to standard output");
}

}  // namespace gyre::app
