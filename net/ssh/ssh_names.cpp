#include "net/ssh/ssh_names.hpp"

#include <libssh/libssh.h>

#include <cstddef>

namespace gyre::net {

std::string ssh_fingerprint(ssh_key_struct* key) {
    unsigned char* hash = nullptr;
    std::size_t size = 0;
    if (key == nullptr || ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != SSH_OK)
        return {};
    char* const words = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    ssh_clean_pubkey_hash(&hash);
    std::string fingerprint = words == nullptr ? "" : words;
    ssh_string_free_char(words);
    return fingerprint;
}

std::string ssh_key_line(ssh_key_struct* key) {
    char* base64 = nullptr;
    if (key == nullptr || ssh_pki_export_pubkey_base64(key, &base64) != SSH_OK) return {};
    std::string line = ssh_key_type_to_char(ssh_key_type(key));
    if (ssh_key_type(key) == SSH_KEYTYPE_ECDSA_P256 || ssh_key_type(key) == SSH_KEYTYPE_ECDSA_P384 ||
        ssh_key_type(key) == SSH_KEYTYPE_ECDSA_P521) {
        line = ssh_pki_key_ecdsa_name(key);
    }
    line += ' ';
    line += base64;
    ssh_string_free_char(base64);
    return line;
}

}  // namespace gyre::net
