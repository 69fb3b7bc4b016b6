#include "clients/bench/duel.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace gyre::bench {

namespace {

namespace fs = std::filesystem;

fs::path make_directory() {
    std::string name = (fs::temp_directory_path() / "gyre-bare-XXXXXX").string();
    return mkdtemp(name.data());
}

}  // namespace

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

BareServer::BareServer(const Setting& setting, const std::string& own, const std::string& others,
                       std::size_t group)
    : directory_(make_directory()) {
    std::ofstream(directory_ / "own", std::ios::binary) << own;
    std::ofstream(directory_ / "others", std::ios::binary) << others;
    child_ = std::make_unique<Child>(
        std::vector<std::string>{setting.self.string(), "--bare", directory_.string(), std::to_string(group)},
        directory_ / "log");
}

BareServer::~BareServer() {
    child_.reset();
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

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

Row against_bare(const Setting& setting, const Town& town, Crowd& crowd, const Duel& words,
                 const Goal& goal) {
    std::vector<double> ratios;
    std::string note;
    duel(setting, town, crowd, words, [&](const Pair& pair) {
        ratios.push_back(pair.ratio());
        note = rates(pair);
    });
    return {goal.name, median(ratios), "of bare", goal.target, Row::Better::more, note};
}

}  // namespace gyre::bench
