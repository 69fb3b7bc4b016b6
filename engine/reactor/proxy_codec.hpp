#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::reactor {

/// What a proxy says of the connection that it passes on.
struct ProxyHeader {
    std::string
        address;  ///< Numeric; empty: the proxy speaks for itself (LOCAL, UNKNOWN), as a health check.
    std::uint16_t port = 0;
    bool encrypted = false;  ///< The client came to the proxy by TLS.
};

/// Reads the header of the PROXY protocol, version 1 (text) or 2 (binary), from the start of a stream
/// (https://www.haproxy.org/download/2.7/doc/proxy-protocol.txt). Sans-I/O. A checksum
/// (PP2_TYPE_CRC32C) has to be right, except in a header that is not read further: LOCAL, or of no family.
class ProxyCodec {
  public:
    /// Longest header of version 1, line end included (section 2.1).
    static constexpr std::size_t longest_v1 = 107;
    /// Longest header of version 2 that we read: the fixed 16 bytes, then addresses and TLVs.
    static constexpr std::size_t longest_v2 = 536;

    enum class State : std::uint8_t { needs_more, parsed, failed };

    /// Takes what belongs to the header and returns how many bytes that was; the rest is the client's.
    /// Takes nothing once parsed or failed.
    std::size_t feed(std::string_view bytes);
    [[nodiscard]] State state() const { return state_; }
    /// Precondition: parsed.
    [[nodiscard]] const ProxyHeader& header() const { return header_; }
    /// Precondition: failed. Lower case, for the log.
    [[nodiscard]] std::string_view error() const { return error_; }

  private:
    void examine();
    void examine_text();
    void examine_binary();
    void parse_text(std::string_view line);
    void parse_binary(std::string_view body);
    void parse_extras(std::string_view extras);
    void fail(std::string_view why);

    std::string seen_;
    ProxyHeader header_;
    std::string_view error_;
    State state_ = State::needs_more;
};

}  // namespace gyre::reactor
