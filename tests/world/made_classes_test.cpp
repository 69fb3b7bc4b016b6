// Code made in the game is taken back like anything else.

#include "tests/world/made_classes.hpp"

#include <algorithm>

using namespace gyre;
using namespace gyre::test;
using Kind = UndoObstacle::Kind;

namespace {

/// A random change by somebody who builds.
void random_call(MadeClasses& made, gyre::world::test::Dice& dice) {
    const std::vector<std::string> names{"bell", "gong", "horn"};
    const auto any = [&]() -> Object& {
        for (;;) {
            const auto id = object_id(1 + dice.roll(number(made.world.objects.next_id()) - 1));
            if (Object* object = made.world.objects.living(id)) return *object;
        }
    };
    const std::string& name = dice.pick(names);
    switch (dice.roll(8)) {
        case 0: {
            const Class* of = made.world.classes.find(made.world.atoms.find(name));
            made.make(of != nullptr && of->exists ? name : "thing");
            return;
        }
        case 1:
            made.set(any(), "fuel", Value{static_cast<std::int64_t>(dice.roll(50))});
            return;
        case 2:
            static_cast<void>(made.forget(name));
            return;
        case 3:
        case 4: {
            Object& thing = any();
            const std::string own = "thing_" + std::to_string(number(thing.id));
            const std::string inherits = thing.of->title == own ? thing.of->parent->title : thing.of->title;
            static_cast<void>(made.put(own, bell(static_cast<int>(dice.roll(9)), inherits), thing.id));
            return;
        }
        case 5:
            static_cast<void>(made.put(name, "inherit \"thing\"\nfunction self:value( end"));
            return;
        default:
            static_cast<void>(made.put(
                name, bell(static_cast<int>(dice.roll(9)), dice.one_in(2) ? "thing" : dice.pick(names))));
    }
}

}  // namespace

TEST_CASE(
    "made classes: random changes of code, taken back from the last to the first, leave what was before",
    "[world][undo][property]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        const TemporaryDirectory directory;
        MadeClasses made{directory};
        gyre::world::test::Dice dice{seed};
        made.make("thing");
        HistoryQuery all;
        all.actor = made.actor;
        all.limit = 1000;
        std::vector<std::string> before;
        std::size_t known = made.past(all).size();
        for (int call = 0; call < 30; ++call) {
            std::string state = made.dump();
            random_call(made, dice);
            const std::size_t now = made.past(all).size();
            if (now > known) before.push_back(std::move(state));  // Else it changed nothing.
            known = now;
        }
        const std::string last = made.dump();
        const std::size_t count = before.size();
        REQUIRE(count > 5);
        std::vector<std::string> states = before;
        // Each undoing is a call too, and stands before the one that it took back.
        for (std::size_t undone = 0; !before.empty(); ++undone) {
            const auto obstacle = made.undo_last(2 * undone);
            CAPTURE((obstacle ? obstacle->class_name + ": " + obstacle->why : std::string{}));
            REQUIRE_FALSE(obstacle);
            REQUIRE(made.dump() == before.back());
            before.pop_back();
        }
        // And forth again, by taking back the undoings.
        states.push_back(last);
        for (std::size_t redone = 0; redone < count; ++redone) {
            REQUIRE_FALSE(made.undo_last(2 * redone));
            REQUIRE(made.dump() == states[redone + 1]);
        }
    }
}

TEST_CASE("made classes: the first verb of a thing gives it a class, and undo takes it", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    Object& thing = made.make("thing");
    const std::string before = made.dump();
    REQUIRE(made.put("thing_1", bell(1), thing.id).empty());
    REQUIRE(made.put("thing_1", bell(2), thing.id).empty());
    CHECK(made.value_of(thing) == 2);
    REQUIRE_FALSE(made.undo_last());
    CHECK(made.value_of(thing) == 1);
    CHECK(made.version("thing_1") == 3);
    REQUIRE_FALSE(made.undo_last(2));
    CHECK(made.dump() == before);
    CHECK(made.library.find("thing_1") == nullptr);
    CHECK(thing.of->title == "thing");
}

TEST_CASE("made classes: a class and the thing that becomes one of it come together or not at all",
          "[world][library]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    REQUIRE(made.put("box", bell(1)).empty());
    Object& box = made.make("box");
    const std::string before = made.dump();
    CHECK_THAT(made.put("box_1", bell(2), box.id), Catch::Contains("begin with inherit \"box\""));
    CHECK(made.dump() == before);
    CHECK(made.library.find("box_1") == nullptr);
    CHECK_FALSE(made.world.classes.find(made.world.atoms.find("box_1"))->exists);
}

TEST_CASE("made classes: what has changed since stands in the way of undo", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    const std::uint64_t cause = 77;
    REQUIRE(made.put("gong", bell(1), ObjectId::nothing, cause).empty());
    REQUIRE(made.put("horn", bell(1), ObjectId::nothing, cause).empty());
    REQUIRE(made.put("gong", bell(2)).empty());
    Object& horn = made.make("gong");
    const std::string now = made.dump();
    const auto obstacle = made.undo_last(2);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == Kind::changed);
    CHECK(obstacle->class_name == "gong");
    CHECK(made.dump() == now);  // Though the horn was gone for a moment.
    CHECK(made.value_of(horn) == 2);
    // The same again is no change since.
    for (const int value : {1, 2, 1}) REQUIRE(made.put("drum", bell(value)).empty());
    CHECK_FALSE(made.undo_last(2));
    CHECK(made.library.find("drum") == nullptr);
}

TEST_CASE("made classes: undo is refused where the old code does not work any more", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    REQUIRE(made.put("base", bell(1)).empty());
    REQUIRE(made.put("bell", bell(2, "base")).empty());
    Object& thing = made.make("bell");
    REQUIRE(made.put("bell", bell(3)).empty());
    REQUIRE(made.forget("base").empty());
    const std::string now = made.dump();
    const auto obstacle = made.undo_last(1);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == Kind::code);
    CHECK(obstacle->class_name == "bell");
    CHECK_THAT(obstacle->why, Catch::Contains("its parent 'base' is not loaded"));
    CHECK(made.dump() == now);
    CHECK(made.value_of(thing) == 3);
    REQUIRE_FALSE(made.undo_last(0));
    REQUIRE_FALSE(made.undo_last(2));
    CHECK(made.value_of(thing) == 2);
}

TEST_CASE("made classes: undo does not take a class from what is of it, or from others", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    REQUIRE(made.put("bell", bell(1)).empty());
    made.make("bell");
    auto obstacle = made.undo_last(1);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == Kind::code);
    CHECK_THAT(obstacle->why, Catch::Contains("1 object is of this class, such as #1"));
    made.rights.may_program = [](const std::string& owner) { return owner != "ann"; };
    REQUIRE(made.put("bell", bell(2)).empty());
    obstacle = made.undo_last();
    REQUIRE(obstacle);
    CHECK(obstacle->kind == Kind::denied);
    CHECK(obstacle->class_name == "bell");
    CHECK(made.version("bell") == 2);
}

TEST_CASE("made classes: a name that has gone to somebody else is not taken back", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    REQUIRE(made.put("bell", bell(1)).empty());
    REQUIRE(made.forget("bell").empty());
    REQUIRE(made.library.put({"bell", bell(1), "bob"}, made.origin("edit")).empty());
    CHECK(made.undo_last(1)->kind == Kind::changed);
    CHECK(made.undo_last(2)->kind == Kind::changed);
    CHECK(made.library.find("bell")->owner == "bob");
}

TEST_CASE("made classes: undo and redo of a version that converts what objects hold", "[world][undo]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    REQUIRE(made.put("urn", bell(1) + "property.n = 1\n").empty());
    Object& urn = made.make("urn");
    made.set(urn, "n", Value{5});
    const std::string before = made.dump();
    const std::string converting =
        bell(2) + "property.n = \"no\"\nfunction self:migrate() self.n = \"n\" .. self.n end";
    REQUIRE(made.put("urn", converting).empty());
    const std::string after = made.dump();
    CHECK_THAT(after, Catch::Contains("n=" + encoded(Value{"n5"})));
    REQUIRE_FALSE(made.undo_last());
    CHECK(made.dump() == before);
    REQUIRE_FALSE(made.undo_last());
    CHECK(made.dump() == after);
}

TEST_CASE("made classes: history says which declarations changed, in which version", "[world][history]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    Object& thing = made.make("thing");
    REQUIRE(made.put("thing_1", bell(1), thing.id).empty());
    REQUIRE(
        made.put("thing_1", bell(1) + "verb \"ring this\"\nfunction self:ring() end\n", thing.id).empty());
    REQUIRE(made.put("other", bell(1)).empty());
    REQUIRE(made.forget("other").empty());
    HistoryQuery query;
    query.classes = {"thing_1"};
    auto found = made.past(query);
    REQUIRE(found.size() == 2);
    REQUIRE(found[0].classes.size() == 1);
    CHECK(found[0].classes[0].version == 2);
    CHECK_FALSE(found[0].classes[0].is_new);
    REQUIRE(found[0].classes[0].differences.size() == 1);
    CHECK(found[0].classes[0].differences[0].label == "verb ring this");
    CHECK(found[1].classes[0].is_new);
    query.object = thing.id;
    CHECK(made.past(query).size() == 3);  // With the one that made it.
    query = {};
    query.classes = {"other"};
    found = made.past(query);
    REQUIRE(found.size() == 2);
    CHECK(found[0].classes[0].version == 0);
    query.owner = "bob";
    CHECK(made.past(query).empty());
}

TEST_CASE("made classes: earlier versions can be read for as long as the journal goes back",
          "[world][history]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    for (int value = 1; value <= 3; ++value) REQUIRE(made.put("bell", bell(value)).empty());
    REQUIRE(made.forget("bell").empty());
    made.durable();
    const auto source = [&](std::int64_t version, const std::string& owner) {
        const auto found = search_source(*made.store, {"bell", version, owner});
        return found ? found.value().source : found.error().text;
    };
    CHECK(source(1, "") == bell(1));
    CHECK(source(2, "ann") == bell(2));
    CHECK(source(3, "ann") == bell(3));
    CHECK(source(2, "bob") == "there is no such version");
    CHECK(source(4, "") == "there is no such version");
}

TEST_CASE("made classes: after a restart they are what they were, and can still be taken back",
          "[world][undo][restart]") {
    const TemporaryDirectory directory;
    std::string before;
    std::string after;
    {
        MadeClasses made{directory};
        Object& thing = made.make("thing");
        REQUIRE(made.put("thing_1", bell(1), thing.id).empty());
        before = made.dump();
        REQUIRE(made.put("thing_1", bell(2), thing.id).empty());
        after = made.dump();
        made.stop();
    }
    CHECK(Store::check(directory.database()).empty());
    const bool from_backup = GENERATE(false, true);
    if (from_backup) {
        const std::string copy = directory.file("backup.db");
        REQUIRE(Store::backup(directory.database(), copy).ok());
        REQUIRE(Store::restore(copy, directory.database()).ok());
    }
    MadeClasses made{directory, 1};
    CHECK(made.faults.empty());
    CHECK(made.dump() == after);
    CHECK(made.version("thing_1") == 2);
    // The class has its row, and the table of objects none for it.
    REQUIRE(made.store
                ->rows("select (select count(*) from object where id = 0), count(*) from class_source",
                       [](const Row& row) {
                           CHECK(row.integer(0) == 0);
                           CHECK(row.integer(1) == 2);
                       })
                .ok());
    REQUIRE_FALSE(made.undo_last());
    CHECK(made.dump() == before);
    made.stop();
    MadeClasses again{directory, 2};
    CHECK(again.dump() == before);
    REQUIRE_FALSE(again.undo_last(2));
    CHECK(again.world.objects.living(object_id(1))->of->title == "thing");
}

TEST_CASE("made classes: what the disk did not get has not happened, code and thing alike",
          "[world][restart]") {
    const TemporaryDirectory directory;
    const TemporaryDirectory copy;
    MadeClasses made{directory};
    Object& thing = made.make("thing");
    REQUIRE(made.put("thing_1", bell(1), thing.id).empty());
    made.durable();
    const std::string durable = made.dump();
    REQUIRE(made.put("thing_1", bell(2), thing.id).empty());
    for (const char* file : {"world.db", "world.db-wal"}) {
        if (std::filesystem::exists(directory.file(file)))
            std::filesystem::copy_file(directory.file(file), copy.file(file));
    }
    MadeClasses crashed{copy, 1};
    CHECK(crashed.dump() == durable);
    REQUIRE_FALSE(crashed.undo_last());
    CHECK(crashed.world.objects.living(thing.id)->of->title == "thing");
}

TEST_CASE("made classes: chains of them end somewhere, and nothing is half done", "[world][library]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    const auto name = [](std::size_t n) { return "link" + std::to_string(n); };
    constexpr std::size_t most = script::ClassStore::max_made_chain;
    REQUIRE(made.put(name(1), bell(1)).empty());
    for (std::size_t n = 2; n <= most; ++n) REQUIRE(made.put(name(n), bell(1, name(n - 1))).empty());
    const std::string now = made.dump();
    CHECK_THAT(made.put("more", bell(1, name(most))),
               Catch::Contains("more would build on more than 15 classes"));
    CHECK_FALSE(made.world.classes.find(made.world.atoms.find("more"))->exists);
    // Nor from below.
    REQUIRE(made.put("root", bell(1)).empty());
    CHECK_THAT(made.put(name(1), bell(1, "root")),
               Catch::Contains(name(most) + " would build on more than 15 classes"));
    REQUIRE(made.forget("root").empty());
    CHECK(made.dump() == now);
}

TEST_CASE("made classes: what one holds with all that it inherits has a limit", "[world][library]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    const auto properties = [](const std::string& inherits, const std::string& prefix, int count) {
        std::string source = "inherit \"" + inherits + "\"\n";
        for (int n = 0; n < count; ++n) source += "property." + prefix + std::to_string(n) + " = 1\n";
        return source;
    };
    // Spread over several, so that each loads in a fraction of the time that it may take.
    REQUIRE(made.put("base", properties("thing", "a", 240)).empty());
    REQUIRE(made.put("middle", properties("base", "b", 240)).empty());
    REQUIRE(made.put("lower", properties("middle", "c", 240)).empty());
    REQUIRE(made.put("heir", properties("lower", "d", 240)).empty());
    CHECK(made.put("base", properties("thing", "a", 280)) ==
          "heir would have 1002 properties, methods and verbs with what it inherits: 1000 is the most");
    CHECK(made.put("heir", properties("lower", "d", 279)) ==
          "heir would have 1001 properties, methods and verbs with what it inherits: 1000 is the most");
    CHECK(made.put("heir", properties("lower", "d", 278)).empty());
    CHECK(made.world.classes.find(made.world.atoms.find("heir"))->find(made.world.atoms.find("d277")) !=
          nullptr);
}

TEST_CASE("made classes: an owner has so many, and so much source", "[world][library]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    const std::string large =
        bell(1) + "-- " + std::string(script::ClassStore::max_made_bytes - 100, 'x') + "\n";
    int count = 0;
    std::string fault;
    for (; fault.empty() && count < 100; ++count) fault = made.put("large" + std::to_string(count), large);
    CHECK(count == 65);
    CHECK(fault == "the classes of ann have 4 MiB of source already: forget some");
    CHECK(made.library.put({"large", large, "bob"}, made.origin("edit")).empty());
    for (int n = 0; n < 64; ++n) REQUIRE(made.forget("large" + std::to_string(n)).empty());
    for (int n = 0; n < 500; ++n) REQUIRE(made.put("small" + std::to_string(n), bell(1)).empty());
    CHECK(made.put("small", bell(1)) == "ann has made 500 classes already: forget some");
    CHECK(made.put("small7", bell(2)).empty());
}

TEST_CASE("made classes: the time that a reload takes is its owner's", "[world][library]") {
    const TemporaryDirectory directory;
    MadeClasses made{directory};
    made.clock.per_look = std::chrono::milliseconds{300};
    REQUIRE(made.put("bell", bell(1)).empty());
    made.clock.per_look = {};
    CHECK(made.world.owner_limits.wait_for("ann").count() > 0);
    CHECK(made.world.owner_limits.wait_for("bob").count() == 0);
}
