// What looking and reading cost, printed; run in a release: test_world "[measure]". The figures that count
// are those of `./dev bench`.

#include "tests/world/town_world.hpp"
#include "world/sentence/parser.hpp"
#include "world/surroundings.hpp"

#include <fmt/format.h>
#include <chrono>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// Microseconds of one of `rounds` calls.
template <class Work>
double microseconds(int rounds, Work&& work) {
    for (int round = 0; round < rounds / 10; ++round) work();
    const auto begin = std::chrono::steady_clock::now();
    for (int round = 0; round < rounds; ++round) work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() /
           rounds;
}

/// Somebody in a room with so many things, each of a class with seven verbs of its own.
class Clutter {
  public:
    explicit Clutter(int count) {
        who = town.player("alice", ear);
        std::vector<std::string> kept;
        std::vector<script::ClassSource> sources;
        for (int number = 0; number < count; ++number) {
            std::string source =
                fmt::format("inherit \"thing\"\nproperty.name = \"strange brass lamp{}\"\n", number);
            for (const char* word : {"polish", "frob", "hit", "mix", "turn", "bend", "wipe"})
                source += fmt::format("verb \"{0}{1}|{0} this\"\nfunction self:{0}(who) end\n", word, number);
            sources.push_back({fmt::format("lamp{}", number), source, "", "lamp.lua"});
        }
        REQUIRE(town.world.runtime->load(sources).empty());
        town.commands.classes_changed();
        vocabulary.rebuild(town.world.classes);
        town.world.transaction.begin({});
        const ObjectId room = town.world.objects.find(who)->location;
        for (int number = 0; number < count; ++number) {
            Class* of = town.world.classes.find(town.world.atoms.find(fmt::format("lamp{}", number)));
            Object& lamp = town.world.transaction.create(*of, ObjectId::nothing);
            town.world.transaction.set(lamp, atom(atoms::location), Value{room});
        }
        town.world.transaction.commit();
    }
    /// How many ways there are to understand it.
    std::size_t read(const char* typed) {
        sentence::Line line = std::move(sentence::Line::read(typed)).value();
        const Pronouns pronouns;
        Surroundings scope(town.world, *town.world.objects.find(who), pronouns);
        return sentence::Parser{vocabulary}.parse(line, 0, scope).matches.size();
    }
    double time_of(const char* typed) {
        town.world.transaction.begin({});
        const double time = microseconds(2000, [&] { static_cast<void>(read(typed)); });
        town.world.transaction.rollback();
        return time;
    }

    TownWorld town;
    Ear ear;
    ObjectId who = ObjectId::nothing;
    sentence::Vocabulary vocabulary;
};

}  // namespace

TEST_CASE("measure: sentences among 700 verbs", "[.][measure]") {
    Clutter clutter(100);
    fmt::print("one of 100 things, 700 verbs: {:.1f} us\n", clutter.time_of("polish lamp77"));
    fmt::print("an ability, 700 verbs:        {:.1f} us\n", clutter.time_of("take lamp77"));
    fmt::print("look:                         {:.1f} us\n", clutter.time_of("look"));
    fmt::print("100 fit, each of its class:   {:.1f} us\n", clutter.time_of("polish strange one"));
    CHECK(clutter.read("polish lamp77") == 1);
    CHECK(clutter.read("polish strange one") == 100);
}

TEST_CASE("measure: looking at a room of 200 things", "[.][measure]") {
    Clutter clutter(200);
    const double all = microseconds(1000, [&] {
        clutter.town.types(clutter.who, "look");
        clutter.ear.lines.clear();
        clutter.ear.marks.clear();
    });
    fmt::print("look, 200 things in sight:    {:.1f} us\n", all);
    clutter.town.world.transaction.begin({});
    const ObjectId room = clutter.town.world.objects.find(clutter.who)->location;
    const double seen = microseconds(
        1000, [&] { static_cast<void>(clutter.town.world.perception.visible_contents(clutter.who, room)); });
    clutter.town.world.transaction.rollback();
    fmt::print("of these, what is seen:       {:.1f} us\n", seen);
}
