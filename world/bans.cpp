#include "world/bans.hpp"

#include "engine/base/utf8.hpp"
#include "world/names.hpp"
#include "world/transaction.hpp"

#include <arpa/inet.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <ctime>

namespace gyre::world {

namespace {

constexpr std::string_view put_ban =
    "insert into ban (mask, ends, since, reason, author) values (?1, ?2, ?3, ?4, ?5)"
    " on conflict (mask) do update set ends = ?2, since = ?3, reason = ?4, author = ?5";
constexpr std::string_view delete_ban = "delete from ban where mask = ?1";
constexpr unsigned least_prefix = 8;  // A shorter one keeps out too many to be meant.

/// 4 or 16 bytes in network order; empty: no address.
std::string bytes_of(std::string_view address) {
    std::array<char, 16> bytes{};
    const std::string text{address};
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
    constexpr std::array<char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '\xff', '\xff'};
    if (std::memcmp(bytes.data(), mapped.data(), mapped.size()) == 0)
        return {bytes.data() + mapped.size(), 4};
    return {bytes.data(), bytes.size()};
}

void clear_behind(std::string& bytes, unsigned prefix) {
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        const auto first = static_cast<unsigned>(index) * 8;
        const unsigned kept = prefix <= first ? 0 : std::min(prefix - first, 8U);
        bytes[index] = static_cast<char>(static_cast<unsigned char>(bytes[index]) & (0xFF00U >> kept));
    }
}

bool holds_now(const Ban& ban, std::int64_t now) { return ban.ends == 0 || ban.ends > now; }

}  // namespace

std::optional<AddressRange> AddressRange::read(std::string_view words) {
    const std::size_t slash = words.find('/');
    AddressRange range;
    range.bytes_ = bytes_of(words.substr(0, slash));
    const auto most = static_cast<unsigned>(range.bytes_.size()) * 8;
    range.prefix_ = most;
    if (range.bytes_.empty()) return std::nullopt;
    if (slash != std::string_view::npos) {
        const std::string_view number = words.substr(slash + 1);
        const auto [end, error] =
            std::from_chars(number.data(), number.data() + number.size(), range.prefix_);
        const bool is_number = error == std::errc{} && end == number.data() + number.size();
        if (!is_number || range.prefix_ > most) return std::nullopt;
    }
    if (range.prefix_ < least_prefix) return std::nullopt;
    clear_behind(range.bytes_, range.prefix_);
    return range;
}

bool AddressRange::holds(std::string_view address) const {
    std::string bytes = bytes_of(address);
    if (bytes.size() != bytes_.size()) return false;
    clear_behind(bytes, prefix_);
    return bytes == bytes_;
}

std::string AddressRange::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes_.size() == 4 ? AF_INET : AF_INET6;
    inet_ntop(family, bytes_.data(), text.data(), text.size());
    std::string words{text.data()};
    if (prefix_ < bytes_.size() * 8) words += '/' + std::to_string(prefix_);
    return words;
}

std::string Ban::words() const {
    std::string words = "You are banned from this world";
    if (ends != 0)
        words += fmt::format(" until {:%Y-%m-%d %H:%M} UTC", fmt::gmtime(static_cast<std::time_t>(ends)));
    return words + (reason.empty() ? "." : ": " + reason + ".");
}

Result<std::string> Bans::add(Ban ban, Transaction& transaction) {
    ban.range = AddressRange::read(ban.mask);
    if (!ban.range && !Names::well_formed(ban.mask)) {
        return Error{Errc::bad_input,
                     "that is neither the name of an account nor an address such as "
                     "192.0.2.7, 192.0.2.0/24 or 2001:db8::/32"};
    }
    ban.mask = ban.range ? ban.range->to_string() : utf8::fold_ascii(ban.mask);
    if (bans_.size() >= limit && !bans_.contains(ban.mask))
        return Error{Errc::too_long, "there are too many bans"};
    ban.reason.resize(std::min(ban.reason.size(), max_reason));
    const std::string mask = ban.mask;
    const auto known = bans_.find(mask);
    const std::optional<Ban> before = known == bans_.end() ? std::nullopt : std::optional{known->second};
    transaction.native({put_ban, {mask, ban.ends, ban.since, ban.reason, ban.by}},
                       [this, mask, before] { put_back(mask, before); });
    bans_[mask] = std::move(ban);
    return mask;
}

bool Bans::remove(std::string_view words, Transaction& transaction) {
    const std::optional<AddressRange> range = AddressRange::read(words);
    const std::string mask = range ? range->to_string() : utf8::fold_ascii(words);
    const auto known = bans_.find(mask);
    if (known == bans_.end()) return false;
    transaction.native({delete_ban, {mask}},
                       [this, mask, before = known->second] { put_back(mask, before); });
    bans_.erase(known);
    return true;
}

void Bans::put_back(const std::string& mask, const std::optional<Ban>& before) {
    if (before) {
        bans_[mask] = *before;
    } else {
        bans_.erase(mask);
    }
}

void Bans::restore(Ban ban) {
    ban.range = AddressRange::read(ban.mask);
    const std::string mask = ban.mask;
    bans_[mask] = std::move(ban);
}

const Ban* Bans::of_account(std::string_view name, std::int64_t now) const {
    const auto found = bans_.find(utf8::fold_ascii(name));
    return found != bans_.end() && holds_now(found->second, now) ? &found->second : nullptr;
}

const Ban* Bans::of_address(std::string_view address, std::int64_t now) const {
    for (const auto& [mask, ban] : bans_) {
        if (ban.range && holds_now(ban, now) && ban.range->holds(address)) return &ban;
    }
    return nullptr;
}

}  // namespace gyre::world
