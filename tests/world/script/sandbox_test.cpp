// What hostile code tries. Each attack must end within its budget, as an error or a kill, and leave the
// runtime as it was.

#include "script_world.hpp"

#include <vector>

namespace gyre::world::script {

namespace {

Budget small() {
    Budget budget = ScriptWorld::patient();
    budget.steps = 300'000;
    budget.allocated_bytes = 32U << 20U;
    return budget;
}

CallResult::Kind attack(ScriptWorld& world, const char* code) {
    INFO(code);
    const CallResult result = world.run(code, {}, small());
    UNSCOPED_INFO(result.error());
    // Afterwards everything works as before.
    CHECK(world.value("return string.format('%d', 7)") == "7");
    return result.kind;
}

}  // namespace

TEST_CASE("sandbox: code that never ends is killed", "[world][script][sandbox]") {
    ScriptWorld world;
    const char* code = GENERATE(
        "while true do end", "repeat until false", "::a:: goto a", "for i = 1, 1e15 do end",
        "local function f() return f() end f()", "while true do pcall(function() while true do end end) end",
        "while true do pcall(error, 'x') end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "while true do xpcall(function() while true do end end, function(e) return e end) end",
        "while true do pcall(string.rep, 'x', 1 << 30) end", "while true do try(self, 'contents') end",
        "while true do pcall(refuse, 'no') end",
        "local t = {} for i = 1, 3000 do t[i] = i end for i = 1, 1000 do table.sort(t, function() return "
        "true end) end",
        "local t = {} for i = 1, 30000 do t[i] = i end for i = 1, 1000 do table.sort(t, math.ult) end",
        "for i = 1, 1e9 do tostring(i) end", "for i = 1, 1e9 do local t = {} end",
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "self.list = {1, 2, 3} while true do for _, v in ipairs(self.list) do end end",
        "self.map = {a = 1} while true do for _, v in pairs(self.map) do end end",
        "while true do self.n = self.n + 1 end", "while true do create('thing') end");
    INFO(code);
    CHECK(attack(world, code) == CallResult::Kind::over_budget);
}

TEST_CASE("sandbox: string bombs", "[world][script][sandbox]") {
    ScriptWorld world;
    const char* killed = GENERATE(
        "local s = ('a'):rep(30000) string.find(s, ('a*'):rep(8) .. 'b')",
        "local s = ('a'):rep(3000) return s:find('.-.-.-.-b')",
        "local s = ('a'):rep(5000) s:gsub('(a*)(a*)(a*)b', '')",
        "for i = 1, 2e5 do local s = ('x'):rep(1000000) end",
        "local s = ('x'):rep(1000000) for i = 1, 3e5 do local t = s .. 'x' end",
        "local s = ('x'):rep(1000000) for i = 1, 1e5 do utf8.len(s) end",
        "local s = ('x'):rep(1 << 18) for i = 1, 1e6 do local t = ('%s%s'):format(s, s) end",
        "local s = ('x'):rep(1 << 18) while true do s:upper() end",
        "local s = ('x'):rep(1 << 18) while true do s:find('y', 1, true) end",
        "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(1000) end while true do table.concat(t) end",
        "local s = 'x' while true do s = s .. s end",
        "local t = text('{x}', {x = 1}) while true do t = t .. t end",
        "local t = text('{x}', {x = 1}) while true do t = t .. 'x' end",
        "local e = text('') for i = 1, 100 do e = e .. e end text.plain(e)",
        "local t = text('{x}', {x = 1}) .. ('x'):rep(1 << 20) for i = 1, 12 do t = t .. t end text.plain(t)",
        "local t = text('{x}', {x = 1}) while true do t = text('{t}', {t = t}) end",
        "local none = {} while true do text.lines(none) end");
    const CallResult::Kind kind = attack(world, killed);
    const bool is_stopped = kind == CallResult::Kind::over_budget || kind == CallResult::Kind::failed;
    CHECK(is_stopped);
}

TEST_CASE("sandbox: single calls that would be too large are errors", "[world][script][sandbox]") {
    ScriptWorld world;
    CHECK(world.error("return ('x'):rep(1 << 30)") == "the string would be longer than 1,048,576 bytes");
    CHECK(world.value("return (''):rep(math.maxinteger)") == "");
    CHECK(world.error("return string.format('%999999999d', 1)") == "invalid conversion '%999' to 'format'");
    CHECK(world.error("return table.unpack({}, 1, 1e8)") == "too many results to unpack (at most 1,000)");
    CHECK(world.error("return ('x'):rep(5000):byte(1, -1)") == "too many results (at most 1,000)");
    CHECK(attack(world, "return table.concat({}, '', 1, 1 << 40)") == CallResult::Kind::over_budget);
    CHECK(attack(world, "table.move({}, 1, math.maxinteger - 1, 2)") == CallResult::Kind::over_budget);
    CHECK(world.value("local s = ('a'):rep(100000) return s:find(('a'):rep(50000) .. 'b', 1, true)") ==
          "nil");
}

TEST_CASE("sandbox: recursion ends", "[world][script][sandbox]") {
    ScriptWorld world;
    const char* code = GENERATE(
        "local function f() return 1 + f() end f()", "local function f() return (('x'):gsub('x', f)) end f()",
        "local function f() pcall(f) end f()", "local function f() table.sort({1, 2}, f) end f()",
        "local function f() xpcall(f, f) end f()", "self:run()", "try(self, 'run')",
        "self.n = 1 return self:run() + 1");
    const CallResult::Kind kind = attack(world, code);
    CHECK(kind != CallResult::Kind::refused);
}

TEST_CASE("sandbox: what would reach the machine or another's state is not there",
          "[world][script][sandbox]") {
    ScriptWorld world;
    const char* name = GENERATE("os", "io", "debug", "load", "loadstring", "dofile", "require", "package",
                                "coroutine", "rawset", "rawget", "rawequal", "rawlen", "setmetatable",
                                "getmetatable", "collectgarbage", "print", "_G", "warn");
    CHECK(world.error(std::string{"return "} + name).find(std::string{"'"} + name + "' is not declared") ==
          0);
}

TEST_CASE("sandbox: libraries cannot be changed", "[world][script][sandbox]") {
    ScriptWorld world;
    CHECK(world.error("string.format = nil") == "'string' is read only");
    CHECK(world.error("math.floor = function() return 'pwned' end") == "'math' is read only");
    CHECK(world.error("table.insert(string, 1)") != "");
    CHECK(world.error("text.plain = 1") == "'text' is read only");
    CHECK(world.error("world.name = 'x'") == "'world' is read only");
    CHECK(world.error("super.x = 1") == "'super' is read only");
    CHECK(world.error("table.insert(super, 1)") != "");
    CHECK(world.error("refuse = 1") ==
          "'refuse' is not declared: use 'local refuse', or keep it in a property");
    CHECK(world.error("('x').y = 1") != "");
    CHECK(world.value("return tostring(('x').nothing)") == "nil");
    CHECK(world.value("return string.dump") == "nil");
    CHECK(world.error("return math.randomseed(1)") != "");
}

TEST_CASE("sandbox: nothing shows an address", "[world][script][sandbox]") {
    ScriptWorld world;
    CHECK(
        world.value("return tostring({}) .. tostring(tostring) .. tostring(string) .. tostring(self.list)") ==
        "tablefunctionlibrarytable");
    CHECK(world.value("return string.format('%s %s', {}, tostring)") == "table function");
    CHECK(world.error("return string.format('%p', {})") == "invalid conversion '%p' to 'format'");
    CHECK(world.value("local ok, e = pcall(function() return {} < {} end) return e:find('0x') == nil") ==
          "true");
    CHECK(world.value("local ok, e = pcall(function() return #self end) return e:find('0x') == nil") ==
          "true");
}

TEST_CASE("sandbox: an error object of any kind is survived", "[world][script][sandbox]") {
    ScriptWorld world;
    CHECK(world.run("error()").error() == "an error without a message");
    CHECK(world.run("error({})").error() == "an error without a message");
    CHECK(world.run("error(nil)").kind == CallResult::Kind::failed);
    CHECK(world.error("error(self)") == "error takes a string: to tell a player no, use refuse");
    CHECK(world.value("local ok, e = pcall(error, {code = 5}) return e.code") == "5");
}

TEST_CASE("sandbox: text and output are limited", "[world][script][sandbox]") {
    ScriptWorld world;
    Budget budget = ScriptWorld::patient();
    budget.output_bytes = 1000;
    const CallResult result =
        world.run("while true do a:tell('hello') end", {Value{world.alice->id}}, budget);
    CHECK(result.kind == CallResult::Kind::over_budget);
    CHECK(result.error().find("stopped after 1,000 bytes of output") != std::string::npos);
    CHECK(world.heard(*world.alice).empty());
}

TEST_CASE("sandbox: a kill passes through everything that catches", "[world][script][sandbox]") {
    ScriptWorld world;
    const char* code = GENERATE("pcall(function() while true do end end) self.n = 5",
                                "xpcall(function() while true do end end, tostring) self.n = 5",
                                "pcall(pcall, pcall, function() while true do end end) self.n = 5",
                                "try(self, 'spin') self.n = 5",
                                "pcall(table.sort, {3, 2, 1}, function() while true do end end) self.n = 5",
                                "pcall(string.gsub, 'x', 'x', function() while true do end end) self.n = 5");
    const std::string body = std::string{code} + "\nend\nfunction self:spin() while true do end";
    const CallResult result = world.run(body, {}, small());
    CHECK(result.kind == CallResult::Kind::over_budget);
    CHECK(result.error().find("stopped after 300,000 steps") != std::string::npos);
}

TEST_CASE("sandbox: CPU time is limited as well as steps", "[world][script][sandbox]") {
    ScriptWorld world;
    Budget budget;
    budget.steps = INT64_MAX / 2;
    const CallResult result = world.run("while true do end", {}, budget);
    CHECK(result.kind == CallResult::Kind::over_budget);
    CHECK(result.error().find("stopped after 20 ms") != std::string::npos);
}

}  // namespace gyre::world::script
