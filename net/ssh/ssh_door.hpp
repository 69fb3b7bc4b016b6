#pragma once

#include "engine/base/log.hpp"
#include "net/service.hpp"
#include "net/ssh/ssh_link.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>

namespace gyre::net {

class SshConnection;

/// What all SSH connections of the server share.
struct SshDoor {
    /// Connections on which nobody has been let in yet. Ours: a key exchange costs much, a packet to begin
    /// one little.
    static constexpr std::size_t max_before_login = 200;

    explicit SshDoor(std::shared_ptr<const SshHostKey> key) : bind(std::move(key)) {}

    SshBind bind;
    bool accounts_by_key = false;  ///< A key may make the account of a name that is free.
    std::size_t before_login = 0;
    log::Thinning broken{
        std::chrono::seconds{1}};  ///< Of the lines about whom nobody knows yet, and broken ones.
    /// Those of them that have not even begun to exchange keys, the oldest first: when there are too many,
    /// they make room.
    std::list<SshConnection*> strangers;
};

}  // namespace gyre::net
