#pragma once

#include "net/service.hpp"

#include <string>

namespace gyre::net {

/// What lists of worlds are told (MSSP): names, numbers and counts, nothing of whom or what is in it.
/// As parameters of the telnet option.
[[nodiscard]] std::string status_parameters(const Context& context);
/// As lines, for whoever types MSSP-REQUEST.
[[nodiscard]] std::string status_lines(const Context& context);

}  // namespace gyre::net
