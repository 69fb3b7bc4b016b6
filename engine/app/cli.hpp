#pragma once

#include "engine/app/commands.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::app {

/// What a command line means: a command to perform, or a text to print and end with.
struct Parsed {
    std::optional<Command> command;
    std::string text;           ///< Help or version for Exit::success, a complaint for Exit::usage.
    Exit exit = Exit::success;  ///< Without a command only.
};

/// `arguments` are those behind the program's name. Touches no file.
[[nodiscard]] Parsed parse_command_line(std::vector<std::string> arguments);

/// "gyre 0.1.0".
[[nodiscard]] std::string_view version();

}  // namespace gyre::app
