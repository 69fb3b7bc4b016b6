#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gyre {

/// A scheme that a caller knows, and the port it means when none is written.
struct KnownScheme {
    std::string_view name;
    std::uint16_t default_port = 0;
};

/// Where to listen, written as a URL: `telnet://127.0.0.1:4000`, `telnets://[::]:4443?cert=town`,
/// `smtp+unix:/run/gyre/smtp?mode=0660`. Port 0 asks the system for a free one.
struct Endpoint {
    std::string scheme;   ///< One of the schemes given to parse_endpoint().
    std::string address;  ///< Numeric IPv4 or IPv6, without brackets; empty for a Unix socket.
    std::uint16_t port = 0;
    std::string path;              ///< Of a Unix socket; else empty.
    bool proxy = false;            ///< Each connection begins with a PROXY protocol header.
    bool allow_plaintext = false;  ///< Passwords may come unencrypted from anywhere.
    std::string certificate;       ///< The configured certificate to use for TLS; empty: the default one.
    std::uint16_t mode = 0600;     ///< Of a Unix socket's file.

    /// Longest path that fits into a sockaddr_un, in bytes.
    static constexpr std::size_t longest_path = 107;

    [[nodiscard]] bool is_unix() const { return !path.empty(); }
    [[nodiscard]] bool is_ipv6() const { return address.find(':') != std::string::npos; }
    /// Only one of both can be opened. Port 0 is another one each time.
    [[nodiscard]] bool is_same_place(const Endpoint& other) const {
        if (is_unix() || other.is_unix()) return path == other.path;
        return port != 0 && port == other.port && address == other.address;
    }
    /// As a URL again, with the port as it stands here (after binding: the real one). Options that have their
    /// default are left out.
    [[nodiscard]] std::string to_string() const;
};

/// The first of `taken` at the place of another; null: none.
[[nodiscard]] const Endpoint* same_place(std::span<const Endpoint> taken, const Endpoint& other);

/// Reads a URL. A host is a numeric address or `localhost`; the name of a machine is refused, because
/// resolving it could block and could mean several addresses.
/// Errc::bad_input names what is wrong and, for a scheme or option, the nearest known one.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view url, std::span<const KnownScheme> schemes);

}  // namespace gyre
