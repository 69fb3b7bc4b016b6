#include "engine/app/openssl_secrets.hpp"

#include "engine/base/random.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <new>
#include <optional>
#include <vector>

// A hash says its own parameters, so the cost may be raised later without touching old accounts. What is read
// back is bounded before it is used: a damaged row must not make the server allocate or compute without end.

namespace gyre::app {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
/// OpenSSL refuses scrypt over 32 MiB unless told otherwise, and the normal cost needs a little more than
/// that.
constexpr std::uint64_t max_memory = 64ULL * 1024 * 1024;
/// Most of each parameter that is accepted from a stored hash.
constexpr ScryptCost max_cost{16, 8, 16};

using Digest = std::array<unsigned char, hash_bytes>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* bytes, std::size_t count) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(2 * count);
    for (std::size_t at = 0; at < count; ++at) {
        out += digits[bytes[at] >> 4U];
        out += digits[bytes[at] & 0xfU];
    }
    return out;
}

std::optional<std::string> unhex(std::string_view text) {
    std::string out;
    if (text.size() % 2 != 0) return std::nullopt;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        unsigned value = 0;
        const char* const end = text.data() + at + 2;
        const auto [stopped, error] = std::from_chars(text.data() + at, end, value, 16);
        if (error != std::errc{} || stopped != end) return std::nullopt;
        out += static_cast<char>(value);
    }
    return out;
}

Digest scrypt(std::string_view password, std::string_view salt, ScryptCost cost) {
    Digest out{};
    const int done =
        EVP_PBE_scrypt(password.data(), password.size(), bytes_of(salt), salt.size(),
                       std::uint64_t{1} << cost.log_n, cost.r, cost.p, max_memory, out.data(), out.size());
    if (done != 1) throw std::bad_alloc();  // The parameters are in bounds; nothing else can fail.
    return out;
}

std::string written(ScryptCost cost, std::string_view salt, const unsigned char* hash) {
    return fmt::format("$scrypt$ln={},r={},p={}${}${}", cost.log_n, cost.r, cost.p,
                       hex(bytes_of(salt), salt.size()), hex(hash, hash_bytes));
}

struct StoredHash {
    ScryptCost cost{};
    std::string salt;
    std::string hash;
};

/// Takes `prefix` and a number of 1 to `most` off the front of `text`.
std::optional<std::uint32_t> take_number(std::string_view& text, std::string_view prefix,
                                         std::uint32_t most) {
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    std::uint32_t value = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || value == 0 || value > most) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    return value;
}

std::optional<StoredHash> read_hash(std::string_view text) {
    const auto log_n = take_number(text, "$scrypt$ln=", max_cost.log_n);
    const auto r = log_n ? take_number(text, ",r=", max_cost.r) : std::nullopt;
    const auto p = r ? take_number(text, ",p=", max_cost.p) : std::nullopt;
    if (!p || !text.starts_with('$')) return std::nullopt;
    text.remove_prefix(1);
    const std::size_t between = text.find('$');
    if (between == std::string_view::npos) return std::nullopt;
    auto salt = unhex(text.substr(0, between));
    auto hash = unhex(text.substr(between + 1));
    if (!salt || !hash || salt->size() != salt_bytes || hash->size() != hash_bytes) return std::nullopt;
    return StoredHash{{*log_n, *r, *p}, std::move(*salt), std::move(*hash)};
}

}  // namespace

OpensslSecrets::OpensslSecrets(ScryptCost cost) : cost_(cost), process_key_(system_random(hash_bytes)) {}

std::string OpensslSecrets::hash_password(std::string_view password) const {
    const std::string salt = system_random(salt_bytes);
    return written(cost_, salt, scrypt(password, salt, cost_).data());
}

bool OpensslSecrets::password_matches(std::string_view password, std::string_view hash) const {
    const auto stored = read_hash(hash);
    if (!stored) return false;
    const Digest found = scrypt(password, stored->salt, stored->cost);
    return CRYPTO_memcmp(found.data(), stored->hash.data(), hash_bytes) == 0;
}

std::string OpensslSecrets::decoy_hash() const {
    return written(cost_, system_random(salt_bytes), bytes_of(system_random(hash_bytes)));
}

std::string OpensslSecrets::remember(std::string_view data) const {
    Digest out{};
    const auto* const done = HMAC(EVP_sha256(), process_key_.data(), static_cast<int>(process_key_.size()),
                                  bytes_of(data), data.size(), out.data(), nullptr);
    if (done == nullptr) throw std::bad_alloc();
    return hex(out.data(), out.size());
}

std::string OpensslSecrets::digest(std::string_view secret) const {
    Digest out{};
    if (EVP_Digest(secret.data(), secret.size(), out.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
    return hex(out.data(), out.size());
}

bool OpensslSecrets::equal(std::string_view left, std::string_view right) const {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string OpensslSecrets::random_bytes(std::size_t count) const { return system_random(count); }

}  // namespace gyre::app
