#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gyre::net {

class TerminalSession;

/// A command about the connection itself, which the world never sees: the same at every terminal door.
struct SessionCommand {
    enum class When : std::uint8_t { before_login, in_world, always };

    std::string_view name;
    std::string_view arguments;  ///< How they are written in help; empty: there are none.
    std::string_view help;       ///< One line.
    When when;
    /// `argument` is trimmed; empty only if the command has none. False: it is not one of `arguments`.
    bool (*run)(TerminalSession& session, std::string_view argument);
};

/// All of them, for help too.
std::span<const SessionCommand> session_commands();

/// The one that `line` is for somebody in the world, and what stands behind its name; null: none of them.
[[nodiscard]] const SessionCommand* find_session_command(std::string_view line, std::string_view& argument);

/// Runs `line` if it is one of them. False: it is for somebody else.
[[nodiscard]] bool run_session_command(TerminalSession& session, std::string_view line);

}  // namespace gyre::net
