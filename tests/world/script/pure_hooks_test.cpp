#include "script_world.hpp"

#include "world/script/pure_hooks.hpp"

namespace gyre::world::script {

TEST_CASE("pure hooks: they change nothing, whoever calls them and however", "[world][script][pure]") {
    ScriptWorld world;
    world.good("mirror", R"LUA(
inherit "thing"
property.looks = 0
function self:count() self.looks = self.looks + 1 end
function self:describe(who) self:count() end
function self:look(who) create("thing", who) end
function self:visible_to(who) self:move_to(who) return true end
function self:seen_as(who) after(1, self, "count") end
function self:ask(who) return (pcall(function() self:describe(who) end)) end
)LUA");
    world.good("double_mirror",
               "inherit \"mirror\"\nfunction self:describe(who) super.describe(self, who) end");
    Object& mirror = world.create("mirror", world.room);
    Object& twice = world.create("double_mirror", world.room);
    const auto error = [&](Object& which, const char* hook) {
        return world.error(std::string{"a:"} + hook + "(b)", {Value{which.id}, Value{world.alice->id}});
    };
    for (const char* hook : {"describe", "look", "visible_to", "seen_as"}) {
        CHECK(error(mirror, hook) ==
              "'" + std::string{hook} + "' must not change anything: move the write to a verb or an event");
    }
    CHECK(error(twice, "describe") ==
          "'describe' must not change anything: move the write to a verb or an event");
    CHECK(world.call(mirror, "describe").error().find("mirror.lua:4: 'describe' must not") == 0);
    CHECK(show(world.call(mirror, "ask").value) == "false");
    CHECK(show(world.property(mirror, "looks")) == "0");
    // Behind them everything may change again.
    CHECK(world.call(mirror, "count").kind == CallResult::Kind::done);
    CHECK(show(world.property(mirror, "looks")) == "1");
}

TEST_CASE("pure hooks: arguments, results and super pass", "[world][script][pure]") {
    ScriptWorld world;
    world.good("card",
               "inherit \"thing\"\nfunction self:describe(who, ...) return who, select(\"#\", ...) end");
    world.good("post_card",
               "inherit \"card\"\nfunction self:describe(...) local a, n = super.describe(self, ...) return "
               "n, a end");
    Object& card = world.create("post_card", world.room);
    CHECK(world.value("return {a:describe(7, nil, 9)}", {Value{card.id}}) == "{2,7}");
    for (const char* name : {"describe", "look", "visible_to", "seen_as", "vitals"})
        CHECK(is_pure_hook(name));
    CHECK_FALSE(is_pure_hook("looked"));
}

}  // namespace gyre::world::script
