#pragma once

#include <string>

namespace gyre::play {

/// `gyre play`: what the command line asks for.
struct PlayOptions {
    std::string url = "telnet://localhost:4000";
    std::string script;      ///< A file (PlayScript); empty: who sits at the terminal plays.
    bool insecure = false;   ///< Takes any certificate.
    bool no_colour = false;  ///< Shows no styles; so does a variable NO_COLOR that is not empty.
    bool no_status = false;  ///< Shows no line at the foot.
    std::string version;     ///< "0.1.0", for the server.
};

/// What `gyre play` ends with; the numbers beyond 1 are those of BSD's sysexits.h.
enum class PlayExit : int {
    success = 0,        ///< The player left or the server ended the connection; a script was met.
    script_failed = 1,  ///< Something that a script expected did not come.
    usage = 64,         ///< The address or the script makes no sense.
    unavailable = 69,   ///< The server cannot be reached or trusted, or the connection broke.
};

struct PlayResult {
    PlayExit exit = PlayExit::success;
    std::string complaint;  ///< For standard error; empty: none.
};

/// Plays until the end. The terminal is then as it was before, also if the process is ended by SIGINT,
/// SIGTERM or SIGHUP.
[[nodiscard]] PlayResult play(const PlayOptions& options);

}  // namespace gyre::play
