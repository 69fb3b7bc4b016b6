// What a start makes of class files that were changed while the server was down.

#include "world/library.hpp"

#include "tests/support/fake_clock.hpp"
#include "tests/world/store/support.hpp"

using namespace gyre;
using namespace gyre::test;

namespace {

/// A world that held an urn with five grains when it was stopped.
class Restarted {
  public:
    explicit Restarted(const std::string& new_urn) {
        write_file(scripts.file("thing.lua"), "property.name = \"thing\"");
        write_file(scripts.file("urn.lua"), new_urn);
        world.transaction.restore(urn, atom(atoms::class_), Value{"urn"});
        world.transaction.restore(urn, world.atoms.intern("n"), Value{5});
        Library library(world, {}, scripts.path());
        faults = library.load({{"thing", {"property.name = \"thing\"", "thing.lua", "", 1}},
                               {"urn", {"inherit \"thing\"\nproperty.n = 1", "urn.lua", "", 1}}});
        changed = library.changed();
    }
    std::string n() { return encoded(world.objects.find(urn)->find(world.atoms.find("n"))->value); }
    Type type() { return world.objects.find(urn)->of->find(world.atoms.find("n"))->type; }

    static constexpr ObjectId urn = object_id(1);
    TemporaryDirectory scripts;
    FakeClock clock;
    Ledger ledger{0, [](const Batch&) {}};
    World world{ledger, clock};
    std::vector<script::LoadFault> faults;
    std::size_t changed = 0;
};

}  // namespace

TEST_CASE("library: a start refuses a file that objects do not fit, and goes on with the last",
          "[world][library]") {
    Restarted start("inherit \"thing\"\nproperty.n = \"none\"");
    REQUIRE(start.faults.size() == 1);
    CHECK(start.faults[0].message.find("property 'n' cannot become text: 1 objects") != std::string::npos);
    CHECK(start.type() == Type::integer);
    CHECK(start.n() == encoded(5));
    CHECK(start.changed == 0);
}

TEST_CASE("library: a start calls migrate as a reload does", "[world][library]") {
    Restarted start(
        "inherit \"thing\"\nproperty.n = \"none\"\nfunction self:migrate() self.n = \"n\" .. self.n end");
    CHECK(start.faults.empty());
    CHECK(start.type() == Type::text);
    CHECK(start.n() == encoded("n5"));
    CHECK(start.changed == 1);
}

TEST_CASE("library: a start goes on with the last version of what is broken", "[world][library]") {
    Restarted start("inherit \"thing\"\nproperty.n = ");
    CHECK(start.faults.size() == 1);
    CHECK(start.type() == Type::integer);
}

TEST_CASE("library: a file that has become empty is no class of nothing", "[world][library]") {
    const char* const empty = GENERATE("", "\n \n", "-- inherit \"thing\"\n--[[ property.n = 1 ]]\n");
    Restarted start(empty);
    REQUIRE(start.faults.size() == 1);
    CHECK(start.faults[0].message == "urn.lua: the file has become empty, so its last good version goes on");
    CHECK(start.type() == Type::integer);
    CHECK(start.changed == 0);
    Library library(start.world, {}, start.scripts.path());
    write_file(start.scripts.file("urn.lua"), "inherit \"thing\"\nproperty.n = 2");
    CHECK(library.load({}).empty());
    write_file(start.scripts.file("urn.lua"), empty);
    const auto faults = library.reload();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].message == start.faults[0].message);
    CHECK(library.changed() == 0);
    CHECK(start.type() == Type::integer);
    CHECK(library.reload().empty());  // Told once.
    CHECK(library.warnings().empty());
    write_file(start.scripts.file("new.lua"), empty);
    CHECK(library.reload().empty());
    REQUIRE(library.warnings().size() == 1);
    CHECK(library.warnings()[0].message == "new.lua: the file declares nothing");
}

TEST_CASE("library: what is allowed but may not be meant is told", "[world][library]") {
    Restarted start("inherit \"thing\"\nproperty.n = 1");
    const std::vector<Library::BuiltIn> core{{"urn", "inherit \"thing\""}, {"thing2", "inherit \"thing\""}};
    std::filesystem::create_directories(start.scripts.file("rooms/old"));
    std::filesystem::create_directories(start.scripts.file(".git"));
    std::filesystem::create_directories(start.scripts.file("notes"));
    write_file(start.scripts.file(".git/hook.lua"), "");
    write_file(start.scripts.file("notes/plan.txt"), "");
    std::filesystem::create_symlink("nobody@nowhere", start.scripts.file(".#thing.lua"));
    for (const char* name : {"rooms/attic.lua", "rooms/old/cellar.lua"})
        write_file(start.scripts.file(name), "");
    Library library(start.world, core, start.scripts.path());
    CHECK(library.load({}).empty());
    REQUIRE(library.warnings().size() == 2);
    CHECK_THAT(library.warnings()[0].message,
               Catch::StartsWith("urn.lua: it takes the place of the library's class of that name"));
    CHECK(library.warnings()[1].message ==
          "rooms/: 2 class files in here are not loaded: they belong beside the others");
    std::filesystem::remove_all(start.scripts.file("rooms/old"));
    CHECK(library.reload().empty());
    CHECK(library.warnings().size() == 2);
    std::filesystem::remove_all(start.scripts.file("rooms"));
    CHECK(library.reload().empty());
    CHECK(library.warnings().size() == 1);
}

TEST_CASE("library: a class that did not change may build on one that did", "[world][library]") {
    Restarted start("inherit \"thing\"\nproperty.n = 2");
    write_file(start.scripts.file("box.lua"), "inherit \"thing\" use \"lidded\"");
    write_file(start.scripts.file("lidded.lua"), "property.is_open = false");
    Library library(start.world, {}, start.scripts.path());
    CHECK(library.load({{"box", {"inherit \"thing\" use \"lidded\"", "box.lua", "", 1}}}).empty());
    CHECK(start.world.classes.find(start.world.atoms.find("box"))->exists);
}
