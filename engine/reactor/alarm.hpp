#pragma once

#include "engine/reactor/reactor.hpp"

#include <chrono>
#include <functional>

namespace gyre::reactor {

/// One timer that is set again and again. Rests while the reactor is stalled.
class Alarm {
  public:
    /// `ring` runs each time; it may set the alarm. The reactor outlives this.
    Alarm(Reactor& reactor, std::function<void()> ring) : reactor_(reactor), ring_(std::move(ring)) {}
    ~Alarm() { reactor_.cancel(timer_); }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    /// Rings then, and no longer at the time set before.
    void ring_in(std::chrono::milliseconds delay) {
        reactor_.cancel(timer_);
        timer_ = reactor_.schedule(reactor_.clock().steady() + delay, [this] { ring_(); });
    }

  private:
    Reactor& reactor_;
    std::function<void()> ring_;
    TimerId timer_ = 0;
};

}  // namespace gyre::reactor
