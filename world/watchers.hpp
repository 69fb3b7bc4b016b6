#pragma once

#include "world/audience.hpp"

#include <functional>
#include <vector>

namespace gyre::world {

class World;

/// The sessions that want to know when what their characters perceive may have changed. While there are none,
/// a call costs one comparison more; with some, each change is noted, and between two steps of the reactor
/// the rooms around what changed are compared with those of the characters.
///
/// What a hook (`visible_to`, `seen_as`, `vitals`) derives from things in other rooms is not noticed: doors
/// ask for a new view after each line of their player too.
class Watchers {
  public:
    /// Objects noted one by one; when more changed, everybody is told.
    static constexpr std::size_t max_changed = 1'000;

    using Defer = std::function<void(std::function<void()>)>;
    Watchers(World& world, Defer defer) : world_(world), defer_(std::move(defer)) {}

    void add(ObjectId player, Subscriber& session);
    void remove(const Subscriber& session);

  private:
    void changed(ObjectId object, ObjectId left);
    void tell();
    void add_rooms(ObjectId object, std::vector<ObjectId>& rooms) const;
    [[nodiscard]] ObjectId outermost(ObjectId object) const;

    struct Watcher {
        ObjectId player;
        Subscriber* session;
    };
    World& world_;
    Defer defer_;
    std::vector<Watcher> watchers_;
    std::vector<ObjectId> changed_;
    bool scheduled_ = false;
};

}  // namespace gyre::world
