#pragma once

#include "engine/base/ids.hpp"
#include "world/class.hpp"
#include "world/schedule_quota.hpp"
#include "world/transaction.hpp"
#include "world/watched_rooms.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace gyre::world {

class World;

/// The `every` and `daily` methods of all objects: when each is to run next. Nothing of it is stored. An
/// object's beats lie on a grid in world time that follows from its id and the period alone, so a restart, a
/// reload, and a change of class and back find the same times again; a beat that comes too late is missed and
/// not made up.
class Schedules final : public ObjectIndex {
  public:
    using Milliseconds = std::chrono::milliseconds;
    static constexpr std::int64_t min_period_ms = 1'000;
    static constexpr double max_seconds = 10.0 * 365 * 86'400;
    /// Run in one go before players get their turn.
    static constexpr std::size_t beats_per_turn = 16;

    explicit Schedules(World& world);

    /// From now on beats run: `arm` asks for run_due() after that delay, in place of what it asked before;
    /// `run` calls the method.
    void start(std::function<void(Milliseconds)> arm, std::function<void(ObjectId, Atom)> run);
    void run_due();
    /// Classes were loaded. Looks at all objects if what runs by the clock has changed.
    void classes_changed();
    /// Whether nothing in the world runs by the clock.
    [[nodiscard]] bool empty() const { return instances_.empty(); }
    /// Beats that have a time; those that wait for a player or for a place in the quota have none.
    [[nodiscard]] std::size_t pending() const { return due_.size(); }

    void class_followed(const Object& object, const Class* before) override;
    void owner_followed(const Object& object) override;
    void location_followed(const Object& object) override;
    void call_ended() override;

  private:
    static constexpr std::int64_t asleep = std::numeric_limits<std::int64_t>::max();
    struct Beat {
        Schedule when;
        std::int64_t due_ms = asleep;
        std::int64_t ran_ms = 0;  ///< When it was due the last time that it ran.
    };
    struct Instance {
        std::vector<Beat> beats;
        ObjectId owner = ObjectId::nothing;
        bool counts = false;  ///< Against its owner's quota.
        bool waits = false;   ///< The quota is used up.
        bool near = false;    ///< Some beats are.
    };
    struct Series {
        std::int64_t first;
        std::int64_t step;
    };

    // What an object runs.
    void refresh(ObjectId id);
    void forget(ObjectId id);
    void fit(ObjectId id, Instance& instance, const std::vector<Schedule>& schedules);
    void admit(ObjectId id, Instance& instance, ObjectId owner);
    void release(ObjectId id, Instance& instance);
    void tell_owners();

    // When.
    [[nodiscard]] Series series(ObjectId id, const Schedule& when) const;
    [[nodiscard]] std::int64_t patience_ms(const Schedule& when) const;
    [[nodiscard]] bool may_run(ObjectId id, const Instance& instance, const Schedule& when) const;
    void wake(ObjectId id, Instance& instance);
    void plan(ObjectId id, Beat& beat, std::int64_t now);
    void take(ObjectId id, Beat& beat);
    void arm_next();

    // Who is near.
    void watch_all();
    void look_around(ObjectId id, int depth);
    void wake_inside(ObjectId id, int depth);

    World& world_;
    std::unordered_map<ObjectId, Instance> instances_;
    std::multiset<std::pair<std::int64_t, ObjectId>> due_;  ///< One for each beat that is not asleep.
    std::vector<ObjectId> touched_;                         ///< Since the last call ended.
    /// The classes with schedules as of the last classes_changed().
    std::vector<std::pair<const Class*, std::vector<Schedule>>> scheduled_;
    ScheduleQuota quota_;
    std::set<ObjectId> over_quota_;  ///< Owners to be told.
    std::set<ObjectId> told_;
    WatchedRooms watched_;
    std::size_t near_ = 0;  ///< Instances with near beats; without any, nobody's steps are followed.
    bool watching_ = false;
    std::int64_t armed_for_ = asleep;
    std::function<void(Milliseconds)> arm_;
    std::function<void(ObjectId, Atom)> run_;
};

}  // namespace gyre::world
