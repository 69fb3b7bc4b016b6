// `every` and `daily`: when the methods of objects run by the clock.

#include "tests/world/clockwork.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;
using namespace std::chrono_literals;

namespace {

const std::string ticker =
    "inherit \"thing\"\nproperty.count = 0\nevery(90)\nfunction self:tick() self.count = self.count + 1 end";

}  // namespace

TEST_CASE("schedules: a method runs once a period, as nobody, and keeps what it did", "[world][schedules]") {
    Clockwork clock;
    CHECK(clock.town.world.schedules->empty());
    CHECK(clock.armed == 0);
    clock.load(
        "clock",
        "inherit \"thing\"\nproperty.count = 0\nproperty.by = \"nobody\"\nevery(90)\n"
        "function self:tick() self.count = self.count + 1 if actor() then self.by = \"somebody\" end end");
    Object& object = clock.create("clock");
    for (int period = 1; period <= 5; ++period) {
        clock.pass(90s);
        CHECK(clock.property(object, "count") == Value{period});
    }
    CHECK(clock.property(object, "by").is_nil());
    for (std::size_t index = 1; index < clock.beats.size(); ++index)
        CHECK(clock.beats[index].at_ms - clock.beats[index - 1].at_ms == 90'000);
}

TEST_CASE("schedules: daily runs at that time of the world's day", "[world][schedules]") {
    Clockwork clock;
    clock.load(
        "bell",
        "inherit \"thing\"\nproperty.seen = \"\"\ndaily \"22:00\"\ndaily \"06:30\"\nfunction self:ring()\n"
        "  local t = world:now()\n  self.seen = self.seen .. t.hour .. \":\" .. t.minute .. \" \"\nend");
    std::vector<Object*> bells;
    for (int count = 0; count < 50; ++count) bells.push_back(&clock.create("bell"));
    clock.pass(120min);
    for (Object* bell : bells) {
        const Value seen = clock.property(*bell, "seen");
        CHECK((seen == Value{"22:0 6:30 "} || seen == Value{"6:30 22:0 "}));
    }
    clock.pass(240min);
    for (Object* bell : bells) CHECK(clock.beats_of(*bell) == 6);
}

TEST_CASE("schedules: objects of a class are spread over the period", "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", ticker);
    for (int count = 0; count < 90; ++count) clock.create("clock");
    for (int second = 0; second < 90; second += 10) {
        const std::size_t before = clock.beats.size();
        clock.pass(10s);
        CHECK(clock.beats.size() - before >= 7);
        CHECK(clock.beats.size() - before <= 13);
    }
}

TEST_CASE("schedules: an error is reported and the schedule goes on", "[world][schedules]") {
    Clockwork clock;
    const std::string fault = GENERATE("error(\"bug\")", "while true do end", "refuse(\"no\")", "decline()");
    clock.load("clock",
               "inherit \"thing\"\nproperty.count = 0\nevery(5)\nfunction self:tick()\n"
               "  self.count = self.count + 1\n  " +
                   fault + "\nend");
    Object& object = clock.create("clock");
    clock.pass(15s);
    CHECK(clock.beats_of(object) == 3);
    CHECK(clock.property(object, "count").is_nil());
    const bool is_fault = fault.find("()") == std::string::npos && fault.find("no") == std::string::npos;
    CHECK(clock.town.calls.errors().total() == (is_fault ? 3U : 0U));
}

TEST_CASE("schedules: what is rolled back leaves no beat and takes none away", "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", ticker);
    clock.load("maker",
               "inherit \"thing\"\nfunction self:fail(old)\n  create(\"clock\")\n  destroy(old)\n"
               "  error(\"undone\")\nend\n"
               "function self:half(old)\n"
               "  pcall(function() create(\"clock\") destroy(old) error(\"undone\") end)\n"
               "  create(\"clock\")\nend");
    Object& old = clock.create("clock");
    Object& maker = clock.create("maker");
    const std::int64_t due = *clock.ring_at;
    const auto call = [&](const char* method) {
        const std::vector<Value> arguments{Value{old.id}};
        clock.town.calls.deliver({"test", SessionId::none, maker.id, maker.id, method, arguments}, {});
        clock.town.settle();
    };
    call("fail");
    CHECK(clock.pending() == 1);
    CHECK(*clock.ring_at == due);
    call("half");
    CHECK(clock.pending() == 2);
    clock.pass(90s);
    CHECK(clock.beats_of(old) == 1);
    CHECK(clock.beats.size() == 2);
}

TEST_CASE("schedules: beats that come too late are missed, not made up", "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", ticker);
    for (int count = 0; count < 40; ++count) clock.create("clock");
    clock.jump(20s);
    clock.ring();
    CHECK(clock.beats.size() <= 16);
    clock.pass(1s);
    const std::size_t late = clock.beats.size();
    CHECK(late >= 8);
    clock.jump(900s);
    clock.pass(10ms);
    CHECK(clock.beats.size() - late <= 40);  // None twice.
    const std::size_t before = clock.beats.size();
    clock.pass(90s);
    CHECK(clock.beats.size() - before >= 20);
    CHECK(clock.beats.size() - before <= 40);
    const std::size_t then = clock.beats.size();
    clock.pass(90s);
    CHECK(clock.beats.size() - then == 40);
}

TEST_CASE("schedules: no more than 16 run in one go", "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", ticker);
    for (int count = 0; count < 100; ++count) clock.create("clock");
    clock.jump(44s);
    clock.ring();
    CHECK(clock.beats.size() == 16);
    CHECK(*clock.ring_at == clock.now() + 1);
    clock.pass(10ms);
    CHECK(clock.beats.size() > 40);
}

TEST_CASE("schedules: a reload keeps the times, and a new period begins after the last beat",
          "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", ticker);
    Object& object = clock.create("clock");
    clock.pass(90s);
    const std::int64_t last = clock.beats.back().at_ms;
    clock.load("clock", ticker + "\nfunction self:other() end");
    clock.load("clock", "inherit \"thing\"\nevery(60)\nfunction self:tick() end");
    clock.pass(120s);
    REQUIRE(clock.beats_of(object) >= 2);
    CHECK(clock.beats[1].at_ms >= last + 60'000);
    clock.load("clock", "inherit \"thing\"\nfunction self:tick() end");
    CHECK(clock.pending() == 0);
    CHECK(clock.town.world.schedules->empty());
    const std::size_t before = clock.beats.size();
    clock.pass(200s);
    CHECK(clock.beats.size() == before);
    clock.load("clock", ticker);
    clock.pass(90s);
    CHECK(clock.beats.size() == before + 1);
    CHECK((clock.beats.back().at_ms - last) % 90'000 == 0);
}

TEST_CASE("schedules: a schedule of a parent or trait reaches those that inherit it", "[world][schedules]") {
    Clockwork clock;
    clock.load("ticking", "function self:tick() end");
    clock.load("watch", "inherit \"thing\"\nuse \"ticking\"");
    Object& object = clock.create("watch");
    CHECK(clock.pending() == 0);
    clock.load("ticking", "every(10)\nfunction self:tick() end");
    CHECK(clock.pending() == 1);
    clock.pass(10s);
    CHECK(clock.beats_of(object) == 1);
}

TEST_CASE("schedules: an owner's objects beyond the first 1,000 wait, and he is told once",
          "[world][schedules]") {
    Clockwork clock;
    clock.load("clock", "inherit \"thing\"\nevery(5000)\nfunction self:tick() end");
    Ear ear;
    const ObjectId ann = clock.town.player("ann", ear);
    std::vector<Object*> clocks;
    for (int count = 0; count < 1'003; ++count)
        clocks.push_back(&clock.create("clock", ObjectId::nothing, ann));
    Object& of_bob = clock.create("clock");
    CHECK(clock.pending() == 1'001);
    CHECK(ear.heard().find("more than 1,000 objects") != std::string::npos);
    clock.pass(5000s);
    CHECK(clock.beats_of(*clocks[999]) == 1);
    CHECK(clock.beats_of(*clocks[1'000]) == 0);
    CHECK(clock.beats_of(of_bob) == 1);
    clock.destroy(*clocks[0]);
    clock.destroy(*clocks[1'001]);
    clock.set(*clocks[1], atoms::owner, Value{of_bob.id});
    CHECK(clock.pending() == 1'002);
    clock.pass(5000s);
    CHECK(clock.beats_of(*clocks[1'000]) == 1);
    CHECK(clock.beats_of(*clocks[1'002]) == 1);
    CHECK(clock.beats_of(*clocks[1]) == 2);
    CHECK(ear.heard().empty());
}
