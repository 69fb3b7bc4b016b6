#include "tests/world/evening.hpp"
#include "world/watchers.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

/// A session that counts what changed around it, and keeps the notes of what it is told.
class Watcher final : public Ear {
  public:
    void told(const text::Tree& tree, BatchNumber needs) override {
        Ear::told(tree, needs);
        if (!tree.note) return;
        notes.push_back(tree.note->subject + "/" + tree.note->talker + "/" + tree.text);
        note_marks.push_back(needs);
    }
    void surroundings_changed() override { ++changes; }
    /// How often since the last time.
    unsigned changed() { return std::exchange(changes, 0U); }
    unsigned changes = 0;
    std::vector<std::string> notes;
    std::vector<BatchNumber> note_marks;
};

struct Square {
    Square() {
        alice = town.player("alice", eyes);
        bob = town.player("bob", bobs);
        town.residents.watch(alice, eyes, Native::Watching::on);
        settle();
    }
    void settle() {
        town.settle();
        eyes.changed();
    }
    Outcome bob_types(const std::string& line) { return town.types(bob, line); }
    [[nodiscard]] View view() { return town.residents.view_of(alice); }
    bool shows(const std::vector<View::Thing>& things, std::string_view name) {
        return std::ranges::any_of(things, [name](const auto& thing) { return thing.name == name; });
    }

    TownWorld town{"town"};
    Watcher eyes;
    Ear bobs;
    ObjectId alice = ObjectId::nothing;
    ObjectId bob = ObjectId::nothing;
};

}  // namespace

TEST_CASE("view: the room, its ways, who is there and what one has", "[world][view]") {
    Square square;
    const View view = square.view();
    CHECK(view.name == "Alice");
    CHECK(view.role == "player");
    CHECK(view.vitals == "{}");
    CHECK(view.is_room);
    CHECK(view.is_outdoors);
    CHECK_FALSE(view.place_name.empty());
    CHECK(view.area == square.town.world.name);
    CHECK(view.ways.size() > 1);
    CHECK(square.shows(view.here, "Bob"));
    CHECK_FALSE(square.shows(view.here, "Alice"));
}

TEST_CASE("view: rests on what it shows, and holds no more than may be", "[world][view]") {
    Square square;
    square.town.commit();
    CHECK(square.view().needs == 0);
    const ObjectId room = square.view().place;
    square.town.world.transaction.begin({});
    Class* thing = square.town.world.classes.find(square.town.world.atoms.find("thing"));
    for (std::size_t count = 0; count < View::max_things + 50; ++count) {
        Object& made = square.town.world.transaction.create(*thing, ObjectId::nothing);
        square.town.world.transaction.set(made, atom(atoms::location), Value{room});
    }
    const BatchNumber batch = square.town.world.transaction.commit();
    const View view = square.view();
    CHECK(view.needs == batch);
    CHECK(view.here.size() == View::max_things);
}

TEST_CASE("view: what lies in a container is seen where it is, and not under a lid", "[world][view]") {
    Square square;
    Transaction& transaction = square.town.world.transaction;
    const auto make = [&](std::string_view name, ObjectId place) -> Object& {
        Class* made_of = square.town.world.classes.find(square.town.world.atoms.find(name));
        Object& made = transaction.create(*made_of, ObjectId::nothing);
        transaction.set(made, atom(atoms::location), Value{place});
        return made;
    };
    const auto seen = [&square](ObjectId place) {
        return square.town.residents.contents_of(square.alice, place).things.size();
    };
    const ObjectId room = square.view().place;
    transaction.begin({});
    Object& box = make("container", room);
    const ObjectId ring = make("thing", box.id).id;
    Object& veiled = make("thing", box.id);
    transaction.set(veiled, atom(atoms::hidden), Value{true});
    make("thing", square.bob);
    const BatchNumber batch = transaction.commit();
    const ContentsView contents = square.town.residents.contents_of(square.alice, box.id);
    CHECK(contents.needs == batch);
    REQUIRE(contents.things.size() == 1);
    CHECK(contents.things.front().id == ring);
    // Neither a room, nor somebody's pockets, nor what there is not.
    CHECK(seen(room) == 0);
    CHECK(seen(square.bob) == 0);
    CHECK(seen(ring) == 0);
    CHECK(seen(object_id(999'999)) == 0);
    transaction.begin({});
    transaction.set(box, atom(atoms::is_open), Value{false});
    transaction.commit();
    CHECK(seen(box.id) == 0);
}

TEST_CASE("view: a player who is gone sees nothing", "[world][view]") {
    Square square;
    const View view = square.town.residents.view_of(object_id(999'999));
    CHECK(view.place == ObjectId::nothing);
    CHECK(view.here.empty());
    CHECK(view.name.empty());
}

TEST_CASE("watchers: what changes around somebody is told once, and what does not is not", "[world][view]") {
    Square square;
    SECTION("somebody comes or goes") {
        const std::string way = square.view().ways.front().direction;
        square.bob_types("go " + way);
        CHECK(square.eyes.changed() == 1);
        CHECK_FALSE(square.shows(square.view().here, "Bob"));
        square.bob_types("say hello");
        CHECK(square.eyes.changed() == 0);
    }
    SECTION("looking changes nothing") {
        square.bob_types("look");
        CHECK(square.eyes.changed() == 0);
    }
    SECTION("a call that is rolled back changes nothing") {
        square.town.world.transaction.begin({});
        square.town.world.transaction.set(*square.town.world.objects.find(square.bob), atom(atoms::hidden),
                                          Value{true});
        square.town.world.transaction.rollback();
        square.town.settle();
        CHECK(square.eyes.changed() == 0);
    }
    SECTION("somebody is hidden") {
        square.town.world.transaction.begin({});
        square.town.world.transaction.set(*square.town.world.objects.find(square.bob), atom(atoms::hidden),
                                          Value{true});
        square.town.world.transaction.commit();
        square.town.settle();
        CHECK(square.eyes.changed() == 1);
        CHECK_FALSE(square.shows(square.view().here, "Bob"));
    }
    SECTION("more than is noted") {
        square.town.world.transaction.begin({});
        for (std::size_t count = 0; count < Watchers::max_changed + 10; ++count) {
            Class* thing = square.town.world.classes.find(square.town.world.atoms.find("thing"));
            square.town.world.transaction.create(*thing, ObjectId::nothing);
        }
        square.town.world.transaction.commit();
        square.town.settle();
        CHECK(square.eyes.changed() == 1);
    }
}

TEST_CASE("watchers: nobody is told who does not watch", "[world][view]") {
    Square square;
    const std::string way = square.view().ways.front().direction;
    SECTION("any more") { square.town.residents.watch(square.alice, square.eyes, Native::Watching::off); }
    SECTION("since the session ended") { square.town.residents.detach(square.alice, square.eyes, "quit"); }
    SECTION("since the session was ended") { square.town.residents.boot(square.alice, "enough"); }
    CHECK_FALSE(square.town.world.transaction.object_changed);
    square.settle();
    square.bob_types("go " + way);
    CHECK(square.eyes.changed() == 0);
}

TEST_CASE("notes: a line of a channel says who said it where", "[world][view][channel]") {
    Square square;
    square.town.types(square.alice, "join public");
    square.bob_types("chat well met");
    REQUIRE(square.eyes.notes.size() == 1);
    CHECK(square.eyes.notes.front() == "public/Bob/[public] Bob: well met");
    CHECK(square.eyes.note_marks.front() > 0);
    const ChannelView channels = square.town.residents.channels_of(square.alice);
    CHECK(channels.list.find("\"name\":\"public\"") != std::string::npos);
    CHECK(channels.people.find("Bob") != std::string::npos);
    square.town.types(square.alice, "ignore bob");
    square.bob_types("chat are you there");
    CHECK(square.eyes.notes.size() == 1);
}

TEST_CASE("notes: a way that is none", "[world][view]") {
    Square square;
    const Outcome outcome = square.town.types(square.alice, "go up");
    REQUIRE(outcome.text);
    REQUIRE(outcome.text->note);
    CHECK(outcome.text->note->kind == text::Note::Kind::wrong_way);
    CHECK(outcome.text->note->subject == "up");
}
