#include "script_world.hpp"

namespace gyre::world::script {

namespace {

/// A library with a method that is particular about what it gets, and code of Ann's that calls it.
class Blaming : public ScriptWorld {
  public:
    Blaming() {
        good("purse", R"LUA(
inherit "thing"
function self:pay(n)
  if n < 1 then error("pay takes a whole number") end
end
function self:fall() local none = nil
  return none.x
end
function self:loop(n) for i = 1, n do self:fill() end end
function self:fill() end
function self:show(what) return text.lines{what:look(self)} end
function self:use(what) return what:used(self) end
function self:fault(what)
  what:used(self)
end
)LUA");
        purse = &create("purse", room);
    }
    /// How `function self:used(purse)` with this body ends, of Ann's, called by `method` of the purse; in the
    /// file it begins in line 3.
    CallResult anns(const std::string& body, const char* method = "used") {
        const std::string name = "toy" + std::to_string(++toys);
        const std::string source = "inherit \"thing\"\n\nfunction self:used(purse)\n" + body + "\nend";
        good(name.c_str(), source.c_str(), "ann");
        toy = &create(name.c_str(), room);
        if (std::string_view{method} == "used") return call(*toy, method, {Value{purse->id}});
        return call(*purse, method, {Value{toy->id}});
    }
    int toys = 0;
    Object* purse = nullptr;
    Object* toy = nullptr;
};

}  // namespace

TEST_CASE("blame: what the library is given wrongly is the giver's fault", "[world][script][blame]") {
    Blaming world;
    const CallResult paid = world.anns("  local n = -1\n  purse:pay(n)");
    REQUIRE(paid.kind == CallResult::Kind::failed);
    CHECK(paid.error() == "toy1.lua:5: pay takes a whole number");
    CHECK(paid.fault->in == world.toy->of);
    CHECK(paid.fault->at == world.toy->id);
    CHECK(paid.fault->traceback == "purse.lua:4: in pay\ntoy1.lua:5: in used");
    // Also by way of further code of the library, and for errors of Lua's own.
    CHECK(world.anns("  purse:fall()", "fault").error().find("toy2.lua:4: attempt to index a nil") == 0);
    // A call that was stopped inside of it: the loop that led there is his.
    const CallResult stopped = world.anns("  purse:loop(1e9)");
    CHECK(stopped.kind == CallResult::Kind::over_budget);
    CHECK(stopped.fault->in == world.toy->of);
    CHECK(stopped.error().find("toy3.lua:3: stopped after 1,000,000 steps in used (loop at line 4)") == 0);
}

TEST_CASE("blame: a tail call hides the line, and not whose it is", "[world][script][blame]") {
    Blaming world;
    const CallResult paid = world.anns("  return purse:pay(-1)");
    CHECK(paid.error() == "toy1.lua:3: pay takes a whole number");
    CHECK(paid.fault->in == world.toy->of);
    CHECK(paid.fault->at == world.toy->id);
}

TEST_CASE("blame: the library's own faults are its own, and others' code is theirs",
          "[world][script][blame]") {
    Blaming world;
    const CallResult own = world.call(*world.purse, "fall");
    CHECK(own.error().find("purse.lua:7: attempt to index a nil value") == 0);
    CHECK(own.fault->in == world.purse->of);
    const CallResult anns = world.anns("  local none\n  return none.x", "fault");
    CHECK(anns.error().find("toy1.lua:5: attempt to index a nil value") == 0);
    CHECK(anns.fault->in == world.toy->of);
    // An error whose words name another place keeps them.
    CHECK(world.anns("  error('lamp.lua:3: no oil', 0)").error() == "lamp.lua:3: no oil");
    // Of what was caught nothing is left.
    CHECK(world.anns("  pcall(purse.pay, purse, -1)\n  error 'mine'").error() == "toy3.lua:5: mine");
}

TEST_CASE("blame: between the core and a world's own files it is these", "[world][script][blame]") {
    ScriptWorld world;
    const std::vector<ClassSource> core{
        {"clerk", "inherit \"thing\"\nfunction self:sell(n) error('sell needs a thing') end", "",
         "core/clerk.lua"}};
    REQUIRE(world.world.runtime->load(core).empty());
    world.good("shop", "inherit \"thing\"\nfunction self:run(clerk)\n  clerk:sell()\nend");
    const Value clerk{world.create("clerk").id};
    CHECK(world.call(world.create("shop"), "run", {clerk}).error() == "shop.lua:3: sell needs a thing");
}

TEST_CASE("blame: what a hook gives wrongly is the fault of its class", "[world][script][blame]") {
    Blaming world;
    world.good("stone",
               "inherit \"thing\"\nfunction self:describe(who)\n  local words = text \"A stone.\"\nend",
               "ann");
    world.good("pebble", "inherit \"stone\"\nfunction self:look(who) return true end", "ann");
    const auto shown = [&](Object& what) { return world.call(*world.purse, "show", {Value{what.id}}); };
    Object& stone = world.create("stone", world.room);
    const CallResult told = world.call(*world.purse, "show", {Value{stone.id}});
    CHECK(told.error() == "stone.lua:2: 'describe' must return a text (got nothing)");
    CHECK(told.fault->in == stone.of);
    CHECK(told.fault->at == stone.id);
    CHECK(told.fault->traceback.find("purse.lua:11: in show") != std::string::npos);
    CHECK(shown(world.create("pebble", world.room)).error() ==
          "pebble.lua:2: 'look' must return a text (got true)");
    world.good("mask",
               "inherit \"thing\"\nfunction self:seen_as(who) return \"a cat\" end\n"
               "function self:vitals() return 7 end\nfunction self:can_take() return false end",
               "ann");
    Object& mask = world.create("mask", world.room);
    CHECK(world.call(mask, "seen_as").error() ==
          "mask.lua:2: 'seen_as' must return an object or nil (got text \"a cat\")");
    CHECK(world.call(mask, "vitals").error() == "mask.lua:3: 'vitals' must return a table (got 7)");
    CHECK(world.call(mask, "can_take").error() == "mask.lua:4: 'can_take' returns false: a no is a 'refuse'");
}

}  // namespace gyre::world::script
