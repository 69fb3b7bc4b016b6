#include "clients/bench/server_rows.hpp"

#include "clients/bench/duel.hpp"

#include <fmt/format.h>
#include <string>
#include <thread>

namespace gyre::bench {

using Better = Row::Better;

namespace {

Row memory(const Setting& setting, const std::string& name, const std::string& scheme, std::size_t count,
           double target) {
    Town town(setting.gyre, setting.source, {"", "cheap", {scheme + "://127.0.0.1:0"}});
    Crowd crowd;
    const std::uint16_t port = town.server().port(scheme);
    const auto join = [&](std::size_t players, const std::string& prefix) {
        for (std::size_t index = 0; index < players; ++index) {
            Player& player = crowd.join(port, "127.0.0.1", scheme == "telnets");
            crowd.log_in(player, prefix + std::to_string(index));
            crowd.ask(player, "hall " + std::to_string(1 + index / 5), "Moved");
        }
        std::this_thread::sleep_for(std::chrono::seconds{3});  // Folding gives its memory back.
    };
    join(200, "warm");
    // Scripts' garbage is collected when it is three times what lives, and keeps that memory: it is not the
    // players'.
    for (std::size_t line = 0; line < 4000; ++line) crowd.ask(crowd[0], "look");
    const std::size_t before = town.server().rss_bytes();
    join(count, "idle");
    const double each =
        static_cast<double>(town.server().rss_bytes() - before) / static_cast<double>(count) / 1024;
    return {name,         each,
            "KiB",        target,
            Better::less, fmt::format("{} connections, {} threads", count + 200, town.server().threads())};
}

}  // namespace

std::vector<Row> rss(const Setting& setting) {
    return {memory(setting, "rss_plain", "telnet", 2000, 4), memory(setting, "rss_tls", "telnets", 1000, 22)};
}

std::vector<Row> start_empty(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    std::vector<double> times;
    for (int round = 0; round < 5; ++round) {
        town.stop();
        town.start();
        times.push_back(town.server().start_seconds() * 1e3);
    }
    return {{"start_empty", median(times), "ms", 100, Better::less, ""}};
}

std::vector<Row> start_full(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.sow(crowd, 1'000'000);
    std::vector<double> times;
    for (int round = 0; round < 3; ++round) {
        town.stop();
        town.start();
        times.push_back(town.server().start_seconds());
    }
    return {{"start_full", median(times), "s", 4, Better::less,
             fmt::format("1,000,000 objects, {:.0f} MiB",
                         static_cast<double>(town.server().rss_bytes()) / (1 << 20))}};
}

/// Fifty newcomers at once, from fifty addresses, while others play.
std::vector<Row> logins(const Setting& setting) {
    constexpr std::size_t newcomers = 50;
    constexpr double never = 1e6;  // What is worth nothing unless everybody came in.
    std::vector<Row> rows;
    for (const std::string cost : {"normal", "cheap"}) {
        Town town(setting.gyre, setting.source, {"", cost, {"telnet://127.0.0.1:0?allow_plaintext=true"}});
        const std::uint16_t port = town.server().port("telnet");
        Crowd crowd;
        town.fill(crowd, 20, 5);
        for (std::size_t index = 0; index < newcomers; ++index) {
            crowd.join(port, "127.0.1." + std::to_string(index + 1));
        }
        for (std::size_t index = 20; index < crowd.size(); ++index) {
            crowd.rest(crowd[index], std::chrono::milliseconds{5});
        }
        const auto script = [](std::size_t index) -> Script {
            if (index < 20) return {"look", std::string{Crowd::prompt}, 20};
            return {"create newcomer" + std::to_string(index) + " correct-horse", "Welcome, ", 0, true};
        };
        const bool slow = cost == "normal";
        const Side side{crowd, town.server(), script,
                        [slow](std::size_t index) { return slow == (index < 20); }};
        const Stretch ours = measure(side, warm_up_seconds, slow ? 25 : 3);
        const double p99 = static_cast<double>(ours.figures.latency.p99()) * ms;
        const double longest = static_cast<double>(ours.figures.latency.max()) * ms;
        const double came_in = town.metric("gyre_players") - 20;
        const bool all_in = came_in == newcomers;
        const std::string note = fmt::format("{:.0f} came in", came_in);
        if (slow) {
            rows.push_back({"logins_others_p99", all_in ? p99 : never, "ms", 10, Better::less,
                            fmt::format("longest {:.1f} ms, {}", longest, note)});
        } else {
            rows.push_back(
                {"logins_cheap_all_in", all_in ? longest * 1e-3 : never, "s", 1, Better::less, note});
        }
    }
    return rows;
}

}  // namespace gyre::bench
