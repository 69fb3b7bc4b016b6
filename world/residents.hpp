#pragma once

#include "world/calls.hpp"
#include "world/logins.hpp"
#include "world/native.hpp"
#include "world/viewer.hpp"
#include "world/watchers.hpp"
#include "world/world.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gyre::world {

/// Accounts, characters and their sessions as doors use them: who may come in, who is here, who has left.
class Residents final : public Native {
  public:
    /// What the configuration says of newcomers.
    struct Settings {
        std::string banner;
        std::string start_room = "square";  ///< Singleton where new characters begin.
        bool registration = true;
        std::chrono::seconds link_wait{0};  ///< How long a character stays after its connection dropped.
    };
    static constexpr std::size_t claim_bits = 80;

    using Defer = std::function<void(std::function<void()>)>;
    /// Its settings are those of configure().
    Residents(World& world, Calls& calls, Logins& logins, const Secrets& secrets, Defer defer)
        : world_(world),
          calls_(calls),
          logins_(logins),
          secrets_(secrets),
          defer_(std::move(defer)),
          watchers_(world, defer_),
          viewer_(world) {
        offer_operations();
    }
    /// How characters are waited for whose connection dropped. Without it they leave at once.
    void use_clock(Calls::Schedule schedule) { schedule_ = std::move(schedule); }

    [[nodiscard]] NameState name_state(std::string_view name) const override;
    void log_in(const Caller& caller, std::string_view name, std::string_view password,
                std::function<void(std::size_t)> waiting,
                std::function<void(const LoginResult&)> reply) override;
    void create_account(const Caller& caller, std::string_view name, std::string_view password,
                        std::function<void(std::size_t)> waiting,
                        std::function<void(const Result<ObjectId>&, BatchNumber)> reply) override;
    void change_password(ObjectId player, std::string_view old_password, std::string_view password,
                         const Caller& caller,
                         std::function<void(const Status&, BatchNumber)> reply) override;
    Result<BatchNumber> claim(ObjectId player, std::string_view code, const Caller& caller) override;
    [[nodiscard]] bool has_key(std::string_view name, std::string_view fingerprint) const override;
    [[nodiscard]] LoginResult log_in_by_key(const Caller& caller, std::string_view name,
                                            std::string_view fingerprint) override;
    [[nodiscard]] Result<ObjectId> create_by_key(const Caller& caller, std::string_view name,
                                                 std::string_view key, BatchNumber& needs) override;
    Result<PublicKeyFacts> add_key(ObjectId player, std::string_view line, BatchNumber& needs) override;
    Result<BatchNumber> remove_key(ObjectId player, std::string_view fingerprint) override;
    [[nodiscard]] std::vector<PublicKeyFacts> keys_of(ObjectId player) const override;
    [[nodiscard]] bool is_wizard(ObjectId player) const override;
    void wizard_on(ObjectId player, std::string_view password, const Caller& caller,
                   std::function<void(const LoginResult&)> reply) override;
    bool wizard_off(ObjectId player) override;
    [[nodiscard]] std::string terminal_settings(ObjectId player) const override;
    BatchNumber keep_terminal_settings(ObjectId player, std::string_view settings) override;
    void attach(ObjectId player, Subscriber& session) override;
    void detach(ObjectId player, Subscriber& session, std::string_view reason) override;
    void watch(ObjectId player, Subscriber& session, Watching watching) override;
    [[nodiscard]] View view_of(ObjectId player) override { return viewer_.view_of(player); }
    [[nodiscard]] ContentsView contents_of(ObjectId player, ObjectId container) override {
        return viewer_.contents_of(player, container);
    }
    [[nodiscard]] ChannelView channels_of(ObjectId player) override { return viewer_.channels_of(player); }
    [[nodiscard]] std::string name_of(ObjectId object) const override;
    [[nodiscard]] const std::string& banner() const override { return settings_.banner; }
    [[nodiscard]] const std::string& world_name() const override { return world_.name; }
    [[nodiscard]] bool registration_open() const override { return settings_.registration; }
    [[nodiscard]] std::size_t players_online() const override;

    // --- For wizards
    /// Ends all sessions of a player, who reads why; an empty reason is left out.
    void boot(ObjectId player, std::string_view why);
    /// Ends the sessions of all who are banned by now.
    void enforce_bans();

    // --- For the operator's commands
    /// Makes an account with a hash made elsewhere, and its character.
    Result<ObjectId> create_with_hash(std::string_view name, std::string_view hash, BatchNumber& needs);
    Result<BatchNumber> set_password_hash(std::string_view account, std::string_view hash);
    Result<BatchNumber> set_role(std::string_view account, Role role);
    /// What the configuration says by now.
    void configure(Settings settings) {
        settings_ = std::move(settings);
        world_.start_room = settings_.start_room;
    }
    /// A new claim code, if the world has neither a wizard nor an open code; empty otherwise.
    std::string open_claim();
    /// At start: characters whom a crash left standing in the world rest until they come back.
    void lay_to_rest();
    /// Players whose account is a wizard's and who are connected are told.
    void tell_wizards(std::string_view words);

  private:
    void verify(const Caller& caller, std::string_view name, std::string_view password,
                std::function<void(std::size_t)> waiting, std::function<void(const LoginResult&)> reply);
    [[nodiscard]] const Account* account_of(ObjectId player) const;
    [[nodiscard]] const Ban* ban_for(const Caller& caller, const Account* account) const;
    [[nodiscard]] LoginResult sent_away(const Caller& caller, std::string_view name, const Ban& ban) const;
    [[nodiscard]] Status may_be_created(const Caller& caller, std::string_view name) const;
    void wake_up(Object& player);
    void show_past(const Object& player, Subscriber& session, const MissedLines* missed);
    void wait_for(ObjectId player, const SessionFacts& session);
    void leave(ObjectId player, const SessionFacts& session, std::string_view reason);
    void end_other_sessions(ObjectId id, SessionId kept);
    void end_sessions(Object& player, const std::function<bool(const SessionFacts&)>& which,
                      const std::string& words);
    void offer_operations();
    void rest(Object& player);
    void begin(std::string_view what, ObjectId actor);
    [[nodiscard]] std::int64_t now() const { return unix_seconds(world_.clock.wall()); }

    World& world_;
    Calls& calls_;
    Logins& logins_;
    const Secrets& secrets_;
    Settings settings_;
    Defer defer_;
    Watchers watchers_;
    Viewer viewer_;
    Calls::Schedule schedule_;
    /// Whose connection dropped.
    struct Absence {
        std::uint64_t number = 0;  ///< Which one of all.
        SessionFacts session;      ///< That which was the last.
    };
    std::unordered_map<ObjectId, Absence> waited_for_;
    std::uint64_t waits_ = 0;
};

}  // namespace gyre::world
