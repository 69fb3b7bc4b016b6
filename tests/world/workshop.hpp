#pragma once

#include "tests/world/town_world.hpp"
#include "world/scheduler.hpp"

#include <map>

namespace gyre::world::test {

/// Mallory and Bob at the square, each with a thing of his own code, and time that passes as a test says.
struct Workshop {
    Workshop() {
        bob = town.player("bob", bobs);
        mallory = town.player("mallory", mallorys);
        for (const char* owner : {"bob", "mallory"}) {
            const std::string name = std::string{owner} + "_toy";
            load(name, R"LUA(
inherit "thing"
property.ran = 0
property.noticed_some = 0
verb "wind this"
function self:wind(who) after(1, self, "tick", 1) after(1, self, "tick", 2) end
verb "poke this"
function self:poke(who) self.ran = self.ran + 1 end
function self:tick() self.ran = self.ran + 1 end
function self:noticed() self.noticed_some = self.noticed_some + 1 end
every(1)
function self:beat() self.ran = self.ran + 1000 end
)LUA",
                 owner);
        }
        bobs_toy = make("bob_toy", bob);
        mallorys_toy = make("mallory_toy", mallory);
        town.calls.use_clock([this](std::chrono::milliseconds delay, std::function<void()> action) {
            alarms.emplace(town.clock.steady() + delay, std::move(action));
        });
        town.world.scheduler->start([](Scheduler::Milliseconds) {},
                                    [this](const Scheduler::Timer& timer) { town.calls.run_timer(timer); });
    }
    void load(const std::string& name, const std::string& source, const std::string& owner) {
        const std::vector<script::ClassSource> sources{{name, source, owner, name + ".lua"}};
        for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
        town.commands.classes_changed();
    }
    ObjectId make(const std::string& of, ObjectId owner) {
        town.world.transaction.begin({});
        Object& made =
            town.world.transaction.create(*town.world.classes.find(town.world.atoms.find(of)), owner);
        town.world.transaction.set(made, atom(atoms::name), Value{of});
        town.world.transaction.set(made, atom(atoms::location),
                                   Value{town.world.names.peek(Names::Space::singleton, "square")});
        town.world.transaction.commit();
        return made.id;
    }
    std::int64_t number_of(ObjectId toy, const char* property) {
        return town.world.integer(*town.world.objects.find(toy), town.world.atoms.find(property));
    }
    /// Whether the line was answered at once.
    bool answers(ObjectId who, const std::string& line) {
        const auto answered = std::make_shared<bool>(false);
        const std::vector<Value> arguments{Value{line}};
        town.calls.deliver({"test", SessionId::none, who, who, "command", arguments},
                           [answered](const Outcome&) { *answered = true; });
        town.settle();
        return *answered;
    }
    void pass(std::chrono::milliseconds time) {
        town.clock.advance(time);
        while (!alarms.empty() && alarms.begin()->first <= town.clock.steady()) {
            const auto alarm = alarms.extract(alarms.begin());
            alarm.mapped()();
            town.settle();
        }
        town.world.scheduler->run_due();
        town.settle();
    }
    void exhaust() { town.world.owner_limits.charge("mallory", std::chrono::milliseconds{300}); }

    TownWorld town;
    Ear bobs, mallorys;
    ObjectId bob, mallory, bobs_toy, mallorys_toy;
    std::multimap<Clock::Steady, std::function<void()>> alarms;
};

}  // namespace gyre::world::test
