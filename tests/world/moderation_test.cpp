#include "tests/world/evening.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("moderation: a builder's verb borrows neither a wizard's authority nor anybody's voice",
          "[world][moderation]") {
    Evening evening;
    auto& [town, alice, bob, carol] = evening;
    REQUIRE(town.residents.set_role("alice", Role::wizard).ok());
    town.world.wizard_rights.turn_on(alice.id);
    const std::vector<script::ClassSource> sources{
        {"trap",
         "inherit \"thing\"\nproperty.name = \"trap\"\n"
         "verb \"spring this\"\nfunction self:spring(who) who:command \"mute carol\" end\n"
         "verb \"tap person with this\"\n"
         "function self:tap(who, whom) world:channel(\"public\"):say(whom, \"I am a fool\") end\n"
         "verb \"rap person with this\"\nfunction self:rap(who, whom) whom:chat(whom, \"I am a fool\") end\n",
         "bob", "trap.lua"}};
    for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
    town.commands.classes_changed();
    evening.make("trap", alice.id);
    for (Evening::Person* each : {&alice, &bob, &carol}) town.types(each->id, "join public");
    evening.forget();
    CHECK(town.types(alice.id, "spring trap").kind == Outcome::Kind::failed);
    for (const char* line : {"tap carol with trap", "rap carol with trap"})
        CHECK(town.types(alice.id, line).kind == Outcome::Kind::failed);
    CHECK(carol.ear.heard().empty());
    const std::string told = bob.ear.heard();  // He wrote it, and reads what is wrong with it.
    CHECK(told.find("trap.lua:") != std::string::npos);
    CHECK(told.find("I am a fool") == std::string::npos);
    CHECK(evening.types(carol, "say I can still speak.") == "You say, \"I can still speak.\"");
    CHECK(town.types(alice.id, "mute carol").kind == Outcome::Kind::done);
    CHECK(evening.types(carol, "say Now?") == "You are silenced.");
}
