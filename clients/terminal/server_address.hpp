#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::play {

/// Where a server is, written as a URL: `telnet://example.org:4000`, `telnets://[::1]:4443`. Unlike an
/// Endpoint it may name a machine.
struct ServerAddress {
    static constexpr std::uint16_t telnet_port = 4000;
    static constexpr std::uint16_t telnets_port = 4443;
    /// Longest name of a machine, in bytes (RFC 1035 §2.3.4).
    static constexpr std::size_t max_host = 253;

    std::string host = "localhost";  ///< A name or a numeric address, without brackets.
    std::uint16_t port = telnet_port;
    bool tls = false;

    [[nodiscard]] std::string to_string() const;
};

/// Reads a URL, or HOST and HOST:PORT for telnet://. Errc::bad_input says what is wrong with it.
[[nodiscard]] Result<ServerAddress> parse_server_address(std::string_view url);

}  // namespace gyre::play
