// gyre-play: `gyre play` as a program of its own, for systems without the server.

#include "clients/terminal/command_line.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

namespace {

using gyre::play::PlayExit;

int end_with(PlayExit code) { return static_cast<int>(code); }

int complain(const char* text, PlayExit code) {
    static_cast<void>(std::fprintf(stderr, "gyre-play: %s\n", text));
    return end_with(code);
}

int perform(int argc, char** argv) {
    gyre::play::PlayOptions options;
    options.version = GYRE_VERSION;
    CLI::App app("Plays on a text world's server from this terminal.", "gyre-play");
    app.set_version_flag("--version", "gyre-play " GYRE_VERSION);
    gyre::play::declare_arguments(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        return complain(error.what(), PlayExit::usage);
    }
    const gyre::play::PlayResult result = gyre::play::play(options);
    return result.complaint.empty() ? end_with(result.exit) : complain(result.complaint.c_str(), result.exit);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return perform(argc, argv);
    } catch (const std::exception& error) { return complain(error.what(), PlayExit::unavailable); }
}
