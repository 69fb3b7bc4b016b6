#include "engine/app/safe_door.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::app {

namespace {

bool is_reachable(const Endpoint& endpoint) {
    if (endpoint.is_unix()) return false;
    return endpoint.proxy || !(endpoint.address.starts_with("127.") || endpoint.address == "::1");
}

}  // namespace

std::string safe_door(std::span<const Endpoint> heard, std::string_view hostname) {
    for (const std::string_view scheme : {"telnets", "ssh"}) {
        const auto found = std::find_if(heard.begin(), heard.end(), [scheme](const Endpoint& each) {
            return each.scheme == scheme && is_reachable(each);
        });
        if (found == heard.end()) continue;
        if (!hostname.empty()) return fmt::format("{}://{}:{}", scheme, hostname, found->port);
        return fmt::format("{} on port {}", scheme == "ssh" ? "SSH" : "TLS (telnets)", found->port);
    }
    return {};
}

}  // namespace gyre::app
