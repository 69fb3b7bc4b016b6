// Both servers of a round meet the same weather: they are measured in turns of a fifth of a second, for these
// machines are noisy from one second to the next (the same server answered 33,000 to 54,000 times per
// CPU-second).

#include "clients/bench/stretch.hpp"

#include <chrono>
#include <cmath>

namespace gyre::bench {

namespace {

constexpr double turn_seconds = 0.2;
constexpr double turn_warm_up_seconds = 0.05;

}  // namespace

Stretch measure(const Side& side, double warm_up, double seconds) {
    Stretch stretch;
    double cpu_before = 0;
    stretch.figures =
        side.crowd.play(std::chrono::duration<double>{warm_up}, std::chrono::duration<double>{seconds},
                        side.script, side.measured, [&] { cpu_before = side.server.cpu_seconds(); });
    stretch.cpu_seconds = side.server.cpu_seconds() - cpu_before;
    return stretch;
}

Pair measure_in_turns(double seconds, const Side& ours, const Side& bare) {
    static_cast<void>(measure(ours, warm_up_seconds, 0));
    static_cast<void>(measure(bare, warm_up_seconds, 0));
    Pair pair;
    double resting = ours.server.cpu_seconds();
    const int turns = std::max(1, static_cast<int>(std::lround(seconds / turn_seconds)));
    for (int turn = 0; turn < turns; ++turn) {
        const double late = ours.server.cpu_seconds() - resting;
        pair.ours.add(measure(ours, turn_warm_up_seconds, turn_seconds));
        pair.ours.cpu_seconds += late;
        resting = ours.server.cpu_seconds();
        pair.bare.add(measure(bare, turn_warm_up_seconds, turn_seconds));
    }
    return pair;
}

}  // namespace gyre::bench
