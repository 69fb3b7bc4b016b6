// `migrate`: a reload that changes the type of what objects hold.

#include "script_world.hpp"

#include "world/scheduler.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::script;

namespace {

/// Urns that hold an integer, to become text.
class Urns {
  public:
    Urns() {
        world.good("urn",
                   "inherit \"thing\"\nproperty.n = 1\nfunction self:kind() return \"old\" end\n"
                   "verb \"rub this\"\nfunction self:rub() end");
        world.good("vase", "inherit \"urn\"");
        for (const char* of : {"urn", "urn", "vase"}) urns.push_back(&world.create(of));
        world.set(*urns[0], "n", Value{5});
        world.set(*urns[2], "n", Value{7});
    }
    static std::string text_version(const std::string& body) {
        return "inherit \"thing\"\nproperty.n = \"none\"\nproperty.moved = 0\n"
               "function self:kind() return \"new\" end\nfunction self:migrate()\n" +
               body + "\nend";
    }
    std::string n(std::size_t index) { return show(world.property(*urns[index], "n")); }
    std::string kind() { return show(world.call(*urns[0], "kind").value); }

    ScriptWorld world;
    std::vector<Object*> urns;
};

}  // namespace

TEST_CASE("migrate: called once for each object that does not fit, heirs included",
          "[world][script][migrate]") {
    Urns urns;
    const std::string source = Urns::text_version("self.n = \"n\" .. self.n self.moved = self.moved + 1");
    urns.world.good("urn", source.c_str());
    CHECK(urns.n(0) == "n5");
    CHECK(urns.n(1) == "none");
    CHECK(urns.n(2) == "n7");
    CHECK(show(urns.world.property(*urns.urns[0], "moved")) == "1");
    CHECK_FALSE(urns.world.has_stored(*urns.urns[1], "moved"));
    CHECK(urns.kind() == "new");
    urns.world.good("urn", source.c_str());
    CHECK(show(urns.world.property(*urns.urns[0], "moved")) == "1");
}

TEST_CASE("migrate: if it fails or refuses nothing has changed", "[world][script][migrate]") {
    Urns urns;
    const auto [body, fault] = GENERATE(table<std::string, std::string>(
        {{"if self.n == 7 then error(\"odd\") end self.n = \"x\"",
          "urn.lua: migrate of #6 fails: urn.lua:6: odd"},
         {"self.n = 3", "urn.lua: migrate of #4 fails: urn.lua:6: n must be text"},
         {"refuse(\"no\")", "urn.lua: migrate of #4 refuses"},
         {"while true do end", "urn.lua: migrate of #4 fails: urn.lua:5: stopped"},
         {"if self.n == 5 then self.n = \"x\" end",
          "urn.lua: property 'n' cannot become text: 1 objects hold something "
          "else, such as #6, also after migrate"}}));
    const std::uint64_t changes = urns.world.changes();
    CHECK_THAT(urns.world.bad("urn", Urns::text_version(body)), Catch::StartsWith(fault));
    CHECK(urns.world.changes() == changes);
    CHECK(urns.n(0) == "5");
    CHECK(urns.n(2) == "7");
    CHECK(urns.kind() == "old");
    const Class& urn = *urns.world.world.classes.find(urns.world.world.atoms.find("urn"));
    CHECK(urn.verbs.size() == 1);
    CHECK(urn.find(urns.world.world.atoms.find("moved")) == nullptr);
    CHECK(urn.find(urns.world.world.atoms.find("n"))->type == Type::integer);
    urns.world.good("urn", Urns::text_version("self.n = \"now\"").c_str());
    CHECK(urns.n(2) == "now");
    CHECK(urns.kind() == "new");
}

TEST_CASE("migrate: inherited, and not called where all fits", "[world][script][migrate]") {
    ScriptWorld world;
    world.good("converting", "function self:migrate() self.n = tostring(self.n) end");
    world.good("urn", "inherit \"thing\"\nproperty.n = 1");
    Object& urn = world.create("urn");
    world.good("urn", "inherit \"thing\"\nuse \"converting\"\nproperty.n = 2");
    CHECK_FALSE(world.has_stored(urn, "n"));
    world.set(urn, "n", Value{4});
    world.good("urn", "inherit \"thing\"\nuse \"converting\"\nproperty.n = \"\"");
    CHECK(show(world.property(urn, "n")) == "4");
    CHECK(world.property(urn, "n").tag() == Value::Tag::string);
}
