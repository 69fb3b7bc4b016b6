#pragma once

#include "tests/world/town_world.hpp"

namespace gyre::world::test {

/// Alice, Bob and Carol on the square of the town: who does something, to whom, and who stands by.
class Evening {
  public:
    struct Person {
        ObjectId id = ObjectId::nothing;
        Ear ear;
    };

    Evening() {
        alice.id = town.player("alice", alice.ear);
        bob.id = town.player("bob", bob.ear);
        carol.id = town.player("carol", carol.ear);
        set(alice.id, atoms::pronouns, "she");
        set(bob.id, atoms::pronouns, "he");
        forget();
    }

    /// Types a line after everybody has forgotten what was before; what she reads, refusals included.
    std::string types(Person& who, const std::string& line) {
        forget();
        const Outcome outcome = town.types(who.id, line);
        const std::string heard = who.ear.heard();
        return outcome.text ? heard + (heard.empty() ? "" : "|") + text::plain(*outcome.text) : heard;
    }
    /// All three, to this place and by these steps.
    void go(const std::string& steps) {
        for (Person* each : {&alice, &bob, &carol}) town.types(each->id, steps);
        forget();
    }
    void forget() {
        for (Person* each : {&alice, &bob, &carol}) each->ear.heard();
    }
    /// Nobody but the actor read anything, and nothing changed.
    bool nobody_else_heard() { return bob.ear.heard().empty() && carol.ear.heard().empty(); }

    ObjectId named(const char* singleton) {
        return town.world.names.peek(Names::Space::singleton, singleton);
    }
    ObjectId place_of(ObjectId thing) { return town.world.objects.find(thing)->location; }
    /// Makes an object of this class; its id.
    ObjectId make(const char* of, ObjectId place, const std::string& name = "") {
        begin();
        Class* its = town.world.classes.find(town.world.atoms.find(of));
        REQUIRE(its != nullptr);
        Object& made = town.world.transaction.create(*its, ObjectId::nothing);
        if (!name.empty()) town.world.transaction.set(made, atom(atoms::name), Value{name});
        town.world.transaction.set(made, atom(atoms::location), Value{place});
        town.world.transaction.commit();
        return made.id;
    }
    void set(ObjectId object, std::uint32_t property, Value value) {
        begin();
        town.world.transaction.set(*town.world.objects.find(object), atom(property), std::move(value));
        town.world.transaction.commit();
    }
    ObjectId coins(ObjectId place, std::int64_t count) {
        const ObjectId heap = make("coin", place);
        set(heap, atoms::count, Value{count});
        return heap;
    }

    TownWorld town;
    Person alice;
    Person bob;
    Person carol;

  private:
    void begin() { town.world.transaction.begin({}); }
};

}  // namespace gyre::world::test
