#include "script_world.hpp"

namespace gyre::world::script {

TEST_CASE("json: values come back as they were", "[world][script][json]") {
    ScriptWorld world;
    CHECK(world.value("return json.encode{1, 2.5, true, 'a\"b\\\\c\\n'}") ==
          "[1,2.5,true,\"a\\\"b\\\\c\\n\"]");
    CHECK(world.value("return json.encode{b = 1, a = {x = {}}}") == "{\"a\":{\"x\":[]},\"b\":1}");
    CHECK(world.value("return json.encode{[5] = 'five'}") == "{\"5\":\"five\"}");
    CHECK(world.value("return json.encode(nil) .. json.encode('\\1')") == "null\"\\u0001\"");
    CHECK(world.value("self.list = {1, {2}} return json.encode(self.list)") == "[1,[2]]");
    CHECK(world.value(
              R"LUA(return json.decode [=[{"a": [1, 2.0, -3e2, true, "x"], "b": null, "c": {}}]=])LUA") ==
          "{a={1,2.,-300.,true,x},c={}}");
    CHECK(world.value("return json.decode(' 12 ') + 1") == "13");
    CHECK(world.value("return json.decode '\"\\\\u00e9\\\\ud83d\\\\ude00\\\\/\\\\t\"'") == "é😀/\t");
    CHECK(world.value("return json.decode '{\"a\":1,\"a\":2}'") == "{a=2}");
    CHECK(world.value("return math.type(json.decode '99999999999999999999')") == "float");
}

TEST_CASE("json: what does not fit is answered with a reason", "[world][script][json]") {
    ScriptWorld world;
    const auto why = [&](const std::string& call) {
        return world.value("local x, why = " + call + " return tostring(x) .. ': ' .. why");
    };
    CHECK(why("json.encode(self)") == "nil: an object of the world has no form in JSON: use its id or name");
    CHECK(why("json.encode{[self] = 1}") ==
          "nil: an object of the world is no name in JSON: use its id or name");
    CHECK(why("json.encode(text('{n}', {n = 1}))") ==
          "nil: a text has no form in JSON: text.plain makes a string of it");
    CHECK(why("json.encode(1/0)") == "nil: an infinite number has no form in JSON");
    CHECK(why("json.decode ''") == "nil: it ends too early at byte 1");
    CHECK(why("json.decode '[1, null]'") == "nil: a list cannot hold null at byte 9");
    CHECK(why("json.decode '[1 2]'") == "nil: ',' or ']' is missing at byte 4");
    CHECK(why("json.decode '{\"a\" 1}'") == "nil: ':' is missing at byte 6");
    CHECK(why("json.decode '01'") == "nil: a number does not begin with 0 at byte 1");
    CHECK(why("json.decode '1 2'") == "nil: there is more behind the value at byte 3");
    CHECK(why("json.decode '\"abc'") == "nil: a string never ends at byte 5");
    CHECK(why("json.decode '\"\\\\ud800\"'") == "nil: half a surrogate pair at byte 7");
    CHECK(why("json.decode '\"\\xff\"'") == "nil: the string is not UTF-8 at byte 4");
    CHECK(why("json.decode(('['):rep(100000))") == "nil: it is nested too deeply at byte 17");
    CHECK(why("json.decode('[' .. ('1,'):rep(10000) .. '1]')").find("nil: a list is too long") == 0);
    CHECK(world.error("json.encode()") != "");
    CHECK(why("json.encode(ipairs)").find("nil: cannot keep a function in 'the value'") == 0);
    CHECK(why("json.encode{1, a = 2}") ==
          "nil: 'the value' would be a list and a map in one: use two tables");
    CHECK(why("json.encode{1, nil, 3}") == "nil: the list for 'the value' has a hole at 2");
    CHECK(why("json.encode{[1.5] = 2}").find("nil: the key of a map is") == 0);
    CHECK(why("json.encode{[5] = 1, ['5'] = 2}") ==
          "nil: a number and a string would be the same name in JSON");
    CHECK(why("json.encode(0/0)") == "nil: an infinite number has no form in JSON");
    CHECK(why("json.decode '1e400'") == "nil: the number is too large at byte 1");
    CHECK(world.value("return json.decode '[1e-400, -0.5e-999]'") == "{0.,0.}");
    CHECK(why("json.decode '\"\\\\udc00\"'") == "nil: half a surrogate pair at byte 7");
    CHECK(world.run("local t = {} t[1] = t return json.encode(t)").kind == CallResult::Kind::done);
}

TEST_CASE("time: dates are UTC and English", "[world][script][time]") {
    ScriptWorld world;
    CHECK(world.value("return time.format(now(), '%d %B %Y %H:%M:%S')") == "14 November 2023 22:13:20");
    CHECK(world.value("return time.format(0, '%a %A %b %e %j %y %m %F %T %I%p %%')") ==
          "Thu Thursday Jan 1 001 70 01 1970-01-01 00:00:00 12am %");
    CHECK(world.value("return time.format(-1, '%F %T')") == "1969-12-31 23:59:59");
    CHECK(world.value("return time.format(951782400 + 13 * 3600)") == "29 February 2000");
    CHECK(world.error("time.format(0, '%q')").find("time.format does not know '%q'") == 0);
    CHECK(world.error("time.format(0, '100%')").find("time.format does not know '%'") == 0);
    CHECK(world.error("time.format(1e14)") != "");
    CHECK(world.error("time.format(0, ('x'):rep(201))") != "");
}

}  // namespace gyre::world::script
