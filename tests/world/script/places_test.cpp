#include "script_world.hpp"

namespace gyre::world::script {

namespace {

/// Two rooms without a way between them, and Alice in the first.
struct TwoRooms {
    TwoRooms() {
        const auto faults = world.load({{"coin", "inherit \"thing\"\nproperty.count = 1"},
                                        {"yard", "singleton \"yard\" inherit \"room\""},
                                        {"barn", "singleton \"barn\" inherit \"room\""}});
        REQUIRE(faults.empty());
        REQUIRE(world.settle().empty());
        REQUIRE(world.value("a:move_to(object 'yard')", {Value{world.alice->id}}) == "nil");
    }
    std::string value(const std::string& body) { return world.value(setup + body, people()); }
    std::string error(const std::string& body) { return world.error(setup + body, people()); }
    CallResult run(const std::string& body) { return world.run(setup + body, people()); }
    std::vector<Value> people() { return {Value{world.alice->id}, Value{world.bob->id}}; }

    const std::string setup = "local yard, barn = object 'yard', object 'barn' ";
    ScriptWorld world;
};

std::string refusal(CallResult result, ScriptWorld& world) {
    if (result.kind != CallResult::Kind::refused) return result.error();
    return result.text ? text::resolve(*result.text, world.alice->id, world.world.perception).value()->text
                       : "(none)";
}

}  // namespace

TEST_CASE("places: connect makes an exit both ways", "[world][script][places]") {
    TwoRooms two;
    CHECK(two.value("local e = yard:connect('north', barn) "
                    "return {isa(e, 'exit'), yard:exit('north') == e, barn:exit('south') == e, e:other(yard) "
                    "== barn}") == "{true,true,true,true}");
    CHECK(refusal(two.run("yard:connect('north', barn, 'out')"), two.world) ==
          "A way leads north from thing already.");
    CHECK(refusal(two.run("yard:connect('up', barn, 'south')"), two.world) ==
          "A way leads south from thing already.");
    CHECK(two.value("return {#yard:exits(), #barn:exits()}") == "{1,1}");
}

TEST_CASE("places: a direction without an opposite leads one way, unless the way back is named",
          "[world][script][places]") {
    TwoRooms two;
    CHECK(two.value("local e = yard:connect('chute', barn) "
                    "return {e.one_way, #barn:exits(), e:other(barn) == nil}") == "{true,0,true}");
    CHECK(two.value("local e = yard:connect('ladder', barn, 'down') return {e.one_way, barn:exit('down') == "
                    "e}") == "{false,true}");
    CHECK(two.error("yard:connect('', barn)").find("a direction is one or a few words") == 0);
    CHECK(two.error("yard:connect('North', barn)").find("a direction is one or a few words") == 0);
    CHECK(two.error("yard:connect('north', a)") == "player is no room to lead to");
}

TEST_CASE("places: what a refused call connected is not there", "[world][script][places]") {
    TwoRooms two;
    const std::size_t before = two.world.world.objects.living_count();
    CHECK(two.run("yard:connect('north', barn) refuse()").kind == CallResult::Kind::refused);
    CHECK(two.world.world.objects.living_count() == before + 1);  // The probe itself.
    CHECK(two.value("return {#yard:exits(), #barn:exits()}") == "{0,0}");
}

TEST_CASE("places: whose rooms they are decides who connects them", "[world][script][places]") {
    TwoRooms two;
    two.world.good("digger", "inherit \"thing\"\nfunction self:dig(a, b) return a:connect(\"north\", b) end",
                   "Bob");
    Object& digger = two.world.create("digger");
    Object& mine = two.world.create("room");
    Object& other = two.world.create("room");
    const std::vector<Value> rooms{Value{mine.id}, Value{other.id}};
    CHECK(two.world.call(digger, "dig", rooms).error().find("may not write") != std::string::npos);
}

TEST_CASE("places: go takes a direction or an exit, and pass asks everybody", "[world][script][places]") {
    TwoRooms two;
    two.value("yard:connect('north', barn)");
    CHECK(two.value("a:go('north') return a.location == barn") == "true");
    CHECK(two.value("a:go(barn:exit('south')) return a.location == yard") == "true");
    CHECK(refusal(two.run("a:go('up')"), two.world) == "There is no way up from here.");
    CHECK(refusal(two.run("yard:exit('north'):pass(b)"), two.world) ==
          "The thing does not lead on from here.");
    CHECK(two.error("a:go(yard)") == "yard is no exit: go takes a direction or an exit");
    two.world.good("gate", "inherit \"exit\"\nfunction self:can_pass(who) refuse(\"Shut.\") end");
    CHECK(two.value("return {try(a, 'go', 'up')}") != "");
    CHECK(two.value("return a.location == yard") == "true");
}

TEST_CASE("places: code sends only the actor and its own", "[world][script][places]") {
    TwoRooms two;
    two.value("yard:connect('north', barn) b:move_to(yard)");
    two.world.good("pusher",
                   "inherit \"thing\"\nfunction self:push(who) who:go(\"north\") end\n"
                   "function self:shove(who, exit) exit:pass(who) end",
                   "Bob");
    Object& pusher = two.world.create("pusher");
    two.world.actor = two.world.bob;
    const ObjectId exit =
        two.world.call(*two.world.world.objects.find(two.world.alice->location), "exit", {Value{"north"}})
            .value.object();
    CHECK(two.world.call(pusher, "push", {Value{two.world.alice->id}}).error().find("may not speak as") !=
          std::string::npos);
    CHECK(two.world.call(pusher, "shove", {Value{two.world.alice->id}, Value{exit}})
              .error()
              .find("may not speak as") != std::string::npos);
    CHECK(two.world.call(pusher, "push", {Value{two.world.bob->id}}).kind == CallResult::Kind::done);
    CHECK(two.value("return {a.location == yard, b.location == barn}") == "{true,true}");
}

TEST_CASE("people: coins are counted over the heaps in hand", "[world][script][places]") {
    TwoRooms two;
    CHECK(two.value("return a.coins") == "0");
    CHECK(two.value("create('coin', a, {count = 5}) create('coin', a, {count = 2}) create('thing', a) "
                    "create('coin', yard, {count = 9}) return a.coins") == "7");
    CHECK(two.error("a.coins = 5") == "'coins' cannot be assigned");
}

TEST_CASE("people: find reads a noun as the parser would", "[world][script][places]") {
    TwoRooms two;
    two.value(
        "create('thing', yard, {name = 'brass lamp'}) create('thing', yard, {name = 'oil lamp'}) "
        "create('thing', a, {name = 'red box'})");
    CHECK(two.value("return a:find('the brass lamp').name") == "brass lamp");
    CHECK(two.value("return a:find('box', 'held').name") == "red box");
    CHECK(two.value("local x, why = a:find('lamp') return why") == "several things are called that");
    CHECK(two.value("local x, why = a:find('lamps') return why") == "that is more than one thing");
    CHECK(two.value("local x, why = a:find('unicorn') return why") == "there is nothing of that name here");
    CHECK(two.value("local x, why = a:find('') return why") == "no words");
    CHECK(two.value("return a:find('bob', 'player') == b and a:find('me') == a") == "true");
    CHECK(two.error("a:find('x', 'number')").find("find looks for a thing, held, person or player") == 0);
}

TEST_CASE("objects: properties and methods with their help", "[world][script][places]") {
    ScriptWorld world;
    world.good("urn", R"LUA(
--- An urn.
inherit "thing"
property.ashes = 3                           --- How much is in it.
private.secret = optional "text"             --- Whose.
event "emptied"                              --- (who) It was emptied.
--- Empties it.
function self:empty(who) end
function private:hide() end
)LUA");
    Object& urn = world.create("urn");
    const std::vector<Value> arguments{Value{urn.id}};
    const std::string names =
        "local s = {} for _, m in ipairs(LIST) do if m.class == 'urn' then s[#s + 1] = "
        "m.name .. ':' .. m.doc end end return table.concat(s, '|')";
    const auto listed = [&](const std::string& list) {
        std::string body = names;
        return world.value(body.replace(body.find("LIST"), 4, list), arguments);
    };
    CHECK(listed("a:properties()") == "ashes:How much is in it.|secret:Whose.");
    CHECK(listed("a:methods()") == "emptied:(who) It was emptied.|empty:Empties it.|hide:");
    CHECK(
        world.value("for _, p in ipairs(a:properties()) do if p.name == 'ashes' then return p.takes end end",
                    arguments) == "an integer");
    CHECK(world.value("for _, m in ipairs(a:methods()) do if m.name == 'emptied' then return m.event end end",
                      arguments) == "true");
    // Code of somebody else does not learn what is private.
    world.good("spy",
               "inherit \"thing\"\nfunction self:count(x) local n = 0 for _, p in ipairs(x:properties()) do "
               "if p.class == \"urn\" then n = n + 1 end end return n end",
               "Bob");
    Object& spy = world.create("spy");
    CHECK(show(world.call(spy, "count", arguments).value) == "1");
}

}  // namespace gyre::world::script
