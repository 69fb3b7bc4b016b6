#pragma once

#include "engine/base/utf8.hpp"
#include "tests/support/fake_gate.hpp"
#include "world/native.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gyre::test {

/// Accounts in a map and a hashing queue that moves when a test says so.
///
///     FakeNative native;
///     native.add("Alice", "open sesame");
///     ... a login ...
///     native.hash_all();
class FakeNative final : public world::Native {
  public:
    struct Account {
        std::string name;
        std::string password;
        ObjectId player = ObjectId::nothing;
    };

    ObjectId add(std::string_view name, std::string_view password) {
        const ObjectId player = object_id(100 + accounts.size());
        accounts[utf8::fold_ascii(name)] = {std::string{name}, std::string{password}, player};
        return player;
    }

    [[nodiscard]] NameState name_state(std::string_view name) const override {
        const auto is_letter = [](char byte) {
            return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        };
        const auto fits = [&](char byte) { return is_letter(byte) || (byte >= '0' && byte <= '9'); };
        if (name.size() < 2 || name.size() > 16 || !is_letter(name.front())) return NameState::malformed;
        if (!std::all_of(name.begin(), name.end(), fits)) return NameState::malformed;
        const std::string folded = utf8::fold_ascii(name);
        if (folded == "root" || folded == "gyre") return NameState::reserved;
        return accounts.count(folded) != 0 ? NameState::taken : NameState::free;
    }

    void log_in(const world::Caller& caller, std::string_view name, std::string_view password,
                std::function<void(std::size_t)> waiting,
                std::function<void(const world::LoginResult&)> reply) override {
        last_caller = caller;
        tried.emplace_back(name, password);
        enqueue(std::move(waiting),
                [this, name = std::string{name}, password = std::string{password}, reply] {
                    if (forced_result) return reply(*forced_result);
                    const auto found = accounts.find(utf8::fold_ascii(name));
                    world::LoginResult result;
                    if (found != accounts.end() && found->second.password == password) {
                        result.kind = world::LoginResult::Kind::welcome;
                        result.player = found->second.player;
                    }
                    reply(result);
                });
    }

    void create_account(const world::Caller& caller, std::string_view name, std::string_view password,
                        std::function<void(std::size_t)> waiting,
                        std::function<void(const Result<ObjectId>&, BatchNumber)> reply) override {
        last_caller = caller;
        tried.emplace_back(name, password);
        enqueue(std::move(waiting),
                [this, name = std::string{name}, password = std::string{password}, reply] {
                    if (creation_error) return reply(*creation_error, 0);
                    reply(add(name, password), needs);
                });
    }

    void change_password(ObjectId player, std::string_view old_password, std::string_view password,
                         const world::Caller& caller,
                         std::function<void(const Status&, BatchNumber)> reply) override {
        last_caller = caller;
        enqueue({}, [this, player, old = std::string{old_password}, now = std::string{password}, reply] {
            for (auto& [key, account] : accounts) {
                if (account.player != player || account.password != old) continue;
                account.password = now;
                return reply(done(), needs);
            }
            reply(Error{Errc::denied, "wrong password"}, 0);
        });
    }

    Result<BatchNumber> claim(ObjectId player, std::string_view code, const world::Caller& caller) override {
        last_caller = caller;
        if (code != claim_code) return Error{Errc::denied, "wrong code"};
        wizard = player;
        return needs;
    }

    [[nodiscard]] bool has_key(std::string_view name, std::string_view fingerprint) const override {
        const auto found = accounts.find(utf8::fold_ascii(name));
        return found != accounts.end() && key_of(found->second.player, fingerprint) != nullptr;
    }
    world::LoginResult log_in_by_key(const world::Caller& caller, std::string_view name,
                                     std::string_view fingerprint) override {
        last_caller = caller;
        world::LoginResult result;
        if (!has_key(name, fingerprint)) return result;
        if (forced_result) return *forced_result;
        result.kind = world::LoginResult::Kind::welcome;
        result.player = accounts.at(utf8::fold_ascii(name)).player;
        return result;
    }
    Result<ObjectId> create_by_key(const world::Caller& caller, std::string_view name, std::string_view key,
                                   BatchNumber& mark) override {
        last_caller = caller;
        if (creation_error) return *creation_error;
        const ObjectId player = add(name, {});
        keys[player].push_back({"ssh-ed25519", std::string{key}, {}, 0});
        mark = needs;
        return player;
    }
    Result<world::PublicKeyFacts> add_key(ObjectId player, std::string_view line,
                                          BatchNumber& mark) override {
        if (!line.starts_with("ssh-")) return Error{Errc::bad_input, "That is no key."};
        keys[player].push_back({"ssh-ed25519", "SHA256:" + std::string{line.substr(4)}, "comment", 0});
        mark = needs;
        return keys[player].back();
    }
    Result<BatchNumber> remove_key(ObjectId player, std::string_view fingerprint) override {
        const auto is_it = [&](const auto& key) { return key.fingerprint == fingerprint; };
        if (std::erase_if(keys[player], is_it) == 0) return Error{Errc::not_found, "You have no such key."};
        return needs;
    }
    [[nodiscard]] std::vector<world::PublicKeyFacts> keys_of(ObjectId player) const override {
        const auto found = keys.find(player);
        return found == keys.end() ? std::vector<world::PublicKeyFacts>{} : found->second;
    }

    [[nodiscard]] bool is_wizard(ObjectId player) const override { return wizard == player; }
    void wizard_on(ObjectId player, std::string_view password, const world::Caller& caller,
                   std::function<void(const world::LoginResult&)> reply) override {
        log_in(caller, name_of(player), password, {},
               [this, player, reply](const world::LoginResult& result) {
                   if (result.kind == world::LoginResult::Kind::welcome) wizard_rights = player;
                   reply(result);
               });
    }
    bool wizard_off(ObjectId player) override {
        const bool were_on = wizard_rights == player;
        wizard_rights = ObjectId::nothing;
        return were_on;
    }
    [[nodiscard]] std::string terminal_settings(ObjectId player) const override {
        const auto found = kept_settings.find(player);
        return found == kept_settings.end() ? std::string{} : found->second;
    }
    BatchNumber keep_terminal_settings(ObjectId player, std::string_view settings) override {
        kept_settings[player] = settings;
        return needs;
    }
    void attach(ObjectId player, world::Subscriber& session) override {
        attached.emplace_back(player, &session);
        if (!welcome.empty()) session.told(*tree_of(welcome), needs);
    }
    void detach(ObjectId player, world::Subscriber& session, std::string_view reason) override {
        attached.erase(std::remove(attached.begin(), attached.end(), std::pair{player, &session}),
                       attached.end());
        detach_reasons.emplace_back(reason);
    }
    void watch(ObjectId player, world::Subscriber& session, Watching watching) override {
        std::erase(watching_sessions, std::pair{player, &session});
        if (watching == Watching::on) watching_sessions.emplace_back(player, &session);
    }
    [[nodiscard]] world::View view_of(ObjectId player) override {
        ++views_asked;
        world::View shown = view;
        if (shown.name.empty()) shown.name = name_of(player);
        return shown;
    }
    [[nodiscard]] world::ContentsView contents_of(ObjectId, ObjectId container) override {
        return contents[container];
    }
    [[nodiscard]] world::ChannelView channels_of(ObjectId) override { return channels; }
    [[nodiscard]] std::string name_of(ObjectId object) const override {
        for (const auto& [key, account] : accounts)
            if (account.player == object) return account.name;
        return {};
    }
    [[nodiscard]] const std::string& banner() const override { return banner_text; }
    [[nodiscard]] const std::string& world_name() const override { return world_text; }
    [[nodiscard]] bool registration_open() const override { return open; }
    [[nodiscard]] std::size_t players_online() const override { return attached.size(); }

    /// Tells all attached sessions.
    void tell(std::string_view words, BatchNumber mark = 0) {
        const auto tree = tree_of(words);
        for (const auto& [player, session] : attached) session->told(*tree, mark);
    }
    /// Finishes the hash that is first in the queue and tells those behind. False: there is none.
    bool hash_next() {
        if (queue_.empty()) return false;
        const auto finish = std::move(queue_.front().finish);
        queue_.pop_front();
        for (std::size_t ahead = 0; ahead < queue_.size(); ++ahead)
            if (ahead > 0 && queue_[ahead].waiting) queue_[ahead].waiting(ahead);
        finish();
        return true;
    }
    void hash_all() {
        while (hash_next()) {}
    }
    [[nodiscard]] std::size_t hashes_waiting() const { return queue_.size(); }

    std::map<std::string, Account> accounts;
    std::vector<std::pair<ObjectId, world::Subscriber*>> attached;
    std::vector<std::pair<ObjectId, world::Subscriber*>> watching_sessions;
    world::View view;  ///< What everybody perceives.
    world::ChannelView channels{0, "[]", "[]"};
    std::map<ObjectId, world::ContentsView> contents;
    unsigned views_asked = 0;
    std::vector<std::string> detach_reasons;
    std::vector<std::pair<std::string, std::string>> tried;  ///< Names and passwords that came.
    world::Caller last_caller;
    std::optional<world::LoginResult> forced_result;
    std::optional<Error> creation_error;
    std::string claim_code = "glyph-spoon";
    std::map<ObjectId, std::vector<world::PublicKeyFacts>> keys;
    ObjectId wizard = ObjectId::nothing;
    ObjectId wizard_rights = ObjectId::nothing;  ///< Whose are on.
    std::map<ObjectId, std::string> kept_settings;
    std::string banner_text = "Welcome to the test world.";
    std::string welcome;  ///< Told to a session as it is attached.
    std::string world_text = "test";
    BatchNumber needs = 0;
    bool open = true;

  private:
    [[nodiscard]] const world::PublicKeyFacts* key_of(ObjectId player, std::string_view fingerprint) const {
        const auto found = keys.find(player);
        if (found == keys.end()) return nullptr;
        for (const auto& key : found->second)
            if (key.fingerprint == fingerprint) return &key;
        return nullptr;
    }
    struct Hash {
        std::function<void(std::size_t)> waiting;
        std::function<void()> finish;
    };
    void enqueue(std::function<void(std::size_t)> waiting, std::function<void()> finish) {
        const std::size_t ahead = queue_.size();
        if (ahead > 0 && waiting) waiting(ahead);
        queue_.push_back({std::move(waiting), std::move(finish)});
    }
    std::deque<Hash> queue_;
};

}  // namespace gyre::test
