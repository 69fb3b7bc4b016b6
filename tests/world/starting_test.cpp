#include "world/starting.hpp"
#include "tests/world/evening.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("starting: every object whose class has `started` hears it, a few in each step",
          "[world][starting]") {
    Evening evening;
    TownWorld& town = evening.town;
    const std::vector<script::ClassSource> sources{
        {"cock",
         "inherit \"thing\"\nproperty.crowed = 0\nfunction self:started() self.crowed = self.crowed + 1 end",
         "", "cock.lua"},
        {"old_cock",
         "inherit \"cock\"\nfunction self:started() if actor() then error(\"whose?\") end self.crowed = 10 "
         "end",
         "", "old_cock.lua"},
        {"ill_cock", "inherit \"thing\"\nfunction self:started() error(\"cough\") end", "", "ill_cock.lua"}};
    for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    const ObjectId square = evening.named("square");
    std::vector<ObjectId> cocks;
    evening.make("ill_cock", square);
    for (int count = 0; count < 7; ++count) cocks.push_back(evening.make("cock", square));
    const ObjectId old = evening.make("old_cock", square);
    const auto crowed = [&](ObjectId cock) {
        return town.world.integer(*town.world.objects.find(cock), town.world.atoms.find("crowed"));
    };
    call_started(town.world, town.calls, town.defer, 3);
    CHECK(crowed(cocks.front()) == 0);
    town.settle();
    for (const ObjectId cock : cocks) CHECK(crowed(cock) == 1);
    CHECK(crowed(old) == 10);  // Base class first, and all of them.
}
