#pragma once

#include "engine/app/control_codec.hpp"
#include "engine/base/result.hpp"

#include <chrono>
#include <filesystem>

namespace gyre::app {

/// How long a server may give neither an answer nor a sign of life, of which one that works sends one every
/// ControlProtocol::life_sign_every.
inline constexpr std::chrono::seconds control_patience{10};

/// Asks the server behind a control socket and waits for its answer as long as it shows that it lives (a
/// backup takes its time). Errc::not_found when nobody listens there, Errc::busy when it is silent for longer
/// than `patience`, Errc::io when the connection breaks or the path is too long for a socket.
[[nodiscard]] Result<ControlAnswer> ask_server(const std::filesystem::path& socket,
                                               const ControlWords& request,
                                               std::chrono::milliseconds patience = control_patience);

}  // namespace gyre::app
