// What is kept of a duel is the median of its rounds' ratios.

#include "clients/bench/rows.hpp"

#include "clients/bench/child.hpp"
#include "clients/bench/crowd.hpp"
#include "clients/bench/script_rows.hpp"
#include "clients/bench/stretch.hpp"
#include "clients/bench/town.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace gyre::bench {

namespace {

namespace fs = std::filesystem;
using Better = Row::Better;

constexpr double ms = 1e-6;  // From nanoseconds.

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// A bare server that answers with these bytes.
class BareServer {
  public:
    BareServer(const Setting& setting, const std::string& own, const std::string& others, std::size_t group)
        : directory_(make_directory()) {
        std::ofstream(directory_ / "own", std::ios::binary) << own;
        std::ofstream(directory_ / "others", std::ios::binary) << others;
        child_ = std::make_unique<Child>(std::vector<std::string>{setting.self.string(), "--bare",
                                                                  directory_.string(), std::to_string(group)},
                                         directory_ / "log");
    }
    ~BareServer() {
        child_.reset();
        std::error_code ignored;
        fs::remove_all(directory_, ignored);
    }
    [[nodiscard]] const Child& server() const { return *child_; }

  private:
    static fs::path make_directory() {
        std::string name = (fs::temp_directory_path() / "gyre-bare-XXXXXX").string();
        return mkdtemp(name.data());
    }
    fs::path directory_;
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
          const std::function<void(const Pair&)>& keep) {
    const BareServer bare(setting, duel.bare_own, duel.bare_others, duel.group);
    Crowd others;
    for (std::size_t index = 0; index < duel.players; ++index) others.join(bare.server().port("bare"));
    crowd.poll_busily(duel.busy);
    others.poll_busily(duel.busy);
    const auto script = [&](std::size_t index) -> Script {
        if (duel.only_first && index % duel.group != 0) return {"", "\xff\xf9", 0};
        return {duel.line, duel.marker, duel.per_second};
    };
    for (int round = 0; round < setting.rounds; ++round) {
        keep(measure_in_turns(setting.seconds, {crowd, town.server(), script},
                              {others, bare.server(), script}));
    }
}

std::string rates(const Pair& pair) {
    return fmt::format("{:.0f} against {:.0f} per CPU-second", pair.ours.per_cpu_second(),
                       pair.bare.per_cpu_second());
}

/// What a row is called and must reach.
struct Goal {
    std::string name;
    double target;
};

/// The ratio to bare per CPU-second.
Row against_bare(const Setting& setting, const Town& town, Crowd& crowd, const Duel& words,
                 const Goal& goal) {
    std::vector<double> ratios;
    std::string note;
    duel(setting, town, crowd, words, [&](const Pair& pair) {
        ratios.push_back(pair.ratio());
        note = rates(pair);
    });
    return {goal.name, median(ratios), "of bare", goal.target, Better::more, note};
}

std::vector<Row> look_in(const Setting& setting, const std::string& hall, const Goal& goal) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 50, 5, hall);
    Duel words{"look", std::string{Crowd::prompt}};
    words.bare_own = crowd.ask(crowd[0], "look");
    return {against_bare(setting, town, crowd, words, goal)};
}

std::vector<Row> look(const Setting& setting) { return look_in(setting, "hall", {"look", 0.55}); }
std::vector<Row> look_cyrillic(const Setting& setting) {
    return look_in(setting, "zal", {"look_cyrillic", 0.35});
}

/// What an answer costs more here than a bare server, in microseconds of CPU.
double extra_microseconds(const Pair& pair) {
    return 1e6 / pair.ours.per_cpu_second() - 1e6 / pair.bare.per_cpu_second();
}

std::vector<Row> look_200(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 50, 5, "store");
    Duel words{"look", std::string{Crowd::prompt}};
    words.bare_own = crowd.ask(crowd[0], "look");
    std::vector<double> extra;
    std::string note;
    duel(setting, town, crowd, words, [&](const Pair& pair) {
        extra.push_back(extra_microseconds(pair));
        note = rates(pair);
    });
    return {{"look_200", median(extra), "us more than bare", 100, Better::less, note}};
}

/// Against a line whose verb nobody has to look for.
std::vector<Row> verbs_700(const Setting& setting) {
    Town::Options options;
    options.oddities = 100;
    Town town(setting.gyre, setting.source, options);
    Crowd named, plain;
    town.fill(named, 25, 25, "cabinet");
    town.fill(plain, 25, 25, "cabinet");
    named.poll_busily(true);
    plain.poll_busily(true);
    const Side ours{named, town.server(), [](std::size_t) { return Script{"polish lamp77", "Done", 0}; }};
    const Side idle{plain, town.server(), [](std::size_t) { return Script{"nothing", "Done", 0}; }};
    std::vector<double> extra;
    std::string note;
    for (int round = 0; round < setting.rounds; ++round) {
        const Pair pair = measure_in_turns(setting.seconds, ours, idle);
        extra.push_back(extra_microseconds(pair));
        note = rates(pair);
    }
    return {{"verbs_700", median(extra), "us more than a plain verb", 50, Better::less, note}};
}

std::vector<Row> look_alone(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 1, 1);
    Duel words{"look", std::string{Crowd::prompt}};
    words.players = 1;
    words.busy = false;
    words.bare_own = crowd.ask(crowd[0], "look");
    std::vector<double> ratios;
    std::string note;
    duel(setting, town, crowd, words, [&](const Pair& pair) {
        const double ours = pair.ours.figures.per_second();
        const double bare = pair.bare.figures.per_second();
        ratios.push_back(ours / bare);
        note = fmt::format("{:.0f} against {:.0f} per second", ours, bare);
    });
    return {{"look_alone", median(ratios), "of bare", 0.85, Better::more, note}};
}

Duel speech(Crowd& crowd, std::size_t group) {
    Duel words{"say Good morning to you all.", "You say"};
    words.group = group;
    words.players = crowd.size();
    words.bare_own = crowd.ask(crowd[0], words.line, words.marker);
    words.bare_others = crowd.rest(crowd[1], std::chrono::milliseconds{20});
    for (std::size_t index = 2; index < crowd.size(); ++index)
        crowd.rest(crowd[index], std::chrono::milliseconds{1});
    return words;
}

std::vector<Row> say(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, 50, 5);
    std::vector<double> ratios;
    std::vector<double> p99;
    std::string note;
    duel(setting, town, crowd, speech(crowd, 5), [&](const Pair& pair) {
        ratios.push_back(pair.ratio());
        p99.push_back(static_cast<double>(pair.ours.figures.latency.p99()) /
                      static_cast<double>(pair.bare.figures.latency.p99()));
        note = rates(pair);
    });
    return {{"say", median(ratios), "of bare", 0.68, Better::more, note},
            {"say_p99", median(p99), "times bare", 2, Better::less, ""}};
}

std::vector<Row> fan_out(const Setting& setting, std::size_t players, const std::string& name) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    town.fill(crowd, players, players);
    Duel words = speech(crowd, players);
    words.only_first = true;
    return {against_bare(setting, town, crowd, words, {name, 0.8})};
}

std::vector<Row> fan_out_200(const Setting& setting) { return fan_out(setting, 200, "fanout_200"); }
std::vector<Row> fan_out_1000(const Setting& setting) { return fan_out(setting, 1000, "fanout_1000"); }

/// Against a bare `look`, as all changes are.
std::vector<Row> changes(const Setting& setting, const std::string& line, std::size_t stones,
                         const std::string& name, double target) {
    Town town(setting.gyre, setting.source);
    Crowd crowd;
    if (stones > 0) town.sow(crowd, stones);
    Crowd players;
    town.fill(players, 50, 5);
    const BareServer bare(setting, players.ask(players[0], "look"), "", 1);
    Crowd others;
    for (std::size_t index = 0; index < players.size(); ++index) others.join(bare.server().port("bare"));
    std::vector<double> ratios;
    std::string note;
    const Side ours{players, town.server(), [&](std::size_t) { return Script{line, "Touched", 0}; }};
    const Side theirs{others, bare.server(), [](std::size_t) {
                          return Script{"look", std::string{Crowd::prompt}, 0};
                      }};
    for (int round = 0; round < setting.rounds; ++round) {
        const Pair pair = measure_in_turns(setting.seconds, ours, theirs);
        ratios.push_back(pair.ratio());
        note = rates(pair) +
               fmt::format(", p99 {:.2f} ms", static_cast<double>(pair.ours.figures.latency.p99()) * ms);
    }
    return {{name, median(ratios), "of bare look", target, Better::more, note},
            {name + "_storage_p99", town.metric("gyre_turn_storage_seconds{quantile=\"0.99\"}") * 1e3,
             "ms per turn", 0.1, Better::less, "reactor held by storage"}};
}

std::vector<Row> change_same(const Setting& setting) {
    return changes(setting, "touch", 0, "change_same", 0.33);
}
std::vector<Row> change_spread(const Setting& setting) {
    return changes(setting, "reach", 50'000, "change_spread", 0.20);
}

std::vector<Row> change_rate(const Setting& setting) {
    Town town(setting.gyre, setting.source);
    Crowd sower;
    town.sow(sower, 50'000);
    Crowd crowd;
    town.fill(crowd, 50, 5);
    const Side side{crowd, town.server(), [](std::size_t) { return Script{"reach", "Touched", 200}; }};
    const Stretch ours = measure(side, warm_up_seconds, std::max(setting.seconds * 5, 10.0));
    const std::string note = fmt::format("{:.0f} changes a second, p50 {:.2f} ms", ours.figures.per_second(),
                                         static_cast<double>(ours.figures.latency.p50()) * ms);
    return {
        {"change_rate_p99", static_cast<double>(ours.figures.latency.p99()) * ms, "ms", 5, Better::less,
         note},
        {"change_rate_max", static_cast<double>(ours.figures.latency.max()) * ms, "ms", 50, Better::less,
         note},
        {"change_rate_wal", town.metric("gyre_wal_bytes_most") / (1 << 20), "MiB", 128, Better::less, note}};
}

std::vector<Row> look_slow_disk(const Setting& setting) {
    Town town(setting.gyre, setting.source, {"slow_disk_ms = 20\n", "cheap", {"telnet://127.0.0.1:0"}});
    Crowd crowd;
    town.fill(crowd, 50, 5);
    const auto touches = [](std::size_t index) { return index % 10 == 9; };
    const Side side{crowd, town.server(),
                    [&](std::size_t index) {
                        return touches(index) ? Script{"touch", "Touched", 0}
                                              : Script{"look", std::string{Crowd::prompt}, 0};
                    },
                    [&](std::size_t index) { return !touches(index); }};
    const Stretch ours = measure(side, warm_up_seconds, setting.seconds);
    return {{"look_slow_disk_p99", static_cast<double>(ours.figures.latency.p99()) * ms, "ms", 2,
             Better::less,
             fmt::format("p50 {:.2f} ms, {:.0f} looks a second",
                         static_cast<double>(ours.figures.latency.p50()) * ms, ours.figures.per_second())}};
}

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
    const std::size_t before = town.server().rss_bytes();
    join(count, "idle");
    const double each =
        static_cast<double>(town.server().rss_bytes() - before) / static_cast<double>(count) / 1024;
    return {name,         each,
            "KiB",        target,
            Better::less, fmt::format("{} connections, {} threads", count + 200, town.server().threads())};
}

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

}  // namespace

const std::vector<Measurement>& measurements() {
    static const std::vector<Measurement> all{
        {"look", "a 700-byte room, 50 players in 10 rooms", look},
        {"look_200", "a room with 200 different things", look_200},
        {"verbs_700", "a verb of one of 100 things with 700 verbs", verbs_700},
        {"look_cyrillic", "the same in Cyrillic", look_cyrillic},
        {"say", "to the people in the room", say},
        {"change_same", "one property changed and durable, 50 properties", change_same},
        {"change_spread", "the same, spread over 400,000", change_spread},
        {"change_rate", "10,000 changes a second over 400,000", change_rate},
        {"fanout_200", "one line to 200 players", fan_out_200},
        {"fanout_1000", "one line to 1,000 players", fan_out_1000},
        {"look_alone", "a closed loop on one connection", look_alone},
        {"look_slow_disk", "90 % look, 10 % changes, commits of 20 ms", look_slow_disk},
        {"rss", "memory of an idle player, plain and TLS", rss},
        {"start_empty", "until ready, empty world", start_empty},
        {"start_full", "until ready, 1,000,000 objects of 8 properties", start_full},
        {"logins", "50 password logins at once from 50 addresses", logins},
        {"hostile", "look in other rooms beside all that one builder's code may do", hostile},
        {"steps", "1,000,000 steps of Lua", steps},
        {"undo_10000", "undo of one call that changed 10,000 properties", undo_10000},
        {"reload_10000", "a changed class file with 10,000 instances", reload_10000},
    };
    return all;
}

}  // namespace gyre::bench
