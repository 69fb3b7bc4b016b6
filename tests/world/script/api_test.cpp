#include "script_world.hpp"

#include "world/scheduler.hpp"

namespace gyre::world::script {

namespace {

std::string plain(const Ref<Text>& text, ScriptWorld& world, const Object& observer) {
    if (!text) return "(none)";
    auto tree = text::resolve(*text, observer.id, world.world.perception);
    return tree ? tree.value()->text : tree.error().text;
}

}  // namespace

TEST_CASE("api: refuse and decline end the call with a text", "[world][script][api]") {
    ScriptWorld world;
    CallResult result =
        world.run("self.n = 5 refuse('{who} {who:is} too late.', {who = a})", {Value{world.alice->id}});
    CHECK(result.kind == CallResult::Kind::refused);
    CHECK(plain(result.text, world, *world.alice) == "You are too late.");
    CHECK(plain(result.text, world, *world.bob) == "Alice is too late.");
    result = world.run("decline('Not that.')");
    CHECK(result.kind == CallResult::Kind::declined);
    CHECK(plain(result.text, world, *world.alice) == "Not that.");
    CHECK_FALSE(world.run("refuse()").text);
    CHECK_FALSE(world.run("decline()").text);
    CHECK(world.error("refuse(5 > 3)") == "a text is needed (got true)");
}

TEST_CASE("api: try turns a refusal into an answer and undoes it; errors go on", "[world][script][api]") {
    ScriptWorld world;
    world.good("clerk", R"LUA(
inherit "thing"
property.n = 0
private.secret = 1
function self:good(x) self.n = self.n + x return x, "more" end
function self:bad(x) self.n = 99 refuse("No {x}.", {x = x}) end
function self:pass() decline() end
function self:broken() self.n = 98 error("bug") end
function private:alone() return 1 end
)LUA");
    Object& clerk = world.create("clerk");
    const std::vector<Value> arguments{Value{clerk.id}};
    CHECK(world.value("return {try(a, 'good', 4)}", arguments) == "{true,4,more}");
    CHECK(world.value("local ok, why = try(a, 'bad', 'cheese') return {ok, text.plain(why), a.n}",
                      arguments) == "{false,No cheese.,4}");
    CHECK(world.value("return {try(a, 'pass')}", arguments) == "{false}");
    CHECK(world.error("try(a, 'broken')", arguments) == "bug");
    CHECK(world.value("local ok, why = pcall(a.bad, a, 'x') return {ok, type(why), a.n}", arguments) ==
          "{false,text,4}");
    CHECK(world.error("try(a, 'nothing')", arguments) == "clerk has no property or method 'nothing'");
}

TEST_CASE("api: actor and caller", "[world][script][api]") {
    ScriptWorld world;
    CHECK(world.value("return actor() == a", {Value{world.alice->id}}) == "true");
    world.actor = nullptr;
    CHECK(world.value("return actor()") == "nil");
    CHECK(world.value("return caller()") == "nil");
    world.good("bank", "inherit \"thing\"\nfunction self:whose() local who = caller() return who end");
    Object& bank = world.create("bank");
    world.good("mine",
               "inherit \"thing\"\nfunction self:ask(b) local who = b:whose() return who end\nfunction "
               "self:tail(b) return b:whose() end",
               "Alice");
    Object& mine = world.create("mine");
    CHECK(world.call(mine, "ask", {Value{bank.id}}).value == Value{world.alice->id});
    CHECK(world.call(mine, "tail", {Value{bank.id}}).error() ==
          "mine.lua:3: the caller is not known after a tail call: write 'local r = f() return r' there");
}

TEST_CASE("api: objects by name and number", "[world][script][api]") {
    ScriptWorld world;
    world.good("bell", "singleton \"great_bell\" inherit \"thing\"");
    CHECK(world.settle().empty());
    CHECK(world.value("local b = object 'great_bell' return b == object(b.id) and b == object('#' .. b.id) "
                      "and b == object(b)") == "true");
    CHECK(world.error("object 'small_bell'") == "there is no object \"small_bell\"");
    CHECK(world.error("object(99999)") == "there is no object #99999");
    CHECK(
        world.value(
            "return {isa(a, 'player'), isa(a, 'thing'), isa(a, 'room'), isa(5, 'thing'), isa(a, 'nothing')}",
            {Value{world.alice->id}}) == "{true,true,false,false,false}");
    CHECK(world.value("return exists(a) and not exists(5)", {Value{world.alice->id}}) == "true");
}

TEST_CASE("api: create and destroy", "[world][script][api]") {
    ScriptWorld world;
    world.good("urn", R"LUA(
inherit "thing"
property.n = 1
property.log = ""
private.p = 0
function self:created() self.log = "created " .. self.n .. " in " .. (self.location and self.location.name or "nothing") end
function self:destroyed() self.location.description = "shards" end
)LUA");
    CHECK(
        world.value("local u = create('urn', a.location, {n = 5, name = 'blue urn'}) return u.log .. u.name",
                    {Value{world.alice->id}}) == "created 5 in hallblue urn");
    CHECK(world.value("local u = create('urn', a) local t = create('thing', u) destroy(u) "
                      "return {exists(u), t.location == a, a.description}",
                      {Value{world.room->id}}) == "{false,true,shards}");
    CHECK(world.error("create('orn')") == "there is no class 'orn' (did you mean 'urn'?)");
    CHECK(world.error("create('urn', nil, {n = 'x'})") == "n must be an integer (got text \"x\")");
    CHECK(world.error("create('urn', nil, {m = 1})").find("urn has no property 'm'") == 0);
    CHECK(world.error("destroy(a)", {Value{world.alice->id}}) == "players cannot be destroyed");
    CHECK(world.error("destroy(a)", {Value{world.room->id}}) ==
          "somebody is inside: move the people out before it is destroyed");
    const std::size_t before = world.world.objects.living_count();
    CHECK(world.run("for i = 1, 10 do create('thing') end refuse()").kind == CallResult::Kind::refused);
    CHECK(world.world.objects.living_count() == before + 1);  // The probe itself.
}

TEST_CASE("api: moving asks and tells in order", "[world][script][api]") {
    ScriptWorld world;
    const std::string hooks = R"LUA(
function self:can_leave(t, m) end
function self:can_enter(t, m) if self.description == "full" then refuse("It is full.") end end
function self:left(t, m) self:note("left") end
function self:entered(t, m) self:note("entered " .. t.name .. " by " .. m.how) end
function self:note(x) actor():tell(self.name .. " " .. x) end
)LUA";
    world.good("witness", hooks.c_str());
    world.good("hall", "inherit \"room\" use \"witness\"");
    world.good("bag", "inherit \"container\" use \"witness\"");
    world.good("ball",
               "inherit \"thing\"\nfunction self:can_move(m) if m.how == \"throw\" then refuse(\"No "
               "throwing.\") end end\n"
               "function self:moved(m) self.description = tostring(m.from.name) .. \">\" .. m.to.name end");
    Object& one = world.create("hall");
    Object& two = world.create("hall");
    Object& bag = world.create("bag", &two);
    Object& ball = world.create("ball", &one);
    world.set(one, "name", "one");
    world.set(two, "name", "two");
    world.set(bag, "name", "bag");
    world.set(ball, "name", "ball");
    world.set(*world.alice, "location", Value{two.id});
    CHECK(world.value("a:move_to(b, {how = 'put'}) return a.description", {Value{ball.id}, Value{bag.id}}) ==
          "one>bag");
    CHECK(world.heard(*world.alice) ==
          std::vector<std::string>{"one left", "two entered ball by put", "bag entered ball by put"});
    CHECK(ball.location == bag.id);
    // Within the room only the bag is left.
    world.value("a:move_to(b)", {Value{ball.id}, Value{two.id}});
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"bag left"});
    world.set(bag, "description", "full");
    CHECK(world.run("a:move_to(b)", {Value{ball.id}, Value{bag.id}}).kind == CallResult::Kind::refused);
    CHECK(ball.location == two.id);
    CHECK(world.run("a:move_to(b, {how = 'throw'})", {Value{ball.id}, Value{one.id}}).kind ==
          CallResult::Kind::refused);
    CHECK(world.run("a:move_to(a)", {Value{bag.id}}).kind == CallResult::Kind::refused);
    CHECK(world.value(
              "return {a:inside(b), a.location == b, #b:contents(), #b:contents('ball'), a:room() == b}",
              {Value{ball.id}, Value{two.id}}) == "{true,true,3,1,true}");
}

TEST_CASE("api: a veto must not change anything", "[world][script][api]") {
    ScriptWorld world;
    world.good("gate",
               "inherit \"room\"\nproperty.n = 0\nfunction self:can_enter(t) self.n = self.n + 1 end\n"
               "function self:can_leave(t) pcall(function() self.n = 7 end) end\n"
               "function self:can_open() end\nfunction self:ask() self:can_other() end\nfunction "
               "self:can_other() create(\"thing\") end");
    Object& gate = world.create("gate");
    Object& ball = world.create("thing", world.room);
    CHECK(world.error("a:move_to(b)", {Value{ball.id}, Value{gate.id}}) ==
          "'can_enter' must not change anything: move the write to 'entered'");
    CHECK(world.call(gate, "ask").error() ==
          "gate.lua:7: 'can_other' must not change anything: move the write to the event that tells of it");
    CHECK(show(world.property(gate, "n")) == "0");
}

TEST_CASE("api: telling and announcing", "[world][script][api]") {
    ScriptWorld world;
    const std::vector<Value> people{Value{world.alice->id}, Value{world.bob->id}};
    world.value("a:tell('You see {b}.', {b = b})", people);
    world.heard(*world.alice);
    world.value("a:tell('plain') a:tell('{who} {who:waves} to {b}.', {who = a, b = b})", people);
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"plain", "You wave to Bob."});
    world.value("a:announce('{who} {who:waves} to {b}.', {who = a, b = b})", people);
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"You wave to Bob."});
    CHECK(world.heard(*world.bob) == std::vector<std::string>{"Alice waves to you."});
    world.value("a:announce('Hush.', nil, {except = b})", people);
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"Hush."});
    CHECK(world.heard(*world.bob).empty());
    world.value("a:announce('Hush.', nil, {except = {a, b}})", people);
    CHECK(world.heard(*world.alice).empty());
    CHECK(world.error("a:tell('{lamp} is dry.')", people) ==
          "the template needs 'lamp', which was not passed");
    CHECK(world.error("a:tell('{x}', {x = true})", people) ==
          "'x' is true: a template takes objects, texts, strings, numbers and lists of objects");
    CHECK(world.error("a:announce('x', nil, {range = 9})", people) == "range is 0 to 5 rooms");
    // What a refused call said was never said.
    CHECK(world.run("a:tell('oops') refuse()", people).kind == CallResult::Kind::refused);
    CHECK(world.heard(*world.alice).empty());
    CHECK(world.run("pcall(function() a:tell('oops') error('x') end)", people).kind ==
          CallResult::Kind::done);
    CHECK(world.heard(*world.alice).empty());
}

TEST_CASE("api: announcements reach rooms in range", "[world][script][api]") {
    ScriptWorld world;
    CHECK(
        world
            .load({{"cellar", "singleton \"cellar\" inherit \"room\""},
                   {"attic", "singleton \"attic\" inherit \"room\""},
                   {"stairs", "singleton \"stairs\" inherit \"exit\"\njoin(\"cellar\", \"up\", \"attic\")"}})
            .empty());
    CHECK(world.settle().empty());
    world.value("a:move_to(object 'cellar') b:move_to(object 'attic')",
                {Value{world.alice->id}, Value{world.bob->id}});
    world.value("a:announce('Boom.')", {Value{world.alice->id}});
    CHECK(world.heard(*world.bob).empty());
    world.value("a:announce('Boom.', nil, {range = 1})", {Value{world.alice->id}});
    CHECK(world.heard(*world.bob) == std::vector<std::string>{"Boom."});
}

TEST_CASE("api: data is never a template", "[world][script][api]") {
    ScriptWorld world;
    world.value("a:tell(b)", {Value{world.alice->id}, Value{"{who} {!quit|x}"}});
    world.value("a:tell('{b}: ' .. b, {b = b})", {Value{world.alice->id}, Value{"{who}"}});
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"{who} {!quit|x}", "{who}: {who}"});
}

TEST_CASE("api: pieces of text", "[world][script][api]") {
    ScriptWorld world;
    CHECK(world.value("return text.plain('a' .. text('{n}', {n = 3}) .. 4)") == "a34");
    CHECK(world.value("return text.plain(text.lines{'one', text('{n}', {n = 2})})") == "one\n2");
    CHECK(world.value("return text.plain(text.title 'Hall')") == "Hall");
    CHECK(world.value("return type(text.list{'a', 'b'}) .. type(text.table({{'a', 1}}, {'h', 'i'}))") ==
          "texttext");
    CHECK(world.value(
              "local t = text('{n}', {n = 3}) self.description = t return t == t and self.description == "
              "self.description") == "true");
    CHECK(world.value("return '{x}' == '{x}'") == "true");
    CHECK(world.error("return '{x}' .. self").find("cannot join probe") == 0);
    CHECK(world.error("return #text('{n}', {n = 3})").empty() == false);
    CHECK(world.error("return text.table({{1}, {1, 2}})") == "this row has more cells than the first one");
}

TEST_CASE("api: listeners get calls of their own", "[world][script][api]") {
    ScriptWorld world;
    std::vector<std::string> asked;
    world.world.runtime->own_call = [&](ObjectId listener, Atom method, std::vector<Value> arguments) {
        std::string line = std::to_string(number(listener)) + " " + world.world.atoms.name(method);
        for (const Value& argument : arguments) line += " " + show(argument);
        asked.push_back(line);
    };
    world.good("cat",
               "inherit \"npc\"\nfunction self:noticed(event) end\nfunction self:heard(who, what, how) "
               "end\nfunction self:told(what) end");
    Object& cat = world.create("cat", world.room);
    const std::string id = std::to_string(number(cat.id));
    const std::string alice = "#" + std::to_string(number(world.alice->id));
    world.value("a:announce('{who} {who:waves}.', {who = a}, {kind = 'arrival'})", {Value{world.alice->id}});
    world.heard(*world.alice);
    world.heard(*world.bob);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0] == id + " noticed {kind=arrival,who=" + alice + "}");
    asked.clear();
    world.value("a:say('Hello, {b}.', {b = b})", {Value{world.alice->id}, Value{world.bob->id}});
    REQUIRE(asked.size() == 2);
    CHECK(asked[0] == id + " noticed {kind=say,who=" + alice + "}");
    CHECK(asked[1] == id + " heard " + alice + " text say");
    CHECK(world.heard(*world.alice) == std::vector<std::string>{"You say, \"Hello, Bob.\""});
    CHECK(world.heard(*world.bob) == std::vector<std::string>{"Alice says, \"Hello, you.\""});
    asked.clear();
    world.value("a:tell('psst')", {Value{cat.id}});
    CHECK(asked == std::vector<std::string>{id + " told text"});
}

TEST_CASE("api: rooms, exits and people", "[world][script][api]") {
    ScriptWorld world;
    CHECK(world
              .load({{"cellar", "singleton \"cellar\" inherit \"room\""},
                     {"attic", "singleton \"attic\" inherit \"room\""},
                     {"stairs", "singleton \"stairs\" inherit \"exit\"\njoin(\"cellar\", \"up\", \"attic\")"},
                     {"chute",
                      "singleton \"chute\" inherit \"exit\"\nproperty.one_way = true\njoin(\"attic\", "
                      "\"chute\", \"cellar\", \"chute\")"}})
              .empty());
    CHECK(world.settle().empty());
    const std::string setup =
        "local c, t, s, h = object 'cellar', object 'attic', object 'stairs', object 'chute' ";
    CHECK(world.value(setup + "return {#c:exits(), #t:exits(), c:exit('up') == s, t:exit('down') == s, "
                              "t:exit('chute') == h}") == "{1,2,true,true,true}");
    CHECK(
        world.value(
            setup +
            "return {s:other(c) == t, s:other(t) == c, s:direction(c), s:direction(t), h:other(c) == nil}") ==
        "{true,true,up,down,true}");
    CHECK(world.value(setup + "local e, why = c:exit('north') return {e == nil, why}") ==
          "{true,there is no exit that way}");
    CHECK(world.value("return #a.location:people()", {Value{world.alice->id}}) == "2");
    CHECK(world.value("return {a:sees(b), a:reaches(b), a:hears(b), #a:visible() > 0}",
                      {Value{world.alice->id}, Value{world.bob->id}}) == "{true,true,true,true}");
    CHECK(world.value(setup + "return {a:sees(c)}", {Value{world.alice->id}}) ==
          "{false,it is somewhere else}");
}

TEST_CASE("api: players", "[world][script][api]") {
    ScriptWorld world;
    CHECK(
        world.value("return {a.connected, a.role, a:has_role('player'), a:has_role('wizard'), #a:sessions()}",
                    {Value{world.alice->id}}) == "{false,player,true,false,0}");
    CHECK(world.error("a:has_role('king')", {Value{world.alice->id}}) ==
          "a role is player, builder or wizard (got text \"king\")");
    CHECK(world.value("return world:find_player('alice') == a", {Value{world.alice->id}}) == "true");
    CHECK(world.value("local p, why = world:find_player('nobody') return {p == nil, why}") ==
          "{true,there is nobody of that name}");
    CHECK(world.value("return {world.name, #world:players()}") == "{Gyre,0}");
    world.good("greeter",
               "inherit \"player\"\nproperty.n = 0\nfunction self:connected(session) self.n = session "
               "end\nfunction self:cheat() return self.connected end\n");
    Object& greeter = world.create("greeter");
    CHECK(world.call(greeter, "connected", {Value{4}}).kind == CallResult::Kind::done);
    CHECK(show(world.property(greeter, "n")) == "4");
    CHECK(show(world.call(greeter, "cheat").value) == "false");
    CHECK(world.error("a.disconnected = 1", {Value{greeter.id}}) != "");
}

TEST_CASE("api: timers", "[world][script][api]") {
    ScriptWorld world;
    world.good("bomb",
               "inherit \"thing\"\nfunction self:arm(s) after(s, self, \"boom\", 1, {2}) end\nfunction "
               "self:boom() end\n"
               "function self:disarm() return cancel(self, \"boom\") end\nfunction self:wrong() after(1, "
               "self, \"bang\") end");
    Object& bomb = world.create("bomb");
    CHECK(world.call(bomb, "arm", {Value{60}}).kind == CallResult::Kind::done);
    CHECK(world.world.scheduler->pending() == 1);
    CHECK(show(world.call(bomb, "disarm").value) == "1");
    CHECK(world.world.scheduler->pending() == 0);
    CHECK(world.call(bomb, "arm", {Value{-1}}).kind == CallResult::Kind::failed);
    CHECK(world.call(bomb, "wrong").error() == "bomb.lua:5: bomb has no method 'bang' to call later");
}

TEST_CASE("api: log lines come after the commit", "[world][script][api]") {
    ScriptWorld world;
    std::vector<std::string> lines;
    world.world.runtime->log_line = [&](const Class& of, const std::string& line) {
        lines.push_back(of.title.substr(0, 5) + ": " + line);
    };
    world.value("log('{n} things', {n = 3})");
    world.run("log('never') refuse()");
    CHECK(lines == std::vector<std::string>{"probe: 3 things"});
}

TEST_CASE("api: long strings of properties read as they are now", "[world][script][api]") {
    ScriptWorld world;
    // More of them than the cache of Lua's copies holds, changed in place and read again.
    CHECK(world.value(R"LUA(
local wrong = 0
for round = 1, 3 do
  for n = 1, 400 do
    local long = ("x"):rep(50 + n) .. round .. ":" .. n
    self.description = long
    if self.description ~= long or self.description ~= long then wrong = wrong + 1 end
  end
end
return wrong)LUA") == "0");
}

}  // namespace gyre::world::script
