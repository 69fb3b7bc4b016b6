#include "net/ssh/ssh_service.hpp"

#include "net/ssh/ssh_connection.hpp"

#include <array>
#include <utility>

namespace gyre::net {
namespace {

void take_ssh(Context& context, reactor::Reactor& reactor, const std::shared_ptr<const reactor::Door>& door,
              int descriptor, reactor::Peer peer) {
    std::make_shared<SshConnection>(context, reactor, door, descriptor, std::move(peer))->start();
}

constexpr std::array calls{
    CallRow{"a line of a shell", "player:command(line) -> sentence -> the verb's method"},
    CallRow{"exec", "the same, output to stdout, exit status 0, 1 refused, 2 error"},
    CallRow{"input of exec import", "the text that the command asked for, whole"},
    CallRow{"session opens", "player:connected(session)"},
    CallRow{"session closes", "player:disconnected(session, reason)"},
};

}  // namespace

Service ssh_service() {
    return {.scheme = "ssh",
            .description = "SSH: shells, single commands, and keys in place of passwords",
            .default_port = 4022,
            .tls = false,
            .busy_words = {},
            .calls = calls,
            .take = take_ssh};
}

Result<OpenedSsh> open_ssh(const std::string& key_file, bool accounts_by_key) {
    auto key = SshHostKey::load_or_make(key_file);
    if (!key) return key.error();
    OpenedSsh opened;
    opened.fingerprint = key.value()->fingerprint();
    opened.new_key = key.value()->is_new();
    opened.door = std::make_shared<SshDoor>(std::move(key).value());
    opened.door->accounts_by_key = accounts_by_key;
    return opened;
}

}  // namespace gyre::net
