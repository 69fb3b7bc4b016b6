#include "world/atoms.hpp"

#include <catch2/catch.hpp>

using namespace gyre::world;

TEST_CASE("atoms: the engine's own names have the same numbers in every world", "[world][atoms]") {
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
    names.restore(atoms::first_free + 5, "fuel");
    CHECK(names.find("fuel") == atom(atoms::first_free + 5));
    CHECK(names.intern("wick") == atom(atoms::first_free + 6));
}

TEST_CASE("atoms: damaged numbers are left out", "[world][atoms]") {
    Atoms names;
    names.restore(atoms::location, "nonsense");
    names.restore(Atoms::limit, "nonsense");
    CHECK(names.find("nonsense") == Atom::none);
    CHECK(names.name(atom(atoms::location)) == "location");
}

TEST_CASE("atoms: past the limit there are no new ones", "[world][atoms]") {
    Atoms names;
    names.restore(Atoms::limit - 1, "last");
    CHECK(names.intern("one more") == Atom::none);
    CHECK(names.find("one more") == Atom::none);
    CHECK(names.intern("last") != Atom::none);
}
