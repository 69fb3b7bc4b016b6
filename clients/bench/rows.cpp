#include "clients/bench/rows.hpp"

#include "clients/bench/bare_disk.hpp"
#include "clients/bench/crowd.hpp"
#include "clients/bench/duel.hpp"
#include "clients/bench/script_rows.hpp"
#include "clients/bench/server_rows.hpp"
#include "clients/bench/ssh_rows.hpp"
#include "clients/bench/stretch.hpp"
#include "clients/bench/town.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace gyre::bench {

namespace {

using Better = Row::Better;

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
    // Disks differ more between two minutes than most changes of the code do.
    Histogram disk = measure_disk(town.directory(), setting.seconds);
    const Stretch ours = measure(side, warm_up_seconds, std::max(setting.seconds * 5, 10.0));
    disk.merge(measure_disk(town.directory(), setting.seconds));
    const auto in_ms = [](std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) * ms; };
    const std::string note =
        fmt::format("{:.0f} changes a second, p50 {:.2f} ms; the bare disk {:.2f}, p99 {:.2f}, max {:.2f}",
                    ours.figures.per_second(), in_ms(ours.figures.latency.p50()), in_ms(disk.p50()),
                    in_ms(disk.p99()), in_ms(disk.max()));
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
        {"ssh_login", "CPU of a login by SSH beside Conch", ssh_login},
        {"ssh_lines", "lines typed by SSH beside Conch", ssh_lines},
        {"ssh_idle", "memory of an idle SSH session, and 1,000 of them", ssh_idle},
        {"ssh_crowd", "telnet players while 50 log in by SSH", ssh_crowd},
        {"ssh_deaf", "memory of SSH clients that stop reading", ssh_deaf},
    };
    return all;
}

}  // namespace gyre::bench
