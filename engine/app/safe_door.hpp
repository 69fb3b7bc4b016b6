#pragma once

#include "engine/base/endpoint.hpp"

#include <span>
#include <string>
#include <string_view>

namespace gyre::app {

/// Where somebody from afar finds a door at which a password is safe, in words behind "Use": by telnets, else
/// by SSH. `hostname`: what the operator calls this machine; without one only the port can be told, for the
/// address that is listened on says nothing to others. Empty: there is no such door. One that only this
/// machine reaches is none, unless a proxy passes connections on to it.
[[nodiscard]] std::string safe_door(std::span<const Endpoint> heard, std::string_view hostname);

}  // namespace gyre::app
