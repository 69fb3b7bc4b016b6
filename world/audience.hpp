#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/ids.hpp"
#include "world/recent_lines.hpp"
#include "world/text/tree.hpp"
#include "world/value.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// What a session told us of itself, for `p:sessions()` and `who`.
struct SessionFacts {
    SessionId id = SessionId::none;
    std::string_view service;  ///< "telnet", "ssh" ... a literal.
    std::string address;
    std::int64_t since = 0;  ///< Seconds since 1970.
    std::int64_t idle = 0;   ///< Seconds since the last line that was typed.
    std::uint16_t width = 80;
    std::uint32_t colours = 0;  ///< How many it shows.
    bool screen_reader = false;
};

/// A session attached to a character: hears what that character perceives. Owned by its protocol, which
/// detaches it before it goes.
class Subscriber {
  public:
    virtual ~Subscriber() = default;
    /// Render it and queue it behind what was told before, marked with `needs`. Must not call the world.
    virtual void told(const text::Tree& tree, BatchNumber needs) = 0;
    /// The character was taken away (booted, destroyed, another login took over): say why and close.
    virtual void detached(const text::Tree& why, BatchNumber needs) = 0;
    [[nodiscard]] virtual SessionFacts facts() const = 0;
    /// What the character perceives may have changed; only of those who asked by Native::watch(). Must not
    /// call the world: ask for Native::view_of() when the turn ends.
    virtual void surroundings_changed() {}
};

/// The sessions of one character: none while a dropped connection is waited for.
class Subscribers {
  public:
    std::vector<Subscriber*> sessions;
    RecentLines recent;
    std::unique_ptr<MissedLines> missed;  ///< Not null while a dropped connection is waited for.
};

class Object;
class Transaction;

/// Who is connected, and through which sessions. Sessions are facts of the network: attaching one is not
/// undone. Who counts as online is an index of the world: it changes inside transactions and is read with a
/// mark.
class Audience {
  public:
    void attach(Object& player, Subscriber& session);
    /// Whether what is told after the last session is kept, until take_missed() or forget().
    enum class Keep : std::uint8_t { nothing, lines };
    /// False if it was not attached.
    bool detach(Object& player, Subscriber& session, Keep keep = Keep::nothing);
    /// What was kept, and no more is; null: nothing was to be kept.
    static std::unique_ptr<MissedLines> take_missed(Object& player);
    /// Nobody comes back to this character for now.
    void forget(ObjectId player, Object* object);
    /// Passes a line on to all sessions, or keeps it for those who come back.
    static void tell(const Object& player, const Ref<const text::Tree>& tree, BatchNumber needs,
                     const Clock& clock);
    [[nodiscard]] static std::size_t sessions_of(const Object& player);

    void set_online(ObjectId player, bool online, Transaction& transaction);
    /// In order of id; counts as read.
    const std::vector<ObjectId>& online(Transaction& transaction) const;
    /// Outside calls; does not count as read.
    [[nodiscard]] const std::vector<ObjectId>& online_now() const { return online_; }
    [[nodiscard]] std::size_t online_count() const { return online_.size(); }

  private:
    std::unordered_map<ObjectId, std::unique_ptr<Subscribers>> subscribers_;
    std::vector<ObjectId> online_;
    BatchNumber online_changed_in_ = 0;
};

}  // namespace gyre::world
