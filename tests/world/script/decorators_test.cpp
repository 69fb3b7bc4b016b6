// What stands above a method: `before`, `every`, `daily`. Verbs are in loading_test.cpp.

#include "script_world.hpp"

#include "world/scheduler.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::script;

namespace {

std::string above(const std::string& decorator) {
    return "inherit \"thing\"\n" + decorator + "\nfunction self:act() end";
}

Atom named(ScriptWorld& world, const char* name) { return world.world.atoms.find(name); }

const Class& class_of(ScriptWorld& world, const char* name) {
    return *world.world.classes.find(named(world, name));
}

}  // namespace

TEST_CASE("decorators: every and daily are read", "[world][script][schedules]") {
    ScriptWorld world;
    world.good("cat", R"LUA(
inherit "npc"
every(90, {near = true})
function self:wander() end
daily "22:00"
daily("06:05")
function private:sleep() end
every(1.5)
function self:breathe() end
)LUA");
    const std::vector<Schedule>& schedules = class_of(world, "cat").schedules;
    REQUIRE(schedules.size() == 4);
    CHECK(schedules[0] == Schedule{named(world, "wander"), 90'000, 0, true});
    CHECK(schedules[1] == Schedule{named(world, "sleep"), 0, 22 * 60, false});
    CHECK(schedules[2] == Schedule{named(world, "sleep"), 0, 6 * 60 + 5, false});
    CHECK(schedules[3] == Schedule{named(world, "breathe"), 1'500, 0, false});
}

TEST_CASE("decorators: a subclass keeps a schedule, or gives the method another",
          "[world][script][schedules]") {
    ScriptWorld world;
    world.good("cat",
               "inherit \"npc\"\nevery(90)\nfunction self:wander() end\nevery(5)\nfunction self:purr() end");
    world.good("kitten", "inherit \"cat\"\nevery(30)\nfunction self:wander() end\nfunction self:purr() end");
    const std::vector<Schedule>& schedules = class_of(world, "kitten").schedules;
    REQUIRE(schedules.size() == 2);
    CHECK(schedules[0] == Schedule{named(world, "wander"), 30'000, 0, false});
    CHECK(schedules[1] == Schedule{named(world, "purr"), 5'000, 0, false});
}

TEST_CASE("decorators: bad times name the right form", "[world][script][schedules]") {
    ScriptWorld world;
    const std::string seconds = "clock.lua:2: every takes 1 to 315,360,000 seconds, as in every(90)";
    for (const char* bad :
         {"every(0.5)", "every(0)", "every(-1)", "every(0/0)", "every(1e300)", "every \"90\"", "every()"}) {
        CHECK(world.bad("clock", above(bad)) == seconds);
    }
    const std::string options = "clock.lua:2: every has one option: write every(90, {near = true})";
    CHECK(world.bad("clock", above("every(90, {far = true})")) == options);
    CHECK(world.bad("clock", above("every(90, {near = 1})")) == options);
    const std::string time =
        "clock.lua:2: daily takes a time of the world's day from \"00:00\" to \"23:59\", as in daily "
        "\"07:30\"";
    for (const char* bad : {"daily \"7:30\"", "daily \"24:00\"", "daily \"12:60\"", "daily \"12-30\"",
                            "daily(22)", "daily \"\"", "daily \"ab:cd\""}) {
        CHECK(world.bad("clock", above(bad)) == time);
    }
}

TEST_CASE("decorators: they need a method below, and nothing can stand before some actions",
          "[world][script][schedules]") {
    ScriptWorld world;
    CHECK(world.bad("clock", "inherit \"thing\"\nevery(5)\nproperty.x = 1") ==
          "clock.lua:3: every must stand above its method, not above property 'x'");
    CHECK(world.bad("clock", "inherit \"thing\"\ndaily \"10:00\"") ==
          "clock.lua: the last verb, before, every or daily has no method below it");
    CHECK(world.bad("hall", above("before \"take,quit\"")) ==
          "hall.lua:2: nothing can stand before 'quit': everybody may do it anywhere");
    CHECK(world.bad("hall", above("before \"take,,drop\"")) ==
          "hall.lua:2: before takes names of actions, as in \"take,drop\"");
}

TEST_CASE("world:now: the date of the world", "[world][script][calendar]") {
    ScriptWorld world;
    world.world.calendar = Calendar{24 * 60};  // As long as ours.
    const std::string body =
        "local t = world:now() return t.year .. '-' .. t.month .. '-' .. t.day .. ' ' .. t.hour .. ':' .."
        " t.minute .. ' ' .. t.season .. ' ' .. tostring(t.daylight)";
    world.clock.seconds = 0;
    CHECK(world.value(body) == "1-1-1 0:0 winter false");
    world.clock.seconds = (360 + 5 * 30 + 29) * 86'400 + 20 * 3600 - 1;
    CHECK(world.value(body) == "2-6-30 19:59 summer true");
    world.clock.seconds += 1;
    CHECK(world.value(body) == "2-6-30 20:0 summer false");
    world.world.calendar = Calendar{120};
    world.clock.seconds = 7'200 * 360 - 5;
    CHECK(world.value(body) == "1-12-30 23:59 winter false");
}

TEST_CASE("decorators: a role is one that there is", "[world][script][decorators]") {
    ScriptWorld world;
    CHECK(world.bad("lever",
                    "inherit \"thing\"\nverb(\"pull this\", {role = \"wizzard\"})\nfunction "
                    "self:pull(who) end") ==
          "lever.lua:2: there is no role 'wizzard': use player, builder or wizard (did you mean 'wizard'?)");
    world.good("lever",
               "inherit \"thing\"\nverb(\"pull this\", {role = \"player\"})\nfunction "
               "self:pull(who) end");
}
