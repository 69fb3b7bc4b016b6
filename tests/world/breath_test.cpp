// What the code of one account may tell others, and whom its short calls are charged to.

#include "tests/world/workshop.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;
using namespace std::chrono_literals;

namespace {

/// A gong of Mallory's, which says what it is told to so many times, in several ways.
struct Gong : Workshop {
    Gong() {
        load("gong", R"LUA(
inherit "thing"
verb "ring this number"
function self:ring(who, n) for _ = 1, n do self:announce "Dong." end end
verb "mutter this number"
function self:mutter(who, n) for _ = 1, n do who:tell "Dong." end end
verb "pester person with this number"
function self:pester(who, whom, n) for _ = 1, n do whom:tell "Dong." end end
verb "preach this number"
function self:preach(who, n)
  local crier = create("npc", self.location, {name = "crier"})
  for _ = 1, n do crier:say_aloud(crier, "Repent.") end
end
verb "swing this number"
function self:swing(who, n) pcall(function() for _ = 1, n do self:announce "Dong." end end) end
)LUA",
             "mallory");
        make("gong", mallory);
    }
    Outcome rings(const std::string& line) { return town.types(bob, line); }
};

}  // namespace

TEST_CASE("breath: an account's code tells others a hundred lines at once, then five a second",
          "[world][breath]") {
    Workshop shop;
    OwnerLimits& limits = shop.town.world.owner_limits;
    for (int line = 0; line < OwnerLimits::lines_at_once; ++line) REQUIRE(limits.take_breath("mallory"));
    CHECK_FALSE(limits.take_breath("Mallory"));
    CHECK(limits.take_breath("bob"));
    shop.town.clock.advance(1s);
    for (int line = 0; line < OwnerLimits::lines_each_second; ++line) CHECK(limits.take_breath("mallory"));
    CHECK_FALSE(limits.take_breath("mallory"));
    shop.town.clock.advance(1h);
    for (int line = 0; line < OwnerLimits::lines_at_once; ++line) REQUIRE(limits.take_breath("mallory"));
    CHECK_FALSE(limits.take_breath("mallory"));
    CHECK(limits.take_breath(""));
    REQUIRE(shop.town.residents.set_role("mallory", Role::wizard).ok());
    CHECK(limits.take_breath("mallory"));
}

TEST_CASE("breath: code that announces too much fails, and its maker reads why", "[world][breath]") {
    Gong gong;
    CHECK(gong.rings("ring gong 100").kind == Outcome::Kind::done);
    gong.mallorys.heard();
    CHECK(gong.rings("ring gong 1").kind == Outcome::Kind::failed);
    CHECK(gong.mallorys.heard().find("code of mallory has told others too much of late: 100 lines at once, "
                                     "and then 5 a second") != std::string::npos);
    // To tell whoever began it costs none.
    CHECK(gong.rings("mutter gong 200").kind == Outcome::Kind::done);
    CHECK(gong.rings("pester mallory with gong 1").kind == Outcome::Kind::failed);
    gong.town.clock.advance(2s);
    CHECK(gong.rings("pester mallory with gong 10").kind == Outcome::Kind::done);
    CHECK(gong.rings("ring gong 1").kind == Outcome::Kind::failed);
    // People speak for themselves.
    CHECK(gong.rings("say That is enough.").kind == Outcome::Kind::done);
}

TEST_CASE("breath: an error of his code is told to its maker cut short", "[world][breath]") {
    Workshop shop;
    shop.load("rattle", R"LUA(
inherit "thing"
verb "shake this"
function self:shake(who) error(string.rep("x", 100000)) end
)LUA",
              "mallory");
    shop.make("rattle", shop.mallory);
    CHECK(shop.town.types(shop.bob, "shake rattle").kind == Outcome::Kind::failed);
    const std::string heard = shop.mallorys.heard();
    CHECK(heard.find("rattle.lua:4: xxxx") != std::string::npos);
    CHECK(heard.size() < 3000);
}

TEST_CASE("breath: neither the library's methods nor pcall give more of it", "[world][breath]") {
    Gong gong;
    CHECK(gong.rings("preach gong 101").kind == Outcome::Kind::failed);
    gong.town.clock.advance(1h);
    gong.mallorys.heard();
    CHECK(gong.rings("swing gong 1000").kind == Outcome::Kind::done);
    const std::string heard = gong.mallorys.heard();
    CHECK(heard.empty());
    gong.town.clock.advance(1s);
    CHECK(gong.rings("swing gong 5").kind == Outcome::Kind::done);
    CHECK(gong.mallorys.heard() == "Dong.|Dong.|Dong.|Dong.|Dong.");
}

TEST_CASE("owner limits: his code that runs for a moment in others' calls is charged by samples",
          "[world][owner_limits]") {
    Workshop shop;
    shop.load("slow_sign", R"LUA(
inherit "thing"
property.name = "signpost"
function self:describe(who)
  local n = 0
  for i = 1, 20000 do n = n + i end
  return text "It points."
end
)LUA",
              "mallory");
    shop.make("slow_sign", shop.mallory);
    const OwnerLimits& limits = shop.town.world.owner_limits;
    // The clock of this world stands still: what is charged is what the ticks of the CPU's clock find.
    for (int times = 0; times < 20'000 && limits.wait_for("mallory") == 0ms; ++times)
        shop.town.types(shop.bob, "look at slow_sign");
    CHECK(limits.wait_for("mallory") > 0ms);
    CHECK(limits.wait_for("bob") == 0ms);
}
