// What was begun before a restart goes on after it.

#include "tests/world/stored_world.hpp"
#include "world/history.hpp"
#include "world/owner_limits.hpp"
#include "world/undoing.hpp"

#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

const std::vector<script::ClassSource> classes{
    {"thing", "property.name = \"thing\"", "", "thing.lua"},
    {"toy",
     "inherit \"thing\"\nproperty.ran = 0\nproperty.seen = {}\n"
     "function self:wind() after(1, self, \"tick\", 1) after(1, self, \"tick\", 2) end\n"
     "function self:tick(n) self.ran = self.ran + n end\n"
     "function self:fill(n) self.ran = n self.seen[#self.seen + 1] = n end",
     "mallory", "toy.lua"}};

class Run : public StoredWorld {
  public:
    explicit Run(const StoreOptions& options, std::chrono::seconds after_first_start = 0s)
        : StoredWorld(options, after_first_start, classes) {
        world.scheduler->start([](Scheduler::Milliseconds) {},
                               [this](const Scheduler::Timer& timer) { calls.run_timer(timer); });
    }
    void call(ObjectId toy, const char* method, std::vector<Value> arguments = {}) {
        Origin origin;
        origin.service = "telnet";
        origin.actor = actor;
        origin.description = method;
        world.transaction.begin(std::move(origin));
        const Atom atom = world.atoms.find(method);
        const script::CallResult result =
            world.runtime->call(toy, atom, arguments, script::Budget::of_player());
        INFO(result.error());
        REQUIRE(result.kind == script::CallResult::Kind::done);
        world.transaction.commit();
    }
    std::vector<PastCall> past() {
        HistoryQuery query;
        query.actor = actor;
        query.with_changes = true;
        return search_history(*store, query).value();
    }

    const ObjectId actor = object_id(99);
    const UndoRights rights{[](const Object&) { return true; }, [](const std::string&) { return false; }};
};

}  // namespace

TEST_CASE("restart: a timer that its owner's empty bucket delayed still comes", "[world][restart]") {
    const TemporaryDirectory directory;
    const StoreOptions options = options_for(directory);
    ObjectId toy = ObjectId::nothing;
    {
        Run run(options);
        toy = run.make("toy");
        run.call(toy, "wind");
        run.world.owner_limits.charge("mallory", 10s);
        run.clock.advance(2s);
        run.world.scheduler->run_due();
        CHECK(run.number_of(toy, "ran") == 0);
        CHECK(run.world.scheduler->pending() == 2);
        run.stop();
    }
    Run run(options, 24h);
    CHECK(run.world.scheduler->pending() == 2);
    run.world.scheduler->run_due();
    CHECK(run.number_of(toy, "ran") == 3);
    CHECK(run.world.scheduler->pending() == 0);
}

TEST_CASE("restart: what was done before is in the history, and can be taken back", "[world][restart]") {
    const TemporaryDirectory directory;
    const StoreOptions options = options_for(directory);
    ObjectId toy = ObjectId::nothing;
    {
        Run run(options);
        toy = run.make("toy");
        run.call(toy, "fill", {Value{std::int64_t{1}}});
        run.commit();
        run.call(toy, "fill", {Value{std::int64_t{2}}});
        run.stop();
    }
    {
        Run run(options, 1h);
        const std::vector<PastCall> past = run.past();
        REQUIRE(past.size() == 2);
        CHECK(past.front().description == "fill");
        CHECK(past.front().changes == 2);
        CHECK(undo(run.world, {run.actor, "telnet", past.back(), run.rights}).has_value());
        CHECK_FALSE(undo(run.world, {run.actor, "telnet", past.front(), run.rights}).has_value());
        CHECK(run.number_of(toy, "ran") == 1);
        run.stop();
    }
    Run run(options, 2h);
    CHECK(run.number_of(toy, "ran") == 1);
    CHECK(run.past().size() == 3);  // The undoing is one of them.
    CHECK_FALSE(undo(run.world, {run.actor, "telnet", run.past().front(), run.rights}).has_value());
    CHECK(run.number_of(toy, "ran") == 2);
}
