#include "net/ssh/ssh_host_key.hpp"

#include "net/ssh/ssh_names.hpp"

#include <fmt/format.h>
#include <libssh/libssh.h>

#include <sys/stat.h>

namespace gyre::net {
namespace {

Status make_key(const std::string& file) {
    ssh_key key = nullptr;
    if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK)
        return Error{Errc::io, "cannot make an SSH host key"};
    const mode_t mask = ::umask(077);
    const int written = ssh_pki_export_privkey_file(key, nullptr, nullptr, nullptr, file.c_str());
    ::umask(mask);
    ssh_key_free(key);
    if (written != SSH_OK) return Error{Errc::io, fmt::format("{}: cannot write the SSH host key", file)};
    return done();
}

/// Nobody is there to be asked for the passphrase of a key; without this, OpenSSL would ask the terminal.
// NOLINTNEXTLINE(readability-function-size): libssh decides what it is given.
int refuse_passphrase(const char* /*prompt*/, char* /*answer*/, size_t /*size*/, int /*echo*/, int /*verify*/,
                      void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

}  // namespace

Result<std::shared_ptr<const SshHostKey>> SshHostKey::load_or_make(const std::string& file) {
    struct stat status {};
    const bool is_new = ::stat(file.c_str(), &status) != 0;
    if (is_new) {
        if (Status made = make_key(file); !made) return made.error();
    } else if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{Errc::bad_input, fmt::format("{}: others may read this key; chmod 600 it", file)};
    }
    ssh_key key = nullptr;
    bool asked = false;
    if (ssh_pki_import_privkey_file(file.c_str(), nullptr, refuse_passphrase, &asked, &key) != SSH_OK) {
        if (asked) {
            return Error{Errc::bad_input,
                         fmt::format("{}: this key has a passphrase, for which a server cannot ask; take it "
                                     "off with ssh-keygen -p -N '' -f {}",
                                     file, file)};
        }
        return Error{
            Errc::bad_input,
            fmt::format("{}: this is no SSH key that can be read; move it away, and a new one is made",
                        file)};
    }
    if (ssh_key_type(key) != SSH_KEYTYPE_ED25519) {
        ssh_key_free(key);
        return Error{Errc::bad_input, fmt::format("{}: the SSH host key must be an ed25519 key", file)};
    }
    return std::shared_ptr<const SshHostKey>(new SshHostKey(key, is_new));
}

SshHostKey::SshHostKey(ssh_key_struct* key, bool is_new)
    : key_(key), fingerprint_(ssh_fingerprint(key)), is_new_(is_new) {}

SshHostKey::~SshHostKey() { ssh_key_free(key_); }

}  // namespace gyre::net
