#include "world/accounts.hpp"

#include "engine/base/utf8.hpp"
#include "world/transaction.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

constexpr std::string_view insert_account =
    "insert into account (id, name, role, created_at, last_seen) values (?1, ?2, ?3, ?4, ?5)";
constexpr std::string_view update_role = "update account set role = ?2 where id = ?1";
constexpr std::string_view update_seen = "update account set last_seen = ?2 where id = ?1";
constexpr std::string_view put_secret =
    "insert into secret (account, kind, hash, created_at) values (?1, ?2, ?3, ?4)"
    " on conflict (account, kind) do update set hash = excluded.hash, created_at = excluded.created_at";
constexpr std::string_view delete_secret = "delete from secret where account = ?1 and kind = ?2";

}  // namespace

std::string_view role_name(Role role) {
    switch (role) {
        case Role::player:
            return "player";
        case Role::builder:
            return "builder";
        case Role::wizard:
            return "wizard";
    }
    return "player";
}

std::optional<Role> role_named(std::string_view name) {
    for (const Role role : {Role::player, Role::builder, Role::wizard}) {
        if (name == role_name(role)) return role;
    }
    return std::nullopt;
}

const Account* Accounts::find(std::string_view name) const {
    const auto found = by_name_.find(utf8::fold_ascii(name));
    return found == by_name_.end() ? nullptr : find(found->second);
}

const Account* Accounts::find(std::int64_t id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
}

const Account& Accounts::create(std::string_view name, std::string_view password_hash, std::int64_t now,
                                Transaction& transaction) {
    const std::int64_t id = next_id_++;
    Account& account = by_id_[id];
    account = {id, std::string{name}, Role::player, now, now, {}};
    by_name_[utf8::fold_ascii(name)] = id;
    // The number is not given back: nothing outside counts them.
    transaction.native({insert_account, {id, account.name, std::string{role_name(Role::player)}, now, now}},
                       [this, id, key = utf8::fold_ascii(name)] {
                           by_name_.erase(key);
                           by_id_.erase(id);
                       });
    if (!password_hash.empty()) set_password(id, password_hash, now, transaction);
    return account;
}

void Accounts::write_secret(const Secret& secret, Transaction& transaction, std::string& place) {
    const auto& [id, kind, hash, now] = secret;
    std::string before = std::exchange(place, std::string{hash});
    transaction.native({put_secret, {id, std::string{kind}, std::string{hash}, now}},
                       [this, id = id, kind = std::string{kind}, before = std::move(before)] {
                           if (kind == "claim") claim_digest_ = before;
                           const auto found = by_id_.find(id);
                           if (kind == "password" && found != by_id_.end())
                               found->second.password_hash = before;
                       });
}

void Accounts::set_password(std::int64_t id, std::string_view password_hash, std::int64_t now,
                            Transaction& transaction) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    write_secret({id, "password", password_hash, now}, transaction, found->second.password_hash);
}

void Accounts::set_claim_digest(std::string_view digest, std::int64_t now, Transaction& transaction) {
    write_secret({0, "claim", digest, now}, transaction, claim_digest_);
}

void Accounts::set_role(std::int64_t id, Role role, Transaction& transaction) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    const Role before = std::exchange(found->second.role, role);
    transaction.native({update_role, {id, std::string{role_name(role)}}}, [this, id, before] {
        if (const auto account = by_id_.find(id); account != by_id_.end()) account->second.role = before;
    });
}

void Accounts::set_last_seen(std::int64_t id, std::int64_t now, Transaction& transaction) {
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return;
    const std::int64_t before = std::exchange(found->second.last_seen, now);
    transaction.native({update_seen, {id, now}}, [this, id, before] {
        if (const auto account = by_id_.find(id); account != by_id_.end()) account->second.last_seen = before;
    });
}

const std::vector<PublicKey>& Accounts::keys_of(std::int64_t id) const {
    static const std::vector<PublicKey> none;
    const auto found = keys_.find(id);
    return found == keys_.end() ? none : found->second;
}

void Accounts::add_key(std::int64_t id, PublicKey key, Transaction& transaction) {
    std::vector<PublicKey> keys = keys_of(id);
    std::erase_if(keys, [&](const PublicKey& each) { return each.fingerprint == key.fingerprint; });
    Statement statement{put_secret, {id, std::string{key_kind} + key.fingerprint, key.line(), key.added_at}};
    keys.push_back(std::move(key));
    // As they are loaded: numbers in a list must not change with a restart.
    std::sort(keys.begin(), keys.end(), [](const PublicKey& left, const PublicKey& right) {
        return std::pair{left.added_at, std::string_view{left.fingerprint}} <
               std::pair{right.added_at, std::string_view{right.fingerprint}};
    });
    replace_keys(id, std::move(keys), std::move(statement), transaction);
}

bool Accounts::remove_key(std::int64_t id, std::string_view fingerprint, Transaction& transaction) {
    std::vector<PublicKey> keys = keys_of(id);
    if (std::erase_if(keys, [&](const PublicKey& each) { return each.fingerprint == fingerprint; }) == 0)
        return false;
    Statement statement{delete_secret, {id, std::string{key_kind} + std::string{fingerprint}}};
    replace_keys(id, std::move(keys), std::move(statement), transaction);
    return true;
}

void Accounts::replace_keys(std::int64_t id, std::vector<PublicKey> keys, Statement statement,
                            Transaction& transaction) {
    std::vector<PublicKey> before = std::exchange(keys_[id], std::move(keys));
    transaction.native(std::move(statement), [this, id, before = std::move(before)] { keys_[id] = before; });
}

void Accounts::restore_key(std::int64_t id, std::string_view kind, std::string_view line,
                           std::int64_t added_at) {
    PublicKey key;
    const std::size_t type = std::min(line.find(' '), line.size());
    const std::size_t base64 = std::min(line.find(' ', type + 1), line.size());
    key.type = line.substr(0, type);
    if (type < line.size()) key.base64 = line.substr(type + 1, base64 - type - 1);
    if (base64 < line.size()) key.comment = line.substr(base64 + 1);
    key.fingerprint = kind.substr(key_kind.size());
    key.added_at = added_at;
    keys_[id].push_back(std::move(key));
}

void Accounts::restore(Account account) {
    next_id_ = std::max(next_id_, account.id + 1);
    by_name_[utf8::fold_ascii(account.name)] = account.id;
    by_id_[account.id] = std::move(account);
}

void Accounts::restore_password(std::int64_t id, std::string_view hash) {
    if (const auto found = by_id_.find(id); found != by_id_.end()) found->second.password_hash = hash;
}

bool Accounts::has_wizard() const {
    return std::ranges::any_of(by_id_, [](const auto& entry) { return entry.second.role == Role::wizard; });
}

}  // namespace gyre::world
