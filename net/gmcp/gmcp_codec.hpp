#pragma once

#include "net/gmcp/json_codec.hpp"

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::net {

/// One GMCP message, "Package.Message JSON": what telnet carries in a subnegotiation of option 201, and a
/// WebSocket of the subprotocol gmcp.mudstandards.org in a frame. Nothing here knows how it came.
struct GmcpMessage {
    /// Longest message in bytes, its name included. Ours.
    static constexpr std::size_t max_bytes = 64U << 10;
    static constexpr std::size_t max_name = 64;

    std::string name;  ///< In small letters: names are the same however they are written.
    Json body;         ///< Kind::null if there is none.

    /// Nothing if it is too long, has no proper name, or what follows the name is no JSON in UTF-8.
    [[nodiscard]] static std::optional<GmcpMessage> parse(std::string_view bytes);
};

/// What a client may ask for; each is sent only to those who did.
enum class GmcpTopic : std::uint8_t {
    login,
    name,
    vitals,
    status,
    items,
    room,
    players,
    channels,
    gui,
    map,
    media,
    count,
};

using GmcpTopics = std::bitset<static_cast<std::size_t>(GmcpTopic::count)>;

/// The modules that a client said it supports (Core.Supports.*).
class GmcpSupports {
  public:
    /// Modules kept; further ones are dropped. Ours: clients name about ten.
    static constexpr std::size_t max_modules = 64;

    /// Each takes a list of "Module version"; what is not of that form is passed over. Version 0 takes away.
    void set(const Json& modules);
    void add(const Json& modules);
    void remove(const Json& modules);

    [[nodiscard]] bool wants(GmcpTopic topic) const { return topics_[static_cast<std::size_t>(topic)]; }
    [[nodiscard]] const GmcpTopics& topics() const { return topics_; }
    [[nodiscard]] std::size_t size() const { return modules_.size(); }

  private:
    void recount();

    std::vector<std::string> modules_;  ///< In small letters, without versions.
    GmcpTopics topics_;
};

}  // namespace gyre::net
