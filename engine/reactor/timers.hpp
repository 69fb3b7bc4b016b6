#pragma once

#include "engine/base/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace gyre::reactor {

/// Names a scheduled action; never reused, 0 is none.
using TimerId = std::uint64_t;

/// Actions to run once at or after a point in time, earliest first, equal ones in the order they were
/// scheduled. Sans-I/O: whoever turns the reactor asks what is due.
class Timers {
  public:
    TimerId schedule(Clock::Steady when, std::function<void()> action);
    /// False if it has run, was cancelled or never was.
    bool cancel(TimerId id);

    /// When the next action is due; nullopt when nothing is scheduled.
    [[nodiscard]] std::optional<Clock::Steady> earliest();
    /// Takes the next action that is due at `now`; empty when there is none. It is then no longer scheduled.
    [[nodiscard]] std::function<void()> take_due(Clock::Steady now);

    [[nodiscard]] bool empty() const { return actions_.empty(); }
    [[nodiscard]] std::size_t size() const { return actions_.size(); }

  private:
    struct Due {
        Clock::Steady when;
        TimerId id = 0;
        /// For a heap with the earliest on top.
        bool operator<(const Due& other) const {
            return when != other.when ? when > other.when : id > other.id;
        }
    };
    /// Cancelled entries stay in the heap until they are due or until they outnumber the live ones.
    static constexpr std::size_t cancelled_kept = 64;

    void drop_cancelled_top();
    void compact();

    std::vector<Due> heap_;
    std::unordered_map<TimerId, std::function<void()>> actions_;
    TimerId last_ = 0;
};

}  // namespace gyre::reactor
