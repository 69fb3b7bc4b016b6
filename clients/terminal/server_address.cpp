#include "clients/terminal/server_address.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace gyre::play {
namespace {

constexpr std::array<std::string_view, 2> schemes{"telnet", "telnets"};
constexpr std::string_view scheme_end = "://";

bool is_host_byte(char byte) {
    return ascii::is_letter_or_digit(byte) || byte == '.' || byte == '-' || byte == '_';
}

bool is_address_byte(char byte) { return is_host_byte(byte) || byte == ':' || byte == '%'; }

Error bad(std::string_view url, std::string_view what) {
    return Error{Errc::bad_input, fmt::format("\"{}\": {}", without_user(url), what)};
}

/// Takes the host off `place`, which is then empty or a colon and a port. Empty text: it went well.
std::string_view take_host(std::string_view& place, std::string& host) {
    if (place.find('@') != std::string_view::npos)
        return "there is no user or password in the URL of a world: the server asks for them";
    const bool bracketed = place.starts_with('[');
    if (!bracketed && place.find(':') != place.rfind(':'))
        return "an IPv6 address stands in brackets, as [::1]";
    if (bracketed) place.remove_prefix(1);
    const std::size_t end = place.find(bracketed ? ']' : ':');
    if (bracketed && end == std::string_view::npos) return "the address lacks its closing bracket";
    host = place.substr(0, end);
    place.remove_prefix(std::min(host.size() + (bracketed ? 1 : 0), place.size()));
    if (host.empty()) return "the host is missing";
    const bool fits = host.size() <= ServerAddress::max_host &&
                      std::all_of(host.begin(), host.end(), bracketed ? is_address_byte : is_host_byte);
    return fits ? "" : "that is no name of a host";
}

std::string_view take_port(std::string_view place, std::uint16_t& port) {
    if (place.empty()) return {};
    const char* end = place.data() + place.size();
    const auto [at, error] = std::from_chars(place.data() + 1, end, port);
    const bool fits =
        place.front() == ':' && place.size() > 1 && error == std::errc{} && at == end && port > 0;
    return fits ? "" : "the port is a number from 1 to 65535";
}

}  // namespace

std::string ServerAddress::to_string() const {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}", tls ? "telnets" : "telnet", is_ipv6 ? "[" : "", host,
                       is_ipv6 ? "]" : "", port);
}

Result<ServerAddress> parse_server_address(std::string_view url) {
    ServerAddress address;
    std::string_view place = url;
    if (const std::size_t end = url.find(scheme_end); end != std::string_view::npos) {
        const std::string_view scheme = url.substr(0, end);
        if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end())
            return bad(url, fmt::format("unknown scheme \"{}\"; there are telnet and telnets", scheme));
        address.tls = scheme == "telnets";
        if (address.tls) address.port = ServerAddress::telnets_port;
        place.remove_prefix(end + scheme_end.size());
    }
    if (place.ends_with('/')) place.remove_suffix(1);
    std::string_view fault = take_host(place, address.host);
    if (fault.empty()) fault = take_port(place, address.port);
    if (!fault.empty()) return bad(url, fault);
    return address;
}

}  // namespace gyre::play
