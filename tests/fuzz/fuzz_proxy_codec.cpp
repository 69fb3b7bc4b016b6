#include "engine/reactor/proxy_codec.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gyre::reactor::ProxyCodec;
using gyre::reactor::ProxyHeader;
using State = ProxyCodec::State;

void require(bool claim) {
    if (!claim) std::abort();
}

bool is_numeric(const std::string& address) {
    std::array<unsigned char, 16> binary{};
    return inet_pton(AF_INET, address.c_str(), binary.data()) == 1 ||
           inet_pton(AF_INET6, address.c_str(), binary.data()) == 1;
}

}  // namespace

/// Invariants: the outcome is the same whole and byte by byte, a header keeps to its limits, its address is
/// numeric or absent, and nothing is taken once it has ended.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    ProxyCodec whole;
    ProxyCodec split;
    const std::size_t taken = whole.feed(bytes);
    std::size_t taken_split = 0;
    for (const char& byte : bytes) taken_split += split.feed({&byte, 1});
    require(taken == taken_split && taken <= std::max(ProxyCodec::longest_v1, ProxyCodec::longest_v2));
    require(whole.state() == split.state() && whole.error() == split.error());
    const ProxyHeader& header = whole.header();
    require(header.address == split.header().address && header.port == split.header().port);
    require(header.encrypted == split.header().encrypted);

    require((whole.state() == State::failed) != whole.error().empty());
    if (whole.state() == State::needs_more) {
        require(taken == size);
        return 0;
    }
    require(header.address.empty() || is_numeric(header.address));
    require(whole.feed("x") == 0);
    return 0;
}
