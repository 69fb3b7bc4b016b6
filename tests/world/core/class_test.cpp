#include "tests/world/core/core_world.hpp"
#include "world/sentence/pattern.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// Declares classes in few words.
struct Library {
    Atoms atoms;
    Classes classes;

    Class& declare(std::string_view title, Class* parent = nullptr, std::vector<Class*> traits = {}) {
        Class& made = classes.obtain(atoms.intern(title), title);
        made.exists = true;
        made.parent = parent;
        made.traits = std::move(traits);
        classes.relink(made);
        return made;
    }
    Member method(std::string_view name, int function) {
        Member member;
        member.name = atoms.intern(name);
        member.kind = Member::Kind::method;
        member.function = function;
        member.adds_up = name.starts_with("can_");
        return member;
    }
    Member event(std::string_view name) {
        Member member;
        member.name = atoms.intern(name);
        member.kind = Member::Kind::event;
        return member;
    }
    Member property(std::string_view name, Value standard) {
        Member member;
        member.name = atoms.intern(name);
        member.standard = std::move(standard);
        return member;
    }
    static Verb verb(std::vector<std::string> first_words) {
        auto pattern = std::make_shared<sentence::Pattern>();
        pattern->first_words = std::move(first_words);
        Verb verb;
        verb.pattern = std::move(pattern);
        return verb;
    }
    const Member* find(const Class& in, std::string_view name) { return in.find(atoms.intern(name)); }
};

}  // namespace

TEST_CASE("class: the chain is the class, its traits, then the parent's chain, none twice",
          "[world][class]") {
    Library library;
    Class& lit = library.declare("lit");
    Class& openable = library.declare("openable");
    Class& lockable = library.declare("lockable", nullptr, {&openable});
    Class& thing = library.declare("thing", nullptr, {&lit});
    Class& box = library.declare("box", &thing, {&lockable, &lit});
    CHECK(box.chain == std::vector<Class*>{&box, &lockable, &openable, &lit, &thing});
    CHECK(box.is_a(box));
    CHECK(box.is_a(openable));
    CHECK_FALSE(thing.is_a(box));
    CHECK(box.kinds == Class::thing);
}

TEST_CASE("class: the nearest declaration of a name wins", "[world][class]") {
    Library library;
    Class& thing = library.declare("thing");
    Class& lamp = library.declare("lamp", &thing);
    thing.own = {library.property("fuel", 0), library.method("look", 1), library.method("take", 2)};
    lamp.own = {library.property("fuel", 100), library.method("look", 3)};
    library.classes.relink(thing);

    CHECK(library.find(lamp, "fuel")->standard == Value{100});
    CHECK(library.find(lamp, "look")->function == 3);
    CHECK(library.find(lamp, "look")->declared_in == &lamp);
    CHECK(library.find(lamp, "take")->declared_in == &thing);
    CHECK(library.find(thing, "fuel")->standard == Value{0});
    CHECK(library.find(lamp, "smell") == nullptr);
    CHECK(lamp.find(Atom::none) == nullptr);
}

TEST_CASE("class: super is the next declaration behind a class", "[world][class]") {
    Library library;
    Class& thing = library.declare("thing");
    Class& trait = library.declare("lit");
    Class& lamp = library.declare("lamp", &thing, {&trait});
    const Atom look = library.atoms.intern("look");
    thing.own = {library.method("look", 1)};
    trait.own = {library.method("look", 2)};
    lamp.own = {library.method("look", 3)};
    library.classes.relink(thing);
    library.classes.relink(trait);
    CHECK(lamp.find_after(lamp, look)->function == 2);
    CHECK(lamp.find_after(trait, look)->function == 1);
    CHECK(lamp.find_after(thing, look) == nullptr);
    CHECK(trait.find_after(lamp, look) == nullptr);
}

TEST_CASE("class: vetoes and events run all of the chain, base class first", "[world][class]") {
    Library library;
    Class& thing = library.declare("thing");
    Class& openable = library.declare("openable");
    Class& box = library.declare("box", &thing, {&openable});
    thing.own = {library.method("can_open", 1), library.method("look", 2)};
    openable.own = {library.event("opened"), library.method("can_open", 3), library.method("opened", 4)};
    box.own = {library.method("opened", 5), library.method("look", 6)};
    library.classes.relink(thing);
    library.classes.relink(openable);

    CHECK(library.find(box, "can_open")->all == std::vector<int>{1, 3});
    CHECK(library.find(box, "opened")->all == std::vector<int>{4, 5});
    CHECK(library.find(box, "opened")->adds_up);
    CHECK(library.find(openable, "opened")->all == std::vector<int>{4});
    CHECK_FALSE(library.find(box, "look")->adds_up);
    CHECK(library.find(box, "look")->all.empty());
}

TEST_CASE("class: an event that nobody implements is known and calls nothing", "[world][class]") {
    Library library;
    Class& box = library.declare("box");
    box.own = {library.event("opened")};
    box.link();
    REQUIRE(library.find(box, "opened") != nullptr);
    CHECK(library.find(box, "opened")->all.empty());
}

TEST_CASE("class: verbs of the whole chain are found by first word, nearest first", "[world][class]") {
    Library library;
    Class& thing = library.declare("thing");
    Class& lamp = library.declare("lamp", &thing);
    thing.own_verbs = {Library::verb({"take", "get"}), Library::verb({"look"})};
    lamp.own_verbs = {Library::verb({"light"}), Library::verb({"take"})};
    library.classes.relink(thing);
    REQUIRE(lamp.verbs.size() == 4);
    CHECK(lamp.verbs[0].declared_in == &lamp);
    CHECK(*lamp.verbs_by_word(VerbWord{"take"}) == std::vector<std::uint32_t>{1, 2});
    CHECK(*lamp.verbs_by_word(VerbWord{"get"}) == std::vector<std::uint32_t>{2});
    CHECK(lamp.verbs_by_word(VerbWord{"drop"}) == nullptr);
    CHECK(thing.verbs_by_word(VerbWord{"light"}) == nullptr);
    // Another word of the same hash.
    VerbWord twin{"take"};
    twin.text = "tilt";
    CHECK(lamp.verbs_by_word(twin) == nullptr);
}

TEST_CASE("class: each of many first words is found, and no other", "[world][class]") {
    Library library;
    Class& thing = library.declare("thing");
    for (int number = 0; number < 700; ++number)
        thing.own_verbs.push_back(Library::verb({"do" + std::to_string(number)}));
    library.classes.relink(thing);
    for (std::uint32_t number = 0; number < 700; ++number) {
        const std::string word = "do" + std::to_string(number);
        const auto* found = thing.verbs_by_word(VerbWord{word});
        REQUIRE(found != nullptr);
        CHECK(*found == std::vector<std::uint32_t>{number});
    }
    CHECK(thing.verbs_by_word(VerbWord{"do700"}) == nullptr);
    CHECK(thing.verbs_by_word(VerbWord{""}) == nullptr);
}

TEST_CASE("class: a change reaches everything that depends on it, in order", "[world][class]") {
    Library library;
    // Made in an order that is not the order of dependence.
    Class& lantern = library.declare("lantern");
    Class& lamp = library.declare("lamp");
    Class& trait = library.declare("lit");
    Class& thing = library.declare("thing");
    thing.traits = {&trait};
    lamp.parent = &thing;
    lantern.parent = &lamp;
    library.classes.relink(thing);
    CHECK(lantern.chain == std::vector<Class*>{&lantern, &lamp, &thing, &trait});

    trait.own = {library.property("lit", true)};
    library.classes.relink(trait);
    CHECK(library.find(lantern, "lit") != nullptr);
    trait.own.clear();
    library.classes.relink(trait);
    CHECK(library.find(lantern, "lit") == nullptr);
}

TEST_CASE("class: a cycle of parents ends", "[world][class]") {
    Library library;
    Class& hen = library.declare("hen");
    Class& egg = library.declare("egg", &hen);
    hen.parent = &egg;
    library.classes.relink(hen);
    CHECK(hen.chain.size() == 2);
    CHECK(egg.chain.size() == 2);
}

TEST_CASE("classes: one that nobody wrote yet is empty and answers no to everything", "[world][class]") {
    Library library;
    const Atom name = library.atoms.intern("balloon");
    CHECK(library.classes.find(name) == nullptr);
    Class& balloon = library.classes.obtain(name, "balloon");
    CHECK_FALSE(balloon.exists);
    CHECK(balloon.find(name) == nullptr);
    CHECK(balloon.verbs_by_word(VerbWord{"fly"}) == nullptr);
    CHECK(&library.classes.obtain(name, "balloon") == &balloon);
    CHECK(library.classes.find(name) == &balloon);
}
