#include "engine/base/log.hpp"
#include "world/residents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

// Keys for SSH: who has which, and what they open.

namespace gyre::world {

namespace {

PublicKeyFacts facts_of(const PublicKey& key) {
    return {key.type, key.fingerprint, key.comment, key.added_at};
}

}  // namespace

bool Residents::has_key(std::string_view name, std::string_view fingerprint) const {
    const Account* account = account_of(world_.names.peek(Names::Space::character, name));
    if (account == nullptr) return false;
    const std::vector<PublicKey>& keys = world_.accounts.keys_of(account->id);
    return std::any_of(keys.begin(), keys.end(),
                       [fingerprint](const PublicKey& key) { return key.fingerprint == fingerprint; });
}

LoginResult Residents::log_in_by_key(const Caller& caller, std::string_view name,
                                     std::string_view fingerprint) {
    if (!has_key(name, fingerprint)) return {};
    LoginResult result;
    result.kind = LoginResult::Kind::welcome;
    result.player = world_.names.peek(Names::Space::character, name);
    const Ban* ban = ban_for(caller, account_of(result.player));
    return ban == nullptr ? result : sent_away(caller, name, *ban);
}

Result<ObjectId> Residents::create_by_key(const Caller& caller, std::string_view name, std::string_view key,
                                          BatchNumber& needs) {
    if (const Status may = may_be_created(caller, name); !may) return may.error();
    const Result<PublicKey> read = read_public_key(key, secrets_);
    if (!read) return read.error();
    Result<ObjectId> player = create_with_hash(name, {}, needs);
    if (!player) return player.error();
    log::info("login", "new account by key",
              {{"name", name}, {"address", caller.address}, {"key", read.value().fingerprint}});
    const Result<PublicKeyFacts> added = add_key(player.value(), key, needs);
    if (!added) return added.error();
    return player;
}

Result<PublicKeyFacts> Residents::add_key(ObjectId player, std::string_view line, BatchNumber& needs) {
    const Account* account = account_of(player);
    if (account == nullptr) return Error{Errc::not_found, "This character has no account."};
    Result<PublicKey> read = read_public_key(line, secrets_);
    if (!read) return read.error();
    PublicKey key = std::move(read).value();
    if (world_.accounts.keys_of(account->id).size() >= Accounts::max_keys &&
        !has_key(account->name, key.fingerprint)) {
        return Error{
            Errc::bad_input,
            fmt::format("You have {} keys already, which is as many as one may have.", Accounts::max_keys)};
    }
    key.added_at = now();
    const PublicKeyFacts facts = facts_of(key);
    begin("add key", player);
    world_.accounts.add_key(account->id, std::move(key), world_.transaction);
    needs = world_.transaction.commit();
    return facts;
}

Result<BatchNumber> Residents::remove_key(ObjectId player, std::string_view fingerprint) {
    const Account* account = account_of(player);
    if (account == nullptr) return Error{Errc::not_found, "This character has no account."};
    begin("remove key", player);
    const bool removed = world_.accounts.remove_key(account->id, fingerprint, world_.transaction);
    const BatchNumber needs = world_.transaction.commit();
    if (!removed) return Error{Errc::not_found, "You have no such key."};
    return needs;
}

std::vector<PublicKeyFacts> Residents::keys_of(ObjectId player) const {
    std::vector<PublicKeyFacts> all;
    const Account* account = account_of(player);
    if (account == nullptr) return all;
    for (const PublicKey& key : world_.accounts.keys_of(account->id)) all.push_back(facts_of(key));
    return all;
}

}  // namespace gyre::world
