#include "world/atoms.hpp"

#include <catch2/catch.hpp>

using namespace gyre::world;

TEST_CASE("atoms: the engine's own names have the same numbers in every process", "[world][atoms]") {
    const Atoms names;
    CHECK(names.find("#class") == atom(atoms::class_));
    CHECK(names.find("#destroyed") == atom(atoms::destroyed_at));
    CHECK(names.find("location") == atom(atoms::location));
    CHECK(names.find("count") == atom(atoms::count));
    CHECK(names.find("#back") == atom(atoms::exit_back));
    CHECK(names.name(atom(atoms::role)) == "role");
    CHECK(names.name(atom(atoms::resting)) == "#resting");
    CHECK(names.size() == atoms::first_free);
}

TEST_CASE("atoms: a name is interned once", "[world][atoms]") {
    Atoms names;
    CHECK(names.find("fuel") == Atom::none);
    const Atom fuel = names.intern("fuel");
    CHECK(fuel == atom(atoms::first_free));
    CHECK(names.intern("fuel") == fuel);
    CHECK(names.find("fuel") == fuel);
    CHECK(names.name(fuel) == "fuel");
}

TEST_CASE("atoms: numbers of the last run come back, and new ones stand behind them", "[world][atoms]") {
    Atoms names;
    const StoredAtom number{atoms::first_free + 5};
    names.restore(number, "fuel");
    CHECK(names.find("fuel") == atom(atoms::first_free + 5));
    CHECK(names.stored(names.find("fuel")) == number);
    CHECK(names.loaded(number) == names.find("fuel"));
    const Atom wick = names.intern("wick");
    CHECK(wick == atom(atoms::first_free + 6));
    CHECK(names.stored(wick) == StoredAtom{atoms::first_free + 6});
}

TEST_CASE("atoms: in a new world every name stands in the file as itself", "[world][atoms]") {
    Atoms names;
    const Atom fuel = names.intern("fuel");
    CHECK(names.stored(fuel) == StoredAtom{atoms::first_free});
    CHECK(names.stored(atom(atoms::location)) == StoredAtom{atoms::location});
    CHECK(names.loaded(StoredAtom{atoms::location}) == atom(atoms::location));
    CHECK(names.loaded(StoredAtom{atoms::first_free + 1}) == Atom::none);
}

TEST_CASE("atoms: a file keeps its numbers though the program has others for the same names",
          "[world][atoms]") {
    Atoms names;
    names.restore(StoredAtom{8}, "count");                         // The program's own, with another number,
    names.restore(StoredAtom{9}, "fuel");                          // the world's, where the program has one,
    names.restore(StoredAtom{10}, "wick");                         // another,
    names.restore(StoredAtom{atoms::first_free + 1}, "location");  // one that the program had not known,
    names.restore(StoredAtom{atoms::first_free + 2}, "flame");  // and one that nothing stands in the way of.
    const std::uint32_t free = names.size();

    CHECK(names.find("count") == atom(atoms::count));
    CHECK(names.find("location") == atom(atoms::location));
    CHECK(names.find("flame") == atom(atoms::first_free + 2));
    for (const char* name : {"count", "fuel", "wick", "location", "flame"}) {
        CHECK(names.name(names.find(name)) == name);
        CHECK(names.loaded(names.stored(names.find(name))) == names.find(name));
    }
    CHECK(names.stored(names.find("fuel")) == StoredAtom{9});
    CHECK(names.stored(names.find("location")) == StoredAtom{atoms::first_free + 1});

    // What the file does not know gets a number that it does not use, and so does what is new.
    const Atom dark = atom(atoms::dark);
    CHECK(names.stored(dark) == StoredAtom{free});
    CHECK(names.stored(dark) == StoredAtom{free});
    CHECK(names.loaded(StoredAtom{free}) == dark);
    CHECK(names.name(static_cast<Atom>(free)) == "dark");
    CHECK(names.find("dark") == dark);
    CHECK(names.stored(names.intern("smoke")) == StoredAtom{free + 1});
    CHECK(names.loaded(StoredAtom{11}) == Atom::none);
}

TEST_CASE("atoms: damaged numbers are left out", "[world][atoms]") {
    Atoms names;
    names.restore(StoredAtom::none, "nonsense");
    names.restore(StoredAtom{2 * Atoms::limit}, "nonsense");
    names.restore(StoredAtom{5}, "");
    CHECK(names.find("nonsense") == Atom::none);
    CHECK(names.name(atom(atoms::location)) == "location");
}

TEST_CASE("atoms: past the limit there are no new ones", "[world][atoms]") {
    Atoms names;
    names.restore(StoredAtom{Atoms::limit - 1}, "last");
    CHECK(names.intern("one more") == Atom::none);
    CHECK(names.find("one more") == Atom::none);
    CHECK(names.intern("last") != Atom::none);
    CHECK(names.stored(atom(atoms::dark)) == StoredAtom{Atoms::limit});  // The engine's own always fit.
}
