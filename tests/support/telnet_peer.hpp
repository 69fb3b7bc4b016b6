#pragma once

#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"

#include <string>
#include <string_view>

/// Telnet as people read it, for tests: "WILL 1" instead of three bytes.
namespace gyre::test {

inline std::string command(net::TelnetCommand code) {
    std::string bytes;
    net::TelnetCodec::encode_command(code, bytes);
    return bytes;
}

inline std::string negotiation(net::TelnetCommand code, int option) {
    std::string bytes;
    net::TelnetCodec::encode_negotiation(code, static_cast<std::uint8_t>(option), bytes);
    return bytes;
}
inline std::string will(int option) { return negotiation(net::TelnetCommand::will, option); }
inline std::string wont(int option) { return negotiation(net::TelnetCommand::wont, option); }
inline std::string do_(int option) { return negotiation(net::TelnetCommand::do_it, option); }
inline std::string dont(int option) { return negotiation(net::TelnetCommand::dont, option); }

inline std::string sb(int option, std::string_view parameters) {
    std::string bytes;
    net::TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(option), parameters, bytes);
    return bytes;
}

/// One event as a word or two: "<look>", "WILL 31", "SB 24 \0XTERM", "AYT" as "command 246".
inline std::string described(const net::TelnetEvent& event) {
    const std::string option = std::to_string(int{event.option});
    switch (event.kind) {
        case net::TelnetEvent::Kind::line:
            return '<' + std::string{event.bytes} + '>' + (event.too_long ? "..." : "");
        case net::TelnetEvent::Kind::command:
            return "command " + std::to_string(static_cast<int>(event.command));
        case net::TelnetEvent::Kind::keys:
            return "keys " + std::string{event.bytes};
        case net::TelnetEvent::Kind::subnegotiation:
            return "SB " + option + ' ' + std::string{event.bytes} + (event.too_long ? "..." : "");
        case net::TelnetEvent::Kind::negotiation:
            break;
    }
    switch (event.command) {
        case net::TelnetCommand::will:
            return "WILL " + option;
        case net::TelnetCommand::wont:
            return "WONT " + option;
        case net::TelnetCommand::do_it:
            return "DO " + option;
        default:
            return "DONT " + option;
    }
}

/// All events in `bytes`, joined by ", ".
inline std::string events_of(net::TelnetCodec& codec, std::string_view bytes) {
    std::string all;
    net::TelnetEvent event;
    while (codec.next(bytes, event)) all += (all.empty() ? "" : ", ") + described(event);
    return all;
}

/// What a person sees of `bytes`: everything but telnet commands.
inline std::string visible(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] != '\xff') {
            text.push_back(bytes[at]);
            continue;
        }
        const auto code = static_cast<unsigned char>(bytes[++at]);
        if (code == 255) text.push_back('\xff');
        if (code >= 251 && code <= 254) ++at;
        if (code == 250) at = bytes.find("\xff\xf0", at) + 1;
    }
    return text;
}

}  // namespace gyre::test
