#pragma once

#include "clients/terminal/play.hpp"

#include <CLI/App.hpp>

namespace gyre::play {

/// Declares the arguments of `gyre play`, and of the same client as a program of its own.
inline void declare_arguments(CLI::App& command, PlayOptions& options) {
    command.add_option("URL", options.url, "telnet://HOST:PORT or telnets://HOST:PORT (TLS)")
        ->capture_default_str();
    command.add_flag("--insecure", options.insecure,
                     "Take any certificate, and show its fingerprint; for servers that signed their own");
    command.add_flag("--no-colour,--no-color", options.no_colour, "Show no colours; so does NO_COLOR=1");
    command.add_flag("--no-status", options.no_status,
                     "Show no line at the foot with name, place and vitals");
    command.add_option("--script", options.script, "Play what FILE says instead of what is typed")
        ->type_name("FILE");
    command.footer(
        "Arrows edit the line and bring older ones back, Ctrl-C forgets it, Ctrl-D disconnects, Ctrl-Z "
        "suspends.\n"
        "Without a terminal, lines are passed through, and it ends when the server has been silent for 2 s\n"
        "after the last one.\n\n"
        "A script has one step in each line:\n"
        "  send TEXT               send a line\n"
        "  secret TEXT             the same for a password\n"
        "  expect TEXT             wait until the server says so, at most 10 seconds\n"
        "  expect \"TEXT\" SECONDS   the same with a limit of your own\n"
        "  wait SECONDS            do nothing for a while\n"
        "  closed [SECONDS]        wait until the server ends the connection\n"
        "Text in quotes keeps its spaces; a line that begins with # is a comment.\n\n"
        "Exit codes: 0 left, or the server has ended the connection, or all of a script was seen; 1 "
        "something\n"
        "that a script expects did not come; 64 usage; 69 the server cannot be reached or trusted, or the\n"
        "connection broke.\n\n"
        "Examples:\n"
        "  gyre play\n"
        "  gyre play telnets://play.example.org:4443");
}

}  // namespace gyre::play
