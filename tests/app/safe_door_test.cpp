#include "engine/app/safe_door.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace gyre::test {
namespace {

Endpoint at(std::string_view scheme, std::string_view address, std::uint16_t port, bool proxy = false) {
    Endpoint endpoint;
    endpoint.scheme = scheme;
    endpoint.address = address;
    endpoint.port = port;
    endpoint.proxy = proxy;
    return endpoint;
}

TEST_CASE("safe door: is told by the name of the machine, else by its port", "[app][listen]") {
    const std::vector<Endpoint> heard{at("telnet", "::", 5401), at("ssh", "::", 5403),
                                      at("telnets", "::", 5402)};
    CHECK(app::safe_door(heard, "example.org") == "telnets://example.org:5402");
    CHECK(app::safe_door(heard, "") == "TLS (telnets) on port 5402");
}

TEST_CASE("safe door: what only this machine reaches is none, unless a proxy stands before it",
          "[app][listen]") {
    CHECK(
        app::safe_door(std::vector{at("telnets", "127.0.0.1", 1), at("telnets", "::1", 2)}, "a.org").empty());
    CHECK(app::safe_door(std::vector{at("telnets", "127.0.0.1", 1), at("ssh", "0.0.0.0", 3)}, "") ==
          "SSH on port 3");
    CHECK(app::safe_door(std::vector{at("telnets", "127.0.0.1", 1, true)}, "a.org") == "telnets://a.org:1");
    CHECK(app::safe_door(std::vector{at("telnets", "127.0.0.1", 1, true)}, "") == "TLS (telnets) on port 1");
    CHECK(app::safe_door(std::vector{at("telnet", "::", 1)}, "a.org").empty());
    CHECK(app::safe_door({}, "a.org").empty());
}

}  // namespace
}  // namespace gyre::test
