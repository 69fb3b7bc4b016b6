#include "tests/app/rock_world.hpp"

namespace gyre::app::test {
namespace {

constexpr const char* rock = R"LUA(
inherit "thing"
property.name = "rock"
property.note = "a"
verb "keep this"
function self:keep(who)
  self.note = "b"
  local file = system:export(self)
  who:tell(file:match "property.note = .*\n" and "Kept." or file)
  local done = system.import{["rock.lua"] = (file:gsub('"b"', '"c"'))}
  who:tell("{note} {n}", {note = self.note, n = done.changed})
  done = system.import "format(1)\nx\n"
  who:tell("{fault}", {fault = done.faults[1]})
end
verb "leak this"
function self:leak(who)
  who:tell(system.export{self})
end
)LUA";

TEST_CASE("exchange: wizards' code exports and imports", "[app][exchange]") {
    CHECK(run_test(rock, R"LUA(
local wanda = t:player('Wanda', here, {role = 'wizard'})
wanda:types "keep rock"
wanda:sees("Kept.", "c 1", "import:2: 'x' begins no statement")
)LUA") == "");
}

TEST_CASE("exchange: nobody else's does", "[app][exchange]") {
    CHECK(run_test(rock, R"LUA(
local ann = t:player('Ann', here, {role = 'builder'})
ann:types "leak rock"
ann:sees "Something is wrong with the rock; its maker has been told. [e-1ce8]"
)LUA") == "");
}

}  // namespace
}  // namespace gyre::app::test
