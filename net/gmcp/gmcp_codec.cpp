#include "net/gmcp/gmcp_codec.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace gyre::net {
namespace {

/// The module names that ask for a topic. By custom "Char" is what is told of the character, but its things
/// and the login are modules of their own.
struct Asked {
    GmcpTopic topic = GmcpTopic::login;
    std::array<std::string_view, 3> modules;
};
constexpr std::array asked_by{
    Asked{GmcpTopic::login, {"char.login"}},
    Asked{GmcpTopic::name, {"char", "char.name"}},
    Asked{GmcpTopic::vitals, {"char", "char.vitals"}},
    Asked{GmcpTopic::status, {"char", "char.status", "char.statusvars"}},
    Asked{GmcpTopic::items, {"char.items"}},
    Asked{GmcpTopic::room, {"room", "room.info"}},
    Asked{GmcpTopic::players, {"room", "room.players"}},
    Asked{GmcpTopic::channels, {"comm", "comm.channel"}},
    Asked{GmcpTopic::gui, {"client", "client.gui"}},
    Asked{GmcpTopic::map, {"client", "client.map"}},
    Asked{GmcpTopic::media, {"client", "client.media"}},
};

bool is_name(std::string_view name) {
    const auto fits = [](char byte) {
        return ascii::is_small(byte) || ascii::is_digit(byte) || byte == '.' || byte == '_' || byte == '-';
    };
    return !name.empty() && name.size() <= GmcpMessage::max_name &&
           std::all_of(name.begin(), name.end(), fits);
}

std::string_view trimmed(std::string_view text) { return ascii::trimmed(text, " \t\r\n"); }

/// "Char.Items 1" -> "char.items"; `version` is what stood behind it. Empty if that is no module.
std::string module_of(const Json& entry, std::string_view& version) {
    if (entry.kind != Json::Kind::string) return {};
    const std::string_view text = trimmed(entry.text);
    const auto space = text.find(' ');
    std::string name = utf8::fold_ascii(text.substr(0, space));
    version = space == std::string_view::npos ? std::string_view{} : trimmed(text.substr(space));
    return is_name(name) ? name : std::string{};
}

}  // namespace

std::optional<GmcpMessage> GmcpMessage::parse(std::string_view bytes) {
    if (bytes.size() > max_bytes) return std::nullopt;
    const auto end = std::min(bytes.find_first_of(" \t\r\n"), bytes.size());
    GmcpMessage message;
    message.name = utf8::fold_ascii(bytes.substr(0, end));
    if (!is_name(message.name)) return std::nullopt;
    const std::string_view body = trimmed(bytes.substr(end));
    if (body.empty()) return message;
    std::optional<Json> json = Json::parse(body);
    if (!json) return std::nullopt;
    message.body = std::move(*json);
    return message;
}

void GmcpSupports::set(const Json& modules) {
    if (modules.kind != Json::Kind::array) return;
    modules_.clear();
    add(modules);
}

void GmcpSupports::add(const Json& modules) {
    if (modules.kind != Json::Kind::array) return;
    for (const Json& entry : modules.items) {
        std::string_view version;
        std::string name = module_of(entry, version);
        const auto known = std::find(modules_.begin(), modules_.end(), name);
        if (name.empty()) continue;
        if (version == "0") {
            if (known != modules_.end()) modules_.erase(known);
        } else if (known == modules_.end() && modules_.size() < max_modules) {
            modules_.push_back(std::move(name));
        }
    }
    recount();
}

void GmcpSupports::remove(const Json& modules) {
    if (modules.kind != Json::Kind::array) return;
    for (const Json& entry : modules.items) {
        std::string_view version;
        std::erase(modules_, module_of(entry, version));
    }
    recount();
}

void GmcpSupports::recount() {
    topics_.reset();
    for (const Asked& asked : asked_by) {
        const auto is_asked = [&asked](const std::string& module) {
            return std::find(asked.modules.begin(), asked.modules.end(), module) != asked.modules.end();
        };
        if (std::any_of(modules_.begin(), modules_.end(), is_asked))
            topics_.set(static_cast<std::size_t>(asked.topic));
    }
}

}  // namespace gyre::net
