#include "tests/app/rock_world.hpp"

#include <string>

using namespace gyre;
using namespace gyre::app;

namespace {

constexpr const char* rock = R"(
inherit "thing"
property.name = "rock"
property.turns = 0
verb "turn this"
function self:turn(who) self.turns = self.turns + 1 who:tell "It turns." end
verb "break this"
function self:shatter(who) self.turns = 99 who:tell "Crack." local x; x.y = 1 end
verb "polish this"
function self:polish(who) self.turns = 98 refuse "It is as smooth as it gets." end
function self:tick() self.turns = self.turns + 10 after(30, self, "tick") end
)";

std::string run(const std::string& body) { return test::run_test(rock, body); }

std::string load(const std::string& source) {
    const test::RockWorld scripts(rock);
    const auto built_in = test::core();
    TestWorld world(built_in, scripts.path(), "square");
    world::script::Tests tests(world.runtime(), world);
    const Status loaded = tests.load("it_test", source);
    return loaded ? std::string{} : loaded.error().text;
}

}  // namespace

TEST_CASE("world tests: players type, and see what they would see", "[app][tests]") {
    CHECK(run(R"(alice:types "say Hello."
alice:sees 'You say, "Hello."'
bob:sees 'Alice says, "Hello."'
bob:sees_nothing()
bob:types "look"
bob:sees("Here", "Grass.", "...", "Alice is here."))") == "");
}

TEST_CASE("world tests: what was not seen is said with what was", "[app][tests]") {
    CHECK(run("alice:types 'turn rock' alice:sees('It stays.', 'Nothing more.')") ==
          "it_test.lua:5: Alice did not see what was expected\n"
          "  expected  It stays.\n"
          "            Nothing more.\n"
          "  saw       It turns.");
    CHECK_THAT(run("alice:sees 'Anything.'"), Catch::Contains("saw       nothing"));
    CHECK_THAT(run("alice:types 'look' alice:sees_nothing()"), Catch::Contains("expected  nothing"));
}

TEST_CASE("world tests: three dots stand for any lines, also none", "[app][tests]") {
    CHECK(run("alice:types 'turn rock' alice:sees('...', 'It turns.', '...')") == "");
    CHECK(run("alice:types 'look' alice:sees('Here', '...', 'Bob is here.')") == "");
    CHECK(run("alice:types 'look' alice:sees('Here', '...', 'Carol is here.')") != "");
}

TEST_CASE("world tests: a template is read as the player reads it", "[app][tests]") {
    CHECK(run(R"(alice:types "drop rock" alice:sees("You do not hold that."))") != "");
    CHECK(run(R"(alice:types "take rock"
local line = text("{who} {who:takes} {the rock}.", {who = alice, rock = rock})
alice:sees(line) bob:sees(line))") == "");
}

TEST_CASE("world tests: sees is still the perception function for objects", "[app][tests]") {
    CHECK(run("check(alice:sees(rock)) rock.hidden = true check(not alice:sees(rock))") == "");
}

TEST_CASE("world tests: each typed line is a call of its own", "[app][tests]") {
    CHECK(run("rock.turns = 5 alice:types 'break rock' check(rock.turns == 5, 'undone')\n"
              "alice:types 'polish rock' alice:sees('...', 'It is as smooth as it gets.')\n"
              "check(rock.turns == 5, 'undone') alice:types 'turn rock' check(rock.turns == 6)") == "");
}

TEST_CASE("world tests: texts that a test holds outlive the calls between", "[app][tests]") {
    CHECK(run("local line = text('{the rock}', {rock = rock}) alice:types 'turn rock'\n"
              "check(text.plain(line, bob) == 'The rock')") == "");
}

TEST_CASE("world tests: time goes on by what is asked, and timers run at their moments", "[app][tests]") {
    CHECK(run("after(30, rock, 'tick') local before = now()\n"
              "t:advance(29) check(rock.turns == 0)\n"
              "t:advance(1) check(rock.turns == 10)\n"
              "t:advance(60) check(rock.turns == 30, tostring(rock.turns))\n"
              "check(now() == before + 90)") == "");
    CHECK(run("t:advance(-1)") == "it_test.lua:5: time goes on by 0 seconds to a year at once");
    CHECK(run("t:advance(0/0)") != "");
}

TEST_CASE("world tests: chance is the same each time", "[app][tests]") {
    CHECK(run("t:seed(7) local one = {roll '9d9', roll '9d9'}\n"
              "t:seed(7) check(roll '9d9' == one[1] and roll '9d9' == one[2])") == "");
}

TEST_CASE("world tests: players have roles and widths", "[app][tests]") {
    CHECK(run("local w = t:player('Wanda', here, {role = 'wizard'})\n"
              "local x = t:player('Xena', here, {role = 'wizard', rights = false})\n"
              "check(w:has_role 'wizard' and x:has_role 'builder' and not x:has_role 'wizard')\n"
              "check(x.role == 'wizard')")
              .empty());
    CHECK(run("local w = t:player('Wanda', here, {role = 'wizard', width = 40})\n"
              "check(w:has_role 'builder' and not alice:has_role 'builder')\n"
              "check(w:sessions()[1].width == 40 and w:sessions()[1].colours == 0) check(w.location == "
              "here)") == "");
    CHECK(run("t:player('Karl', here, {role = 'king'})") ==
          "it_test.lua:5: there can be no player Karl: a role is player, builder or wizard");
    CHECK_THAT(run("t:player('Alice', here)"),
               Catch::StartsWith("it_test.lua:5: there can be no player Alice"));
}

TEST_CASE("world tests: a check that fails says its note", "[app][tests]") {
    CHECK(run("check(1 == 1) check(nil, 'the rock is dry')") == "it_test.lua:5: the rock is dry");
    CHECK(run("check(false)") == "it_test.lua:5: the check does not hold");
}

TEST_CASE("world tests: a test that never ends is stopped", "[app][tests]") {
    CHECK_THAT(run("while true do end"), Catch::Contains("stopped after 100,000,000 steps (loop at line 5)"));
    CHECK_THAT(load("while true do end"), Catch::StartsWith("it_test.lua:1: stopped after"));
}

TEST_CASE("world tests: a file only declares", "[app][tests]") {
    CHECK(load("local function helper() end\ntest('x', function() helper() end)") == "");
    CHECK(load("x = 3") == "it_test.lua:1: 'x' is not declared: write 'local x = ...'");
    CHECK(load("create 'rock'") ==
          "it_test.lua:1: this has an effect: a test file only declares; do it in a test");
    CHECK_THAT(load("test('x', function("), Catch::StartsWith("it_test.lua:1:"));
    CHECK_THAT(load("local a = '{his x}'"), Catch::Contains("write 'their' instead of 'his'"));
    CHECK(load("test('x')") != "");
}
