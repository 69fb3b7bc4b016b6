#pragma once

#include "net/service.hpp"

namespace gyre::net {

/// Telnet in clear text, and inside TLS on a port of its own.
Service telnet_service();
Service telnets_service();

}  // namespace gyre::net
