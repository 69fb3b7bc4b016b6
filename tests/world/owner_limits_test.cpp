// What the code of one account may use over time (DESIGN 5 "Budgets per owner").

#include "tests/world/workshop.hpp"
#include "world/schedules.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;
using namespace std::chrono_literals;

TEST_CASE("owner limits: 200 ms at once, and 5 % of a core", "[world][owner_limits]") {
    Workshop shop;
    OwnerLimits& limits = shop.town.world.owner_limits;
    limits.charge("mallory", 199ms);
    CHECK(limits.wait_for("mallory") == 0ms);
    limits.charge("Mallory", 2ms);
    CHECK(limits.wait_for("mallory") > 0ms);
    limits.charge("mallory", 49ms);
    const auto wait = limits.wait_for("mallory");
    CHECK((wait >= 1000ms && wait < 1010ms));
    CHECK(limits.wait_for("bob") == 0ms);
    shop.town.clock.advance(wait);
    CHECK(limits.wait_for("mallory") == 0ms);
    shop.town.clock.advance(1h);
    limits.charge("mallory", 200ms);
    CHECK(limits.wait_for("mallory") > 0ms);
    limits.charge("", 10s);
    CHECK(limits.wait_for("") == 0ms);
    REQUIRE(shop.town.residents.set_role("mallory", Role::wizard).ok());
    CHECK(limits.wait_for("mallory") == 0ms);
}

TEST_CASE("owner limits: a call is charged to whoever wrote it, by the clock and by what it told",
          "[world][owner_limits]") {
    Workshop shop;
    const OwnerLimits& limits = shop.town.world.owner_limits;
    shop.town.clock.run_by(15ms);
    for (int times = 0; times < 40; ++times) CHECK(shop.answers(shop.bob, "poke mallory_toy"));
    shop.town.clock.run_by(0ms);
    CHECK(limits.wait_for("bob") == 0ms);
    CHECK(limits.wait_for("mallory") > 0ms);
    shop.load("bob_horn",
              "inherit \"thing\"\nverb \"blow this\"\n"
              "function self:blow(who) for i = 1, 60 do who:tell((\"x\"):rep(10000)) end end",
              "bob");
    shop.make("bob_horn", shop.bob);
    CHECK(shop.answers(shop.mallory, "blow bob_horn") == false);
    shop.pass(10s);
    CHECK(limits.wait_for("bob") > 0ms);
}

TEST_CASE("owner limits: timers of an owner who used up his time wait, and nobody else's",
          "[world][owner_limits]") {
    Workshop shop;
    CHECK(shop.answers(shop.bob, "wind bob_toy"));
    CHECK(shop.answers(shop.bob, "wind mallory_toy"));
    shop.exhaust();
    shop.pass(1s);
    CHECK(shop.number_of(shop.bobs_toy, "ran") == 2);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == 0);
    CHECK(shop.town.world.scheduler->pending() == 2);
    shop.pass(3s);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == 2);
    CHECK(shop.town.world.scheduler->pending() == 0);
}

TEST_CASE("owner limits: his own lines wait, once, and are answered", "[world][owner_limits]") {
    Workshop shop;
    shop.exhaust();
    CHECK(shop.answers(shop.bob, "poke mallory_toy"));
    CHECK_FALSE(shop.answers(shop.mallory, "poke mallory_toy"));
    CHECK(shop.mallorys.heard() == "Your own code has used up its time; this takes a moment.");
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == 1);
    shop.pass(1s);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == 1);
    shop.exhaust();
    shop.pass(2s);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == 2);
}

TEST_CASE("owner limits: with his time used up a call of his code gets less of it at once",
          "[world][owner_limits]") {
    Workshop shop;
    const OwnerLimits& limits = shop.town.world.owner_limits;
    CHECK(limits.at_once("mallory", 20ms) == 20ms);
    shop.town.world.owner_limits.charge("mallory", 185ms);
    CHECK(limits.at_once("mallory", 20ms) == 15ms);
    shop.town.world.owner_limits.charge("mallory", 14ms);
    CHECK(limits.wait_for("mallory") == 0ms);
    CHECK(limits.at_once("mallory", 20ms) == OwnerLimits::when_spent);
    CHECK(limits.at_once("mallory", 5ms) == 5ms);
    CHECK(limits.at_once("bob", 20ms) == 20ms);
    CHECK(limits.at_once("", 20ms) == 20ms);
    shop.pass(400s);
    CHECK(limits.at_once("mallory", 20ms) == 20ms);
}

TEST_CASE("owner limits: with his time used up a call of his code is stopped early",
          "[world][owner_limits]") {
    Workshop shop;
    shop.load("mallory_hog", R"LUA(
inherit "thing"
function self:hang() while true do ("xxxxxxxxxxxxxxxx"):find("y") end end
)LUA",
              "mallory");
    const ObjectId hog = shop.make("mallory_hog", shop.mallory);
    shop.town.world.owner_limits.charge("mallory", 199ms);
    shop.town.world.transaction.begin({});
    const script::CallResult result = shop.town.world.runtime->call(hog, shop.town.world.atoms.find("hang"),
                                                                    {}, script::Budget::of_player());
    shop.town.world.transaction.rollback();
    CHECK(result.kind == script::CallResult::Kind::over_budget);
    CHECK(result.error().find("stopped after 10 ms") != std::string::npos);
}

TEST_CASE("owner limits: his listeners wait, and those beyond two hundred are dropped",
          "[world][owner_limits]") {
    Workshop shop;
    shop.exhaust();
    CHECK(shop.answers(shop.bob, "wave"));
    CHECK(shop.number_of(shop.bobs_toy, "noticed_some") == 1);
    CHECK(shop.number_of(shop.mallorys_toy, "noticed_some") == 0);
    for (std::size_t times = 0; times < OwnerLimits::max_waiting_listeners + 20; ++times)
        CHECK(shop.answers(shop.bob, "wave"));
    shop.pass(5s);
    CHECK(shop.number_of(shop.mallorys_toy, "noticed_some") == OwnerLimits::max_waiting_listeners);
}

TEST_CASE("owner limits: his beats are missed meanwhile", "[world][owner_limits]") {
    Workshop shop;
    shop.town.world.schedules->start(
        [](Schedules::Milliseconds) {},
        [&](ObjectId target, Atom method) { shop.town.calls.run_beat(target, method); });
    const auto pass = [&](int seconds) {
        for (int tenth = 0; tenth < 10 * seconds; ++tenth) {
            shop.town.clock.advance(100ms);
            shop.town.world.schedules->run_due();
        }
    };
    pass(3);
    const std::int64_t before = shop.number_of(shop.mallorys_toy, "ran");
    CHECK(before >= 2000);
    shop.exhaust();
    pass(1);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") == before);
    pass(3);
    CHECK(shop.number_of(shop.mallorys_toy, "ran") > before);
    CHECK(shop.number_of(shop.bobs_toy, "ran") >= 6000);
}

TEST_CASE("owner limits: a thousand objects, counted as they come, go and change hands",
          "[world][owner_limits]") {
    Workshop shop;
    const Holdings& holdings = shop.town.world.holdings;
    const std::size_t before = holdings.count(shop.mallory);
    CHECK(before == 2);  // Himself, and the toy.
    shop.load("mallory_mill",
              "inherit \"thing\"\nverb \"grind this number\"\n"
              "function self:grind(who, n) for i = 1, n do create(\"thing\") end end",
              "mallory");
    shop.make("mallory_mill", shop.mallory);
    for (int times = 0; times < 9; ++times) shop.town.types(shop.bob, "grind mallory_mill 100");
    CHECK(holdings.count(shop.mallory) == 903);
    const Outcome over = shop.town.types(shop.bob, "grind mallory_mill 98");
    CHECK(over.kind == Outcome::Kind::failed);
    CHECK(holdings.count(shop.mallory) == 903);
    CHECK(shop.town.types(shop.bob, "grind mallory_mill 97").kind == Outcome::Kind::done);
    CHECK(holdings.count(shop.mallory) == OwnerLimits::max_objects);
    shop.town.world.transaction.begin({});
    shop.town.world.transaction.destroy(*shop.town.world.objects.find(shop.mallorys_toy));
    CHECK(holdings.count(shop.mallory) == OwnerLimits::max_objects - 1);
    shop.town.world.transaction.rollback();
    CHECK(holdings.count(shop.mallory) == OwnerLimits::max_objects);
    shop.town.world.transaction.begin({});
    shop.town.world.transaction.set(*shop.town.world.objects.find(shop.mallorys_toy), atom(atoms::owner),
                                    Value{shop.bob});
    shop.town.world.transaction.commit();
    CHECK(holdings.count(shop.mallory) == OwnerLimits::max_objects - 1);
    CHECK(holdings.count(shop.bob) == 3);
}

TEST_CASE("owner limits: all rules of places have a budget together", "[world][owner_limits]") {
    Workshop shop;
    std::string rules = "inherit \"room\"\nproperty.asked = 0\n";
    for (int rule = 0; rule < 9; ++rule) {
        rules += "before \"*\"\nfunction self:rule" + std::to_string(rule) +
                 "() self.asked = self.asked + 1 end\n";
    }
    shop.load("mallory_cell", rules, "mallory");
    const ObjectId cell = shop.make("mallory_cell", shop.mallory);
    shop.town.world.transaction.begin({});
    shop.town.world.transaction.set(*shop.town.world.objects.find(shop.bob), atom(atoms::location),
                                    Value{cell});
    shop.town.world.transaction.commit();
    CHECK(shop.town.types(shop.bob, "inventory").kind == Outcome::Kind::done);
    CHECK(shop.number_of(cell, "asked") == 9);
    shop.town.clock.run_by(4ms);
    const Outcome slow = shop.town.types(shop.bob, "inventory");
    CHECK(slow.kind == Outcome::Kind::over_budget);
    CHECK(shop.number_of(cell, "asked") == 9);
}
