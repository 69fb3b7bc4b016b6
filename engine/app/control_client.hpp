#pragma once

#include "engine/app/control_codec.hpp"
#include "engine/base/result.hpp"

#include <filesystem>

namespace gyre::app {

/// Asks the server behind a control socket and waits for its answer, for ever if need be (a backup takes its
/// time). Errc::not_found when nobody listens there, Errc::io when the connection breaks or the path is too
/// long for a socket.
[[nodiscard]] Result<ControlAnswer> ask_server(const std::filesystem::path& socket,
                                               const ControlWords& request);

}  // namespace gyre::app
