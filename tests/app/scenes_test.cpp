#include "engine/app/commands.hpp"

#include <catch2/catch.hpp>

using namespace gyre::app;

// The world in tests/scenes: short classes that together use most of the language, each played through.
TEST_CASE("scenes: a world of short classes plays as it is written", "[app][scenes]") {
    TestOptions options;
    options.world = "tests/scenes";
    CHECK(perform(options) == Exit::success);
}
