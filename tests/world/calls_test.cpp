#include "tests/world/workshop.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

std::string words(const Outcome& outcome) {
    return outcome.text ? text::plain(*outcome.text) : std::string{};
}

}  // namespace

TEST_CASE("calls: a command changes the world, and its words wait for that change", "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.commit();
    CHECK(town.types(who, "north").kind == Outcome::Kind::done);
    REQUIRE_FALSE(alice.marks.empty());
    CHECK(alice.marks.back() == town.ledger.open_number());
    town.commit();
    alice.heard();
    town.types(who, "look");
    CHECK(alice.marks.back() == 0);
}

TEST_CASE("calls: what one reads of another's open change waits for it", "[world][calls]") {
    TownWorld town;
    Ear alice;
    Ear bob;
    const ObjectId first = town.player("alice", alice);
    const ObjectId second = town.player("bob", bob);
    town.types(first, "n");
    town.commit();
    bob.heard();
    town.types(first, "take lamp");
    town.types(second, "look");  // In another room: nothing of it shows.
    CHECK(bob.marks.back() == 0);
    town.types(second, "n");
    CHECK(bob.marks.back() == town.ledger.open_number());
}

TEST_CASE("calls: a refusal undoes everything and tells only the actor", "[world][calls]") {
    TownWorld town;
    Ear alice;
    Ear bob;
    const ObjectId first = town.player("alice", alice);
    town.player("bob", bob);
    alice.heard();
    const Outcome outcome = town.types(first, "take sign");
    CHECK(outcome.kind == Outcome::Kind::refused);
    CHECK(words(outcome) == "It is planted deep.");
    CHECK(alice.heard().empty());
    CHECK(bob.heard().empty());
}

TEST_CASE("calls: sentences joined by then stop at the first that fails, and keep what came before",
          "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    CHECK(town.types(who, "north then take lamp then take table").kind == Outcome::Kind::done);
    const std::string heard = alice.heard();
    CHECK(heard.find("You take the brass lamp.") != std::string::npos);
    CHECK(heard.find("It took six men to bring it in.") != std::string::npos);
    town.types(who, "i");
    CHECK(alice.heard() == "You carry a brass lamp.");
}

TEST_CASE("calls: several things are taken one by one", "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.types(who, "n");
    alice.heard();
    town.types(who, "take lamp and table");
    const std::string heard = alice.heard();
    CHECK(heard.find("You take the brass lamp.") != std::string::npos);
    CHECK(heard.find("The oak table: It took six men to bring it in.") != std::string::npos);
}

TEST_CASE("calls: a stopped gate answers busy", "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.calls.stop();
    CHECK(town.types(who, "look").kind == Outcome::Kind::busy);
    CHECK(alice.heard().empty());
}

TEST_CASE("calls: listeners are called right after, and what they say waits for what they heard",
          "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.types(who, "n");
    const std::string heard = alice.heard();
    CHECK(heard.find("Marta says, \"Come in, come in.") != std::string::npos);
    town.commit();
    town.types(who, "say lamp");
    CHECK(alice.heard().find("Marta says, \"The brass one.") != std::string::npos);
}

TEST_CASE("calls: a timer runs once, and is gone also when its method fails", "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.types(who, "n then take lamp then light lamp");
    REQUIRE(town.world.scheduler->pending() == 2);  // The oil burns, and the lamp is away from home.
    std::vector<Scheduler::Milliseconds> armed;
    town.world.scheduler->start([&](Scheduler::Milliseconds delay) { armed.push_back(delay); },
                                [&](const Scheduler::Timer& timer) { town.calls.run_timer(timer); });
    REQUIRE(armed.back() == std::chrono::minutes{1});
    town.clock.advance(std::chrono::seconds{61});
    town.world.scheduler->run_due();
    CHECK(town.world.scheduler->pending() == 2);  // The lamp has set the next minute's.
    town.types(who, "blow out lamp");
    CHECK(town.world.scheduler->pending() == 1);
}

TEST_CASE("calls: a refused call takes its timer back", "[world][calls]") {
    TownWorld town;
    Ear alice;
    const ObjectId who = town.player("alice", alice);
    town.world.transaction.begin({});
    REQUIRE(town.world.scheduler->after(5, who, town.world.atoms.intern("look"), {}, "").ok());
    CHECK(town.world.scheduler->pending() == 1);
    town.world.transaction.rollback();
    CHECK(town.world.scheduler->pending() == 0);
    town.world.transaction.begin({});
    CHECK_FALSE(town.world.scheduler->after(-1, who, atom(atoms::name), {}, "").ok());
    CHECK_FALSE(town.world.scheduler->after(1e12, who, atom(atoms::name), {}, "").ok());
    town.world.transaction.rollback();
}

TEST_CASE("calls: what follows an answer waits for what the call knew before", "[world][calls]") {
    TownWorld town;
    const script::ClassSource source{"oracle",
                                     "inherit 'thing'\nsingleton 'oracle'\nproperty.name = 'oracle'\n"
                                     "property.n = 0\nplace 'square'\nverb 'consult this'\n"
                                     "function self:consult(who) self.n = 1 who:ask '?' "
                                     "self:announce('It knows.') end",
                                     "", "oracle.lua"};
    const auto faults = town.world.runtime->load({&source, 1});
    for (const auto& fault : faults) UNSCOPED_INFO(fault.message);
    REQUIRE(faults.empty());
    town.world.transaction.begin({});
    REQUIRE(town.world.runtime->settle_singletons().empty());
    town.world.transaction.commit();
    town.commands.classes_changed();
    Ear alice;
    Ear bob;
    const ObjectId who = town.player("Alice", alice);
    town.player("Bob", bob);
    town.commit();
    bob.heard();
    const Outcome asked = town.types(who, "consult oracle");
    REQUIRE(asked.needs == town.ledger.open_number());
    town.types(who, "typed ahead");
    REQUIRE(bob.lines == std::vector<std::string>{"It knows."});
    CHECK(bob.marks.back() == asked.needs);
}

TEST_CASE("calls: the maker of a hook hears what is wrong with it, and of what his code gave the library",
          "[world][calls]") {
    Workshop shop;
    shop.load("vase", R"LUA(
inherit "thing"
property.name = "vase"
function self:describe(who) end
function self:visible_to(who) return self.glass end
verb "sell this"
function self:sell(who) who:pay(-1, self) end
)LUA",
              "mallory");
    shop.make("vase", shop.mallory);
    shop.town.types(shop.bob, "look at bob");
    shop.town.settle();
    const std::string asked = shop.mallorys.heard();
    CHECK(asked.find("vase.lua:5: vase has no property or method 'glass'") != std::string::npos);
    CHECK(asked.find("It was Bob, with: look at bob") != std::string::npos);
    shop.load("vase",
              "inherit \"thing\"\nfunction self:describe(who) end\nverb \"sell this\"\n"
              "function self:sell(who) who:pay(-1, self) end",
              "mallory");
    CHECK(shop.town.types(shop.bob, "look at vase").kind == Outcome::Kind::failed);
    CHECK(shop.mallorys.heard().find("vase.lua:2: 'describe' must return a text (got nothing)") == 0);
    CHECK(shop.town.types(shop.bob, "sell vase").kind == Outcome::Kind::failed);
    const std::string paid = shop.mallorys.heard();
    CHECK(paid.find("vase.lua:4: pay takes a whole number of coins, from 1 on") == 0);
    CHECK(paid.find("paying.lua:") != std::string::npos);
}

TEST_CASE("calls: what waits ends with its object, and that is nobody's fault", "[world][calls]") {
    Workshop shop;
    shop.load("candle", R"LUA(
inherit "thing"
property.name = "candle"
property.twin = optional "thing"
verb "light this"
function self:light(who) who:tell "It burns." wait(2) self:go_out(who) end
function self:go_out(who) who:tell "It goes out." end
verb "mark this"
function self:mark(who) self.name = who:ask "How?" end
verb "kindle this"
function self:kindle(who) local other = self.twin other:light(who) end
)LUA",
              "mallory");
    World& world = shop.town.world;
    const auto end_of = [&](ObjectId candle) {
        world.transaction.begin({});
        world.transaction.destroy(*world.objects.living(candle));
        world.transaction.commit();
    };
    const ObjectId first = shop.make("candle", shop.mallory);
    CHECK(shop.town.types(shop.bob, "light candle").kind == Outcome::Kind::done);
    end_of(first);
    const ObjectId second = shop.make("candle", shop.mallory);
    CHECK(shop.town.types(shop.bob, "mark candle").kind == Outcome::Kind::done);
    end_of(second);
    const Outcome answered = shop.town.types(shop.bob, "Red.");
    CHECK(answered.kind == Outcome::Kind::refused);
    CHECK(words(answered) == "That is no longer there.");
    // Also if the method that waits is another object's.
    const ObjectId third = shop.make("candle", shop.mallory);
    const ObjectId twin = shop.make("candle", shop.mallory);
    world.transaction.begin({});
    world.transaction.set(*world.objects.living(twin), atom(atoms::name), Value{"twin"});
    world.transaction.set(*world.objects.living(third), world.atoms.find("twin"), Value{twin});
    world.transaction.commit();
    shop.bobs.heard();
    CHECK(shop.town.types(shop.bob, "kindle candle").kind == Outcome::Kind::done);
    CHECK(shop.bobs.heard() == "It burns.");
    end_of(twin);
    shop.pass(std::chrono::seconds{10});
    CHECK(shop.bobs.heard().empty());
    CHECK(shop.mallorys.heard().empty());
    CHECK(shop.town.calls.errors().total() == 0);
}

TEST_CASE("calls: code that leads the library into an error by a sentence is told of it", "[world][calls]") {
    Workshop shop;
    shop.load("vase", R"LUA(
inherit "thing"
property.name = "vase"
verb "sell this"
function self:sell(who)
  who:command "take toy"
  who:command "drop toy"
end
)LUA",
              "mallory");
    shop.make("vase", shop.mallory);
    Object& toy = *shop.town.world.objects.living(shop.bobs_toy);
    shop.town.world.transaction.begin({});
    shop.town.world.transaction.set(toy, atom(atoms::name), Value{"toy"});
    shop.town.world.transaction.commit();
    CHECK(shop.town.types(shop.bob, "sell vase").kind == Outcome::Kind::failed);
    const std::string told = shop.mallorys.heard();
    CHECK(told.find("vase.lua:7: nobody parts with what he holds by 'command'") == 0);
    CHECK(told.find("handling.lua:") != std::string::npos);
}
