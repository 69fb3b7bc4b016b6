#include "script_world.hpp"

namespace gyre::world::script {

namespace {

constexpr const char* lamp = R"LUA(
inherit "thing"
property.fuel = 100
property.weight = 1.5
property.label = "old"
property.key = optional "room"
property.nickname = optional "text"
property.mood = one_of{"calm", "cross"}
property.prices = {lamp = 12, rope = 5}
property.notes = {}
private.secret = 7
transient.visits = 0
transient.visitors = {}
function self:get(name) return self[name] end
function self:put(name, value) self[name] = value end
function self:price(kind) return self.prices[kind] end
function self:raise(kind) self.prices[kind] = self.prices[kind] + 1 end
function self:note(text) table.insert(self.notes, text) end
function self:count() return #self.notes end
function self:visit(who) self.visits = self.visits + 1 table.insert(self.visitors, who) end
)LUA";

struct Lamp : ScriptWorld {
    Lamp() {
        good("lamp", lamp);
        object = &create("lamp", room);
    }
    std::string put(const char* name, Value value) {
        const CallResult result = call(*object, "put", {Value{name}, std::move(value)});
        return result.kind == CallResult::Kind::done ? "ok"
                                                     : result.error().substr(result.error().find(": ") + 2);
    }
    std::string get(const char* name) {
        const CallResult result = call(*object, "get", {Value{name}});
        return result.kind == CallResult::Kind::done ? show(result.value)
                                                     : result.error().substr(result.error().find(": ") + 2);
    }
    Object* object = nullptr;
};

}  // namespace

TEST_CASE("properties: reading gives the stored value, else the default", "[world][script][properties]") {
    Lamp world;
    CHECK(world.get("fuel") == "100");
    CHECK(world.put("fuel", Value{5}) == "ok");
    CHECK(world.get("fuel") == "5");
    CHECK(world.get("nickname") == "nil");
    CHECK(world.get("mood") == "calm");
    CHECK(world.get("id") == std::to_string(number(world.object->id)));
    CHECK(world.get("class") == "lamp");
    CHECK(world.get("location") == "#" + std::to_string(number(world.room->id)));
    CHECK(world.get("owner") == "nil");
    CHECK(world.get("created_at") == "1700000000");
}

TEST_CASE("properties: the declared type is kept", "[world][script][properties]") {
    Lamp world;
    CHECK(world.put("fuel", Value{"ten"}) == "fuel must be an integer (got text \"ten\")");
    CHECK(world.put("fuel", Value{50.0}) == "ok");
    CHECK(world.get("fuel") == "50");
    CHECK(world.put("fuel", Value{49.5}) ==
          "fuel must be an integer (got 49.5): use `//`, or declare the default as a number like `100.0`");
    CHECK(world.put("weight", Value{2}) == "ok");
    CHECK(world.get("weight") == "2.");
    CHECK(world.put("lit", Value{1}) == "lit must be true or false (got 1)");
    CHECK(world.put("label", Value{}) == "label must be text (got nil)");
    CHECK(world.put("name", Value{true}) == "name must be text without placeholders (got true)");
    CHECK(world.put("mood", Value{"angry"}) ==
          "mood must be one of \"calm\", \"cross\" (got text \"angry\")");
    CHECK(world.put("mood", Value{"cross"}) == "ok");
    CHECK(world.put("key", Value{world.room->id}) == "ok");
    CHECK(world.put("key", Value{}) == "ok");
    CHECK(world.put("key", Value{world.alice->id}) ==
          "key must be a room or nil (got player #" + std::to_string(number(world.alice->id)) + ")");
    CHECK(world.put("nickname", Value{5}) == "nickname must be text or nil (got 5)");
    CHECK(world.put("prices", Value{5}) == "prices must be a table (got 5)");
}

TEST_CASE("properties: a wrong name is an error with a suggestion", "[world][script][properties]") {
    Lamp world;
    CHECK(world.get("feul") == "lamp has no property or method 'feul' (did you mean 'fuel'?)");
    CHECK(world.put("feul", Value{1}) == "lamp has no property 'feul' (did you mean 'fuel'?)");
    CHECK(world.put("price", Value{1}) == "'price' is a method of lamp, not a property");
    CHECK(world.put("location", Value{}) == "'location' is changed by move_to");
    CHECK(world.put("id", Value{1}) == "'id' cannot be assigned");
    CHECK(world.put("contents", Value{1}) == "'contents' cannot be assigned");
}

TEST_CASE("properties: a table is copied in and read as a live handle", "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.value("local t = {1, 2} self.list = t t[1] = 9 return self.list[1]") == "1");
    CHECK(world.value("self.list = {1} local l = self.list l[2] = 5 return #self.list .. self.list[2]") ==
          "25");
    CHECK(world.value("self.map = {a = {b = {}}} self.map.a.b[1] = 'x' return self.map.a.b[1]") == "x");
    CHECK(world.value("self.map.k = 1 self.map[self] = 2 self.map[7] = 3 self.map.k = nil return "
                      "self.map[self] + self.map[7]") == "5");
    CHECK(world.value("self.list = {1, 2, 3} self.list[3] = nil return #self.list") == "2");
    CHECK(world.value("local old = self.list self.list = {1} return #self.list") == "1");
    CHECK(world.value("self.list = {1} return type(self.list) .. type(self) .. type('x')") ==
          "tableobjectstring");
}

TEST_CASE("properties: what a table cannot hold is an error", "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.error("self.list = {function() end}") ==
          "cannot keep a function in 'list': nil, booleans, numbers, strings, texts, objects, and lists or "
          "maps of "
          "these (keep a method's name instead)");
    CHECK(world.error("self.list = {1, 2, x = 3}") ==
          "'list' would be a list and a map in one: use two tables");
    CHECK(world.error("local t = {} t.t = t self.map = t") ==
          "'map' is nested more than 16 deep, or contains itself");
    CHECK(world.value("self.map[3] = 1 return self.map") == "{3=1}");
    CHECK(world.error("self.list = {1} self.list[3] = 1") == "a list takes entries at 1 to 2 (got 3)");
    CHECK(world.error("self.list = {1, 2} self.list[1] = nil") ==
          "nil would leave a hole in the list: use table.remove");
    CHECK(world.error("self.map = {a = 1} self.map[1.5] = 1") ==
          "the key of a map is a string, an integer or an object (got 1.5)");
    CHECK(world.error("self.list = {1} local l = self.list self.list = {2} return l[1]") ==
          "this table is no longer part of an object");
    CHECK(world.error("local t = {} for i = 1, 10001 do t[i] = i end self.list = t") ==
          "'list' would have more than 10,000 entries");
    CHECK(world.error(
              "local t = {} for i = 1, 10000 do t[i] = i end self.list = t table.insert(self.list, 1)") ==
          "a table of an object holds at most 10,000 entries");
}

TEST_CASE("properties: reading a default table changes nothing", "[world][script][properties]") {
    Lamp world;
    const std::uint64_t before = world.changes();
    CHECK(world.call(*world.object, "price", {Value{"rope"}}).value.integer() == 5);
    CHECK(world.call(*world.object, "count").value.integer() == 0);
    CHECK(world.changes() == before);
    CHECK_FALSE(world.has_stored(*world.object, "prices"));
}

TEST_CASE("properties: writing into a default table gives the object its own",
          "[world][script][properties]") {
    Lamp world;
    Object& other = world.create("lamp");
    world.call(*world.object, "raise", {Value{"rope"}});
    CHECK(world.has_stored(*world.object, "prices"));
    CHECK_FALSE(world.has_stored(other, "prices"));
    CHECK(world.call(*world.object, "price", {Value{"rope"}}).value.integer() == 6);
    CHECK(world.call(other, "price", {Value{"rope"}}).value.integer() == 5);
    world.call(*world.object, "note", {Value{"hello"}});
    CHECK(world.call(*world.object, "count").value.integer() == 1);
    CHECK(world.call(other, "count").value.integer() == 0);
}

TEST_CASE("properties: a handle to a default lives through its first write and its undoing",
          "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.value("local l = self.list table.insert(l, 1) return #l .. #self.list") == "11");
    CHECK(world.value("local l = self.list pcall(function() table.insert(l, 1) error('no') end) return #l") ==
          "0");
    CHECK(world.value("local l = self.list pcall(function() table.insert(l, 1) error('no') end) "
                      "table.insert(l, 2) return l[1] .. #self.list") == "21");
}

TEST_CASE("properties: writing what is there already is no change", "[world][script][properties]") {
    Lamp world;
    world.put("fuel", Value{5});
    const std::uint64_t before = world.changes();
    CHECK(world.put("fuel", Value{5}) == "ok");
    CHECK(world.changes() == before);
}

TEST_CASE("properties: transient ones are never stored", "[world][script][properties]") {
    Lamp world;
    const std::uint64_t before = world.changes();
    world.call(*world.object, "visit", {Value{world.alice->id}});
    world.call(*world.object, "visit", {Value{world.bob->id}});
    CHECK(world.changes() == before);
    CHECK(world.get("visits") == "2");
}

TEST_CASE("properties: what refers to a destroyed object reads as nil and is passed over",
          "[world][script][properties]") {
    ScriptWorld world;
    const std::string body = R"LUA(
      local a, b = create("thing"), create("thing")
      self.list = {a, b, self}
      self.map = {[a] = 1, [b] = 2}
      destroy(a)
      local seen = {}
      for i, o in ipairs(self.list) do seen[#seen + 1] = i end
      for k, v in pairs(self.map) do seen[#seen + 1] = v end
      return {seen, tostring(self.list[1]), exists(a), exists(b)}
    )LUA";
    CHECK(world.value(body) == "{{2,3,2},nil,false,true}");
    const std::string gone = world.error("local a = create('thing') destroy(a) return a.name");
    CHECK(gone.find("no longer exists") != std::string::npos);
}

TEST_CASE("properties: an error undoes the whole call", "[world][script][properties]") {
    Lamp world;
    world.good(
        "breaker",
        "inherit \"thing\"\nfunction self:go(l) l.fuel = 1 table.insert(l.notes, 'x') error('bug') end");
    Object& breaker = world.create("breaker");
    const CallResult result = world.call(breaker, "go", {Value{world.object->id}});
    CHECK(result.kind == CallResult::Kind::failed);
    CHECK(result.error() == "breaker.lua:2: bug");
    CHECK(world.get("fuel") == "100");
    CHECK(world.call(*world.object, "count").value.integer() == 0);
}

TEST_CASE("properties: pcall is a savepoint", "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.value("self.n = 1 local ok, why = pcall(function() self.n = 2 error('no', 0) end) "
                      "return {ok, why, self.n}") == "{false,no,1}");
    CHECK(world.value("self.n = 1 pcall(function() self.n = 2 end) return self.n") == "2");
    CHECK(world.value("local ok, why = xpcall(function() self.n = 2 error('no', 0) end, function(e) return e "
                      ".. '!' end) "
                      "return {ok, why, self.n}") == "{false,no!,0}");
    CHECK(world.value("return {xpcall(function(x) return x + 1 end, tostring, 4)}") == "{true,5}");
}

TEST_CASE("properties: texts are kept and read back", "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.value("self.description = 'Old {#em iron}.' return type(self.description)") == "text");
    CHECK(world.value("self.list = {'{x}'} return type(self.list[1])") == "text");
    CHECK(world.value("self.description = 'plain' return type(self.description)") == "string");
}

TEST_CASE("properties: a name has a length", "[world][script][properties]") {
    ScriptWorld world;
    CHECK(world.value("self.name = ('x'):rep(80) return #self.name") == "80");
    CHECK(world.error("self.name = ('x'):rep(100000)") == "name has at most 80 letters (got 100000)");
    CHECK(world.error("self.article = ('x'):rep(81)") == "article has at most 80 letters (got 81)");
    CHECK(world.error("create('thing', nil, {name = ('x'):rep(81)})") ==
          "name has at most 80 letters (got 81)");
    CHECK(world.bad("tower", "inherit \"thing\"\nproperty.name = \"" + std::string(81, 'x') + "\"") ==
          "tower.lua:2: name has at most 80 letters (got 81)");
}

}  // namespace gyre::world::script
