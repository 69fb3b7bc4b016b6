#pragma once

#include "world/world.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace gyre::world {

/// The end of a running server that a wizard asked for: counts down, tells everybody now and then, stops.
class Closing {
  public:
    using Schedule = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

    /// `schedule` runs a function on the reactor after that time; `stop` ends the server.
    Closing(World& world, Schedule schedule, std::function<void()> stop)
        : world_(world), schedule_(std::move(schedule)), stop_(std::move(stop)) {}

    /// In so many seconds; replaces what was planned before. Outside calls.
    void start(std::int64_t seconds, const std::string& why);
    /// The world goes on, and everybody is told.
    void cancel();
    [[nodiscard]] bool under_way() const { return under_way_; }

  private:
    void tick(std::uint64_t number, std::int64_t seconds_left);
    void announce(std::int64_t seconds_left);
    void tell_all(const std::string& words);

    World& world_;
    Schedule schedule_;
    std::function<void()> stop_;
    std::string why_;
    std::uint64_t number_ = 0;  ///< Of the plan: an older one does nothing when its time comes.
    bool under_way_ = false;
};

}  // namespace gyre::world
