// Schedules across a restart: nothing of them is stored but world time, which stands still meanwhile.

#include "tests/support/fake_clock.hpp"
#include "tests/world/store/support.hpp"
#include "world/calls.hpp"
#include "world/commands.hpp"
#include "world/loading.hpp"
#include "world/scheduler.hpp"
#include "world/schedules.hpp"

#include <optional>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t period_ms = 90'000;

/// One run of a server with a class of clocks.
class Run {
  public:
    explicit Run(const StoreOptions& options, std::chrono::seconds after_first_start)
        : store(open_store(options)),
          ledger(store->last_batch(), [this](Batch batch) { store->submit(std::move(batch)); }) {
        // Later than the clock of the store's own thread.
        clock.set_wall(Clock::Wall{2'500'000'000s + after_first_start});
        REQUIRE(load_world(*store, world).ok());
        store->start(reports.post(), reports.callbacks());
        const std::vector<script::ClassSource> sources{
            {"thing", "property.name = \"thing\"", "", "thing.lua"},
            {"clock", "inherit \"thing\"\nevery(90)\nfunction self:tick() end", "", "clock.lua"}};
        REQUIRE(world.runtime->load(sources).empty());
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
    void commit() {
        const BatchNumber batch = ledger.open_number();
        if (!ledger.seal()) return;
        REQUIRE(reports.wait_for(batch));
        ledger.committed(batch);
    }

    Reports reports;
    std::unique_ptr<Store> store;
    FakeClock clock;
    Ledger ledger;
    World world{ledger, clock};
    Commands commands{world};
    Calls calls{world, commands, [](const std::function<void()>& action) { action(); }};
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
        Run run(options, 0s);
        run.world.transaction.begin({.service = "test"});
        Class& clock = run.world.classes.obtain(run.world.atoms.find("clock"), "clock");
        for (int count = 0; count < 20; ++count) run.world.transaction.create(clock, ObjectId::nothing);
        run.world.transaction.commit();
        run.pass(200s);
        for (const auto& [object, at] : run.beats) last[object] = at;
        REQUIRE(last.size() == 20);
        run.world.scheduler->going_to_sleep();
        stopped_at = run.world.scheduler->now_ms();
        run.commit();
        run.store->stop();
    }
    Run run(options, 24h);
    CHECK(run.world.scheduler->now_ms() == stopped_at);
    run.world.schedules->run_due();
    CHECK(run.beats.empty());
    run.pass(90s);
    REQUIRE(run.beats.size() == 20);
    for (const auto& [object, at] : run.beats) CHECK(at == last.at(object) + period_ms);
}
