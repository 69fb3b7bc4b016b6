#pragma once

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "world/public_keys.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gyre::world {

class Transaction;
struct Statement;

/// What somebody may do: each includes those before it.
enum class Role : std::uint8_t { player, builder, wizard };
std::string_view role_name(Role role);
std::optional<Role> role_named(std::string_view name);

/// A person at the keyboard. Characters are objects with `#account` set to its number.
struct Account {
    std::int64_t id = 0;
    std::string name;  ///< As written when it was made.
    Role role = Role::player;
    std::int64_t created_at = 0;  ///< Seconds since 1970.
    std::int64_t last_seen = 0;
    std::string password_hash;  ///< Empty: no password; it lets nobody in.
};

/// All accounts, in memory; their rows change only through the running transaction and are undone with it.
class Accounts {
  public:
    static constexpr std::size_t max_keys = 20;  ///< Of one account.
    static constexpr std::string_view key_kind =
        "key ";  ///< What a row's kind begins with; a fingerprint follows.

    /// Null if there is none; the name is compared in ASCII lower case.
    [[nodiscard]] const Account* find(std::string_view name) const;
    [[nodiscard]] const Account* find(std::int64_t id) const;

    /// In a transaction. The name must be well formed and free.
    const Account& create(std::string_view name, std::string_view password_hash, std::int64_t now,
                          Transaction& transaction);
    void set_password(std::int64_t id, std::string_view password_hash, std::int64_t now,
                      Transaction& transaction);
    void set_role(std::int64_t id, Role role, Transaction& transaction);
    void set_last_seen(std::int64_t id, std::int64_t now, Transaction& transaction);

    /// Its keys for SSH, oldest first.
    [[nodiscard]] const std::vector<PublicKey>& keys_of(std::int64_t id) const;
    /// One with the same fingerprint is replaced. Precondition: there is room.
    void add_key(std::int64_t id, PublicKey key, Transaction& transaction);
    /// False: it has no such key.
    bool remove_key(std::int64_t id, std::string_view fingerprint, Transaction& transaction);

    /// The digest of the code that makes its first user a wizard; empty: there is none open.
    [[nodiscard]] const std::string& claim_digest() const { return claim_digest_; }
    void set_claim_digest(std::string_view digest, std::int64_t now, Transaction& transaction);

    /// While loading.
    void restore(Account account);
    void restore_password(std::int64_t id, std::string_view hash);
    void restore_key(std::int64_t id, std::string_view kind, std::string_view line, std::int64_t added_at);
    void restore_claim(std::string_view digest) { claim_digest_ = digest; }

    [[nodiscard]] std::size_t size() const { return by_id_.size(); }
    [[nodiscard]] bool has_wizard() const;
    [[nodiscard]] const std::map<std::int64_t, Account>& all() const { return by_id_; }

  private:
    struct Secret {
        std::int64_t account;  ///< 0: the world's own.
        std::string_view kind;
        std::string_view hash;
        std::int64_t now;
    };
    void write_secret(const Secret& secret, Transaction& transaction, std::string& place);
    void replace_keys(std::int64_t id, std::vector<PublicKey> keys, Statement statement,
                      Transaction& transaction);

    std::map<std::int64_t, Account> by_id_;
    std::map<std::int64_t, std::vector<PublicKey>> keys_;    ///< Of those that have some.
    std::unordered_map<std::string, std::int64_t> by_name_;  ///< In lower case.
    std::int64_t next_id_ = 1;
    std::string claim_digest_;
};

}  // namespace gyre::world
