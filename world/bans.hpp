#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace gyre::world {

class Transaction;

/// The addresses `192.0.2.0/24` or `2001:db8::/32`, or a single one.
class AddressRange {
  public:
    /// Nullopt: these words are no address. Bits behind the prefix are cleared.
    [[nodiscard]] static std::optional<AddressRange> read(std::string_view words);
    /// `address` is one as a Peer has it; an IPv4 address that is written as IPv6 counts as IPv4.
    [[nodiscard]] bool holds(std::string_view address) const;
    /// As one writes it, "/32" and "/128" left out.
    [[nodiscard]] std::string to_string() const;

  private:
    std::string bytes_;  ///< 4 or 16.
    unsigned prefix_ = 0;
};

/// Who is kept out, at every door.
struct Ban {
    std::string mask;        ///< An account in lower case, or addresses.
    std::int64_t ends = 0;   ///< Seconds since 1970; 0: never.
    std::int64_t since = 0;  ///< Seconds since 1970.
    std::string reason;
    std::string by;
    std::optional<AddressRange> range;  ///< Nullopt: an account.

    /// What those read whom it keeps out.
    [[nodiscard]] std::string words() const;
};

/// All bans, in memory; their rows change only through the running transaction and are undone with it.
class Bans {
  public:
    static constexpr std::size_t limit = 10'000;
    static constexpr std::size_t max_reason = 200;  ///< Bytes.

    /// In a transaction; replaces the one of the same mask. `mask` is the name of an account, whether there
    /// is such a one or not, or an address with or without a prefix. Returns the mask as kept.
    /// - Errc::bad_input: it is neither; it would keep out more than a 256th of all addresses.
    /// - Errc::too_long: there are `limit` bans.
    Result<std::string> add(Ban ban, Transaction& transaction);
    /// False: there is none of this mask.
    bool remove(std::string_view mask, Transaction& transaction);
    void restore(Ban ban);

    /// Null: this account may come in.
    [[nodiscard]] const Ban* of_account(std::string_view name, std::int64_t now) const;
    /// Null: whoever is there may come in.
    [[nodiscard]] const Ban* of_address(std::string_view address, std::int64_t now) const;
    [[nodiscard]] const std::map<std::string, Ban, std::less<>>& all() const { return bans_; }

  private:
    void put_back(const std::string& mask, const std::optional<Ban>& before);
    std::map<std::string, Ban, std::less<>> bans_;
};

}  // namespace gyre::world
