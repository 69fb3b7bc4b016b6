#pragma once

#include "engine/base/clock.hpp"
#include "engine/reactor/transport.hpp"
#include "net/sessions.hpp"
#include "world/gate.hpp"
#include "world/native.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::reactor {
class Reactor;
struct Door;
}  // namespace gyre::reactor

namespace gyre::net {

struct SshDoor;  // net/ssh/ssh_door.hpp

/// What lists of worlds may know of this server. What is empty is not told.
struct Listing {
    std::int64_t started_at = 0;  ///< Seconds since 1970.
    std::string codebase;         ///< "Gyre 0.1.0"
    std::vector<std::uint16_t> ports;
    std::vector<std::uint16_t> tls_ports;
    std::vector<std::uint16_t> ssh_ports;
    std::string hostname;
    std::string website;
    std::string contact;
    std::string icon;
    std::string language;
    std::string location;
};

/// What clients are offered to fetch by themselves, as URLs; each may be empty.
struct ClientDownloads {
    std::string gui;          ///< A package for Mudlet.
    std::string gui_version;  ///< A client fetches it anew when this is another one.
    std::string map;
    std::string media;  ///< The folder of sounds and pictures; ends with '/'.
};

/// What every protocol is made with. Lives as long as any of them.
struct Context {
    world::Gate& gate;
    world::Native& native;
    const Clock& clock;
    /// Where passwords are safe, for those who come by another door, in words behind "Use":
    /// "telnets://example.org:4443", "SSH on port 22". May be empty.
    std::string secure_door = {};
    /// How long a visitor may take to say who it is; the time that a password's hash waits does not count.
    std::uint32_t login_seconds = 120;
    /// How long somebody in the world may be silent; 0: for ever.
    std::uint32_t idle_seconds = 0;
    ClientDownloads downloads = {};
    Sessions sessions = {};
    Listing listing = {};
    std::shared_ptr<SshDoor> ssh = {};  ///< What SSH needs besides; null: there is none.
};

/// One row of what `gyre run --list-calls` prints.
struct CallRow {
    std::string_view arrives;
    std::string_view call;
};

/// What the server needs to know to offer one protocol at one URL scheme.
struct Service {
    std::string_view scheme;
    std::string_view description;
    std::uint16_t default_port;
    bool tls;                     ///< The connection begins with TLS.
    std::string_view busy_words;  ///< For one connection too many, before it is closed; with its line end.
    std::span<const CallRow> calls;
    /// For the reactor's connections; null: `take` makes its own.
    std::unique_ptr<reactor::Protocol> (*make)(Context& context) = nullptr;
    void (*take)(Context& context, reactor::Reactor& reactor,
                 const std::shared_ptr<const reactor::Door>& door, int descriptor,
                 reactor::Peer peer) = nullptr;
};

/// Every protocol that this server speaks: the one registration table.
std::span<const Service> all_services();
/// Null if there is none.
const Service* find_service(std::string_view scheme);

}  // namespace gyre::net
