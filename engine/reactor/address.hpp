#pragma once

#include "engine/reactor/transport.hpp"

#include <cstdint>
#include <string>
#include <string_view>

struct sockaddr_storage;

namespace gyre::reactor {

/// Who is at the other end of an accepted socket. An IPv4 address mapped into IPv6 is taken as IPv4.
[[nodiscard]] Peer peer_from(const sockaddr_storage& address);

/// Sets address, port, network and local, leaving alone what TLS and the listener say of the peer.
/// Precondition: `address` is numeric.
void set_address(Peer& peer, std::string address, std::uint16_t port);

/// What limits count by: an IPv4 address itself, the /64 of an IPv6 address, any other text as it is.
[[nodiscard]] std::string network_of(const std::string& address);

/// Whether it is this machine: 127.0.0.0/8, ::1 or "unix".
[[nodiscard]] bool is_local(const std::string& address);

}  // namespace gyre::reactor
