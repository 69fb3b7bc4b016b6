#pragma once

#include "engine/base/clock.hpp"

#include <chrono>

namespace gyre::test {

/// A clock that stands still until a test turns it. Both faces move together.
class FakeClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override {
        passed_ += each_look_;
        return Steady{} + started_at + passed_;
    }
    [[nodiscard]] Wall wall() const override { return wall_at_start_ + passed_; }

    template <class Rep, class Period>
    void advance(std::chrono::duration<Rep, Period> by) {
        passed_ += std::chrono::duration_cast<std::chrono::nanoseconds>(by);
    }
    /// From now on it goes on by that much whenever somebody asks for the time: work takes time.
    void run_by(std::chrono::nanoseconds each_look) { each_look_ = each_look; }
    /// What the calendar says now; only the wall clock jumps.
    void set_wall(Wall now) { wall_at_start_ = now - passed_; }

  private:
    static constexpr std::chrono::hours started_at{1};  ///< So that "an hour ago" is not before the epoch.

    mutable std::chrono::nanoseconds passed_{0};
    std::chrono::nanoseconds each_look_{0};
    Wall wall_at_start_ = Wall{} + std::chrono::seconds{1'750'000'000};
};

}  // namespace gyre::test
