#pragma once

#include <string>

struct ssh_key_struct;

namespace gyre::net {

/// "SHA256:..." of a public key, as ssh-keygen -l shows it; empty for what is no key.
[[nodiscard]] std::string ssh_fingerprint(ssh_key_struct* key);
/// "ssh-ed25519 AAAA...", as in a .pub file but without the comment; empty for what is no key.
[[nodiscard]] std::string ssh_key_line(ssh_key_struct* key);

}  // namespace gyre::net
