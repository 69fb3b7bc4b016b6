#include "script_world.hpp"

namespace gyre::world::script {

namespace {

/// A world with a ghost whom only Alice sees, and with the mask that Alice takes Bob's hat for.
class Haunted : public ScriptWorld {
  public:
    Haunted() {
        good("ghost", R"LUA(
inherit "thing"
property.name = "ghost"
property.friend = optional "thing"
function self:visible_to(who)
  if who ~= self.friend then refuse() end
  return who:sees(self)
end
)LUA");
        good("hat", R"LUA(
inherit "thing"
property.name = "hat"
property.face = optional "thing"
property.looks = 0
function self:seen_as(who) if who ~= self.location then return self.face end end
)LUA");
        good("broken", R"LUA(
inherit "thing"
property.name = "broken thing"
property.looks = 0
function self:visible_to(who) self.looks = self.looks + 1 return false end
)LUA");
    }
    std::vector<Value> people() { return {Value{alice->id}, Value{bob->id}}; }
};

}  // namespace

TEST_CASE("perception hooks: visible_to hides a thing from some", "[world][script][perception]") {
    Haunted world;
    Object& ghost = world.create("ghost", world.room);
    world.set(ghost, "friend", Value{world.alice->id});
    const std::string here = "local g = a.location:contents('ghost')[1] ";
    CHECK(world.value(here + "return {a:sees(g), b:sees(g)}", world.people()) == "{true,false,it is hidden}");
    CHECK(world.value(here + "local x, why = b:find('ghost') return {a:find('ghost') == g, x == nil, why}",
                      world.people()) == "{true,true,there is nothing of that name here}");
    CHECK(world.value(here + "return {#a:visible() - #b:visible(), b:reaches(g)}", world.people()) ==
          "{1,false,it is hidden}");
    world.value(here + "g:announce('{g} {g:moans}.', {g = g})", world.people());
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"The ghost moans."});
    CHECK(world.heard(*world.bob) == std::vector<std::string>{"Something moans."});
    world.value(here + "g:announce('{g} {g:waves}.', {g = g}, {sense = 'sight'})", world.people());
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"The ghost waves."});
    CHECK(world.heard(*world.bob).empty());
    CHECK(world.error("a:announce('x', nil, {sense = 'smell'})", world.people()) ==
          "sense is sight or sound (got text \"smell\")");
    CHECK(world.error("a:announce('x', nil, {sense = 'sight', range = 1})", world.people()) ==
          "only sound is perceived next door: leave out range, or say sense = \"sound\"");
}

TEST_CASE("perception hooks: seen_as is read, understood and looked at instead",
          "[world][script][perception]") {
    Haunted world;
    Object& hat = world.create("hat", world.room);
    Object& mask = world.create("thing");
    world.set(mask, "name", Value{"golden mask"});
    world.set(hat, "face", Value{mask.id});
    const std::string here = "local h = a.location:contents('hat')[1] ";
    CHECK(world.value(here + "return {text.plain(text('{a h}', {h = h}), a), a:find('mask') == h}",
                      world.people()) == "{A golden mask,true}");
    CHECK(world.value(here + "local x, why = a:find('hat') return {x == nil, why}", world.people()) ==
          "{true,there is nothing of that name here}");
    CHECK(world.value(here + "return h:seen_as(a) ~= h", world.people()) == "true");
    CHECK(world.value(here + "h:move_to(a) return text.plain(text('{a h}', {h = h}), a)", world.people()) ==
          "A hat");
}

TEST_CASE("perception hooks: one that changes something fails, and the thing is as it would be without",
          "[world][script][perception]") {
    Haunted world;
    Object& broken = world.create("broken", world.room);
    std::vector<std::string> faults;
    world.world.runtime->hook_failed = [&](const CallResult& fault, Atom) {
        faults.push_back(fault.error());
    };
    CHECK(world.value("return (a:sees(b))", {Value{world.alice->id}, Value{broken.id}}) == "true");
    REQUIRE(faults.size() == 1);
    CHECK(faults.front().find("'visible_to' must not change anything") != std::string::npos);
    CHECK(show(world.property(broken, "looks")) == "0");
}

TEST_CASE("text.parse: what a builder types becomes a template", "[world][script][api]") {
    ScriptWorld world;
    const std::vector<Value> people{Value{world.alice->id}, Value{"{who} {who:waves} {{at}} {name}."}};
    world.value("local t = text.parse(b) a:tell(t, {who = a, name = '{' .. 'x}'})", people);
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"You wave {at} {x}."});
    const auto refused = [&](const std::string& source) {
        return world.value("local t, why = text.parse(a) return {t == nil, why}", {Value{source}});
    };
    CHECK(refused("Go {!quit|north}.") == "{true,a message holds no links}");
    CHECK(refused("{{{!quit}") == "{true,a message holds no links}");
    CHECK(refused("{his x}").find("write") != std::string::npos);
    CHECK(refused(std::string(2001, 'x')) == "{true,a message has at most 2,000 bytes}");
    CHECK(world.value("return type(text.parse([=[{{!no link}}]=]))") == "text");
    // Compiled templates stay for ever, so there is an end to them.
    CHECK(
        world.value("local n = 0 for i = 1, 1500 do if text.parse('{' .. 'x} ' .. i) then n = n + 1 end end "
                    "return n") == "998");
}

TEST_CASE("api: the account of a character", "[world][script][api]") {
    ScriptWorld world;
    CHECK(world.value("return a.account == nil", {Value{world.alice->id}}) == "true");
}

}  // namespace gyre::world::script
