#pragma once

#include "engine/base/result.hpp"
#include "engine/base/secrets.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::world {

/// A key that lets its owner in by SSH. RFC 4253 section 6.6; written as in a .pub file of OpenSSH.
struct PublicKey {
    /// Longest line in bytes: RSA of 16,384 bits with a comment of some length.
    static constexpr std::size_t max_line = 4000;
    static constexpr std::size_t max_comment = 100;  ///< Bytes; more is cut off.

    std::string type;         ///< "ssh-ed25519"
    std::string base64;       ///< The key itself.
    std::string comment;      ///< "alice@laptop"
    std::string fingerprint;  ///< "SHA256:...", as ssh-keygen -l shows it.
    std::int64_t added_at = 0;

    [[nodiscard]] std::string line() const {
        return type + ' ' + base64 + (comment.empty() ? "" : ' ' + comment);
    }
};

/// Reads "ssh-ed25519 AAAA... comment"; options before the type are not understood. Errc::bad_input says what
/// is wrong, as a sentence.
[[nodiscard]] Result<PublicKey> read_public_key(std::string_view line, const Secrets& secrets);

}  // namespace gyre::world
