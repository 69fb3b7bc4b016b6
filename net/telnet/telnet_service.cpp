#include "net/telnet/telnet_service.hpp"

#include "net/telnet/telnet_protocol.hpp"

#include <array>
#include <memory>
#include <string_view>

namespace gyre::net {
namespace {

std::unique_ptr<reactor::Protocol> make_telnet(Context& context) {
    return std::make_unique<TelnetProtocol>(context);
}

constexpr std::string_view busy_words =
    "Too many people are connected from where you are. Try again later.\r\n";
constexpr std::array calls{
    CallRow{"a line", "player:command(line) -> sentence -> the verb's method"},
    CallRow{"session opens", "player:connected(session)"},
    CallRow{"session closes", "player:disconnected(session, reason)"},
};

}  // namespace

Service telnet_service() {
    return {.scheme = "telnet",
            .description = "Telnet with the options that game clients know",
            .default_port = 4000,
            .tls = false,
            .busy_words = busy_words,
            .calls = calls,
            .make = make_telnet};
}

Service telnets_service() {
    Service service = telnet_service();
    service.scheme = "telnets";
    service.description = "Telnet inside TLS";
    service.default_port = 4443;
    service.tls = true;
    return service;
}

}  // namespace gyre::net
