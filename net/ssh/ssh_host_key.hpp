#pragma once

#include "engine/base/result.hpp"

#include <memory>
#include <string>

struct ssh_key_struct;

namespace gyre::net {

/// The key by which clients know this server: ed25519, in a file that only its owner may read.
class SshHostKey {
  public:
    /// Reads the file, or makes it if there is none. Errc::io or bad_input: what is wrong with it.
    [[nodiscard]] static Result<std::shared_ptr<const SshHostKey>> load_or_make(const std::string& file);
    ~SshHostKey();
    SshHostKey(const SshHostKey&) = delete;
    SshHostKey& operator=(const SshHostKey&) = delete;

    /// "SHA256:...", as clients show it at their first visit.
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    /// For libssh; stays ours.
    [[nodiscard]] ssh_key_struct* get() const { return key_; }
    /// It was made just now.
    [[nodiscard]] bool is_new() const { return is_new_; }

  private:
    SshHostKey(ssh_key_struct* key, bool is_new);

    ssh_key_struct* key_;
    std::string fingerprint_;
    bool is_new_;
};

}  // namespace gyre::net
