#pragma once

#include "engine/reactor/output_queue.hpp"
#include "engine/reactor/reactor.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gyre::reactor {

/// The output queue of one connection with the limits that hold for it: what waits for the disk counts in the
/// reactor's total, and who does not keep up with what was released is found out.
class HeldOutput : private OutputQueue {
  public:
    using OutputQueue::Barrier;

    /// Bytes that may wait to be sent together with more.
    static constexpr std::size_t most_gathered = 4U << 10;

    explicit HeldOutput(Reactor& reactor) : reactor_(reactor) {}

    void append(std::string_view bytes, BatchNumber needs) {
        change([&] { OutputQueue::append(bytes, needs); });
    }
    void append(Barrier barrier) { OutputQueue::append(barrier); }
    /// What needs `durable` or an earlier batch may leave now. What that frees at once is not (yet) the
    /// peer's fault, unless it was behind before.
    void release(BatchNumber durable) {
        const bool kept_up = released_bytes() == 0;
        std::size_t freed = 0;
        change([&] { freed = OutputQueue::release(durable); });
        if (kept_up) excused_bytes_ = freed;
    }
    void sent(std::size_t count) {
        OutputQueue::sent(count);
        excused_bytes_ -= std::min(excused_bytes_, count);
    }
    void drop_held() {
        change([&] { OutputQueue::drop_held(); });
    }
    void clear() {
        change([&] { OutputQueue::clear(); });
    }

    /// So much waits that input is not read.
    [[nodiscard]] bool over_high_water() const {
        return unsent_bytes() > reactor_.admissions().limits().high_water_bytes;
    }
    /// So much may leave that it is not worth waiting for more.
    [[nodiscard]] bool fills_a_send() const { return released_bytes() >= most_gathered; }
    /// The peer takes its output too slowly to be waited for.
    [[nodiscard]] bool is_left_behind() const {
        return released_bytes() > reactor_.admissions().limits().output_bytes + excused_bytes_;
    }

    using OutputQueue::empty;
    using OutputQueue::has;
    using OutputQueue::held_bytes;
    using OutputQueue::is_next;
    using OutputQueue::pass_barrier;
    using OutputQueue::reached;
    using OutputQueue::sendable;

  private:
    template <class Action>
    void change(Action&& action) {
        const std::size_t before = held_bytes();
        action();
        reactor_.count_held(before, held_bytes());
    }

    Reactor& reactor_;
    std::size_t excused_bytes_ = 0;
};

}  // namespace gyre::reactor
