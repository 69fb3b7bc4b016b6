#include "clients/bench/ssh_rows.hpp"

#include "clients/bench/crowd.hpp"
#include "clients/bench/duel.hpp"
#include "clients/bench/load.hpp"
#include "clients/bench/stretch.hpp"
#include "clients/bench/town.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <thread>

namespace gyre::bench {

namespace {

using Better = Row::Better;

constexpr const char* python = "/usr/bin/python3";

/// A town with SSH in which load0, load1 ... have accounts.
struct SshTown {
    SshTown(const Setting& setting, std::size_t accounts, const std::string& cost = "cheap")
        : town(setting.gyre, setting.source, {"", cost, {"telnet://127.0.0.1:0", "ssh://127.0.0.1:0"}}) {
        Crowd makers;
        for (std::size_t index = 0; index < accounts; ++index) {
            Player& player = makers.join(town.server().port("telnet"));
            makers.log_in(player, "load" + std::to_string(index));
            makers.ask(player, "hall " + std::to_string(1 + index / 5), "Moved");
            makers.ask(player, "quit", "Goodbye", Crowd::Until::marker);
        }
    }
    [[nodiscard]] std::uint16_t port() const { return town.server().port("ssh"); }

    Town town;
};

/// Twisted's server; its notices go nowhere.
Child conch(const Setting& setting) {
    return Child({python, "-B", (setting.source / "clients/bench/conch_server.py").string()}, "/dev/null");
}

std::vector<std::string> load(const Setting& setting, const std::string& mode, std::uint16_t port,
                              const std::vector<std::size_t>& numbers) {
    std::vector<std::string> command{python, "-B", (setting.source / "clients/bench/ssh_load.py").string(),
                                     mode, std::to_string(port)};
    for (const std::size_t number : numbers) command.push_back(std::to_string(number));
    return command;
}

/// CPU-seconds that the server needs for what the load does.
double cost(const Child& server, const std::vector<std::string>& command) {
    Load program(command);
    const double before = server.cpu_seconds();
    program.begin();
    program.await();
    return server.cpu_seconds() - before;
}

struct Costs {
    double ours = 0;
    double conch = 0;
};

/// Of both servers for the same load, all `turns` of it, the median of the rounds. They take turns: the same
/// logins cost up to a fifth more in one minute than in the next.
Costs costs(const Setting& setting, const std::string& mode, const std::vector<std::size_t>& numbers,
            int turns) {
    constexpr std::size_t accounts = 50;
    const SshTown town(setting, accounts);
    const Child peer = conch(setting);
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < setting.rounds; ++round) {
        Costs round_costs;
        for (int turn = 0; turn < turns; ++turn) {
            round_costs.ours += cost(town.town.server(), load(setting, mode, town.port(), numbers));
            round_costs.conch += cost(peer, load(setting, mode, peer.port("ssh"), numbers));
        }
        ours.push_back(round_costs.ours);
        theirs.push_back(round_costs.conch);
    }
    return {median(ours), median(theirs)};
}

double mebibytes(std::size_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

}  // namespace

std::vector<Row> ssh_login(const Setting& setting) {
    constexpr std::size_t logins = 20;
    constexpr int turns = 5;
    constexpr std::size_t count = logins * turns;
    std::vector<Row> rows;
    for (const auto& [name, mode] : {std::pair{"ssh_login", "openssh"}, {"ssh_login_paramiko", "logins"}}) {
        const Costs each = costs(setting, mode, {logins}, turns);
        rows.push_back({name, each.ours / each.conch, "of Conch", 0.5, Better::less,
                        fmt::format("{:.2f} ms against {:.2f} ms of CPU", each.ours * 1e3 / count,
                                    each.conch * 1e3 / count)});
    }
    return rows;
}

std::vector<Row> ssh_lines(const Setting& setting) {
    constexpr std::size_t sessions = 20;
    constexpr std::size_t rounds = 100;
    const Costs each = costs(setting, "lines", {sessions, rounds}, 1);
    const double lines = sessions * rounds;
    return {
        {"ssh_lines", each.conch / each.ours, "of Conch", 1.7, Better::more,
         fmt::format("{:.0f} against {:.0f} lines per CPU-second", lines / each.ours, lines / each.conch)}};
}

std::vector<Row> ssh_idle(const Setting& setting) {
    constexpr std::size_t warm = 100;
    constexpr std::size_t count = 1000;
    const SshTown town(setting, count);
    const Load first(load(setting, "idle", town.port(), {warm}));
    const std::size_t before = town.town.server().rss_bytes();
    const double held_before = town.town.metric("gyre_connections");
    const Load others(load(setting, "idle", town.port(), {count}));
    std::this_thread::sleep_for(std::chrono::seconds{3});
    const double each = static_cast<double>(town.town.server().rss_bytes() - before) / count / 1024;
    const double held = town.town.metric("gyre_connections") - held_before;
    return {{"ssh_rss", each, "KiB", 25, Better::less,
             fmt::format("of {} idle sessions, {} threads", count, town.town.server().threads())},
            {"ssh_held", held, "sessions", count, Better::more, "at once"}};
}

std::vector<Row> ssh_crowd(const Setting& setting) {
    constexpr std::size_t newcomers = 50;
    SshTown town(setting, newcomers, "normal");
    Crowd crowd;
    town.town.fill(crowd, 20, 5);
    Load visitors(load(setting, "crowd", town.port(), {newcomers}));
    const auto script = [](std::size_t) -> Script { return {"look", std::string{Crowd::prompt}, 20}; };
    visitors.begin();
    const Stretch others = measure({crowd, town.town.server(), script}, 0, 20);
    visitors.await();
    return {{"ssh_crowd_p99", static_cast<double>(others.figures.latency.p99()) * ms, "ms", 10, Better::less,
             fmt::format("longest {:.1f} ms", static_cast<double>(others.figures.latency.max()) * ms)}};
}

std::vector<Row> ssh_deaf(const Setting& setting) {
    constexpr std::size_t clients = 3;
    const SshTown town(setting, clients);
    Load program(load(setting, "deaf", town.port(), {clients}));
    const std::size_t before = town.town.server().rss_bytes();
    program.begin();
    program.await();
    program.freeze();
    double most = 0;
    for (int tenth = 0; tenth < 100; ++tenth) {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        const std::size_t now = town.town.server().rss_bytes();
        most = std::max(most, now > before ? mebibytes(now - before) / clients : 0);
    }
    return {
        {"ssh_deaf", most, "MiB each", 2, Better::less, "at most in 10 s, of 3 clients that stop reading"}};
}

}  // namespace gyre::bench
