#include "world/source_changes.hpp"

#include <catch2/catch.hpp>

using namespace gyre::world;
using Kind = SourceDifference::Kind;

namespace {

/// "added verb ring this, removed property fuel"
std::string told(std::string_view before, std::string_view after) {
    std::string words;
    for (const SourceDifference& each : compare_sources(before, after)) {
        if (!words.empty()) words += ", ";
        words += each.kind == Kind::added ? "added " : each.kind == Kind::removed ? "removed " : "changed ";
        words += each.label;
    }
    return words;
}

constexpr std::string_view bell =
    "--- A bell.\n"
    "inherit \"thing\"\n"
    "property.name = \"bell\"\n"
    "\n"
    "--- Rings it.\n"
    "verb \"ring this\"\n"
    "verb(\"toll|strike this\")\n"
    "function self:ring(who)\n"
    "  who:tell(\"Ding.\")\n"
    "end\n"
    "every(90)\n"
    "function self:tick()\n"
    "end\n";

std::string with(std::string_view from, std::string_view to) {
    std::string source{bell};
    source.replace(source.find(from), from.size(), to);
    return source;
}

}  // namespace

TEST_CASE("source changes: nothing differs in what is the same but for empty lines", "[world][source]") {
    CHECK(told(bell, bell).empty());
    CHECK(told(bell, with("\n\n", "\n")).empty());
    CHECK(told("", "").empty());
}

TEST_CASE("source changes: a declaration is told by what it is", "[world][source]") {
    CHECK(told(bell, with("Ding", "Dong")) == "changed verb ring this");
    CHECK(told(bell, with("every(90)", "every(60)")) == "changed method tick");
    CHECK(told(bell, with("--- Rings it.", "--- Rings it loudly.")) == "changed verb ring this");
    CHECK(told(bell, with("\"bell\"", "\"gong\"")) == "changed property name");
    CHECK(told(bell, with("\"thing\"", "\"lamp\"")) == "changed other lines");
    CHECK(told(bell, std::string{bell} + "event \"rung\"\n") == "added event rung");
    CHECK(told(std::string{bell} + "private.key = 1", bell) == "removed property key");
    CHECK(told(bell, std::string{bell} + "function self:x() end") == "added method x");
}

TEST_CASE("source changes: a method with another sentence is another verb", "[world][source]") {
    CHECK(told(bell, with("\"ring this\"", "\"pull this\"")) ==
          "added verb pull this, removed verb ring this");
}

TEST_CASE("source changes: what comes or goes as a whole", "[world][source]") {
    CHECK(told("", bell) ==
          "added property name, added verb ring this, added method tick, added other lines");
}

TEST_CASE("source changes: nonsense is compared as well", "[world][source]") {
    CHECK(told("verb \"", "verb '") == "changed other lines");
    CHECK(told("function self:", "function self:\nend") == "changed method ");
    CHECK(told("\"\n'\n---", "---\r\n\xff") == "changed other lines");
}
