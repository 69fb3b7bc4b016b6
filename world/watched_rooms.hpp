#pragma once

#include "engine/base/ids.hpp"
#include "world/object.hpp"

#include <cstddef>
#include <unordered_map>

namespace gyre::world {

/// In which rooms a connected player is, at any depth: a count for each room. The room of a thing is the
/// outermost place around it; that of a room is itself.
class WatchedRooms {
  public:
    explicit WatchedRooms(const Objects& objects) : objects_(objects) {}

    /// Looks where that player is now, if connected and alive. Returns the room that is watched only since
    /// then, or nothing.
    ObjectId look_for(ObjectId player);
    /// Whether a connected player is in the room of that thing.
    [[nodiscard]] bool sees(ObjectId thing) const;
    void clear();

  private:
    [[nodiscard]] ObjectId room_of(ObjectId thing) const;

    const Objects& objects_;
    std::unordered_map<ObjectId, std::size_t> players_in_;  ///< By room; never 0.
    std::unordered_map<ObjectId, ObjectId> room_of_;        ///< By player, of those in some room.
};

}  // namespace gyre::world
