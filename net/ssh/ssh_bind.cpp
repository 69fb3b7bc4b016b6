#include "net/ssh/ssh_bind.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace gyre::net {
namespace {

struct Choice {
    ssh_bind_options_e option;
    const char* value;
};
constexpr const char* ciphers =
    "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,"
    "aes128-ctr";
/// The last two for clients that know no others: Twisted's, and libssh2 before 1.11.
constexpr const char* macs =
    "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
/// Nothing that ssh-audit calls a failure; it warns of the last two MACs.
constexpr std::array choices{
    Choice{SSH_BIND_OPTIONS_BANNER, "Gyre"},
    Choice{SSH_BIND_OPTIONS_KEY_EXCHANGE, "curve25519-sha256,curve25519-sha256@libssh.org"},
    Choice{SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519"},
    Choice{SSH_BIND_OPTIONS_CIPHERS_C_S, ciphers},
    Choice{SSH_BIND_OPTIONS_CIPHERS_S_C, ciphers},
    Choice{SSH_BIND_OPTIONS_HMAC_C_S, macs},
    Choice{SSH_BIND_OPTIONS_HMAC_S_C, macs},
    Choice{SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES,
           "ssh-ed25519,ecdsa-sha2-nistp521,ecdsa-sha2-nistp384,ecdsa-sha2-nistp256,"
           "sk-ssh-ed25519@openssh.com,sk-ecdsa-sha2-nistp256@openssh.com,rsa-sha2-512,rsa-sha2-256"},
};

}  // namespace

SshBind::SshBind(std::shared_ptr<const SshHostKey> key) : key_(std::move(key)), bind_(ssh_bind_new()) {
    if (bind_ == nullptr) throw std::runtime_error("cannot prepare for SSH");
    bool system_configuration = false;
    ssh_bind_options_set(bind_, SSH_BIND_OPTIONS_PROCESS_CONFIG, &system_configuration);
    for (const Choice& choice : choices) {
        if (ssh_bind_options_set(bind_, choice.option, choice.value) < 0)
            throw std::runtime_error(ssh_get_error(bind_));
    }
    // It becomes libssh's own, so it gets a copy.
    char* text = nullptr;
    ssh_key copy = nullptr;
    if (ssh_pki_export_privkey_base64(key_->get(), nullptr, nullptr, nullptr, &text) != SSH_OK ||
        ssh_pki_import_privkey_base64(text, nullptr, nullptr, nullptr, &copy) != SSH_OK ||
        ssh_bind_options_set(bind_, SSH_BIND_OPTIONS_IMPORT_KEY, copy) < 0) {
        throw std::runtime_error("cannot use the SSH host key");
    }
    ssh_string_free_char(text);
}

SshBind::~SshBind() { ssh_bind_free(bind_); }

}  // namespace gyre::net
