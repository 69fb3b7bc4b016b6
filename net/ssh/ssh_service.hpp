#pragma once

#include "engine/base/result.hpp"
#include "net/service.hpp"

#include <memory>
#include <string>

namespace gyre::net {

/// SSH: a shell, one command, and keys in place of passwords.
Service ssh_service();

/// What Context::ssh wants. `key_file` is read, or made if there is none.
struct OpenedSsh {
    std::shared_ptr<SshDoor> door;
    std::string fingerprint;  ///< Of the host key: "SHA256:..."
    bool new_key = false;
};
[[nodiscard]] Result<OpenedSsh> open_ssh(const std::string& key_file, bool accounts_by_key);

}  // namespace gyre::net
