#pragma once

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "world/audience.hpp"
#include "world/value.hpp"
#include "world/view.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// Where somebody comes from, for throttles, logs and rules about clear text.
struct Caller {
    std::string_view service;  ///< A literal.
    std::string address;
    std::string network;                  ///< IPv4 address or IPv6 /64; what throttles count by.
    bool secure = false;                  ///< TLS, SSH, loopback or a Unix socket.
    SessionId session = SessionId::none;  ///< Once in the world.
};

/// The answer to a name and a password.
struct LoginResult {
    enum class Kind : std::uint8_t {
        welcome,    ///< `player` is who it is.
        wrong,      ///< Name or password; it is not said which.
        throttled,  ///< Too many tries; `retry_seconds`.
        busy,       ///< The hashing queue is full.
        banned,     ///< The account, told only after the right password, or the address; `why`.
    };
    Kind kind = Kind::wrong;
    ObjectId player = ObjectId::nothing;
    std::uint32_t retry_seconds = 0;
    std::string why;  ///< banned: until when, and the reason, as a sentence.
};

/// A key that lets somebody in by SSH, as its owner is shown it.
struct PublicKeyFacts {
    std::string type;         ///< "ssh-ed25519"
    std::string fingerprint;  ///< "SHA256:..."
    std::string comment;
    std::int64_t added_at = 0;  ///< Seconds since 1970.
};

/// Operations and queries that need no script. All run on the reactor, outside calls, each in a transaction
/// of its own; replies come as for Gate.
class Native {
  public:
    virtual ~Native() = default;

    // --- Accounts and characters
    enum class NameState : std::uint8_t { free, taken, reserved, malformed };
    /// DESIGN 5 "Names": whether somebody may become this.
    [[nodiscard]] virtual NameState name_state(std::string_view name) const = 0;
    /// Checks a password on a worker; an unknown name costs the same. `waiting` hears how many are ahead
    /// (only if any), at once and as the number changes.
    virtual void log_in(const Caller& caller, std::string_view name, std::string_view password,
                        std::function<void(std::size_t ahead)> waiting,
                        std::function<void(const LoginResult&)> reply) = 0;
    /// Makes the account and its first character. Fails with bad_input (name, password too short), exists,
    /// busy, denied (registration is off). The BatchNumber must be durable before success is shown.
    virtual void create_account(const Caller& caller, std::string_view name, std::string_view password,
                                std::function<void(std::size_t ahead)> waiting,
                                std::function<void(const Result<ObjectId>&, BatchNumber needs)> reply) = 0;
    /// Checks `old_password`, then replaces it. All other sessions of the account are told.
    virtual void change_password(ObjectId player, std::string_view old_password, std::string_view password,
                                 const Caller& caller,
                                 std::function<void(const Status&, BatchNumber needs)> reply) = 0;
    /// Makes the account of `player` a wizard's if the code is the one printed at the first start. Fails with
    /// denied (wrong code, none open, caller not secure).
    virtual Result<BatchNumber> claim(ObjectId player, std::string_view code, const Caller& caller) = 0;

    // --- Keys for SSH
    /// Whether the account of `name` has this key; no more than what anybody may try.
    [[nodiscard]] virtual bool has_key(std::string_view name, std::string_view fingerprint) const = 0;
    /// For a key whose signature was checked: `welcome`, `banned`, or `wrong` if the account does not have
    /// it.
    [[nodiscard]] virtual LoginResult log_in_by_key(const Caller& caller, std::string_view name,
                                                    std::string_view fingerprint) = 0;
    /// Makes an account that has this key and no password. Fails as create_account() does.
    [[nodiscard]] virtual Result<ObjectId> create_by_key(const Caller& caller, std::string_view name,
                                                         std::string_view key, BatchNumber& needs) = 0;
    /// Adds "ssh-ed25519 AAAA... comment" to the keys of the account of `player`. Fails with bad_input (no
    /// such key, too many), and says why in a sentence.
    virtual Result<PublicKeyFacts> add_key(ObjectId player, std::string_view line, BatchNumber& needs) = 0;
    /// Errc::not_found: it has no key of this fingerprint.
    virtual Result<BatchNumber> remove_key(ObjectId player, std::string_view fingerprint) = 0;
    /// Oldest first.
    [[nodiscard]] virtual std::vector<PublicKeyFacts> keys_of(ObjectId player) const = 0;

    [[nodiscard]] virtual bool is_wizard(ObjectId player) const = 0;
    /// Turns the rights of a wizard on if that is the password, checked as for a login; they end by
    /// themselves (WizardRights::last_for), and with the last session. For anybody else it is wrong.
    virtual void wizard_on(ObjectId player, std::string_view password, const Caller& caller,
                           std::function<void(const LoginResult&)> reply) = 0;
    /// False if they were off.
    virtual bool wizard_off(ObjectId player) = 0;

    // --- What a player chose of his terminal, in words that the terminals' doors make and read
    static constexpr std::size_t max_terminal_settings = 256;  ///< Bytes.
    /// Empty: nothing.
    [[nodiscard]] virtual std::string terminal_settings(ObjectId player) const = 0;
    /// Keeps them with the character. What must be durable before that is said; 0 if there is nobody to keep
    /// them for, or they are too long.
    virtual BatchNumber keep_terminal_settings(ObjectId player, std::string_view settings) = 0;

    // --- Sessions
    /// The session now hears what `player` perceives. Calls player:connected(session) as a call of its own.
    virtual void attach(ObjectId player, Subscriber& session) = 0;
    /// The session is gone. Calls player:disconnected(session, reason).
    virtual void detach(ObjectId player, Subscriber& session, std::string_view reason) = 0;
    /// Whether surroundings_changed() of an attached session is called, at most once between two queries of
    /// the reactor. Ends with the session.
    enum class Watching : std::uint8_t { off, on };
    virtual void watch(ObjectId player, Subscriber& session, Watching watching) = 0;
    /// What `player` perceives now.
    [[nodiscard]] virtual View view_of(ObjectId player) = 0;
    /// What `player` sees in `container` now.
    [[nodiscard]] virtual ContentsView contents_of(ObjectId player, ObjectId container) = 0;
    /// The channels that `player` knows of.
    [[nodiscard]] virtual ChannelView channels_of(ObjectId player) = 0;
    /// "Alice": the name as written, without a mark; for prompts and logs.
    [[nodiscard]] virtual std::string name_of(ObjectId object) const = 0;
    /// The greeting before login, from the world's configuration.
    [[nodiscard]] virtual const std::string& banner() const = 0;
    [[nodiscard]] virtual const std::string& world_name() const = 0;
    [[nodiscard]] virtual bool registration_open() const = 0;
    /// Characters connected now, for doors that show a number before login.
    [[nodiscard]] virtual std::size_t players_online() const = 0;
};

}  // namespace gyre::world
