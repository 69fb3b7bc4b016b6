#include "script_world.hpp"

#include "world/script/frames.hpp"
#include "world/script/meter.hpp"

#include <ctime>
#include <iostream>

namespace gyre::world::script {

TEST_CASE("call: a kill says where, and what is undone", "[world][script][call]") {
    ScriptWorld world;
    world.good("machine",
               "inherit \"thing\"\nproperty.n = 0\n\nfunction self:order()\n  self.n = 1\n  while true do\n  "
               "end\nend\nfunction self:go() self:order() end");
    Object& machine = world.create("machine");
    const CallResult result = world.call(machine, "go");
    CHECK(result.kind == CallResult::Kind::over_budget);
    CHECK(result.error() ==
          "machine.lua:4: stopped after 1,000,000 steps in order (loop at line 6); everything it did is "
          "undone");
    CHECK(result.fault->in == machine.of);
    CHECK(result.fault->at == machine.id);
    CHECK(result.fault->traceback == "machine.lua:6: in order\nmachine.lua:9: in go");
    CHECK(show(world.property(machine, "n")) == "0");
}

TEST_CASE("call: an error has its place, a traceback and an object", "[world][script][call]") {
    ScriptWorld world;
    world.good("lamp", "inherit \"thing\"\nfunction self:light() return self.feul end");
    world.good("person2", "inherit \"thing\"\nfunction self:use(lamp)\n  lamp:light()\nend");
    Object& lamp = world.create("lamp");
    const CallResult result = world.call(world.create("person2"), "use", {Value{lamp.id}});
    CHECK(result.kind == CallResult::Kind::failed);
    CHECK(result.error() == "lamp.lua:2: lamp has no property or method 'feul'");
    CHECK(result.fault->traceback == "lamp.lua:2: in light\nperson2.lua:3: in use");
    CHECK(result.fault->in == lamp.of);
    CHECK(result.fault->at == lamp.id);
}

TEST_CASE("call: arguments and results are copies", "[world][script][call]") {
    ScriptWorld world;
    Ref<Container> list = make_ref<Container>();
    list->kind = Container::Kind::list;
    list->list.emplace_back(1);
    list->list.emplace_back("x");
    CHECK(world.value("a[3] = b return a", {Value{list}, Value{2.5}}) == "{1,x,2.5}");
    CHECK(world.value("self.list = {1, 2} return self.list") == "{1,2}");
    CHECK(world.value("return text.plain(a)", {Value{Text::of_data("hi")}}) == "hi");
}

TEST_CASE("call: memory is limited", "[world][script][call]") {
    ScriptWorld world;
    Budget budget = ScriptWorld::patient();
    budget.allocated_bytes = 1U << 20U;
    const CallResult result = world.run("local t = {} for i = 1, 1e6 do t[i] = {i} end", {}, budget);
    CHECK(result.kind == CallResult::Kind::over_budget);
    CHECK(result.error().find("stopped after allocating 1 MiB") != std::string::npos);
    CHECK(world.run("for i = 1, 1e6 do pcall(string.rep, 'x', 1000) end", {}, budget).kind ==
          CallResult::Kind::over_budget);
}

TEST_CASE("call: numbers are written with commas", "[world][script][call]") {
    CHECK(with_commas(0) == "0");
    CHECK(with_commas(999) == "999");
    CHECK(with_commas(1000) == "1,000");
    CHECK(with_commas(1234567) == "1,234,567");
}

TEST_CASE("call: a call inside a call shares its budget", "[world][script][call]") {
    ScriptWorld world;
    // `log_line` runs at commit, so a hook of the engine inside a call is played by own_call.
    int depth = 0;
    world.good("echo",
               "inherit \"npc\"\nfunction self:told(x) end\nfunction self:go() self:tell(\"x\") "
               "end\nfunction self:spin() while true do end end");
    Object& echo = world.create("echo", world.room);
    CallResult inner;
    world.world.runtime->own_call = [&](ObjectId listener, Atom, std::vector<Value>) {
        if (++depth > 30) return;
        const CallResult each = world.world.runtime->call(
            listener, world.world.atoms.intern(depth < 20 ? "go" : "spin"), {}, Budget::of_clock());
        if (!each.error().empty()) inner = each;
    };
    const CallResult result = world.call(echo, "go");
    CHECK(depth == 16);
    CHECK(inner.error() != "");
    CHECK(result.kind == CallResult::Kind::done);
}

TEST_CASE("call: many calls leave nothing behind", "[world][script][call]") {
    ScriptWorld world;
    world.good("busy",
               "inherit \"thing\"\nproperty.n = 0\nfunction self:go(x) self.n = self.n + 1 if x == 1 then "
               "error('e') elseif x == 2 then refuse('no') end return {self.n} end");
    Object& busy = world.create("busy");
    const auto round = [&] {
        for (int index = 0; index < 2000; ++index) world.call(busy, "go", {Value{index % 3}});
    };
    round();
    const std::size_t before = world.world.runtime->live_bytes();
    round();
    CHECK(world.world.runtime->live_bytes() < before + before / 2);
}

namespace {

double cpu_seconds(std::clock_t since) { return static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC; }

}  // namespace

TEST_CASE("call: a look in Lua", "[.][bench]") {
    ScriptWorld world;
    world.good("parlour", R"LUA(
inherit "room"
property.smell, property.sound, property.season, property.wear = "smoke", "rain", "autumn", 3
function self:look(who)
  local text_ = text.title(self.name) .. "\n" .. self.description
  if self.smell ~= "" and self.lit == false and not self.dark then text_ = text_ .. text(" It smells of {smell}.", {smell = self.smell}) end
  if self.sound ~= "" and not self.hidden then text_ = text_ .. text(" You hear {sound}.", {sound = self.sound}) end
  if self.season == "autumn" and self.wear > 2 and not self.proper and self.plural == false then text_ = text_ .. " Leaves lie here." end
  return text_
end
)LUA");
    Object& parlour = world.create("parlour");
    world.set(parlour, "name", "parlour");
    world.set(parlour, "description", "A small parlour with a fire.");
    constexpr int count = 200'000;
    const Atom look = world.world.atoms.intern("look");
    const std::vector<Value> arguments{Value{world.alice->id}};
    const std::clock_t start = std::clock();
    for (int index = 0; index < count; ++index) {
        world.world.transaction.begin({});
        world.world.runtime->call(parlour.id, look, arguments, Budget::of_player());
        world.world.transaction.commit();
    }
    std::cout << "look: " << cpu_seconds(start) * 1e6 / count << " us\n";
    const auto time = [&](const char* name, const std::string& body) {
        Budget budget = ScriptWorld::patient();
        budget.steps = INT64_MAX / 4;
        budget.allocated_bytes = std::size_t{1} << 40U;
        const std::clock_t begin = std::clock();
        const CallResult result =
            world.run("local o = self for i = 1, 100000 do " + body + " end", {}, budget);
        std::cout << name << ": " << cpu_seconds(begin) * 1e9 / 1e5 << " ns " << result.error() << "\n";
    };
    time("empty loop", "");
    time("read", "local x = o.n");
    time("read of a default", "local x = o.name");
    time("read of a default table", "local x = o.list");
    time("write", "o.n = i");
    time("method", "o:run2()\nend end\nfunction self:run2() for i = 1, 0 do");
    time("native method", "o:inside(o)");
    time("text", "local t = text('{who} {who:waves}.', {who = o})");
}

TEST_CASE("call: every endless loop is stopped, not only the first", "[world][script][call]") {
    ScriptWorld world;
    world.good("wheel",
               "inherit \"thing\"\nfunction self:spin() while true do end end\n"
               "function self:rest() return 1 end");
    Object& wheel = world.create("wheel");
    for (int turn = 0; turn < 3; ++turn) {
        CHECK(world.call(wheel, "spin", {}, Budget::of_clock()).kind == CallResult::Kind::over_budget);
        CHECK(show(world.call(wheel, "rest").value) == "1");
    }
}

}  // namespace gyre::world::script
