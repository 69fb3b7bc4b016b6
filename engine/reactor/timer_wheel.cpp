#include "engine/reactor/timer_wheel.hpp"

#include <algorithm>
#include <cassert>

namespace gyre::reactor {

// An Asio timer for each connection costs 8 % of all commands, for it moves with each of them. Here an entry
// stays in the slot of the limit it had when it was placed, and is looked at when that slot comes round.

TimerWheel::Entry::~Entry() = default;

void TimerWheel::arm(Entry& entry, std::chrono::seconds limit, Clock::Steady now) {
    assert(limit.count() > 0);
    disarm(entry);
    if (armed_ == 0) advance(now);  // Nobody has ticked while nothing was armed.
    entry.since_ = now_;
    entry.limit_ = static_cast<Tick>(limit.count());
    place(entry);
    ++armed_;
}

void TimerWheel::disarm(Entry& entry) {
    if (entry.next_ == nullptr) return;
    unlink(entry);
    --armed_;
}

void TimerWheel::advance(Clock::Steady now) {
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - started_).count();
    const Tick target = std::max(now_, static_cast<Tick>(std::max<std::int64_t>(passed, 0)));
    // After a long sleep of the machine each slot is looked at once.
    const Tick first = target - std::min(target - now_, slot_count) + 1;
    now_ = target;
    for (Tick tick = first; tick <= target && armed_ > 0; ++tick) examine_slot(tick);
}

/// Fires what is due and moves on what was heard from meanwhile. What fires may arm and disarm others.
void TimerWheel::examine_slot(Tick tick) {
    Head& slot = slots_[tick % slot_count];
    if (slot.next_ == nullptr || slot.next_ == &slot) return;
    Head examined;
    link(examined, slot);  // Takes over the ring, so that entries placed into this slot now are not seen.
    unlink(slot);
    while (examined.next_ != &examined) {
        Entry& entry = *examined.next_;
        unlink(entry);
        if (now_ - entry.since_ <= entry.limit_) {
            place(entry);
            continue;
        }
        --armed_;
        entry.timed_out();
    }
}

void TimerWheel::place(Entry& entry) {
    const Tick due = entry.since_ + entry.limit_ + 1;
    const Tick ahead = std::clamp<Tick>(due > now_ ? due - now_ : 1, 1, slot_count - 1);
    link(entry, slots_[(now_ + ahead) % slot_count]);
}

void TimerWheel::link(Entry& entry, Entry& head) {
    if (head.next_ == nullptr) head.next_ = head.previous_ = &head;
    entry.next_ = &head;
    entry.previous_ = head.previous_;
    head.previous_->next_ = &entry;
    head.previous_ = &entry;
}

void TimerWheel::unlink(Entry& entry) {
    entry.previous_->next_ = entry.next_;
    entry.next_->previous_ = entry.previous_;
    entry.previous_ = entry.next_ = nullptr;
}

}  // namespace gyre::reactor
