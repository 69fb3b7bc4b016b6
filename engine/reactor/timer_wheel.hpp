#pragma once

#include "engine/base/clock.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace gyre::reactor {

/// Limits on silence, coarse and cheap: hearing from a peer costs one store, and nothing moves until a limit
/// may have passed. A limit of n seconds fires after more than n and at most n + 2 of them. Sans-I/O.
class TimerWheel {
  public:
    using Tick = std::uint32_t;

    /// What can fall silent. Whoever owns it disarms it before it goes.
    class Entry {
      public:
        Entry() = default;
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;
        virtual ~Entry();

      protected:
        /// The limit has passed; the entry is no longer armed.
        virtual void timed_out() = 0;

      private:
        friend class TimerWheel;
        Entry* previous_ = nullptr;  ///< In its slot, a ring; null when not armed.
        Entry* next_ = nullptr;
        Tick since_ = 0;
        Tick limit_ = 0;
    };

    explicit TimerWheel(Clock::Steady now) : started_(now) {}

    /// Starts to count from `now`, or anew with another limit. Precondition: limit is positive.
    void arm(Entry& entry, std::chrono::seconds limit, Clock::Steady now);
    void disarm(Entry& entry);
    /// It is not silent. Does nothing to an entry that is not armed.
    void touch(Entry& entry) const { entry.since_ = now_; }
    /// Fires what is due; to be called about once a second while anything is armed.
    void advance(Clock::Steady now);
    [[nodiscard]] bool empty() const { return armed_ == 0; }

  private:
    static constexpr Tick slot_count = 256;

    /// The head of a slot's ring; never fires.
    class Head final : public Entry {
        void timed_out() override {}
    };

    void place(Entry& entry);
    void examine_slot(Tick tick);
    static void link(Entry& entry, Entry& head);
    static void unlink(Entry& entry);

    Clock::Steady started_;
    Tick now_ = 0;  ///< Whole seconds since started_, as of the last advance().
    std::size_t armed_ = 0;
    std::array<Head, slot_count> slots_;
};

}  // namespace gyre::reactor
