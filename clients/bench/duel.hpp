#pragma once

#include "clients/bench/child.hpp"
#include "clients/bench/crowd.hpp"
#include "clients/bench/rows.hpp"
#include "clients/bench/stretch.hpp"
#include "clients/bench/town.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gyre::bench {

constexpr double ms = 1e-6;  ///< From nanoseconds.

double median(std::vector<double> values);

/// A bare server that answers with these bytes.
class BareServer {
  public:
    BareServer(const Setting& setting, const std::string& own, const std::string& others, std::size_t group);
    ~BareServer();
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;
    [[nodiscard]] const Child& server() const { return *child_; }

  private:
    std::filesystem::path directory_;
    std::unique_ptr<Child> child_;
};

/// What is said of one line: who sends, and what counts as an answer.
struct Duel {
    std::string line;
    std::string marker;
    std::size_t players = 50;
    std::size_t group = 1;
    bool only_first = false;  ///< Player 0 of each group speaks, the others listen.
    std::string bare_own = {};
    std::string bare_others = {};
    double per_second = 0;
    bool busy = true;  ///< Players poll, so that neither server is charged for waking them.
};

/// Rounds of the server and the bare one. Calls `keep` with each pair.
void duel(const Setting& setting, const Town& town, Crowd& crowd, const Duel& duel,
          const std::function<void(const Pair&)>& keep);

/// "2000 against 4000 per CPU-second"
std::string rates(const Pair& pair);

/// What a row is called and must reach.
struct Goal {
    std::string name;
    double target;
};

/// The ratio to bare per CPU-second: the median of the rounds.
Row against_bare(const Setting& setting, const Town& town, Crowd& crowd, const Duel& words, const Goal& goal);

}  // namespace gyre::bench
