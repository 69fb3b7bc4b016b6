#include "script_world.hpp"

namespace gyre::world::script {

TEST_CASE("loading: what a file may not say at file level", "[world][script][loading]") {
    ScriptWorld world;
    const auto fault = [&](const char* line) {
        return world.bad("board", std::string{"inherit \"thing\"\n"} + line);
    };
    CHECK(fault("counter = 1") ==
          "board.lua:2: 'counter' is not declared: write 'local counter <const> = ...' for a constant, or "
          "keep it in "
          "property.counter");
    CHECK(fault("local count = 0\nfunction self:tick() count = count + 1 end") ==
          "board.lua:3: a method uses the local 'count', which would escape undo: write 'local count <const> "
          "= ...', "
          "or keep it in property.count");
    CHECK(fault("local cache <const> = {}\nfunction self:tick() cache.x = 1 end") ==
          "board.lua:3: a method uses the table 'cache', which would escape undo: make it inside the method, "
          "or keep "
          "it in property.cache");
    CHECK(fault("local f = function() end\nfunction self:tick() f() end") ==
          "board.lua:3: a method uses the local 'f', which would escape undo: write 'local function f(...)', "
          "or keep "
          "it in property.f");
    CHECK(fault("do local n = 0 function self:tick() n = n + 1 end end") != "");
    CHECK(fault("local a <const> = 1\ndo local a = {} function self:tick() return a end end") != "");
    CHECK(
        fault("local function make() local n = 0 return function() n = n + 1 end end\nself.tick = make()") ==
        "board.lua:3: a class file calls none of its functions while it loads: it only declares");
    CHECK(fault("_ENV = {}") == "board.lua:2: _ENV is not available: a class keeps its state in properties");
    CHECK(fault("create(\"thing\")") ==
          "board.lua:2: this has an effect: a class file only declares; do it in a method");
    CHECK(fault("hourly(90)") == "board.lua:2: 'hourly' is not declared");
    CHECK(fault("property.x = function() end") ==
          "board.lua:2: property 'x' cannot hold a function: write function self:x()");
    CHECK(fault("self.x = 1") ==
          "board.lua:2: self.x at file level declares a method: use property.x for data");
    CHECK(fault("property.x = nil") ==
          "board.lua:2: the default of 'x' is nil: write property.x = optional \"text\", "
          "or another type");
    CHECK(fault("property.id = 1") == "board.lua:2: 'id' is the engine's: choose another name");
    CHECK(fault("property.x = 1\nfunction self:x() end") ==
          "board.lua:3: 'x' is a property already, so it cannot be a method");
    CHECK(fault("property.x = 1\nproperty.x = 2") == "board.lua:3: 'x' is declared twice");
    CHECK(fault("property.x = property.name") ==
          "board.lua:2: 'name' cannot be read here: file level only declares; read it in a method");
    CHECK(fault("while true do end").find("stopped after 200,000 steps") != std::string::npos);
    CHECK(fault("x = = 1") == "board.lua:2: unexpected symbol near '='");
    CHECK(fault("inherit \"room\"") == "board.lua:2: a class inherits one class only: for more, use traits");
}

TEST_CASE("loading: names that nothing declares are found without running the code",
          "[world][script][loading]") {
    ScriptWorld world;
    const auto fault = [&](const std::string& body) {
        std::string source = "inherit \"thing\"\nfunction self:act(who)\n";
        source += body;
        source += "\nend";
        return world.bad("board", source);
    };
    CHECK(fault("  refuze \"no\"") == "board.lua:3: 'refuze' is not declared (did you mean 'refuse'?)");
    CHECK(fault("\n\n  if who then\n    local f = function() return tabel.concat({}) end\n  end") ==
          "board.lua:6: 'tabel' is not declared (did you mean 'table'?)");
    CHECK(fault("  return frobnicate") == "board.lua:3: 'frobnicate' is not declared");
    CHECK(fault("  counter = 1") ==
          "board.lua:3: 'counter' is not declared: use 'local counter', or keep it in a property");
    CHECK(fault("  verb \"x this\"") == "board.lua:3: 'verb' declares: it belongs to file level");
    CHECK(fault("  if not who then error(\"The chest is locked.\") end") ==
          "board.lua:3: error is for bugs, and players do not read its words: to tell them no, write refuse "
          "\"The "
          "chest is locked.\"");
    CHECK(world.bad("board", "inherit \"thing\"\nproperty.x = hundred") != "");
}

TEST_CASE("loading: names that are there are not found", "[world][script][loading]") {
    ScriptWorld world;
    world.good("knowing", R"LUA(
inherit "thing"
local LIMIT <const> = 3
local function twice(n) return n + n end
function self:act(who)
  for index, value in ipairs{1, 2} do
    local text_of = function(x) return tostring(x) .. index .. value end
    text_of(LIMIT)
  end
  local refuze = twice
  refuze(LIMIT)
  if who == self then return twice(math.max(1, 2)) end
  if who then error("no such thing as " .. who.name) end
  return super.act, string.rep("x", 2), page
end
)LUA");
    // More constants than an instruction can name, and lines far apart.
    std::string many = "inherit \"thing\"\nfunction self:act()\n  local t = {}\n";
    for (int index = 0; index < 400; ++index) {
        const std::string digits = std::to_string(index);
        many += "  t.a";
        many += digits;
        many += " = \"";
        many += digits;
        many += "\"\n";
    }
    many.append(300, '\n');
    many += "  return tostring(t), pairs(t)\nend";
    world.good("many", many.c_str());
}

TEST_CASE("loading: constants and local functions may be shared", "[world][script][loading]") {
    ScriptWorld world;
    world.good("sharing", R"LUA(
inherit "thing"
local LIMIT <const> = 3
local GREETING <const> = "{who} {who:waves}."
local WORDS <const>, MORE <const> = "a" .. "b", 1 + 1
local floor <const> = math.floor
local function twice(n)
  return n * 2
end
local function four(n) return twice(twice(n)) end
function self:run() return {LIMIT, type(GREETING), WORDS, MORE, floor(2.5), four(1)} end
)LUA");
    CHECK(show(world.call(world.create("sharing"), "run").value) == "{3,text,ab,2,2,4}");
    CHECK(world.error("twice = 1") != "");
}

TEST_CASE("loading: a bad pattern or template is a load error with its place", "[world][script][loading]") {
    ScriptWorld world;
    const std::string pattern =
        world.bad("board", "inherit \"thing\"\n\n\nverb \"put any in this\"\nfunction self:put() end");
    CHECK(pattern ==
          "board.lua:4: verb \"put any in this\": no slot 'any': use thing, held, person, player, direction, "
          "number, word or text");
    const std::string words = world.bad(
        "board", "inherit \"thing\"\nfunction self:x(who)\n  who:tell(\"It is cold, {his who} hat\")\nend");
    CHECK(words.find("board.lua:3: template column 13: write 'their' instead of 'his'\n") == 0);
    CHECK(words.find('^') != std::string::npos);
    CHECK(world.bad("board", "inherit \"thing\"\nverb \"look\"\nproperty.x = 1") ==
          "board.lua:3: a verb must stand above its method, not above property 'x'");
    CHECK(world.bad("board", "inherit \"thing\"\nverb \"look this\"") ==
          "board.lua: the last verb, before, every or daily has no method below it");
    CHECK(world.bad("board",
                    "inherit \"thing\"\nverb(\"look this\", {reach = \"far\"})\nfunction self:look() end") ==
          "board.lua:2: reach is touch, see, hear or anywhere (got \"far\")");
    CHECK(
        world.bad("board", "inherit \"thing\"\nverb(\"look this\", {rich = 1})\nfunction self:look() end") ==
        "board.lua:2: a verb has no option 'rich': use role, reach, priority or hidden");
}

TEST_CASE("loading: lines stay where they were behind templates of several lines",
          "[world][script][loading]") {
    ScriptWorld world;
    world.good(
        "long",
        "inherit \"thing\"\nfunction self:run()\n  local t = [[{who}\n\n\nis here]]\n  error(\"here\")\nend");
    CHECK(world.call(world.create("long"), "run").error() == "long.lua:7: here");
}

TEST_CASE("loading: verbs, docs and rules reach the class", "[world][script][loading]") {
    ScriptWorld world;
    world.good("lamp", R"LUA(
--- A brass lamp
--- that burns oil.
inherit "thing"
property.fuel = 100        --- Minutes of light left.
--- How heavy.
property.weight, property.size = 1, 2
event "lit_up"             --- (who) It burns.
--- Makes light.
verb "light|ignite this"
verb("turn on this", {priority = 2, hidden = true, role = "builder", reach = "see"}) --- Turns it on.
function self:light(who) end
before "take, drop"
function self:guard(who) end
)LUA");
    const Class& lamp = *world.world.classes.find(world.world.atoms.find("lamp"));
    CHECK(lamp.doc == "A brass lamp\nthat burns oil.");
    CHECK(lamp.find(world.world.atoms.find("fuel"))->doc == "Minutes of light left.");
    CHECK(lamp.find(world.world.atoms.find("weight"))->doc == "How heavy.");
    CHECK(lamp.find(world.world.atoms.find("lit_up"))->doc == "(who) It burns.");
    CHECK(lamp.find(world.world.atoms.find("light"))->doc == "Makes light.");
    REQUIRE(lamp.own_verbs.size() == 2);
    CHECK(lamp.own_verbs[0].method == world.world.atoms.find("light"));
    CHECK(lamp.own_verbs[0].doc == "Makes light.");
    CHECK(lamp.own_verbs[0].reach == "touch");
    CHECK(lamp.own_verbs[1].priority == 2);
    CHECK(lamp.own_verbs[1].hidden);
    CHECK(lamp.own_verbs[1].role == "builder");
    CHECK(lamp.own_verbs[1].reach == "see");
    CHECK(lamp.own_verbs[1].doc == "Turns it on.");
    REQUIRE(lamp.own_before.size() == 1);
    const auto named = [&](const char* name) { return world.world.atoms.find(name); };
    CHECK(lamp.own_before[0].actions == std::vector<Atom>{named("take"), named("drop")});
    CHECK(lamp.own_before[0].method == named("guard"));
}

TEST_CASE("loading: order does not matter, circles and missing parents are faults",
          "[world][script][loading]") {
    ScriptWorld world;
    CHECK(world
              .load({{"c1", "inherit \"b1\""},
                     {"b1", "inherit \"a1\" use \"t1\""},
                     {"a1", "inherit \"thing\""},
                     {"t1", ""}})
              .empty());
    const auto circle =
        world.load({{"x1", "inherit \"y1\""}, {"y1", "inherit \"z1\""}, {"z1", "inherit \"x1\""}});
    REQUIRE(circle.size() == 3);
    CHECK(circle[0] == "x1.lua: classes build on each other in a circle: x1 -> y1 -> z1 -> x1");
    CHECK(world.bad("lost", "inherit \"nowhere\"") == "lost.lua: its parent 'nowhere' is not loaded");
    CHECK(world.bad("lost", "inherit \"thing\" use \"nothing\"") ==
          "lost.lua: its trait 'nothing' is not loaded");
    CHECK(world.bad("lost", "inherit \"lost\"") ==
          "lost.lua: classes build on each other in a circle: lost -> lost");
    CHECK(world.bad("lost", "inherit \"t1\"") ==
          "lost.lua: 't1' is a trait (it inherits nothing): use(\"t1\")");
    CHECK(world.bad("lost", "inherit \"thing\" use \"a1\"") ==
          "lost.lua: 'a1' is no trait (it inherits thing)");
    CHECK(world.bad("Lost", "inherit \"thing\"") ==
          "Lost.lua: a class is named [a-z][a-z0-9_]*, at most 32 letters");
    CHECK(world.bad(std::string(33, 'a').c_str(), "").find("at most 32 letters") != std::string::npos);
    CHECK(world.load({{"twin", "inherit \"thing\""}, {"twin", "inherit \"thing\""}}).size() == 1);
}

TEST_CASE("loading: a class must fit what it builds on", "[world][script][loading]") {
    ScriptWorld world;
    world.good("base",
               "inherit \"thing\"\nproperty.n = 1\nproperty.w = 1.5\nprivate.p = 1\nproperty.m = "
               "one_of{\"a\", \"b\"}\nfunction self:go() end");
    CHECK(world.bad("sub", "inherit \"base\"\nproperty.n = \"x\"") ==
          "sub.lua: property 'n' is integer in base, so its default here cannot be text");
    CHECK(world.bad("sub", "inherit \"base\"\nproperty.go = 1") ==
          "sub.lua: 'go' is a method of base, so it cannot be a property");
    CHECK(world.bad("sub", "inherit \"base\"\nfunction self:n() end") ==
          "sub.lua: 'n' is a property of base, so it cannot be a method");
    CHECK(world.bad("sub", "inherit \"base\"\nproperty.m = \"c\"") ==
          "sub.lua: the default of 'm' must be one of \"a\", \"b\"");
    world.good("sub", "inherit \"base\"\nproperty.n = 5\nproperty.w = 2\nproperty.p = 3\nproperty.m = \"b\"");
    const Class& sub = *world.world.classes.find(world.world.atoms.find("sub"));
    CHECK(sub.find(world.world.atoms.find("p"))->is_private);
    CHECK(sub.find(world.world.atoms.find("w"))->standard.tag() == Value::Tag::number);
    CHECK(world.bad("base", "inherit \"thing\"\nproperty.n = \"x\"") ==
          "base.lua: property 'n' is integer in sub, so its default here cannot be text");
    CHECK(world
              .load({{"base", "inherit \"thing\"\nproperty.n = \"x\""},
                     {"sub", "inherit \"base\"\nproperty.n = \"y\""}})
              .empty());
}

TEST_CASE("loading: a subclass may give what its parent leaves open", "[world][script][loading]") {
    ScriptWorld world(false);
    world.good("base",
               "inherit 'object'\nproperty.article = optional 'text'\nproperty.words = optional 'text'");
    world.good("sub", "inherit 'base'\nproperty.article = 'some'\nproperty.words = '{x} and more'");
    CHECK(world.bad("other", "inherit 'base'\nproperty.article = '{x}'") ==
          "other.lua:2: 'article' must be text without placeholders");
}

TEST_CASE("loading: a change of type that stored values do not fit is refused", "[world][script][loading]") {
    ScriptWorld world;
    world.good("urn", "inherit \"thing\"\nproperty.n = 1");
    Object& urn = world.create("urn");
    world.set(urn, "n", Value{5});
    CHECK(world.bad("urn", "inherit \"thing\"\nproperty.n = \"x\"") ==
          "urn.lua: property 'n' cannot become text: 1 objects hold something else, such as #" +
              std::to_string(number(urn.id)) + " (function self:migrate() could convert them)");
    CHECK(show(world.property(urn, "n")) == "5");
}

TEST_CASE("loading: two traits with one method need a decision", "[world][script][loading]") {
    ScriptWorld world;
    CHECK(world
              .load({{"hot", "function self:touch() return \"hot\" end"},
                     {"cold", "function self:touch() return \"cold\" end"}})
              .empty());
    CHECK(world.bad("tap", "inherit \"thing\" use(\"hot\", \"cold\")") ==
          "tap.lua: traits 'hot' and 'cold' both have a method 'touch': write one here that calls the right "
          "one");
    world.good(
        "tap",
        "inherit \"thing\" use(\"hot\", \"cold\")\nfunction self:touch() return super.touch(self) end");
    CHECK(show(world.call(world.create("tap"), "touch").value) == "hot");
}

TEST_CASE("loading: super goes on in lookup order", "[world][script][loading]") {
    ScriptWorld world;
    CHECK(world
              .load({{"one", "inherit \"thing\"\nfunction self:say_it() return \"one\" end"},
                     {"loud", "function self:say_it() return \"loud \" .. super.say_it(self) end"},
                     {"two",
                      "inherit \"one\" use \"loud\"\nfunction self:say_it() return \"two \" .. "
                      "super.say_it(self) end"},
                     {"three",
                      "inherit \"two\"\nfunction self:say_it() return \"three \" .. super.say_it(self) end\n"
                      "function self:lost() return super.lost(self) end"}})
              .empty());
    Object& three = world.create("three");
    CHECK(show(world.call(three, "say_it").value) == "three two loud one");
    CHECK(world.call(three, "lost").error() == "three.lua:3: nothing behind three has a method 'lost'");
}

TEST_CASE("loading: events and vetoes of a chain add up, base first", "[world][script][loading]") {
    ScriptWorld world;
    CHECK(world
              .load({{"lockable",
                      "property.trace = \"\"\nevent \"unlocked\"\nfunction self:can_open() "
                      "self:log_it(\"lockable\") end\n"
                      "function self:log_it(x) end\nfunction self:unlocked() self.trace = self.trace .. "
                      "\"t\" end"},
                     {"box",
                      "inherit \"thing\" use \"lockable\"\nfunction self:unlocked(who) self.trace = "
                      "self.trace .. \"b\" end\n"
                      "function self:can_open(who) if self.name == \"stuck\" then refuse(\"It is stuck.\") "
                      "end end"},
                     {"chest",
                      "inherit \"box\"\nfunction self:unlocked(who) self.trace = self.trace .. \"c\" end\n"
                      "function self:go(who) self:unlocked(who) return self.trace end\n"
                      "function self:ask() return try(self, \"can_open\") end\n"
                      "function self:bad() super.unlocked(self) end"}})
              .empty());
    Object& chest = world.create("chest");
    CHECK(show(world.call(chest, "go").value) == "tbc");
    CHECK(show(world.call(chest, "ask").value) == "true");
    world.set(chest, "name", "stuck");
    CHECK(show(world.call(chest, "ask").value) == "false");
    CHECK(world.call(chest, "bad").error() ==
          "chest.lua:5: 'unlocked' adds up: every class's runs by itself, without super");
    // An event that nobody implements may be told.
    world.good("quiet", "inherit \"thing\"\nevent \"rung\"\nfunction self:go() self:rung() return 1 end");
    CHECK(show(world.call(world.create("quiet"), "go").value) == "1");
}

TEST_CASE("loading: a reload replaces code and defaults, a fault changes nothing",
          "[world][script][loading]") {
    ScriptWorld world;
    world.good("lamp", "inherit \"thing\"\nproperty.fuel = 1\nfunction self:get() return self.fuel end");
    Object& lamp = world.create("lamp");
    CHECK(show(world.call(lamp, "get").value) == "1");
    world.good("lamp", "inherit \"thing\"\nproperty.fuel = 2\nfunction self:get() return self.fuel * 10 end");
    CHECK(show(world.call(lamp, "get").value) == "20");
    world.bad("lamp", "inherit \"thing\"\nproperty.fuel = 3\nfunction self:get() return 0 end\noops()");
    CHECK(show(world.call(lamp, "get").value) == "20");
    CHECK(world.world.classes.find(world.world.atoms.find("lamp"))->version == 2);
}

TEST_CASE("loading: ten classes are reloaded again and again without growing", "[world][script][loading]") {
    ScriptWorld world;
    std::vector<ClassSource> sources;
    for (int index = 0; index < 10; ++index) {
        const std::string name = "part" + std::to_string(index);
        const std::string parent = index == 0 ? "thing" : "part" + std::to_string(index - 1);
        sources.push_back({name,
                           "inherit \"" + parent + "\"\nproperty.p" + std::to_string(index) +
                               " = {1, 2, 3}\n"
                               "function self:m" +
                               std::to_string(index) +
                               "(who) who:tell(\"{who} {who:waves}.\", {who = who}) end",
                           "", name + ".lua"});
    }
    CHECK(world.world.runtime->load(sources).empty());
    Object& last = world.create("part9", world.room);
    const auto warm = [&] {
        for (int round = 0; round < 20; ++round) CHECK(world.world.runtime->load(sources).empty());
        CHECK(world.call(last, "m0", {Value{world.alice->id}}).kind == CallResult::Kind::done);
        CHECK(world.value("return 1") == "1");
    };
    warm();
    const std::size_t before = world.world.runtime->live_bytes();
    for (int round = 0; round < 5; ++round) warm();
    CHECK(world.world.runtime->live_bytes() < before + before / 2);
}

TEST_CASE("loading: a failed parent leaves its heirs with the old one", "[world][script][loading]") {
    ScriptWorld world;
    CHECK(world
              .load({{"base", "inherit \"thing\"\nfunction self:n() return 1 end"},
                     {"heir", "inherit \"base\""}})
              .empty());
    const auto faults = world.load({{"base", "inherit \"thing\"\nfunction self:n() return"},
                                    {"heir", "inherit \"base\"\nfunction self:m() return self:n() + 1 end"}});
    REQUIRE(faults.size() == 1);
    CHECK(show(world.call(world.create("heir"), "m").value) == "2");
}

}  // namespace gyre::world::script
