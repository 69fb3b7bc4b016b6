#include "engine/base/endpoint.hpp"

#include "engine/base/nearest.hpp"
#include "engine/base/url.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace gyre {

namespace {

constexpr std::string_view unix_suffix = "+unix";
constexpr std::size_t longest_compared = 64;  ///< Of a word that nobody knows, in bytes.
constexpr std::array<std::string_view, 4> option_names{"proxy", "allow_plaintext", "cert", "mode"};

Error bad(std::string text) { return Error{Errc::bad_input, std::move(text)}; }

/// For the end of an error text; empty when no candidate looks like what was meant.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const std::string_view meant = nearest(word.substr(0, longest_compared), candidates);
    const std::size_t may_be_wrong = std::max<std::size_t>(2, word.size() / 3);
    if (meant.empty() || edit_distance(word.substr(0, longest_compared), meant) > may_be_wrong) return {};
    return fmt::format(" (did you mean \"{}\"?)", meant);
}

/// The text before and after the first `mark`; the second is empty when there is none.
std::pair<std::string_view, std::string_view> split(std::string_view text, char mark) {
    const std::size_t place = text.find(mark);
    if (place == std::string_view::npos) return {text, {}};
    return {text.substr(0, place), text.substr(place + 1)};
}

template <class Number>
std::optional<Number> parse_number(std::string_view text, int base) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

bool is_address(int family, const std::string& text) {
    std::array<unsigned char, 16> binary{};
    return inet_pton(family, text.c_str(), binary.data()) == 1;
}

Status set_flag(bool& flag, std::string_view name, std::string_view value) {
    if (value != "true" && value != "false") {
        return bad(fmt::format("option \"{}\" must be true or false, not \"{}\"", name, value));
    }
    flag = value == "true";
    return done();
}

Status set_mode(Endpoint& endpoint, std::string_view value) {
    const auto mode = parse_number<std::uint16_t>(value, 8);
    if (!mode || *mode > 0777)
        return bad(fmt::format("option \"mode\" must be octal, as 0660, not \"{}\"", value));
    if (!endpoint.is_unix()) return bad("option \"mode\" is for Unix sockets only");
    endpoint.mode = *mode;
    return done();
}

Status set_option(Endpoint& endpoint, std::string_view option) {
    const auto [name, value] = split(option, '=');
    if (name == "proxy") return set_flag(endpoint.proxy, name, value);
    if (name == "allow_plaintext") return set_flag(endpoint.allow_plaintext, name, value);
    if (name == "mode") return set_mode(endpoint, value);
    if (name == "cert") {
        if (value.empty()) return bad("option \"cert\" needs the name of a certificate");
        endpoint.certificate = value;
        return done();
    }
    return bad(fmt::format("unknown option \"{}\"{}", name, did_you_mean(name, option_names)));
}

Status set_options(Endpoint& endpoint, std::string_view query) {
    while (!query.empty()) {
        const auto [option, rest] = split(query, '&');
        if (Status set = set_option(endpoint, option); !set) return set;
        query = rest;
    }
    return done();
}

/// Takes the host off `rest`, which is then empty or a colon and a port.
Status take_host(Endpoint& endpoint, std::string_view& rest) {
    const bool bracketed = rest.starts_with('[');
    if (!bracketed && rest.find(':') != rest.rfind(':'))
        return bad("an IPv6 address stands in brackets, as [::1]");
    const std::size_t end = rest.find(bracketed ? ']' : ':');
    if (bracketed && end == std::string_view::npos) return bad("the address lacks its closing bracket");
    const std::size_t begin = bracketed ? 1 : 0;
    endpoint.address = rest.substr(begin, end - begin);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + begin);
    if (endpoint.address == "localhost") endpoint.address = "127.0.0.1";
    if (endpoint.address.empty()) return bad("the address is missing; 0.0.0.0 and [::] mean all");
    const int family = bracketed ? AF_INET6 : AF_INET;
    if (is_address(family, endpoint.address)) return done();
    return bad(fmt::format("\"{}\" is no numeric address (as 127.0.0.1 or [::1])", endpoint.address));
}

Status set_place(Endpoint& endpoint, std::string_view place, std::uint16_t default_port) {
    if (Status host = take_host(endpoint, place); !host) return host;
    endpoint.port = default_port;
    if (place.empty()) return done();
    const auto port =
        place.starts_with(':') ? parse_number<std::uint16_t>(place.substr(1), 10) : std::nullopt;
    if (!port) return bad(fmt::format("\"{}\" is no port from 0 to 65535", place.substr(1)));
    endpoint.port = *port;
    return done();
}

Status set_path(Endpoint& endpoint, std::string_view path) {
    if (path.starts_with("//")) path.remove_prefix(2);  // SCHEME+unix:///run/x as well as SCHEME+unix:/run/x.
    if (path.empty()) return bad("the path of the Unix socket is missing");
    if (path.size() > Endpoint::longest_path) {
        return bad(fmt::format("the path of a Unix socket has at most {} bytes", Endpoint::longest_path));
    }
    endpoint.path = path;
    return done();
}

const KnownScheme* find_scheme(std::string_view name, std::span<const KnownScheme> schemes) {
    const auto found = std::find_if(schemes.begin(), schemes.end(),
                                    [name](const auto& scheme) { return scheme.name == name; });
    return found == schemes.end() ? nullptr : &*found;
}

Error unknown_scheme(std::string_view name, std::span<const KnownScheme> schemes) {
    std::vector<std::string_view> names;
    for (const KnownScheme& scheme : schemes) names.push_back(scheme.name);
    return bad(fmt::format("unknown scheme \"{}\"{}", name, did_you_mean(name, names)));
}

/// All but the options.
Status set_location(Endpoint& endpoint, std::string_view location, std::span<const KnownScheme> schemes) {
    auto [scheme, place] = split(location, ':');
    if (scheme.size() == location.size()) return bad("an endpoint looks like telnet://127.0.0.1:4000");
    const bool is_unix = scheme.ends_with(unix_suffix);
    if (is_unix) scheme.remove_suffix(unix_suffix.size());
    const KnownScheme* known = find_scheme(scheme, schemes);
    if (known == nullptr) return unknown_scheme(scheme, schemes);
    endpoint.scheme = scheme;
    if (is_unix) return set_path(endpoint, place);
    if (!place.starts_with("//")) return bad(fmt::format("\"{}:\" must be followed by //", scheme));
    place.remove_prefix(2);
    if (place.ends_with('/')) place.remove_suffix(1);
    return set_place(endpoint, place, known->default_port);
}

}  // namespace

std::string Endpoint::to_string() const {
    std::string url = scheme;
    if (is_unix()) {
        url += fmt::format("{}:{}", unix_suffix, path);
    } else {
        url += fmt::format(fmt::runtime(is_ipv6() ? "://[{}]:{}" : "://{}:{}"), address, port);
    }
    char separator = '?';
    const auto add = [&](std::string_view option) {
        url += std::exchange(separator, '&');
        url += option;
    };
    if (proxy) add("proxy=true");
    if (allow_plaintext) add("allow_plaintext=true");
    if (!certificate.empty()) add("cert=" + certificate);
    if (is_unix() && mode != Endpoint{}.mode) add(fmt::format("mode={:04o}", mode));
    return url;
}

const Endpoint* same_place(std::span<const Endpoint> taken, const Endpoint& other) {
    const auto found = std::find_if(taken.begin(), taken.end(),
                                    [&](const Endpoint& each) { return each.is_same_place(other); });
    return found == taken.end() ? nullptr : &*found;
}

Result<Endpoint> parse_endpoint(std::string_view url, std::span<const KnownScheme> schemes) {
    Endpoint endpoint;
    const auto [location, query] = split(url, '?');
    const std::string shown = without_user(url);
    Status parsed = shown == url ? set_location(endpoint, location, schemes)
                                 : bad("there is no user or password in the URL of a listener");
    if (parsed) parsed = set_options(endpoint, query);
    if (!parsed)
        return Error{parsed.error().code, fmt::format("endpoint \"{}\": {}", shown, parsed.error().text)};
    return endpoint;
}

}  // namespace gyre
