#pragma once

#include "clients/terminal/play_script.hpp"
#include "engine/base/result.hpp"

#include <cstddef>
#include <string>

namespace gyre::play {

/// Longest script, in bytes.
inline constexpr std::size_t max_script = 1U << 20;

/// Reads a script. Errc::not_found: the file cannot be read; too_long; those of PlayScript::parse(), which
/// then begin with `path`.
[[nodiscard]] Result<PlayScript> read_script_file(const std::string& path);

}  // namespace gyre::play
