#pragma once

#include "engine/base/ids.hpp"
#include "world/gate.hpp"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace gyre::net {

/// A connection as something that answers come back to, whatever its protocol.
class Session {
  public:
    virtual ~Session() = default;
    /// The reply to what it delivered to the gate.
    virtual void answered(const world::Outcome& outcome) = 0;
    /// Called now and then (Sessions::beat): the place for a keepalive.
    virtual void beat() {}
};

/// The open sessions of all doors by number. Replies name a session by it and find out whether it still is
/// there: two words that fit into a std::function without an allocation.
class Sessions {
  public:
    /// How often the application calls beat().
    static constexpr unsigned beat_seconds = 60;

    /// A number that was never used before. `session` must be closed before it goes.
    [[nodiscard]] SessionId open(Session& session) {
        const SessionId id{++last_};
        open_.emplace(id, &session);
        return id;
    }
    void close(SessionId id) { open_.erase(id); }
    /// Null if it is closed.
    [[nodiscard]] Session* find(SessionId id) const {
        const auto found = open_.find(id);
        return found == open_.end() ? nullptr : found->second;
    }
    [[nodiscard]] std::size_t size() const { return open_.size(); }

    void beat() const {
        // What a session does on a beat may close others.
        std::vector<SessionId> ids;
        ids.reserve(open_.size());
        for (const auto& [id, session] : open_) ids.push_back(id);
        for (const SessionId id : ids)
            if (Session* session = find(id)) session->beat();
    }
    /// The reply that goes to session `id`, or nowhere if that is closed by then.
    [[nodiscard]] world::Reply reply_to(SessionId id) const {
        return [this, id](const world::Outcome& outcome) {
            if (Session* session = find(id)) session->answered(outcome);
        };
    }

  private:
    std::unordered_map<SessionId, Session*> open_;
    std::uint64_t last_ = 0;
};

}  // namespace gyre::net
