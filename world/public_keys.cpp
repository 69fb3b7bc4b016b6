#include "world/public_keys.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace gyre::world {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// What is let in: DSA and RSA with SHA-1 are broken, and certificates need an authority.
constexpr std::array<std::string_view, 7> known_types{
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
};
/// Bytes of an RSA key of 2,048 bits, the least that counts as safe.
constexpr std::size_t min_rsa_bytes = 270;

/// RFC 4648 section 4. Nullopt: that is no base64.
std::optional<std::string> from_base64(std::string_view text) {
    while (text.ends_with('=')) text.remove_suffix(1);
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char letter : text) {
        const std::size_t value = alphabet.find(letter);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
    return bytes;
}

/// Without '=' at its end, as in fingerprints.
std::string to_base64(std::string_view bytes) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 63U];
    }
    if (count > 0) text += alphabet[(bits << (6 - count)) & 63U];
    return text;
}

std::string from_hexadecimal(std::string_view digits) {
    constexpr std::string_view values = "0123456789abcdef";
    std::string bytes;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2) {
        const std::size_t high = values.find(digits[at]);
        const std::size_t low = values.find(digits[at + 1]);
        bytes += static_cast<char>((high << 4U) | low);
    }
    return bytes;
}

/// The first string of a key: its type again. RFC 4251 section 5.
std::string_view type_within(std::string_view key) {
    if (key.size() < 4) return {};
    std::uint32_t size = 0;
    for (const char byte : key.substr(0, 4)) size = (size << 8U) | static_cast<unsigned char>(byte);
    return size > key.size() - 4 ? std::string_view{} : key.substr(4, size);
}

}  // namespace

Result<PublicKey> read_public_key(std::string_view line, const Secrets& secrets) {
    const auto wrong = [](std::string_view why) { return Error{Errc::bad_input, std::string{why}}; };
    if (line.size() > PublicKey::max_line) return wrong("That key is too long.");
    if (line.find("PRIVATE KEY") != std::string_view::npos) {
        return wrong(
            "That is a private key: keep it to yourself, and make a new one. What belongs here ends with "
            ".pub.");
    }
    PublicKey key;
    line = ascii::trimmed(line);
    key.type = ascii::take_word(line);
    key.base64 = ascii::take_word(line);
    if (std::find(known_types.begin(), known_types.end(), key.type) == known_types.end()) {
        return wrong(
            "A key is a line that begins with a type, like ssh-ed25519 or ssh-rsa; it stands in a file "
            "that ends with .pub.");
    }
    const std::optional<std::string> bytes = from_base64(key.base64);
    if (!bytes || type_within(*bytes) != key.type) return wrong("That key is damaged or not complete.");
    if (key.type == "ssh-rsa" && bytes->size() < min_rsa_bytes)
        return wrong("That RSA key is too short to be safe: 2,048 bits are the least.");
    key.comment = utf8::title(line).substr(0, PublicKey::max_comment);
    key.comment = utf8::title(utf8::repair(key.comment));
    key.fingerprint = "SHA256:" + to_base64(from_hexadecimal(secrets.digest(*bytes)));
    return key;
}

}  // namespace gyre::world
