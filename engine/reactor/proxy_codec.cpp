#include "engine/reactor/proxy_codec.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace gyre::reactor {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view text_start = "PROXY ";
constexpr std::string_view binary_start = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t binary_fixed = 16;       ///< Signature, command, family, length.
constexpr unsigned char type_checksum = 0x03;  ///< PP2_TYPE_CRC32C.
constexpr unsigned char type_tls = 0x20;       ///< PP2_TYPE_SSL.
constexpr unsigned char client_tls = 0x01;     ///< PP2_CLIENT_SSL.
constexpr std::size_t checksum_bytes = 4;

std::size_t byte(std::string_view bytes, std::size_t place) {
    return static_cast<unsigned char>(bytes[place]);
}
std::size_t short_number(std::string_view bytes, std::size_t place) {
    return byte(bytes, place) << 8U | byte(bytes, place + 1);
}
std::size_t long_number(std::string_view bytes, std::size_t place) {
    return short_number(bytes, place) << 16U | short_number(bytes, place + 2);
}

/// CRC-32c (RFC 4960, Appendix B). Bit by bit: a table would be longer than any header.
std::uint32_t crc32c(std::string_view bytes) {
    constexpr std::uint32_t polynomial = 0x82F63B78;  // 0x1EDC6F41 with its lowest bit first.
    std::uint32_t sum = ~0U;
    for (const char next : bytes) {
        sum ^= static_cast<unsigned char>(next);
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1U ^ ((sum & 1U) != 0 ? polynomial : 0U);
    }
    return ~sum;
}

/// Whether `value`, which lies within `header`, is its checksum with zeros in the checksum's place
/// (section 2.2.3).
bool is_checksum(std::string_view value, const std::string& header) {
    if (value.size() != checksum_bytes) return false;
    const auto place = static_cast<std::size_t>(value.data() - header.data());
    std::string zeroed = header;
    zeroed.replace(place, checksum_bytes, checksum_bytes, '\0');
    return crc32c(zeroed) == long_number(value, 0);
}

std::string_view next_word(std::string_view& rest) {
    const std::size_t end = rest.find(' ');
    const std::string_view word = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return word;
}

/// Decimal, without sign or leading zero (section 2.1).
std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return port;
}

bool is_address(int family, std::string_view text) {
    std::array<unsigned char, 16> binary{};
    return inet_pton(family, std::string(text).c_str(), binary.data()) == 1;
}

std::string print_address(int family, std::string_view binary) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, binary.data(), text.data(), text.size());
    return text.data();
}

/// Whether `bytes` may still become something that starts with `start`.
bool agrees(std::string_view bytes, std::string_view start) {
    const std::size_t count = std::min(bytes.size(), start.size());
    return bytes.substr(0, count) == start.substr(0, count);
}

}  // namespace

std::size_t ProxyCodec::feed(std::string_view bytes) {
    // Byte by byte, so that nothing of the client's own bytes is ever taken; it is one header a connection.
    std::size_t taken = 0;
    while (taken < bytes.size() && state_ == State::needs_more) {
        seen_ += bytes[taken++];
        examine();
    }
    return taken;
}

void ProxyCodec::examine() {
    if (agrees(seen_, binary_start)) return examine_binary();
    if (agrees(seen_, text_start)) return examine_text();
    fail("no PROXY header");
}

void ProxyCodec::examine_text() {
    if (seen_.ends_with("\r\n")) return parse_text(std::string_view(seen_).substr(0, seen_.size() - 2));
    if (seen_.ends_with('\n')) return fail("PROXY line ends without a carriage return");
    if (seen_.size() >= longest_v1) fail("PROXY line too long");
}

void ProxyCodec::parse_text(std::string_view line) {
    line.remove_prefix(text_start.size());
    const std::string_view family = next_word(line);
    state_ = State::parsed;
    if (family == "UNKNOWN") return;
    if (family != "TCP4" && family != "TCP6") return fail("PROXY line of an unknown family");
    const int number = family == "TCP4" ? AF_INET : AF_INET6;
    const std::string_view source = next_word(line);
    const std::string_view destination = next_word(line);
    const auto source_port = parse_port(next_word(line));
    const auto destination_port = parse_port(line);
    if (!is_address(number, source) || !is_address(number, destination))
        return fail("PROXY line with a bad address");
    if (!source_port || !destination_port) return fail("PROXY line with a bad port");
    header_.address = source;
    header_.port = *source_port;
}

void ProxyCodec::examine_binary() {
    if (seen_.size() < binary_fixed) return;
    const std::size_t length = short_number(seen_, 14);
    if (binary_fixed + length > longest_v2) return fail("PROXY header too long");
    if (seen_.size() == binary_fixed + length) parse_binary(std::string_view(seen_).substr(binary_fixed));
}

void ProxyCodec::parse_binary(std::string_view body) {
    constexpr std::size_t local = 0x20;
    constexpr std::size_t proxied = 0x21;
    state_ = State::parsed;
    if (byte(seen_, 12) == local) return;
    if (byte(seen_, 12) != proxied) return fail("PROXY header with an unknown command");
    // Source and destination address, then source and destination port.
    switch (byte(seen_, 13)) {
        case 0x00:
            return;  // Unspecified: the real peer is not known.
        case 0x11:
            if (body.size() < 12) return fail("PROXY header cut short");
            header_.address = print_address(AF_INET, body);
            header_.port = static_cast<std::uint16_t>(short_number(body, 8));
            return parse_extras(body.substr(12));
        case 0x21:
            if (body.size() < 36) return fail("PROXY header cut short");
            header_.address = print_address(AF_INET6, body);
            header_.port = static_cast<std::uint16_t>(short_number(body, 32));
            return parse_extras(body.substr(36));
        case 0x31:
            if (body.size() < 216) return fail("PROXY header cut short");
            return parse_extras(body.substr(216));
        default:
            return fail("PROXY header of an unknown family");
    }
}

/// Type, two bytes of length, value (section 2.2).
void ProxyCodec::parse_extras(std::string_view extras) {
    while (!extras.empty()) {
        if (extras.size() < 3 || extras.size() - 3 < short_number(extras, 1))
            return fail("PROXY header with a bad TLV");
        const std::string_view value = extras.substr(3, short_number(extras, 1));
        const std::size_t type = byte(extras, 0);
        if (type == type_checksum && !is_checksum(value, seen_))
            return fail("PROXY header with a wrong checksum");
        if (type == type_tls && !value.empty()) header_.encrypted = (byte(value, 0) & client_tls) != 0;
        extras.remove_prefix(3 + value.size());
    }
}

void ProxyCodec::fail(std::string_view why) {
    state_ = State::failed;
    error_ = why;
}

}  // namespace gyre::reactor
