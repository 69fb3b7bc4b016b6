#pragma once

#include <chrono>

namespace gyre {

/// Where time comes from, so that tests can turn it by hand.
class Clock {
  public:
    using Steady = std::chrono::steady_clock::time_point;
    using Wall = std::chrono::system_clock::time_point;

    virtual ~Clock() = default;
    /// For measuring and timers; never goes back.
    [[nodiscard]] virtual Steady steady() const = 0;
    /// For people and the database.
    [[nodiscard]] virtual Wall wall() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] Steady steady() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] Wall wall() const override { return std::chrono::system_clock::now(); }
};

/// Seconds since 1970.
inline std::int64_t unix_seconds(Clock::Wall time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace gyre
