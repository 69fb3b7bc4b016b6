#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <string_view>

namespace gyre::app {

/// Longest password read, in bytes.
inline constexpr std::size_t max_password_input = 1024;

/// The first line of standard input. At a terminal it prints `prompt` on standard error and shows nothing of
/// what is typed. Errc::bad_input when there is no line or it is empty, Errc::too_long past the limit.
[[nodiscard]] Result<std::string> read_password(std::string_view prompt);

}  // namespace gyre::app
