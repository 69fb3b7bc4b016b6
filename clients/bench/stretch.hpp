#pragma once

#include "clients/bench/child.hpp"
#include "clients/bench/crowd.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>

namespace gyre::bench {

/// Players warm up for so long before anything is measured.
constexpr double warm_up_seconds = 0.5;

/// One stretch against one server: answers per second and per CPU-second.
struct Stretch {
    Figures figures;
    double cpu_seconds = 0;
    [[nodiscard]] double per_cpu_second() const {
        return static_cast<double>(figures.answers) / std::max(1e-9, cpu_seconds);
    }
    void add(const Stretch& other) {
        figures.answers += other.figures.answers;
        figures.seconds += other.figures.seconds;
        figures.latency.merge(other.figures.latency);
        cpu_seconds += other.cpu_seconds;
    }
};

/// A server, those who play on it, and what they do.
struct Side {
    Crowd& crowd;
    const Child& server;
    std::function<Script(std::size_t)> script;
    std::function<bool(std::size_t)> measured = {};
};

/// Both sides of one round.
struct Pair {
    Stretch ours;
    Stretch bare;
    [[nodiscard]] double ratio() const { return ours.per_cpu_second() / bare.per_cpu_second(); }
};

/// Measures for so long, after a warm-up.
Stretch measure(const Side& side, double warm_up, double seconds);
/// One round of both, `seconds` for each. What our server still does while the other one is measured (what
/// has changed is folded later) is charged to it.
Pair measure_in_turns(double seconds, const Side& ours, const Side& bare);

}  // namespace gyre::bench
