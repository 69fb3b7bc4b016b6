#include "world/surroundings.hpp"

#include "tests/world/town_world.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// The newest batch on which it rests what somebody may name.
BatchNumber mark_of_naming(TownWorld& town, ObjectId who) {
    town.world.transaction.begin({});
    const Pronouns pronouns;
    Surroundings scope(town.world, *town.world.objects.find(who), pronouns);
    static_cast<void>(scope.candidates());
    const BatchNumber mark = town.world.transaction.read_from();
    town.world.transaction.rollback();
    return mark;
}

}  // namespace

TEST_CASE("surroundings: a word that a thing was given counts as read", "[world][sentence][surroundings]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    Object& sign = *town.world.objects.find(town.world.names.peek(Names::Space::singleton, "wooden_sign"));
    town.world.transaction.begin({});
    town.world.transaction.set(sign, atom(atoms::names), Value{make_ref<Container>()});
    town.world.transaction.commit();
    town.ledger.seal();
    CHECK(mark_of_naming(town, alice) < town.ledger.open_number());
    town.world.transaction.begin({});
    town.world.transaction.list_insert(sign.find(atom(atoms::names))->value.container(), 0, Value{"board"});
    town.world.transaction.commit();
    CHECK(mark_of_naming(town, alice) == town.ledger.open_number());
    CHECK(town.types(alice, "look at board").kind == Outcome::Kind::done);
}

TEST_CASE("surroundings: what is named often is found like what is named once",
          "[world][sentence][surroundings]") {
    TownWorld town;
    Ear ear;
    const ObjectId alice = town.player("alice", ear);
    town.world.transaction.begin({});
    Class* thing = town.world.classes.find(town.world.atoms.find("thing"));
    for (int number = 0; number < 30; ++number) {
        Object& pebble = town.world.transaction.create(*thing, ObjectId::nothing);
        town.world.transaction.set(pebble, atom(atoms::name), Value{"pebble"});
        town.world.transaction.set(pebble, atom(atoms::location),
                                   Value{town.world.objects.find(alice)->location});
    }
    town.world.transaction.commit();
    ear.heard();
    town.types(alice, "take pebbles");
    town.types(alice, "inventory");
    CHECK(ear.heard().ends_with("You carry 30 pebbles."));
}
