#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

ObjectId named(TownWorld& town, const char* name) {
    return town.world.names.peek(Names::Space::singleton, name);
}

/// Asks inside a transaction of its own.
template <class Ask>
auto ask(TownWorld& town, Ask&& question) {
    town.world.transaction.begin({});
    auto answer = question(town.world.perception);
    town.world.transaction.rollback();
    return answer;
}

}  // namespace

TEST_CASE("perception: one sees what is in the room, not what is next door", "[world][perception]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    CHECK(ask(town, [&](Perception& p) { return p.sees(alice, named(town, "wooden_sign")); }));
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.sees(alice, named(town, "brass_lamp")); }));
    CHECK(ask(town, [&](Perception& p) { return p.sees(alice, named(town, "tavern_way")); }));
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.sees(alice, named(town, "garden_arch")); }));
}

TEST_CASE("perception: in the dark one sees nothing but what one carries", "[world][perception]") {
    TownWorld town;
    Ear first;
    Ear second;
    const ObjectId alice = town.player("alice", first);
    const ObjectId bob = town.player("bob", second);
    town.types(alice, "n then take lamp then open door then d");
    town.types(bob, "n then d");
    const ObjectId box = named(town, "iron_box");
    const ObjectId lamp = named(town, "brass_lamp");
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.sees(alice, box); }));
    CHECK(ask(town, [&](Perception& p) { return p.sees(alice, lamp); }));
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.sees(bob, alice); }));
    second.heard();
    town.types(alice, "say boo");
    CHECK(second.heard() == "Someone says, \"boo\"");
    town.types(alice, "light lamp");
    CHECK(ask(town, [&](Perception& p) { return p.sees(bob, box); }));
    CHECK(ask(town, [&](Perception& p) { return p.sees(bob, alice); }));
}

TEST_CASE("perception: a shut box hides what is inside, from eyes, hands and the parser",
          "[world][perception]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    town.types(alice, "n then take lamp then light lamp then open door then d");
    const ObjectId whistle = named(town, "silver_whistle");
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.sees(alice, whistle); }));
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.reaches(alice, whistle); }));
    CHECK(town.types(alice, "take whistle").kind == Outcome::Kind::refused);
    Object& box = *town.world.objects.find(named(town, "iron_box"));
    town.world.transaction.begin({});
    town.world.transaction.set(box, atom(atoms::is_open), Value{true});
    town.world.transaction.commit();
    CHECK(ask(town, [&](Perception& p) { return p.sees(alice, whistle); }));
    CHECK(town.types(alice, "take whistle").kind == Outcome::Kind::done);
}

TEST_CASE("perception: what is on somebody else is seen, not reached", "[world][perception]") {
    TownWorld town;
    Ear first;
    Ear second;
    const ObjectId alice = town.player("alice", first);
    const ObjectId bob = town.player("bob", second);
    town.types(alice, "n then take lamp");
    town.types(bob, "n");
    const ObjectId lamp = named(town, "brass_lamp");
    CHECK(ask(town, [&](Perception& p) { return p.sees(bob, lamp); }));
    CHECK_FALSE(ask(town, [&](Perception& p) { return p.reaches(bob, lamp); }));
    CHECK(town.types(bob, "take lamp").kind == Outcome::Kind::refused);
}
