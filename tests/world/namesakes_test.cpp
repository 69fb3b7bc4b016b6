// People of the world and players are not to be taken for one another.

#include "tests/world/workshop.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// A machine of Mallory's that makes and names people.
struct Forge : Workshop {
    Forge() {
        load("forge", R"LUA(
inherit "thing"
verb "cast word in this"
function self:cast(who, name) create("npc", self.location, {name = name}) end
verb "stamp word on thing with this"
function self:stamp(who, name, whom) whom.name = name end
)LUA",
             "mallory");
        make("forge", mallory);
    }
    Outcome::Kind types(const std::string& line) { return town.types(mallory, line).kind; }
    std::string put(const std::string& source) { return town.library.put({"golem", source, "mallory"}, {}); }
};

}  // namespace

TEST_CASE("names: nobody of the world is given the name of a player", "[world][names]") {
    Forge forge;
    CHECK(forge.types("cast rob in forge") == Outcome::Kind::done);
    forge.mallorys.heard();
    CHECK(forge.types("cast Bob in forge") == Outcome::Kind::failed);
    CHECK(forge.mallorys.heard().find("'Bob' is the name of a player: call nobody else so") !=
          std::string::npos);
    CHECK(forge.types("cast BOB! in forge") == Outcome::Kind::failed);
    CHECK(forge.types("stamp bob on rob with forge") == Outcome::Kind::failed);
    CHECK(forge.types("stamp robin on rob with forge") == Outcome::Kind::done);
    // A thing is no person.
    CHECK(forge.types("stamp bob on mallory_toy with forge") == Outcome::Kind::done);
}

TEST_CASE("names: nor by their class, whether it is new or changed", "[world][names]") {
    Forge forge;
    const std::string fault = "'Bob' is the name of a player: call nobody else so";
    CHECK(forge.put("inherit \"npc\"\nproperty.name = \"Bob\"\n") == fault);
    CHECK(forge.town.library.find("golem") == nullptr);
    CHECK(forge.put("inherit \"npc\"\nproperty.name = \"Rob\"\n").empty());
    forge.make("golem", forge.mallory);
    CHECK(forge.put("inherit \"npc\"\nproperty.name = \"Bob\"\n") == fault);
    CHECK(forge.town.world.classes.find(forge.town.world.atoms.find("golem"))
              ->find(atom(atoms::name))
              ->standard == Value{"Rob"});
    CHECK(forge.put("inherit \"npc\"\nproperty.name = \"Robin\"\n").empty());
}

TEST_CASE("names: a thing called like a player does not become a person", "[world][names]") {
    Forge forge;
    CHECK(forge.put("inherit \"thing\"\n").empty());
    const ObjectId golem = forge.make("golem", forge.mallory);
    forge.town.world.transaction.begin({});
    forge.town.world.transaction.set(*forge.town.world.objects.find(golem), atom(atoms::name), Value{"Bob"});
    forge.town.world.transaction.commit();
    CHECK(forge.put("inherit \"npc\"\n") == "'Bob' is the name of a player: call nobody else so");
    CHECK(forge.town.world.is_a(*forge.town.world.objects.find(golem), forge.town.world.atoms.find("thing")));
    CHECK_FALSE(
        forge.town.world.is_a(*forge.town.world.objects.find(golem), forge.town.world.atoms.find("npc")));
}

TEST_CASE("names: nobody new is called like somebody of the world", "[world][names]") {
    Forge forge;
    CHECK(forge.town.residents.name_state("Robin") == Native::NameState::free);
    CHECK(forge.types("cast robin in forge") == Outcome::Kind::done);
    CHECK(forge.town.residents.name_state("Robin") == Native::NameState::reserved);
    CHECK(forge.types("stamp rover on robin with forge") == Outcome::Kind::done);
    CHECK(forge.town.residents.name_state("Robin") == Native::NameState::free);
    CHECK(forge.town.residents.name_state("Rover") == Native::NameState::reserved);
}
