#include "script_world.hpp"

namespace gyre::world::script {

namespace {

struct Town : ScriptWorld {
    Town() {
        CHECK(load({{"square", "singleton \"square\" inherit \"room\"\nproperty.name = \"square\""},
                    {"tavern", "singleton \"tavern\" inherit \"room\""},
                    {"harbour", "singleton \"harbour\" inherit \"room\""},
                    {"oak_door",
                     "singleton \"oak_door\" inherit \"exit\"\njoin(\"square\", \"north\", "
                     "\"tavern\")\nproperty.key = optional \"thing\""},
                    {"brass_key", "singleton \"brass_key\" inherit \"thing\"\nplace \"square\""},
                    {"chest",
                     "inherit \"thing\"\nproperty.key = object \"brass_key\"\nproperty.ways = {object "
                     "\"square\", {object \"tavern\"}}\n"
                     "function self:ask() return self.key end"}})
                  .empty());
        CHECK(settle().empty());
    }
    Object& find(const char* name) {
        Object* object = world.objects.living(world.names.peek(Names::Space::singleton, name));
        REQUIRE(object != nullptr);
        return *object;
    }
    std::string exits(const char* name) { return show(property(find(name), "#exits")); }
    std::string handle(const char* name) { return "#" + std::to_string(number(find(name).id)); }
};

}  // namespace

TEST_CASE("singletons: each is made once and put in its place", "[world][script][singletons]") {
    Town town;
    CHECK(town.find("brass_key").location == town.find("square").id);
    CHECK(show(town.property(town.find("square"), "#singleton")) == "square");
    const std::size_t count = town.world.objects.living_count();
    const std::uint64_t changes = town.changes();
    CHECK(town.settle().empty());
    CHECK(town.world.objects.living_count() == count);
    CHECK(town.changes() == changes);
}

TEST_CASE("singletons: where the game has moved one it stays", "[world][script][singletons]") {
    Town town;
    town.set(town.find("brass_key"), "location", Value{town.alice->id});
    town.good("brass_key", "singleton \"brass_key\" inherit \"thing\"\nplace \"tavern\"");
    CHECK(town.settle().empty());
    CHECK(town.find("brass_key").location == town.alice->id);
}

TEST_CASE("singletons: an edit of the file shows unless the game has set its own",
          "[world][script][singletons]") {
    Town town;
    CHECK(show(town.property(town.find("square"), "name")) == "square");
    town.good("square", "singleton \"square\" inherit \"room\"\nproperty.name = \"plaza\"");
    CHECK(show(town.property(town.find("square"), "name")) == "plaza");
    town.set(town.find("square"), "name", "my place");
    town.good("square", "singleton \"square\" inherit \"room\"\nproperty.name = \"forum\"");
    CHECK(show(town.property(town.find("square"), "name")) == "my place");
}

TEST_CASE("singletons: exits join two rooms and follow their file", "[world][script][singletons]") {
    Town town;
    const std::string door = town.handle("oak_door");
    CHECK(town.exits("square") == "{" + door + "}");
    CHECK(town.exits("tavern") == "{" + door + "}");
    CHECK(show(town.property(town.find("oak_door"), "#direction")) == "north");
    CHECK(show(town.property(town.find("oak_door"), "#back")) == "south");
    town.good("oak_door",
              "singleton \"oak_door\" inherit \"exit\"\njoin(\"square\", \"gate\", \"harbour\", "
              "\"town\")\nproperty.key = optional \"thing\"");
    CHECK(town.settle().empty());
    CHECK(town.exits("tavern") == "{}");
    CHECK(town.exits("harbour") == "{" + door + "}");
    CHECK(show(town.property(town.find("oak_door"), "#back")) == "town");
}

TEST_CASE("singletons: defaults may name objects of other files", "[world][script][singletons]") {
    Town town;
    Object& chest = town.create("chest");
    CHECK(show(town.call(chest, "ask").value) == town.handle("brass_key"));
    CHECK(show(town.property(chest, "ways")) ==
          "{" + town.handle("square") + ",{" + town.handle("tavern") + "}}");
    CHECK_FALSE(town.has_stored(chest, "key"));
}

TEST_CASE("singletons: names that nothing has are faults", "[world][script][singletons]") {
    Town town;
    CHECK(town.load({{"a1", "singleton \"a1\" inherit \"thing\"\nplace \"nowhere\""},
                     {"a2", "singleton \"a2\" inherit \"exit\"\njoin(\"square\", \"up\", \"heaven\")"},
                     {"a3", "inherit \"thing\"\nproperty.o = object \"nothing\""}})
              .empty());
    CHECK(town.settle() ==
          std::vector<std::string>{"a1.lua:2: place: there is no singleton 'nowhere'",
                                   "a2.lua:2: join: there is no singleton 'heaven'",
                                   "a3.lua: object \"nothing\": there is no such singleton"});
    CHECK(town.bad("a4", "singleton \"square\" inherit \"room\"") ==
          "a4.lua: 'square' is the singleton 'square' already");
    CHECK(town.bad("a4", "singleton \"a4\"") ==
          "a4.lua: a singleton needs a class: inherit \"thing\", or another");
    CHECK(town.bad("a4", "inherit \"thing\" place \"square\"") ==
          "a4.lua: place is for singletons: a class has no single place");
    CHECK(town.bad("a4", "inherit \"square\"") ==
          "a4.lua: 'square' is a single object: nothing can inherit it");
    CHECK(town.bad("a4", "singleton \"a4\" inherit \"exit\"\njoin(\"square\", \"hole\", \"tavern\")") ==
          "a4.lua:2: join: 'hole' has no opposite: name the direction back as well");
    CHECK(town.error("create('square')") == "'square' is a single object: there is one already");
}

TEST_CASE("singletons: none is put into itself, however far round", "[world][script][singletons]") {
    Town town;
    CHECK(town.load({{"p1", "singleton \"p1\" inherit \"thing\"\n\nplace \"p2\""},
                     {"p2", "singleton \"p2\" inherit \"thing\" place \"p3\""},
                     {"p3", "singleton \"p3\" inherit \"thing\" place \"p1\""},
                     {"p4", "singleton \"p4\" inherit \"thing\" place \"p4\""},
                     {"p5", "singleton \"p5\" inherit \"thing\" place \"p1\""}})
              .empty());
    const std::vector<std::string> faults{"p1.lua:3: place: it would be inside itself: p1 in p2 in p3 in p1",
                                          "p2.lua:1: place: it would be inside itself: p2 in p3 in p1 in p2",
                                          "p3.lua:1: place: it would be inside itself: p3 in p1 in p2 in p3",
                                          "p4.lua:1: place: it cannot be put into itself"};
    CHECK(town.settle() == faults);
    for (const char* name : {"p1", "p2", "p3", "p4"}) CHECK(town.find(name).location == ObjectId::nothing);
    CHECK(town.find("p5").location == town.find("p1").id);
    CHECK(town.settle() == faults);  // As wrong as before, though all of them are made.
    town.good("p2", "singleton \"p2\" inherit \"thing\" place \"square\"");
    CHECK(town.settle() == std::vector<std::string>{faults[3]});
}

TEST_CASE("singletons: an exit joins rooms, and one that joins anything else stays as it was",
          "[world][script][singletons]") {
    Town town;
    town.good("hole", "singleton \"hole\" inherit \"exit\"\njoin(\"square\", \"down\", \"brass_key\")");
    CHECK(town.settle() == std::vector<std::string>{"hole.lua:2: join: 'brass_key' is no room"});
    CHECK(show(town.property(town.find("hole"), "#from")) == "nil");
    town.good("hole", "singleton \"hole\" inherit \"thing\"\njoin(\"square\", \"down\", \"tavern\")");
    CHECK(town.settle() ==
          std::vector<std::string>{"hole.lua:2: join: only an exit joins rooms: inherit \"exit\""});
    town.good("oak_door",
              "singleton \"oak_door\" inherit \"exit\"\njoin(\"square\", \"north\", \"brass_key\")\n"
              "property.key = optional \"thing\"");
    CHECK(town.settle().size() == 2);
    CHECK(town.exits("tavern") == "{" + town.handle("oak_door") + "}");
}

TEST_CASE("singletons: of two exits that lead the same way the first one stays",
          "[world][script][singletons]") {
    Town town;
    const auto exit = [&](const char* name, const char* ends, const char* more = "") {
        town.good(name, (std::string{"singleton \""} + name + "\" inherit \"exit\"\n" + more + "\njoin(" +
                         ends + ")")
                            .c_str());
    };
    const std::vector<std::string> taken{"arch.lua:3: join: 'oak_door' leads north from square already"};
    exit("arch", "'square', 'north', 'harbour'");  // Before oak_door by its name, but later there.
    CHECK(town.settle() == taken);
    CHECK(town.exits("harbour") == "nil");
    CHECK(town.settle() == taken);
    exit("arch", "'harbour', 'east', 'tavern', 'south'");
    CHECK(town.settle() ==
          std::vector<std::string>{"arch.lua:3: join: 'oak_door' leads south from tavern already"});
    exit("arch", "'harbour', 'east', 'tavern', 'south'", "property.one_way = true");
    CHECK(town.settle().empty());
    exit("gap", "'harbour', 'east', 'square', 'west'");
    CHECK(town.settle() ==
          std::vector<std::string>{"gap.lua:3: join: 'arch' leads east from harbour already"});
    SECTION("two may swap their ways") {
        exit("gap", "'harbour', 'west', 'square', 'west'");
        CHECK(town.settle().empty());
        exit("gap", "'harbour', 'east', 'square', 'west'");
        exit("arch", "'harbour', 'west', 'tavern', 'south'", "property.one_way = true");
        CHECK(town.settle().empty());
        CHECK(show(town.property(town.find("gap"), "#direction")) == "east");
        CHECK(show(town.property(town.find("arch"), "#direction")) == "west");
    }
    SECTION("of two that are new the first by name is right") {
        exit("b_way", "'harbour', 'up', 'square', 'down'");
        exit("a_way", "'harbour', 'up', 'square', 'in'");
        exit("gap", "'harbour', 'west', 'square', 'west'");
        CHECK(town.settle() ==
              std::vector<std::string>{"b_way.lua:3: join: 'a_way' leads up from harbour already"});
    }
}

TEST_CASE("singletons: opposites", "[world][script][singletons]") {
    CHECK(opposite_direction("north") == "south");
    CHECK(opposite_direction("southwest") == "northeast");
    CHECK(opposite_direction("out") == "in");
    CHECK(opposite_direction("sideways").empty());
}

TEST_CASE("singletons: the file's words can be asked for", "[world][script][singletons]") {
    Town town;
    const Class& door = *town.world.classes.find(town.world.atoms.find("oak_door"));
    const SingletonSpec* spec = town.world.runtime->spec(door);
    REQUIRE(spec != nullptr);
    CHECK(spec->name == "oak_door");
    CHECK(spec->join->to == "tavern");
    CHECK(town.world.runtime->spec(*town.room->of) == nullptr);
}

TEST_CASE("singletons: one whose file calls it otherwise stays the same object",
          "[world][script][singletons]") {
    Town town;
    town.good("lantern", "singleton \"lantern\" inherit \"thing\"\nplace \"square\"");
    CHECK(town.settle().empty());
    const ObjectId lantern = town.find("lantern").id;
    const std::size_t count = town.world.objects.living_count();
    town.good("lantern", "singleton \"old_lantern\" inherit \"thing\"\nplace \"square\"");
    CHECK(town.settle().empty());
    CHECK(town.find("old_lantern").id == lantern);
    CHECK(town.world.names.peek(Names::Space::singleton, "lantern") == ObjectId::nothing);
    CHECK(town.world.objects.living_count() == count);
    // Where there is one of that name already, that one it becomes, and what it was is told.
    town.good("lamp", "singleton \"lamp\" inherit \"thing\"");
    CHECK(town.settle().empty());
    town.good("lamp", "inherit \"thing\"");
    town.good("lantern", "singleton \"lamp\" inherit \"thing\"");
    CHECK(town.settle() ==
          std::vector<std::string>{"lantern.lua: 'old_lantern', which it was, lives on as #" +
                                   std::to_string(number(lantern)) + ": destroy it, or keep its name"});
}

}  // namespace gyre::world::script
