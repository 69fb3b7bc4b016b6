#include "world/script/source.hpp"

#include "world/source_lexer.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace gyre::world::script {

namespace {

std::string code(std::string_view source) {
    Result<Source> prepared = prepare_source(source, "x.lua");
    return prepared ? prepared.value().code : prepared.error().text;
}

}  // namespace

TEST_CASE("source: only literals that are templates change", "[world][script][source]") {
    CHECK(code("f(\"plain\")") == "f(\"plain\")");
    CHECK(code("f(\"{x} y\")") == "f((__text1))");
    CHECK(code("f '{x}' .. [[{y}]]") == "f (__text1) .. (__text2)");
    CHECK(code("f([=[{x}]=])") == "f([=[{x}]=])");
    CHECK(code("f(\"{ x }\", '{1}')") == "f(\"{ x }\", '{1}')");
    CHECK(code("-- \"{x}\"\n--[[ \"{x}\" ]] f(1)") == "-- \"{x}\"\n--[[ \"{x}\" ]] f(1)");
    CHECK(code("f(\"\\123x}\")") == "f((__text1))");
    CHECK(code("f('a}}b')") == "f((__text1))");
    CHECK(code("t[ [[{x}]] ]") == "t[ (__text1) ]");
    CHECK(code("f(\"unfinished {x})") == "f(\"unfinished {x})");
}

TEST_CASE("source: lines are kept", "[world][script][source]") {
    const std::string source = "a = [[{x}\n\ny]] b = \"{z} \\\nmore\"\nc = 1";
    const std::string prepared = code(source);
    CHECK(std::count(prepared.begin(), prepared.end(), '\n') ==
          std::count(source.begin(), source.end(), '\n'));
    CHECK(prepared == "a = (__text1)\n\n b = (__text2)\n\nc = 1");
}

TEST_CASE("source: locals outside functions are told apart", "[world][script][source]") {
    const Result<Source> prepared = prepare_source(
        "local A <const>, b = 1, 2\nlocal function f(x) local inner = 1 return function() end end\n"
        "do local c = 1 local function g() end end\nif x then local d <const> = 1 end\nfor i = 1, 2 do local "
        "e = 1 end",
        "x.lua");
    REQUIRE(prepared.ok());
    CHECK(prepared.value().constants == std::set<std::string, std::less<>>{"A", "d"});
    CHECK(prepared.value().locals == std::set<std::string, std::less<>>{"b", "c", "e", "i"});
    CHECK(prepared.value().functions == std::set<std::string, std::less<>>{"f"});
    CHECK(prepared.value().code.find("      function f(x)") != std::string::npos);
    CHECK(prepared.value().code.find("local function g()") != std::string::npos);
}

TEST_CASE("source: the lexer reads every kind of token", "[world][script][source]") {
    Lexer lexer{"local x <const> = 0x1F + 1.5e3 .. '\\x41\\u{E9}\\z  b' ~= [==[\nq]==] -- end"};
    std::string kinds;
    std::string values;
    for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
        kinds += "nsNyc"[static_cast<int>(token.kind)];
        values += token.value;
    }
    CHECK(kinds == "nnynyyNyNysysc");
    CHECK(values ==
          "A\xC3\xA9"
          "bq end");
}

TEST_CASE("source: any bytes pass through the lexer", "[world][script][source]") {
    const std::string pieces[] = {"\"",  "'", "[[",   "]]",  "[=[", "--",  "--[[",     "\\",    "\n",
                                  "{x}", "a", "\\u{", "\\x", "\0",  "end", "function", "local", "<const>"};
    unsigned seed = 1;
    for (int round = 0; round < 3000; ++round) {
        std::string source;
        for (int count = 0; count < 12; ++count) {
            seed = seed * 1103515245U + 12345U;
            source += pieces[(seed >> 16U) % std::size(pieces)];
        }
        const Result<Source> prepared = prepare_source(source, "x.lua");
        if (prepared.ok()) {
            const std::string& out = prepared.value().code;
            CHECK(std::count(out.begin(), out.end(), '\n') == std::count(source.begin(), source.end(), '\n'));
        }
    }
}

}  // namespace gyre::world::script
