#include "clients/bench/script_rows.hpp"

#include "clients/bench/crowd.hpp"
#include "clients/bench/duel.hpp"
#include "clients/bench/stretch.hpp"
#include "clients/bench/town.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gyre::bench {

namespace {

using Better = Row::Better;
using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

/// Asks, and does not go on without the answer.
void must(Crowd& crowd, Player& player, std::string_view line, std::string_view answer) {
    const std::string words = crowd.ask(player, line);
    if (words.find(answer) == std::string::npos)
        throw std::runtime_error(fmt::format("'{}' was answered: {}", line, words));
}

// --- A hostile builder

/// What he writes: timers that double, a schedule in many instances, and a listener; each run takes a good
/// part of what a call may take.
constexpr std::array<std::string_view, 21> hostile_source{
    "--- As much as its maker may.",
    "inherit \"thing\"",
    "local function burn() for _ = 1, 200000 do end end",
    "verb \"start this\"",
    "function self:start(who)",
    "  for n = 1, 1000 do pcall(after, 1, self, \"double\", n) end",
    "  who:tell \"Started.\"",
    "end",
    "function self:double(n)",
    "  pcall(after, 1, self, \"double\", 2 * n)",
    "  pcall(after, 1, self, \"double\", 2 * n + 1)",
    "  burn()",
    "end",
    "every(1)",
    "function self:beat() burn() end",
    "function self:heard() burn() end",
    "function self:noticed() burn() end",
    "verb \"burn this\"",
    "function self:burn(who) burn() burn() burn() who:tell \"Burnt.\" end",
    "verb \"hang this\"",
    "function self:hang() while true do end end"};

/// A builder with 100 of these in his room, all of them at work.
void arm(const Town& town, Crowd& crowd) {
    Player& mallory = crowd.join(town.server().port("telnet"));
    crowd.log_in(mallory, "mallory");
    town.run({"account", "role", "mallory", "builder", "--world", town.directory().string()});
    must(crowd, mallory, "hall 11", "Moved");  // Behind those of the others.
    crowd.ask(mallory, "edit class bomb");
    crowd.ask(mallory, ".clear");
    for (const std::string_view line : hostile_source) crowd.ask(mallory, line);
    must(crowd, mallory, ".", "bomb runs");
    for (int made = 0; made < 100; ++made) {
        const std::string name = fmt::format("bomb{}", made);
        must(crowd, mallory, fmt::format("create a {} as bomb", name), name);
        crowd.ask(mallory, "drop " + name);
    }
    crowd.ask(mallory, "start bomb0");
}

double look_p99(Crowd& crowd, const Town& town, double seconds) {
    const Side side{crowd, town.server(), [](std::size_t) {
                        return Script{"look", std::string{Crowd::prompt}, 20};
                    }};
    return static_cast<double>(measure(side, warm_up_seconds, seconds).figures.latency.p99()) * ms;
}

/// Goes on typing what burns time, whatever the answers, until it is destroyed.
class Typist {
  public:
    explicit Typist(Player& player) : thread_([this, &player] { type(player); }) {}
    ~Typist() {
        done_ = true;
        thread_.join();
    }
    Typist(const Typist&) = delete;
    Typist& operator=(const Typist&) = delete;

  private:
    void type(Player& player) const {
        std::string ignored;
        for (std::size_t count = 0; !done_; ++count) {
            constexpr std::array<std::string_view, 4> lines{"burn bomb1\r\n", "say Boo.\r\n",
                                                            "hang bomb2\r\n", "start bomb0\r\n"};
            player.send(lines.at(count % lines.size()));
            ignored.clear();
            player.receive(ignored);
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    }

    std::atomic<bool> done_ = false;
    std::thread thread_;
};

}  // namespace

std::vector<Row> hostile(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 50, 5);
    const double seconds = std::max(setting.seconds, 2.0);
    const auto usual_p99 = [&] {
        std::vector<double> rounds(static_cast<std::size_t>(setting.rounds));
        std::ranges::generate(rounds, [&] { return look_p99(crowd, town, seconds); });
        return median(std::move(rounds));
    };
    const double alone = usual_p99();
    Crowd enemies;
    arm(town, enemies);
    const Typist typist(enemies[0]);
    const double beside = usual_p99();
    return {{"hostile", beside - alone, "ms more at p99", 10, Better::less,
             fmt::format("look p99 {:.2f} ms, without {:.2f} ms; {:.0f} timers pending", beside, alone,
                         town.metric("gyre_timers"))}};
}

std::vector<Row> steps(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 1, 1);
    must(crowd, crowd[0], "spin", "Done");
    std::vector<double> times;
    const auto side = [&](const char* line) {
        return Side{crowd, town.server(), [line](std::size_t) {
                        return Script{line, std::string{Crowd::prompt}, 0};
                    }};
    };
    for (int round = 0; round < setting.rounds; ++round) {
        const Stretch spins = measure(side("spin"), warm_up_seconds, setting.seconds);
        const Stretch idle = measure(side("nothing"), warm_up_seconds, setting.seconds);
        times.push_back(1e3 / spins.per_cpu_second() - 1e3 / idle.per_cpu_second());
    }
    // The verb runs 900,000 steps, so that it is not stopped.
    return {{"steps", median(times) / 0.9, "ms per million", 20, Better::less,
             fmt::format("{} runs of 900,000 steps", setting.rounds)}};
}

std::vector<Row> undo_10000(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd sower;
    town.sow(sower, 1'400);
    Crowd crowd;
    town.fill(crowd, 1, 1);
    Player& wizard = crowd[0];
    town.run({"account", "role", town.last_name(), "wizard", "--world", town.directory().string()});
    crowd.ask(wizard, "wizard on", "Password: ", Crowd::Until::marker);
    crowd.ask(wizard, std::string{Crowd::password});
    std::vector<double> times;
    for (int round = 0; round < std::max(setting.rounds, 3); ++round) {
        must(crowd, wizard, "churn", "Churned 10000");
        const Clock::time_point began = Clock::now();
        const std::string words = crowd.ask(wizard, "undo", "taken back");
        times.push_back(milliseconds_since(began));
        if (words.find("10,000 changes") == std::string::npos &&
            words.find("10000 changes") == std::string::npos)
            throw std::runtime_error("undo was answered: " + words);
    }
    return {{"undo_10000", median(times), "ms", 100, Better::less,
             fmt::format("longest {:.1f} ms", *std::ranges::max_element(times))}};
}

std::vector<Row> reload_10000(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd sower;
    town.sow(sower, 10'000);
    const std::filesystem::path file = town.directory() / "scripts" / "stone.lua";
    std::vector<double> times;
    for (int round = 0; round < std::max(setting.rounds, 5); ++round) {
        const double before = town.metric("gyre_reloads_total");
        std::ofstream(file, std::ios::app)
            << fmt::format("function self:turn{}() return self.a + {} end\n", round, round);
        const Clock::time_point began = Clock::now();
        while (town.metric("gyre_reloads_total") == before) {
            if (milliseconds_since(began) > 10'000) throw std::runtime_error("the class was not reloaded");
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
        times.push_back(town.metric("gyre_reload_seconds") * 1e3);
    }
    return {{"reload_10000", median(times), "ms", 5, Better::less,
             fmt::format("longest {:.1f} ms", *std::ranges::max_element(times))}};
}

}  // namespace gyre::bench
