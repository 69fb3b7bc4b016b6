#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("names: letters first, then letters and digits, two to sixteen", "[world][names]") {
    for (const char* good : {"Al", "alice", "R2D2", "Abcdefghijklmnop"}) CHECK(Names::well_formed(good));
    for (const char* bad :
         {"", "a", "Abcdefghijklmnopq", "2pac", "al-ice", "al ice", "al_ice", "ali\xc3\xa7", "alice\n"})
        CHECK_FALSE(Names::well_formed(bad));
}

TEST_CASE("names: nobody is called root, here, north, it, look or Guest7", "[world][names]") {
    for (const char* name : {"gyre", "nickserv", "postmaster", "root", "Admin", "GUEST", "here", "someone",
                             "everyone", "it", "them", "north", "nw", "look", "say", "Guest7", "guest12345"})
        CHECK(Names::reserved(name));
    for (const char* name : {"alice", "Bob", "guesty", "northy"}) CHECK_FALSE(Names::reserved(name));
}

TEST_CASE("names: case does not matter, the space does", "[world][names]") {
    CoreWorld world;
    world.names.restore(Names::Space::character, "Alice", object_id(3));
    CHECK(world.names.peek(Names::Space::character, "aLiCe") == object_id(3));
    CHECK(world.names.peek(Names::Space::singleton, "alice") == ObjectId::nothing);
    std::map<std::string, ObjectId> all;
    world.names.each(Names::Space::character, [&](const std::string& name, ObjectId id) { all[name] = id; });
    CHECK(all == std::map<std::string, ObjectId>{{"alice", object_id(3)}});
}

TEST_CASE("names: every answer says how new it is, found or not", "[world][names]") {
    CoreWorld world;
    const auto mark_of = [&world](std::string_view name) {
        world.begin();
        (void)world.names.find(Names::Space::character, name, world.transaction);
        const BatchNumber mark = world.transaction.read_from();
        world.transaction.rollback();
        return mark;
    };
    Object& alice = world.make("player");
    CHECK(mark_of("alice") == 0);

    world.begin();
    world.transaction.set(alice, atom(atoms::name), "Alice");
    world.names.add(Names::Space::character, "Alice", alice.id, world.transaction);
    world.transaction.commit();
    CHECK(mark_of("alice") == 1);
    CHECK(mark_of("bob") == 1);

    world.make_durable();
    world.begin();
    world.transaction.set(alice, atom(atoms::name), "Carol");
    world.names.remove(Names::Space::character, "alice", world.transaction);
    world.transaction.commit();
    CHECK(world.names.peek(Names::Space::character, "alice") == ObjectId::nothing);
    CHECK(mark_of("alice") == 2);
    world.names.each(Names::Space::character, [](const std::string&, ObjectId) { FAIL("nobody is left"); });
}

TEST_CASE("names: a rollback brings back the entry and its mark", "[world][names]") {
    CoreWorld world;
    world.names.restore(Names::Space::character, "alice", object_id(3));
    world.begin();
    world.names.remove(Names::Space::character, "alice", world.transaction);
    world.names.add(Names::Space::character, "alice", object_id(4), world.transaction);
    world.names.add(Names::Space::character, "bob", object_id(5), world.transaction);
    world.transaction.rollback();
    world.begin();
    CHECK(world.names.find(Names::Space::character, "alice", world.transaction) == object_id(3));
    CHECK(world.names.find(Names::Space::character, "bob", world.transaction) == ObjectId::nothing);
    CHECK(world.transaction.read_from() == 0);
    world.transaction.rollback();
}
