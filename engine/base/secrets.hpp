#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace gyre {

/// Cryptography that the world needs, implemented above it (OpenSSL stays out of the world).
/// All functions are thread-safe.
class Secrets {
  public:
    virtual ~Secrets() = default;
    /// A self-describing salted hash (scheme, parameters, salt, hash). Slow on purpose: worker threads only.
    [[nodiscard]] virtual std::string hash_password(std::string_view password) const = 0;
    /// Compares in constant time. Slow on purpose: worker threads only. A hash it cannot read does not match.
    [[nodiscard]] virtual bool password_matches(std::string_view password, std::string_view hash) const = 0;
    /// A hash that nothing matches, as slow to check as a real one: for unknown names.
    [[nodiscard]] virtual std::string decoy_hash() const = 0;
    /// Keyed digest for remembering a success; the key lives as long as the process.
    [[nodiscard]] virtual std::string remember(std::string_view data) const = 0;
    /// SHA-256 of a secret with 128 or more random bits, as 64 hexadecimal digits.
    [[nodiscard]] virtual std::string digest(std::string_view secret) const = 0;
    /// Whether two digests are equal, in constant time.
    [[nodiscard]] virtual bool equal(std::string_view left, std::string_view right) const = 0;
    /// `count` bytes from the system's generator.
    [[nodiscard]] virtual std::string random_bytes(std::size_t count) const = 0;
};

}  // namespace gyre
