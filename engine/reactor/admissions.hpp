#pragma once

#include "engine/reactor/transport.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace gyre::reactor {

/// What connections may take, all of it configurable.
struct ConnectionLimits {
    std::size_t total = 10'000;           ///< Connections open at a time.
    std::size_t per_network = 64;         ///< Of them from one IPv4 address or IPv6 /64; 0: no limit.
    std::size_t per_network_local = 0;    ///< The same for loopback and Unix sockets.
    std::size_t output_bytes = 1U << 20;  ///< Released but not taken by the peer: past it, it is cut off.
    /// Output of all connections that waits for the disk: past it no command runs until the disk has caught
    /// up.
    std::size_t held_bytes = 64U << 20;
    std::size_t high_water_bytes = 32U << 10;  ///< Unsent (held included): past it, input is not read.
    /// Who hears others is sent their lines at most this often; 0: in each turn. Answers never wait for it.
    std::chrono::milliseconds gather{5};
    std::chrono::seconds silence{120};     ///< Until the protocol sets an idle limit of its own.
    std::chrono::seconds handshake{10};    ///< For a PROXY header, and again for the TLS handshake.
    std::chrono::seconds half_closed{30};  ///< For an answer to a peer that has closed its side.
    std::chrono::seconds closing{10};      ///< For a peer to take the last output.
    std::chrono::seconds lingering{1};     ///< For a peer to close after us.
};

/// Counts connections in total and by network.
class Admissions {
  public:
    explicit Admissions(const ConnectionLimits& limits) : limits_(limits) {}
    /// May change while connections are open; it holds for the next ones.
    void set_limits(const ConnectionLimits& limits) { limits_ = limits; }
    [[nodiscard]] const ConnectionLimits& limits() const { return limits_; }

    /// Counts one more, unless that would be one too many in total.
    [[nodiscard]] bool enter();
    void leave() { --count_; }
    /// The same for its network, once that is known; leave_network() gives it back.
    [[nodiscard]] bool enter_network(const Peer& peer);
    void leave_network(const Peer& peer);
    [[nodiscard]] std::size_t count() const { return count_; }

  private:
    ConnectionLimits limits_;
    std::size_t count_ = 0;
    std::unordered_map<std::string, std::size_t> networks_;  ///< Only those with a connection.
};

}  // namespace gyre::reactor
