#pragma once

#include "engine/base/secrets.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::app {

/// How much work one scrypt hash is (RFC 7914).
struct ScryptCost {
    std::uint32_t log_n;  ///< Memory is 128 * r * 2^log_n bytes.
    std::uint32_t r;
    std::uint32_t p;
};

/// 32 MiB and a quarter of a second of one core.
inline constexpr ScryptCost normal_cost{15, 8, 3};
/// For tests: 2 KiB and a few microseconds.
inline constexpr ScryptCost cheap_cost{4, 1, 1};

/// Secrets by OpenSSL. A password hash reads `$scrypt$ln=15,r=8,p=3$SALT$HASH`, salt and hash in hexadecimal;
/// one made at another cost keeps matching. Running out of memory throws std::bad_alloc.
class OpensslSecrets final : public Secrets {
  public:
    explicit OpensslSecrets(ScryptCost cost);

    [[nodiscard]] std::string hash_password(std::string_view password) const override;
    [[nodiscard]] bool password_matches(std::string_view password, std::string_view hash) const override;
    [[nodiscard]] std::string decoy_hash() const override;
    [[nodiscard]] std::string remember(std::string_view data) const override;
    [[nodiscard]] std::string digest(std::string_view secret) const override;
    [[nodiscard]] bool equal(std::string_view left, std::string_view right) const override;
    [[nodiscard]] std::string random_bytes(std::size_t count) const override;

  private:
    ScryptCost cost_;
    std::string process_key_;  ///< For remember().
};

}  // namespace gyre::app
