#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gyre::bench {

/// One figure and what it must reach.
struct Row {
    std::string name;
    double value = 0;
    std::string unit;  ///< "of bare", "ms", "KiB" ...
    double target = 0;
    enum class Better : std::uint8_t { more, less } better = Better::more;
    std::string note;  ///< The absolute figures behind it.
    [[nodiscard]] bool ok() const { return better == Better::more ? value >= target : value <= target; }
};

/// Where things are and how long to measure.
struct Setting {
    std::filesystem::path gyre;    ///< The server.
    std::filesystem::path self;    ///< This program, for the bare server.
    std::filesystem::path source;  ///< The repository, for scripts/bench.
    int rounds = 3;
    double seconds = 2;  ///< Of each measured stretch.
};

/// A measurement: its name on the command line, and what it prints.
struct Measurement {
    std::string name;
    std::string about;
    std::function<std::vector<Row>(const Setting&)> run;
};

const std::vector<Measurement>& measurements();

}  // namespace gyre::bench
