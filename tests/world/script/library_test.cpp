#include "script_world.hpp"

#include <lua.hpp>

namespace gyre::world::script {

TEST_CASE("library: pairs and next have one order", "[world][script][library]") {
    ScriptWorld world;
    CHECK(world.value("local t = {10, 20, z = 1, a = 2, [true] = 3, [7] = 4, [-1] = 5, [self] = 6} "
                      "local s = {} for k, v in pairs(t) do s[#s + 1] = v end return s") ==
          "{10,20,3,5,4,2,1,6}");
    CHECK(
        world.value(
            "local t = {b = 1, a = 2} local k = next(t) return k .. next(t, k) .. tostring(next(t, 'b'))") ==
        "abnil");
    CHECK(world.value("return next({}) == nil") == "true");
    CHECK(world.value("return next({5, 6}, 1)") == "2");
    CHECK(world.value(
              "local t = {a = 1, b = 2, c = 3} for k in pairs(t) do t[k] = nil end return next(t) == nil") ==
          "true");
    CHECK(world.value(
              "local t = {a = 1, b = 2} local n = 0 for k in pairs(t) do t.b = nil n = n + 1 end return n") ==
          "1");
    CHECK(world.value("self.map = {z = 1, a = 2} local s = '' for k, v in pairs(self.map) do s = s .. k .. v "
                      "end return s") == "a2z1");
    CHECK(world.value("self.map = {z = 1, a = 2} for k in pairs(self.map) do self.map[k] = nil end return "
                      "next(self.map) == nil") == "true");
    CHECK(world.value("self.list = {5, 6} local k, v = next(self.list, 1) return k .. v") == "26");
    CHECK(world.error("pairs(string)") != "");
}

TEST_CASE("library: strings", "[world][script][library]") {
    ScriptWorld world;
    CHECK(world.value("return ('Hello'):upper() .. ('Hello'):lower() .. ('abc'):reverse() .. #'abc'") ==
          "HELLOhellocba3");
    CHECK(world.value(
              "return ('hello'):sub(2, 3) .. ('hello'):sub(-2) .. ('hello'):sub(4, 99) .. ('x'):sub(3)") ==
          "ellolo");
    CHECK(world.value("return ('ab'):rep(3, '-')") == "ab-ab-ab");
    CHECK(world.value("return {('A'):byte(), string.char(72, 105)}") == "{65,Hi}");
}

TEST_CASE("library: format", "[world][script][library]") {
    ScriptWorld world;
    CHECK(
        world.value(
            "return string.format('%5d|%-5s|%05.1f|%x|%%|%s|%.2s', 42, 'ab', 2.25, 255, self.list, 'xyz')") ==
        "   42|ab   |002.2|ff|%|table|xy");
    CHECK(world.error("return string.format('%d', 'x')") != "");
    CHECK(world.error("return string.format('%q', 1)") == "invalid conversion '%q' to 'format'");
    CHECK(world.error("return string.format('%s', '{x}')").find("use text.plain") != std::string::npos);
    CHECK(world.error("return ('{x}'):upper()") == "a text has no parts: text.plain makes a string of it");
    CHECK(world.error("return string.upper('{x}')").find("a string is needed (got a text): use text.plain") !=
          std::string::npos);
}

TEST_CASE("library: tables and lists of objects alike", "[world][script][library]") {
    ScriptWorld world;
    for (const char* make : {"local t = {3, 1, 2} ", "self.list = {3, 1, 2} local t = self.list "}) {
        const std::string with{make};
        CHECK(world.value(with + "table.sort(t) return table.concat(t, ',')") == "1,2,3");
        CHECK(world.value(with +
                          "table.sort(t, function(a, b) return a > b end) return table.concat(t, ',')") ==
              "3,2,1");
        CHECK(world.value(with + "table.insert(t, 9) table.insert(t, 1, 7) return table.concat(t, ',')") ==
              "7,3,1,2,9");
        CHECK(world.value(with + "return table.remove(t, 1) .. table.remove(t) .. #t") == "321");
        CHECK(world.value(with + "return select('#', table.unpack(t)) .. table.unpack(t, 2, 2)") == "31");
        CHECK(world.value(with + "return table.concat(table.move(t, 2, 3, 1, {}), ',')") == "1,2");
        CHECK(world.error(with + "table.insert(t, 9, 1)") ==
              "position out of bounds: the list has 3 entries");
        CHECK(world.error(with + "table.insert(t, nil)") == "nil cannot be inserted into a list");
    }
    CHECK(world.value("return table.pack(1, nil, 3).n") == "3");
    CHECK(world.value("local t = {1, 2, 3} table.move(t, 1, 3, 2) return table.concat(t, ',')") == "1,1,2,3");
    CHECK(world.value("self.list = {{n = 2}, {n = 1}} table.sort(self.list, function(a, b) return a.n < b.n "
                      "end) return self.list") == "{{n=1},{n=2}}");
    CHECK(world.error("self.map = {a = 1} table.insert(self.map, 1)") == "this table is a map, not a list");
    CHECK(world.value("return table.remove({})") == "nil");
    CHECK(world.error("table.sort({1, 'x'})").find("attempt to compare") != std::string::npos);
}

TEST_CASE("library: chance is repeatable", "[world][script][library]") {
    ScriptWorld world;
    const std::string body =
        "return {pick{1, 2, 3, 4}, roll '3d6+1', chance(0.5), math.random(100), shuffle{1, 2, 3, 4, 5}}";
    world.world.runtime->seed(7);
    const std::string first = world.value(body);
    world.world.runtime->seed(7);
    CHECK(world.value(body) == first);
    CHECK(world.value("return pick{}") == "nil");
    CHECK(world.value("self.list = {self} return pick(self.list) == self") == "true");
    CHECK(world.value("return roll '1d1+2'") == "3");
    CHECK(world.error("roll 'x'") ==
          "roll takes something like \"2d6+1\", at most 1,000 dice (got text \"x\")");
    CHECK(world.error("roll '1001d6'") != "");
    CHECK(world.value("return chance(0)") == "false");
    CHECK(world.value("return chance(1)") == "true");
}

TEST_CASE("library: spans of time in words", "[world][script][library]") {
    ScriptWorld world;
    CHECK(world.value("return {time.span(59), time.span(120), time.span(3600), time.span(90000)}") ==
          "{59 seconds,2 minutes,1 hour,1 day}");
    CHECK(world.value("return {time.ago(now()), time.ago(now() - 7200), time.ago(now() + 61)}") ==
          "{just now,2 hours ago,in 1 minute}");
    CHECK(world.value("return now()") == "1700000000");
    CHECK(world.error("time.span('x')") != "");
}

TEST_CASE("library: tonumber, select, assert, type", "[world][script][library]") {
    ScriptWorld world;
    CHECK(world.value("return {tonumber('0x10'), tonumber('z', 36), select(2, 'a', 'b')}") == "{16,35,b}");
    CHECK(world.value("return tonumber('x') == nil and tonumber(('1'):rep(600)) == nil") == "true");
    CHECK(world.error("assert(false)") == "assertion failed!");
    CHECK(world.value("return type('{x}') .. type(text('{x}', {x = 1})) .. type(nil) .. type(string)") ==
          "texttextnillibrary");
}

namespace {

/// Stock Lua, to compare with.
class Stock {
  public:
    Stock() : lua_(luaL_newstate()) { luaL_openlibs(lua_); }
    ~Stock() { lua_close(lua_); }
    Stock(const Stock&) = delete;
    Stock& operator=(const Stock&) = delete;
    std::string run(const std::string& code) {
        const bool failed = luaL_dostring(lua_, code.c_str()) != LUA_OK;
        std::size_t size = 0;
        const char* bytes = luaL_tolstring(lua_, -1, &size);
        std::string result = failed ? std::string{"error"} : std::string{bytes, size};
        lua_settop(lua_, 0);
        return result;
    }

  private:
    lua_State* lua_;
};

}  // namespace

TEST_CASE("library: patterns give what stock Lua gives", "[world][script][library]") {
    // One script makes random patterns and subjects with its own generator, so that both sides do the same.
    const std::string code = R"LUA(
      local seed = SEED
      local function rnd(n) seed = (seed * 1103515245 + 12345) % 2147483648 return seed // 65536 % n + 1 end
      local items = {'a','b','.','%a','%d','%s','[ab]','[^a]','[a-c]','[%w_]','*','+','-','?','(',')','()','^','$','%1','%b()',
                     '%f[%a]','%%','x',' ','[]]','[^]]','[a%]]','[%a-z]','%','['}
      local letters = {'a','b','c','x',' ','(',')','1','A','_',']','%','\0','-'}
      local function make(list, n) local t = {} for i = 1, n do t[i] = list[rnd(#list)] end return table.concat(t) end
      local function show(ok, ...)
        if not ok then return 'error' end
        local t = {} for i = 1, select('#', ...) do t[i] = tostring((select(i, ...))) end
        return table.concat(t, '|')
      end
      local out = {}
      for i = 1, 150 do
        local s, p, init = make(letters, rnd(13) - 1), make(items, rnd(6)), rnd(12) - 4
        out[#out + 1] = show(pcall(string.find, s, p, init))
        out[#out + 1] = show(pcall(string.match, s, p, init))
        out[#out + 1] = show(pcall(string.gsub, s, p, ({'<%0>', '%1', 'z'})[rnd(3)]))
        out[#out + 1] = show(pcall(function()
          local t = {} for x, y in string.gmatch(s, p) do t[#t + 1] = tostring(x) .. ',' .. tostring(y) end
          return table.concat(t, ';') end))
      end
      return table.concat(out, '\n')
    )LUA";
    ScriptWorld world;
    Stock stock;
    for (int seed = 1; seed <= 40; ++seed) {
        std::string seeded = code;
        seeded.replace(seeded.find("SEED"), 4, std::to_string(seed));
        CHECK(world.value(seeded) == stock.run(seeded));
    }
}

TEST_CASE("library: what was destroyed is passed over, in plain tables too", "[world][script][library]") {
    ScriptWorld world;
    CHECK(world.value("local x, y = create 'thing', create 'thing' local t = {x, y, k = x, l = y, [x] = 1} "
                      "destroy(x) local n, m = 0, 0 for _, each in ipairs(t) do n = n + (each == y and 1 or "
                      "100) end for k, v in pairs(t) do m = m + (v == y and 1 or 100) end return {n, m, "
                      "#t}") == "{1,2,2}");
    CHECK(world.value("local t = {} for i, v in ipairs{a, a} do t[i] = v == a end return t",
                      {Value{world.alice->id}}) == "{true,true}");
}

TEST_CASE("library: an object as a string is its number", "[world][script][library]") {
    ScriptWorld world;
    const std::string handle = "#" + std::to_string(number(world.alice->id));
    CHECK(world.value("return tostring(a)", {Value{world.alice->id}}) == handle);
    CHECK(world.value("return object(tostring(a)) == a", {Value{world.alice->id}}) == "true");
    CHECK(world.value("local x = create 'thing' local s = '#' .. x.id destroy(x) return tostring(x) == s") ==
          "true");
}

}  // namespace gyre::world::script
