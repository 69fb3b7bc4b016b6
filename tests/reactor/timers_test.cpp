#include "engine/reactor/timers.hpp"
#include "engine/reactor/timer_wheel.hpp"
#include "tests/support/fake_clock.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using namespace gyre::reactor;
using namespace std::chrono_literals;

namespace {

void run_due(Timers& timers, Clock::Steady now) {
    while (auto action = timers.take_due(now)) action();
}

class Sleeper final : public TimerWheel::Entry {
  public:
    void timed_out() override {
        ++fired;
        if (on_fire) on_fire();
    }
    int fired = 0;
    std::function<void()> on_fire;
};

struct WheelRig {
    test::FakeClock clock;
    TimerWheel wheel{clock.steady()};
    void pass(int seconds) {
        for (int left = seconds; left > 0; --left) {
            clock.advance(1s);
            wheel.advance(clock.steady());
        }
    }
};

}  // namespace

TEST_CASE("timers: actions run when due, earliest first, equal ones as scheduled", "[reactor][timers]") {
    test::FakeClock clock;
    Timers timers;
    std::string order;
    timers.schedule(clock.steady() + 3s, [&] { order += 'd'; });
    timers.schedule(clock.steady() + 1s, [&] { order += 'a'; });
    timers.schedule(clock.steady() + 2s, [&] { order += 'b'; });
    timers.schedule(clock.steady() + 2s, [&] { order += 'c'; });
    CHECK(timers.earliest() == clock.steady() + 1s);
    run_due(timers, clock.steady());
    CHECK(order.empty());
    clock.advance(2s);
    run_due(timers, clock.steady());
    CHECK(order == "abc");
    clock.advance(2s);
    run_due(timers, clock.steady());
    CHECK(order == "abcd");
    CHECK(timers.empty());
    CHECK_FALSE(timers.earliest());
}

TEST_CASE("timers: what is cancelled does not run, and its memory is given back", "[reactor][timers]") {
    test::FakeClock clock;
    Timers timers;
    int ran = 0;
    std::vector<TimerId> ids;
    for (int count = 0; count < 10'000; ++count) {
        ids.push_back(timers.schedule(clock.steady() + 1s, [&] { ++ran; }));
    }
    for (const TimerId id : ids) CHECK(timers.cancel(id));
    CHECK_FALSE(timers.cancel(ids.front()));
    timers.schedule(clock.steady() + 1s, [&] { ++ran; });
    run_due(timers, clock.steady() + 2s);
    CHECK(ran == 1);
}

TEST_CASE("timers: an action may schedule and cancel others", "[reactor][timers]") {
    test::FakeClock clock;
    Timers timers;
    int ran = 0;
    const TimerId other = timers.schedule(clock.steady() + 2s, [&] { ran += 100; });
    timers.schedule(clock.steady() + 1s, [&] {
        timers.cancel(other);
        timers.schedule(clock.steady(), [&] { ++ran; });
    });
    run_due(timers, clock.steady() + 5s);
    CHECK(ran == 1);
}

TEST_CASE("timer wheel: a limit fires once, not early, and at most two seconds late",
          "[reactor][timer_wheel]") {
    const int limit = GENERATE(1, 2, 10, 255, 256, 257, 1000);
    WheelRig rig;
    Sleeper sleeper;
    rig.pass(3);
    rig.wheel.arm(sleeper, std::chrono::seconds{limit}, rig.clock.steady());
    rig.pass(limit);
    CHECK(sleeper.fired == 0);
    rig.pass(2);
    CHECK(sleeper.fired == 1);
    CHECK(rig.wheel.empty());
    rig.pass(600);
    CHECK(sleeper.fired == 1);
}

TEST_CASE("timer wheel: whoever is heard from stays", "[reactor][timer_wheel]") {
    WheelRig rig;
    Sleeper sleeper;
    rig.wheel.arm(sleeper, 5s, rig.clock.steady());
    for (int round = 0; round < 100; ++round) {
        rig.pass(4);
        rig.wheel.touch(sleeper);
    }
    CHECK(sleeper.fired == 0);
    rig.pass(7);
    CHECK(sleeper.fired == 1);
}

TEST_CASE("timer wheel: disarming, and arming anew from within a firing", "[reactor][timer_wheel]") {
    WheelRig rig;
    Sleeper first;
    Sleeper second;
    Sleeper third;
    rig.wheel.arm(first, 5s, rig.clock.steady());
    rig.wheel.arm(second, 5s, rig.clock.steady());
    rig.wheel.arm(third, 5s, rig.clock.steady());
    first.on_fire = [&] {
        rig.wheel.disarm(second);
        rig.wheel.arm(first, 256s, rig.clock.steady());
    };
    rig.pass(8);
    CHECK(first.fired == 1);
    CHECK(second.fired == 0);
    CHECK(third.fired == 1);
    rig.pass(259);
    CHECK(first.fired == 2);
    rig.wheel.disarm(first);
    CHECK(rig.wheel.empty());
}

TEST_CASE("timer wheel: a machine that slept fires what is overdue", "[reactor][timer_wheel]") {
    WheelRig rig;
    Sleeper sleeper;
    rig.wheel.arm(sleeper, 300s, rig.clock.steady());
    rig.clock.advance(std::chrono::hours{10});
    rig.wheel.advance(rig.clock.steady());
    CHECK(sleeper.fired == 1);
}
