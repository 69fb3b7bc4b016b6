#pragma once

#include "net/ssh/ssh_host_key.hpp"

#define SSH_SUPPRESS_DEPRECATED  // Messages that are answered later have no other interface in libssh 0.10.
#include <libssh/server.h>

#include <memory>

namespace gyre::net {

/// What all connections of the server have in common for libssh: host key and algorithms.
class SshBind {
  public:
    explicit SshBind(std::shared_ptr<const SshHostKey> key);
    ~SshBind();
    SshBind(const SshBind&) = delete;
    SshBind& operator=(const SshBind&) = delete;
    [[nodiscard]] ssh_bind get() const { return bind_; }

  private:
    std::shared_ptr<const SshHostKey> key_;
    ssh_bind bind_;
};

}  // namespace gyre::net
