#include "engine/reactor/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace gyre::reactor {

namespace {

constexpr std::string_view mapped_start = "::ffff:";

template <class Address>
Address copy_as(const sockaddr_storage& address) {
    Address copy{};
    std::memcpy(&copy, &address, sizeof copy);
    return copy;
}

std::string print_address(int family, const void* binary) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, binary, text.data(), text.size());
    return text.data();
}

bool is_ipv6(const std::string& address) { return address.find(':') != std::string::npos; }

std::string without_mapping(std::string address) {
    const bool mapped = address.starts_with(mapped_start) && address.find('.') != std::string::npos;
    if (mapped) address.erase(0, mapped_start.size());
    return address;
}

}  // namespace

Peer peer_from(const sockaddr_storage& address) {
    Peer peer;
    if (address.ss_family == AF_INET) {
        const auto in = copy_as<sockaddr_in>(address);
        set_address(peer, print_address(AF_INET, &in.sin_addr), ntohs(in.sin_port));
    } else if (address.ss_family == AF_INET6) {
        const auto in = copy_as<sockaddr_in6>(address);
        set_address(peer, print_address(AF_INET6, &in.sin6_addr), ntohs(in.sin6_port));
    } else {
        set_address(peer, "unix", 0);
    }
    return peer;
}

void set_address(Peer& peer, std::string address, std::uint16_t port) {
    peer.address = without_mapping(std::move(address));
    peer.port = port;
    peer.network = network_of(peer.address);
    peer.local = is_local(peer.address);
}

std::string network_of(const std::string& address) {
    constexpr std::ptrdiff_t network_bytes = 8;
    std::array<unsigned char, 16> binary{};
    if (!is_ipv6(address) || inet_pton(AF_INET6, address.c_str(), binary.data()) != 1) return address;
    std::fill(binary.begin() + network_bytes, binary.end(), static_cast<unsigned char>(0));
    return print_address(AF_INET6, binary.data()) + "/64";
}

bool is_local(const std::string& address) {
    return address == "unix" || address == "::1" || (!is_ipv6(address) && address.starts_with("127."));
}

}  // namespace gyre::reactor
