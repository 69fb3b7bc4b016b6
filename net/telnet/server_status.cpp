#include "net/telnet/server_status.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace gyre::net {
namespace {

constexpr char name_mark = 1;
constexpr char value_mark = 2;

using Variables = std::vector<std::pair<std::string_view, std::string>>;

/// Of several ports each is a value of its own, as the standard wants it. What is not known is left out.
Variables variables_of(const Context& context) {
    const Listing& listing = context.listing;
    Variables all{{"NAME", context.native.world_name()},
                  {"PLAYERS", std::to_string(context.native.players_online())},
                  {"UPTIME", std::to_string(listing.started_at)},
                  {"CODEBASE", listing.codebase},
                  {"CHARSET", "UTF-8"}};
    const auto add = [&all](std::string_view name, const std::string& value) {
        if (!value.empty()) all.emplace_back(name, value);
    };
    for (const std::uint16_t port : listing.ports) add("PORT", std::to_string(port));
    for (const std::uint16_t port : listing.tls_ports) {
        add("TLS", std::to_string(port));
        add("SSL", std::to_string(port));  // The older name.
    }
    for (const std::uint16_t port : listing.ssh_ports) add("SSH", std::to_string(port));
    add("HOSTNAME", listing.hostname);
    add("WEBSITE", listing.website);
    add("CONTACT", listing.contact);
    add("ICON", listing.icon);
    add("LANGUAGE", listing.language);
    add("LOCATION", listing.location);
    for (const std::string_view known : {"ANSI", "UTF-8", "XTERM 256 COLORS", "XTERM TRUE COLORS"})
        all.emplace_back(known, "1");
    return all;
}

}  // namespace

std::string status_parameters(const Context& context) {
    std::string out;
    std::string_view last;
    for (const auto& [name, value] : variables_of(context)) {
        if (name != last) (out += name_mark) += name;
        (out += value_mark) += value;
        last = name;
    }
    return out;
}

std::string status_lines(const Context& context) {
    std::string out = "\r\nMSSP-REPLY-START\r\n";
    for (const auto& [name, value] : variables_of(context)) ((out += name) += '\t') += value + "\r\n";
    return out + "MSSP-REPLY-END\r\n";
}

}  // namespace gyre::net
