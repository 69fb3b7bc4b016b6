#include "net/telnet/telnet_codec.hpp"

#include <cstring>

namespace gyre::net {
bool TelnetCodec::needs_encoding(std::string_view text) {
    return !text.empty() &&
           std::memchr(text.data(), static_cast<unsigned char>(telnet_iac), text.size()) != nullptr;
}

void TelnetCodec::encode(std::string_view text, std::string& out) {
    for (auto at = text.find(telnet_iac); at != std::string_view::npos; at = text.find(telnet_iac)) {
        out.append(text.substr(0, at + 1)).push_back(telnet_iac);
        text.remove_prefix(at + 1);
    }
    out.append(text);
}

void TelnetCodec::encode_command(TelnetCommand command, std::string& out) {
    out.push_back(telnet_iac);
    out.push_back(static_cast<char>(command));
}

void TelnetCodec::encode_negotiation(TelnetCommand command, std::uint8_t option, std::string& out) {
    encode_command(command, out);
    out.push_back(static_cast<char>(option));
}

void TelnetCodec::encode_subnegotiation(std::uint8_t option, std::string_view bytes, std::string& out) {
    encode_negotiation(TelnetCommand::sb, option, out);
    encode(bytes, out);
    encode_command(TelnetCommand::se, out);
}

}  // namespace gyre::net
