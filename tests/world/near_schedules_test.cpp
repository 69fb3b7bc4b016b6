// `every(..., {near = true})`: only while a connected player is in the room.

#include "tests/world/clockwork.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;
using namespace std::chrono_literals;

namespace {

/// Two rooms with a cat in the first, in a basket.
class Cattery {
  public:
    Cattery() {
        clock.load("cat", "inherit \"npc\"\nevery(10, {near = true})\nfunction self:wander() end");
        clock.load("den", "inherit \"room\"");
        first = &clock.create("den");
        second = &clock.create("den");
        basket = &clock.create("container", first->id);
        cat = &clock.create("cat", basket->id);
        who = clock.town.player("alice", alice);
    }
    void walk(Object& room) { move(*clock.town.world.objects.find(who), room); }
    void move(Object& thing, Object& place) { clock.set(thing, atoms::location, Value{place.id}); }
    /// Beats of the cat in the next 100 seconds.
    std::size_t beats() {
        const std::size_t before = clock.beats.size();
        clock.pass(100s);
        return clock.beats.size() - before;
    }

    Clockwork clock;
    Ear alice;
    ObjectId who = ObjectId::nothing;
    Object* first = nullptr;
    Object* second = nullptr;
    Object* basket = nullptr;
    Object* cat = nullptr;
};

}  // namespace

TEST_CASE("near schedules: run while a player is there, and cost nothing otherwise", "[world][schedules]") {
    Cattery cattery;
    CHECK(cattery.beats() == 0);
    CHECK(cattery.clock.pending() == 0);
    CHECK(cattery.clock.armed == 0);
    cattery.walk(*cattery.first);
    CHECK(cattery.beats() == 10);
    cattery.walk(*cattery.second);
    CHECK(cattery.beats() == 0);
    CHECK(cattery.clock.pending() == 0);
    cattery.walk(*cattery.first);
    CHECK(cattery.beats() == 10);
}

TEST_CASE("near schedules: the cat comes to the player, in what it sits in", "[world][schedules]") {
    Cattery cattery;
    cattery.walk(*cattery.second);
    CHECK(cattery.beats() == 0);
    cattery.move(*cattery.basket, *cattery.second);
    CHECK(cattery.beats() == 10);
    cattery.move(*cattery.basket, *cattery.first);
    CHECK(cattery.beats() == 0);
    cattery.move(*cattery.cat, *cattery.clock.town.world.objects.find(cattery.who));
    CHECK(cattery.beats() == 10);
    cattery.walk(*cattery.first);
    CHECK(cattery.beats() == 10);
}

TEST_CASE("near schedules: the player comes in what he sits in", "[world][schedules]") {
    Cattery cattery;
    Object& cart = cattery.clock.create("container", cattery.second->id);
    cattery.walk(cart);
    CHECK(cattery.beats() == 0);
    cattery.move(cart, *cattery.first);
    CHECK(cattery.beats() == 10);
}

TEST_CASE("near schedules: only connected players count, and each of several", "[world][schedules]") {
    Cattery cattery;
    Ear bob;
    const ObjectId second = cattery.clock.town.player("bob", bob);
    cattery.walk(*cattery.first);
    cattery.move(*cattery.clock.town.world.objects.find(second), *cattery.first);
    cattery.clock.town.residents.detach(cattery.who, cattery.alice, "test");
    cattery.clock.town.settle();
    CHECK(cattery.beats() == 10);
    cattery.clock.town.residents.detach(second, bob, "test");
    cattery.clock.town.settle();
    CHECK(cattery.beats() == 0);
    cattery.clock.town.residents.attach(second, bob);
    cattery.clock.town.settle();
    CHECK(cattery.beats() == 10);
}

TEST_CASE("near schedules: a room's own, a new cat's, and those of a reloaded class", "[world][schedules]") {
    Cattery cattery;
    cattery.walk(*cattery.second);
    CHECK(cattery.beats() == 0);
    cattery.clock.load("den", "inherit \"room\"\nevery(20, {near = true})\nfunction self:creak() end");
    CHECK(cattery.beats() == 5);
    Object& kitten = cattery.clock.create("cat", cattery.second->id);
    CHECK(cattery.beats() == 15);
    CHECK(cattery.clock.beats_of(kitten) == 10);
    cattery.clock.load("cat", "inherit \"npc\"");
    cattery.clock.load("den", "inherit \"room\"");
    CHECK(cattery.beats() == 0);
    cattery.walk(*cattery.first);
    cattery.clock.load("cat", "inherit \"npc\"\nevery(10, {near = true})\nfunction self:wander() end");
    CHECK(cattery.beats() == 10);
    cattery.clock.destroy(*cattery.cat);
    CHECK(cattery.beats() == 0);
}

TEST_CASE("near schedules: a step that is undone wakes nothing", "[world][schedules]") {
    Cattery cattery;
    cattery.walk(*cattery.second);
    World& world = cattery.clock.town.world;
    world.transaction.begin({});
    world.transaction.set(*world.objects.find(cattery.who), atom(atoms::location), Value{cattery.first->id});
    world.transaction.rollback();
    CHECK(cattery.clock.pending() == 0);
    CHECK(cattery.beats() == 0);
}
