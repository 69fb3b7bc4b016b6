#include "world/script/storage_quota.hpp"

#include "script_world.hpp"

namespace gyre::world::script {

TEST_CASE("storage quota: what an owner's objects hold is limited, and there is a way back",
          "[world][script][storage]") {
    ScriptWorld world;
    world.world.transaction.begin({});
    const Account& account = world.world.accounts.create("Ann", "", 0, world.world.transaction);
    Object& ann = world.world.transaction.create(*world.world.classes.find(world.world.atoms.find("player")),
                                                 ObjectId::nothing);
    world.world.transaction.set(ann, atom(atoms::account), Value{account.id});
    world.world.names.add(Names::Space::character, "Ann", ann.id, world.world.transaction);
    world.world.transaction.commit();
    world.good("shed",
               "inherit \"thing\"\nproperty.words = {}\nproperty.n = 0\n"
               "function self:store(count) for i = 1, count do self.words[#self.words + 1] = (\"x\"):rep(1 "
               "<< 20) end end\n"
               "function self:clear() self.words = {} end\n"
               "function self:count() self.n = self.n + 1 return self.n end\n"
               "function self:shrink() for i = #self.words, 1, -1 do table.remove(self.words) end end",
               "Ann");
    world.world.transaction.begin({});
    Object& shed =
        world.world.transaction.create(*world.world.classes.find(world.world.atoms.find("shed")), ann.id);
    world.world.transaction.commit();
    Budget wide = ScriptWorld::patient();
    wide.steps = 100'000'000;
    wide.allocated_bytes = std::size_t{1} << 30U;
    for (int times = 0; times < 5; ++times)
        CHECK(world.call(shed, "store", {Value{3}}, wide).kind == CallResult::Kind::done);
    const CallResult over = world.call(shed, "store", {Value{2}}, wide);
    CHECK(over.error().find("what Ann owns holds 16 MiB of data, and no more fits") != std::string::npos);
    CHECK(world.call(shed, "store", {Value{1}}, wide).kind == CallResult::Kind::failed);
    CHECK(show(world.call(shed, "count").value) == "1");
    CHECK(world.call(shed, "shrink").kind == CallResult::Kind::done);
    world.clock.seconds += 1;
    CHECK(world.call(shed, "store", {Value{3}}, wide).kind == CallResult::Kind::done);
}

TEST_CASE("storage quota: a table of tables is copied at its whole cost", "[world][script][storage]") {
    ScriptWorld world;
    CHECK(world.error("self.list = {1} for i = 1, 60 do self.list = {self.list, self.list} end") ==
          "'list' is nested more than 16 deep, or contains itself");
    const CallResult wide = world.run(
        "self.list = {1} for i = 1, 10 do local l = self.list\n"
        "self.list = {l, l, l, l, l, l, l, l} end");
    CHECK(wide.kind == CallResult::Kind::over_budget);
}

}  // namespace gyre::world::script
