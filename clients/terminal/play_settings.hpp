#pragma once

#include "clients/terminal/console.hpp"
#include "clients/terminal/play.hpp"
#include "clients/terminal/play_session.hpp"
#include "clients/terminal/server_address.hpp"

namespace gyre::play {

/// What a session is to be like: what the command line asks for, on this console, with this server. It has a
/// screen where somebody sits at a terminal and no script plays.
[[nodiscard]] PlaySession::Settings play_settings(const PlayOptions& options, const Console& console,
                                                  const ServerAddress& address);

}  // namespace gyre::play
