#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/ids.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace gyre::world {

class Accounts;

/// What the code of one account may use over time (DESIGN 5 "Budgets per owner"). The library's code and that
/// of wizards are not limited. The time that code has used lives in memory: a restart forgives it.
class OwnerLimits {
  public:
    /// Time that code may use at once after a rest, and the share of a core that it gets in the long run.
    static constexpr std::chrono::milliseconds burst{200};
    static constexpr int share_percent = 5;
    /// CPU time that one call of code gets whose owner has used up his: others wait for each call.
    static constexpr std::chrono::milliseconds when_spent{10};
    /// What a byte that code has told players counts as.
    static constexpr std::chrono::nanoseconds per_output_byte{400};
    static constexpr std::size_t max_timers = 200;
    static constexpr double min_period_seconds = 1;
    static constexpr std::size_t max_objects = 1'000;
    static constexpr std::size_t max_waiting_calls = 50;
    /// Calls of listeners that may wait for their owner's time; further ones are dropped.
    static constexpr std::size_t max_waiting_listeners = 200;
    /// Lines that code may tell others at once after a rest, and how many each second in the long run. One
    /// that is announced counts once, however many read it.
    static constexpr int lines_at_once = 100;
    static constexpr int lines_each_second = 5;

    OwnerLimits(const Clock& clock, const Accounts& accounts) : clock_(clock), accounts_(accounts) {}

    /// Whether what this account wrote has limits at all. Empty: the library.
    [[nodiscard]] bool holds_for(std::string_view account) const;
    /// A call of its code took that long.
    void charge(std::string_view author, std::chrono::nanoseconds used);
    /// How long its timers, listeners, beats and own lines are to wait; 0: they may run.
    [[nodiscard]] std::chrono::milliseconds wait_for(std::string_view account) const;
    /// No account's code has used any of its time: nobody waits.
    [[nodiscard]] bool all_are_rested() const { return buckets_.empty(); }
    /// CPU time that one call of its code gets now, of `usual`.
    [[nodiscard]] std::chrono::milliseconds at_once(std::string_view account,
                                                    std::chrono::milliseconds usual) const;
    /// Its code tells others a line. False: it has told too many of late.
    [[nodiscard]] bool take_breath(std::string_view account);

  private:
    struct Bucket {
        std::chrono::nanoseconds left;
        Clock::Steady at;
    };
    struct Breath {
        double lines;  ///< That may be told at once.
        Clock::Steady at;
    };
    /// Accounts are the same in any case.
    [[nodiscard]] std::string_view as_written(std::string_view account) const;
    [[nodiscard]] std::chrono::nanoseconds left_of(const Bucket& bucket) const;
    [[nodiscard]] double left_of(const Breath& breath) const;

    const Clock& clock_;
    const Accounts& accounts_;
    std::map<std::string, Bucket, std::less<>> buckets_;  ///< Of those that have used some; by account.
    std::size_t sweep_at_ = 0;                            ///< Size of buckets_ at which the full ones go.
    Clock::Steady low_until_{};                           ///< From then on no bucket is below low_mark.
    std::map<std::string, Breath, std::less<>> breaths_;  ///< Of those that have told others some lines.
};

}  // namespace gyre::world
