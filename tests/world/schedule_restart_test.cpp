// Schedules across a restart: nothing of them is stored but world time, which stands still meanwhile.

#include "tests/world/stored_world.hpp"
#include "world/schedules.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t period_ms = 90'000;

const std::vector<script::ClassSource> clocks{
    {"thing", "property.name = \"thing\"", "", "thing.lua"},
    {"clock", "inherit \"thing\"\nevery(90)\nfunction self:tick() end", "", "clock.lua"}};

/// One run of a server with a class of clocks.
class ScheduleRun : public StoredWorld {
  public:
    ScheduleRun(const StoreOptions& options, std::chrono::seconds after_first_start)
        : StoredWorld(options, after_first_start, clocks) {
        world.schedules->start(
            [this](Schedules::Milliseconds delay) { ring_at = world.scheduler->now_ms() + delay.count(); },
            [this](ObjectId object, Atom method) {
                beats.emplace_back(object, world.scheduler->now_ms());
                calls.run_beat(object, method);
            });
    }
    void pass(std::chrono::milliseconds span) {
        const std::int64_t end = world.scheduler->now_ms() + span.count();
        while (ring_at && *ring_at <= end) {
            clock.advance(std::chrono::milliseconds{*ring_at - world.scheduler->now_ms()});
            ring_at.reset();
            world.schedules->run_due();
        }
        clock.advance(std::chrono::milliseconds{end - world.scheduler->now_ms()});
    }

    std::optional<std::int64_t> ring_at;
    std::vector<std::pair<ObjectId, std::int64_t>> beats;
};

}  // namespace

TEST_CASE("schedules: a restart finds the same times, and what was missed is not made up",
          "[world][schedules]") {
    const TemporaryDirectory directory;
    const StoreOptions options = options_for(directory);
    std::map<ObjectId, std::int64_t> last;
    std::int64_t stopped_at = 0;
    {
        ScheduleRun run(options, 0s);
        run.make("clock", 20);
        run.pass(200s);
        for (const auto& [object, at] : run.beats) last[object] = at;
        REQUIRE(last.size() == 20);
        run.stop();
        stopped_at = run.world.scheduler->now_ms();
    }
    ScheduleRun run(options, 24h);
    CHECK(run.world.scheduler->now_ms() == stopped_at);
    run.world.schedules->run_due();
    CHECK(run.beats.empty());
    run.pass(90s);
    REQUIRE(run.beats.size() == 20);
    for (const auto& [object, at] : run.beats) CHECK(at == last.at(object) + period_ms);
}
