#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

const Caller door{"test", "127.0.0.1", "127.0.0.1", true};

/// Wanda is a wizard at the square of the town, where there is a bell for wizards.
struct Tower {
    Tower() {
        const std::vector<script::ClassSource> sources{
            {"bell",
             "inherit \"thing\"\nsingleton \"bell\"\nplace \"square\"\nproperty.name = \"bell\"\n"
             "verb(\"toll this\", {role = \"wizard\"})\n"
             "function self:toll(who) who:tell(\"Dong.\") end\n"
             "verb(\"chime this\", {role = \"builder\"})\n"
             "function self:chime(who) who:tell(\"Ding.\") end\n"
             "verb \"ask this\"\n"
             "function self:ask(who)\n"
             "  local has = function(role) return who:has_role(role) and \"yes\" or \"no\" end\n"
             "  who:tell(\"{role} {b} {w}\", {role = who.role, b = has \"builder\", w = has \"wizard\"})\n"
             "end",
             "", "bell.lua"}};
        for (const auto& fault : town.world.runtime->load(sources)) FAIL(fault.message);
        town.world.transaction.begin({});
        CHECK(town.world.runtime->settle_singletons().empty());
        town.world.transaction.commit();
        town.commands.classes_changed();
        wanda = town.player("wanda", ear);
        REQUIRE(town.residents.set_role("wanda", Role::wizard).ok());
    }
    std::string types(ObjectId who, Ear& whose, const std::string& line) {
        whose.heard();
        const Outcome outcome = town.types(who, line);
        return outcome.text ? text::plain(*outcome.text) : whose.heard();
    }
    std::string types(const std::string& line) { return types(wanda, ear, line); }
    LoginResult wizard_on(ObjectId who, const char* password) {
        return town.answer_of(
            [&](const auto& reply) { town.residents.wizard_on(who, password, door, reply); });
    }
    TownWorld town;
    Ear ear;
    ObjectId wanda = ObjectId::nothing;
};

using Kind = LoginResult::Kind;

}  // namespace

TEST_CASE("wizard rights: off until the password was given, and then for half an hour",
          "[world][wizard_rights]") {
    Tower tower;
    CHECK(tower.types("ask bell") == "wizard yes no");
    CHECK(tower.types("toll bell").find("wizard on") != std::string::npos);
    CHECK(tower.types("chime bell") == "Ding.");
    CHECK(tower.types("take all").find("wizard on") == std::string::npos);
    CHECK(tower.wizard_on(tower.wanda, "secret2").kind == Kind::wrong);
    CHECK(tower.types("toll bell").find("wizard on") != std::string::npos);
    CHECK(tower.wizard_on(tower.wanda, "secret1").kind == Kind::welcome);
    CHECK(tower.types("ask bell") == "wizard yes yes");
    CHECK(tower.types("toll bell") == "Dong.");
    tower.town.clock.advance(WizardRights::last_for);
    CHECK(tower.types("ask bell") == "wizard yes no");
    CHECK(tower.types("toll bell").find("wizard on") != std::string::npos);
}

TEST_CASE("wizard rights: turned off, and gone with the last session or the role", "[world][wizard_rights]") {
    Tower tower;
    Ear second;
    CHECK_FALSE(tower.town.residents.wizard_off(tower.wanda));
    CHECK(tower.wizard_on(tower.wanda, "secret1").kind == Kind::welcome);
    CHECK(tower.town.residents.wizard_off(tower.wanda));
    CHECK(tower.town.world.rights_of(tower.wanda) == Role::builder);
    CHECK(tower.wizard_on(tower.wanda, "secret1").kind == Kind::welcome);
    tower.town.residents.attach(tower.wanda, second);
    tower.town.residents.detach(tower.wanda, tower.ear, "gone");
    CHECK(tower.town.world.rights_of(tower.wanda) == Role::wizard);
    tower.town.residents.detach(tower.wanda, second, "gone");
    CHECK(tower.town.world.rights_of(tower.wanda) == Role::builder);
    tower.town.residents.attach(tower.wanda, second);
    CHECK(tower.town.world.rights_of(tower.wanda) == Role::builder);
    CHECK(tower.wizard_on(tower.wanda, "secret1").kind == Kind::welcome);
    REQUIRE(tower.town.residents.set_role("wanda", Role::player).ok());
    CHECK(tower.town.world.rights_of(tower.wanda) == Role::player);
}

TEST_CASE("wizard rights: only a wizard who is still there gets them", "[world][wizard_rights]") {
    Tower tower;
    Ear other;
    const ObjectId bob = tower.town.player("bob", other);
    CHECK(tower.wizard_on(bob, "secret1").kind == Kind::wrong);
    CHECK(tower.types(bob, other, "ask bell") == "player no no");
    CHECK(tower.types(bob, other, "toll bell").find("wizard on") == std::string::npos);
    LoginResult result;
    tower.town.residents.wizard_on(tower.wanda, "secret1", door,
                                   [&](const LoginResult& given) { result = given; });
    tower.town.residents.detach(tower.wanda, tower.ear, "gone");
    while (!tower.town.jobs.queue.empty()) tower.town.jobs.run_one();
    tower.town.settle();
    CHECK(result.kind == Kind::wrong);
    CHECK_FALSE(tower.town.world.wizard_rights.on(tower.wanda));
}

TEST_CASE("wizard rights: guessing is slowed down as at the door", "[world][wizard_rights]") {
    Tower tower;
    for (std::uint32_t tries = 0; tries < Logins::account_tries; ++tries)
        CHECK(tower.wizard_on(tower.wanda, "guess").kind == Kind::wrong);
    const LoginResult slow = tower.wizard_on(tower.wanda, "secret1");
    CHECK(slow.kind == Kind::throttled);
    CHECK(slow.retry_seconds > 0);
}
