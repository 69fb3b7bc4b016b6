// What `undo` takes back: random calls, taken back one by one from the last to the first, must leave the
// world as it was before each of them.

#include "world/undoing.hpp"
#include "tests/world/core/core_world.hpp"
#include "world/world.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <utility>

using namespace gyre;
using namespace gyre::world;
using gyre::world::test::Dice;
using gyre::world::test::encoded;
using gyre::world::test::list_of;
using gyre::world::test::map_of;
using gyre::world::test::StandingClock;

namespace {

/// Keeps the journal as a store would.
class Archive final : public JournalArchive {
  public:
    void add(std::string row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] Status read_back(const std::function<bool(std::string_view)>& visit) const override {
        for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
            if (!visit(*row)) break;
        }
        return done();
    }

  private:
    std::vector<std::string> rows_;
};

class Past {
  public:
    explicit Past(std::uint64_t seed) : dice(seed) {
        for (const char* name : {"fuel", "mood", "bag"}) names.push_back(world.atoms.intern(name));
        for (const char* title : {"lamp", "box", "room"}) make(title);
    }
    Object& make(const char* title, ObjectId owner = ObjectId::nothing) {
        begin("make");
        Object& made = world.transaction.create(class_named(title), owner);
        commit();
        return made;
    }
    Class& class_named(const char* title) { return world.classes.obtain(world.atoms.intern(title), title); }
    void begin(const std::string& line, std::string_view service = "telnet", std::uint64_t cause = 0) {
        Origin origin;
        origin.service = service;
        origin.actor = actor;
        origin.description = line;
        origin.cause = cause;
        world.transaction.begin(std::move(origin));
    }
    void commit() {
        world.transaction.commit();
        clock.now += std::chrono::seconds{1};
        if (ledger.seal()) ledger.committed(sealed);
    }
    std::vector<PastCall> search(HistoryQuery query) {
        query.with_changes = true;
        return search_history(archive, query).value();
    }
    std::size_t calls() { return search({.actor = actor, .limit = 1000}).size(); }
    /// Takes back the newest call but `skip`.
    std::optional<UndoObstacle> undo_last(std::size_t skip) {
        const std::vector<PastCall> found = search({.actor = actor, .skip = skip, .limit = 1});
        REQUIRE(found.size() == 1);
        const UndoRights rights{may, [](const std::string&) { return false; }};
        const auto obstacle = undo(world, {actor, "telnet", found.front(), rights});
        if (ledger.seal()) ledger.committed(sealed);
        return obstacle;
    }

    StandingClock clock;
    Archive archive;
    BatchNumber sealed = 0;
    Ledger ledger{0, [this](const Batch& batch) {
                      sealed = batch.number;
                      archive.add(batch.journal);
                  }};
    World world{ledger, clock};
    Dice dice;
    std::vector<Atom> names;
    ObjectId actor = object_id(99);
    std::function<bool(const Object&)> may = [](const Object&) { return true; };
    // --- Random calls
    void random_call(int number);
    [[nodiscard]] std::string dump() const;

  private:
    void step();
    /// Whether it is that one, or inside it.
    bool is_in(const Object& thing, const Object& place) const;
    Object& any();
    Value any_value(int depth);
    void change(Container& container);
};

Object& Past::any() {
    for (;;) {
        const ObjectId id = object_id(1 + dice.roll(number(world.objects.next_id()) - 1));
        if (Object* object = world.objects.living(id)) return *object;
    }
}

Value Past::any_value(int depth) {
    switch (dice.roll(depth > 0 ? 7 : 4)) {
        case 0:
            return dice.one_in(2);
        case 1:
            return static_cast<std::int64_t>(dice.roll(100));
        case 2:
            return std::string(1 + dice.roll(5), 's');
        case 3:
            return any().id;
        case 4:
        case 5: {
            std::vector<Value> values(1 + dice.roll(4));
            for (Value& value : values) value = any_value(depth - 1);
            return list_of(std::move(values));
        }
        default:
            return map_of({{Value{"a"}, any_value(depth - 1)}, {Value{any().id}, any_value(depth - 1)}});
    }
}

void Past::change(Container& container) {
    Transaction& transaction = world.transaction;
    if (container.kind == Container::Kind::map) {
        const bool removes = container.map.size() > 1 && dice.one_in(3);
        if (removes) return transaction.map_set(container, dice.pick(container.map).key, {});
        return transaction.map_set(container, dice.one_in(2) ? Value{"b"} : Value{any().id}, any_value(1));
    }
    const std::size_t size = container.list.size();
    switch (dice.roll(3)) {
        case 0:
            return transaction.list_insert(container, dice.roll(size + 1), any_value(1));
        case 1:
            if (size > 0) transaction.list_set(container, dice.roll(size), any_value(1));
            return;
        default:
            if (size > 0) transaction.list_remove(container, dice.roll(size));
    }
}

bool Past::is_in(const Object& thing, const Object& place) const {
    for (const Object* outer = &thing; outer != nullptr; outer = world.objects.living(outer->location)) {
        if (outer == &place) return true;
    }
    return false;
}

void Past::step() {
    Transaction& transaction = world.transaction;
    Object& object = any();
    switch (dice.roll(10)) {
        case 0:
            transaction.create(class_named("lamp"), actor);
            return;
        case 1: {
            Object& place = any();
            const bool leaves = is_in(place, object) || dice.one_in(4);
            transaction.set(object, atom(atoms::location), leaves ? Value{} : Value{place.id});
            return;
        }
        case 2:
            if (dice.one_in(3) && world.objects.living_count() > 3 && transaction.contents(object).empty())
                transaction.destroy(object);
            return;
        case 3:
        case 4:
        case 5:
            transaction.set(object, dice.pick(names), dice.one_in(6) ? Value{} : any_value(2));
            return;
        default: {
            Property* property = object.find(dice.pick(names));
            if (property == nullptr || property->value.tag() != Value::Tag::container) return;
            Container* container = &property->value.container();
            while (container->kind == Container::Kind::list && !container->list.empty() && dice.one_in(2)) {
                Value& child = dice.pick(container->list);
                if (child.tag() != Value::Tag::container) break;
                container = &child.container();
            }
            change(*container);
        }
    }
}

void Past::random_call(int number) {
    begin("call " + std::to_string(number));
    for (std::size_t steps = 1 + dice.roll(8); steps > 0; --steps) step();
    commit();
}

/// What can be told of the living; a property of nil is as good as none.
std::string Past::dump() const {
    std::string out;
    world.objects.each([&](const Object& object) {
        out += '#' + std::to_string(number(object.id)) + ' ' + object.of->title + " in " +
               std::to_string(number(object.location));
        std::map<std::string, std::string> properties;
        for (const Property& property : object.properties) {
            if (property.value.is_nil()) continue;
            properties[world.atoms.name(property.name)] = encoded(property.value);
        }
        for (const auto& [name, value] : properties) out += "\n  " + name + '=' + value;
        if (object.contents)
            for (const ObjectId id : object.contents->ids) out += " >" + std::to_string(number(id));
        out += '\n';
    });
    return out;
}

}  // namespace

TEST_CASE("undo: random calls, taken back from the last to the first, leave what was before each",
          "[world][undo][property]") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        Past past{seed};
        std::vector<std::string> before;
        std::size_t known = past.calls();
        for (int call = 0; call < 40; ++call) {
            std::string state = past.dump();
            past.random_call(call);
            if (past.calls() > known) before.push_back(std::move(state));  // Else it changed nothing.
            known = past.calls();
        }
        // Each undoing is a call too, and stands before the one that it took back.
        for (std::size_t undone = 0; !before.empty(); ++undone) {
            REQUIRE_FALSE(past.undo_last(2 * undone));
            REQUIRE(past.dump() == before.back());
            before.pop_back();
        }
    }
}

TEST_CASE("undo: an undoing can be taken back", "[world][undo]") {
    Past past{7};
    for (int call = 0; call < 20; ++call) past.random_call(call);
    past.begin("make");
    past.world.transaction.create(past.class_named("lamp"), past.actor);
    past.commit();
    const std::string after = past.dump();
    REQUIRE_FALSE(past.undo_last(0));
    CHECK(past.dump() != after);
    REQUIRE_FALSE(past.undo_last(0));
    CHECK(past.dump() == after);
}

TEST_CASE("history: an undo names the call that it took back, and one of an undo is a redo",
          "[world][history]") {
    Past past{3};
    Object& lamp = past.make("lamp");
    past.begin("set fuel");
    past.world.transaction.set(lamp, past.names[0], Value{5});
    past.commit();
    for (int number = 0; number < 3; ++number) REQUIRE_FALSE(past.undo_last(0));
    const std::vector<PastCall> calls = past.search({.actor = past.actor, .limit = 4});
    REQUIRE(calls.size() == 4);
    CHECK(calls[2].description == "undo: set fuel");
    CHECK(calls[1].description == "redo: set fuel");
    CHECK(calls[0].description == "undo: set fuel");
    for (std::size_t number = 0; number < 3; ++number) {
        CHECK(calls[number].undid == calls[number + 1].cause);
        CHECK(calls[number].redid == (number == 1));
    }
    CHECK(calls[3].undid == 0);
    const auto only = past.search({.actor = past.actor, .limit = 4, .cause = calls[2].cause});
    REQUIRE(only.size() == 1);
    CHECK(only.front().cause == calls[2].cause);
}

TEST_CASE("undo: where somebody else's things were put is left, and the rest taken back", "[world][undo]") {
    Past past{4};
    Object& room = past.make("room");
    Object& mine = past.make("lamp");
    Object& other = past.make("box");
    past.may = [&](const Object& object) { return object.id != other.id; };
    past.begin("empty");
    past.world.transaction.set(mine, atom(atoms::location), Value{room.id});
    past.world.transaction.set(other, atom(atoms::location), Value{room.id});
    past.commit();
    REQUIRE_FALSE(past.undo_last(0));
    CHECK(mine.location == ObjectId::nothing);
    CHECK(other.location == room.id);
    past.begin("take out");
    past.world.transaction.set(other, atom(atoms::location), Value{});
    past.commit();
    const auto obstacle = past.undo_last(0);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::denied);
}

TEST_CASE("undo: what has changed since stands in the way, and nothing happens", "[world][undo]") {
    Past past{1};
    Object& lamp = *past.world.objects.living(object_id(1));
    const auto set = [&](int value) {
        past.begin("set");
        past.world.transaction.set(lamp, past.names[0], Value{value});
        past.world.transaction.set(lamp, past.names[1], Value{value});
        past.commit();
    };
    set(1);
    set(2);
    past.begin("set back");
    past.world.transaction.set(lamp, past.names[0], Value{1});
    past.commit();
    const std::string now = past.dump();
    const auto obstacle = past.undo_last(2);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::changed);
    CHECK(obstacle->object == lamp.id);
    CHECK(obstacle->property == "mood");
    CHECK(past.dump() == now);
}

TEST_CASE("undo: what is not one's own, and what was filled since, stays", "[world][undo]") {
    Past past{1};
    const ObjectId box = past.make("box", past.actor).id;
    past.may = [](const Object&) { return false; };
    CHECK(past.undo_last(0)->kind == UndoObstacle::Kind::denied);
    past.may = [](const Object&) { return true; };
    past.begin("fill");
    past.world.transaction.set(*past.world.objects.living(object_id(1)), atom(atoms::location), Value{box});
    past.commit();
    CHECK(past.undo_last(1)->kind == UndoObstacle::Kind::occupied);
    CHECK(past.world.objects.living(box) != nullptr);
}

TEST_CASE("history: pieces of a call are one, and only what changed something is told", "[world][history]") {
    Past past{1};
    Object& lamp = *past.world.objects.living(object_id(1));
    past.begin("ask");
    const std::uint64_t cause = past.world.transaction.origin().cause;
    past.world.transaction.set(lamp, past.names[0], Value{1});
    past.commit();
    past.begin("look");
    past.commit();
    past.begin("other");
    past.world.transaction.set(lamp, past.names[1], Value{1});
    past.commit();
    past.begin("ask", "telnet", cause);
    past.world.transaction.set(lamp, past.names[0], Value{2});
    past.commit();
    past.begin("heard", "listener");
    past.world.transaction.set(lamp, past.names[2], Value{2});
    past.commit();
    const auto found = past.search({.actor = past.actor, .limit = 2});
    REQUIRE(found.size() == 2);
    CHECK(found[0].description == "ask");
    CHECK(found[0].changes == 2);
    CHECK(found[0].pieces.size() == 2);
    CHECK(found[1].description == "other");
    const auto of_lamp = past.search({.object = lamp.id, .limit = 10});
    REQUIRE(of_lamp.size() == 4);  // With the listener's, and the one that made it.
    CHECK(of_lamp[0].description == "heard");
    CHECK(of_lamp[1].properties.size() == 1);
    CHECK(past.search({.actor = past.actor, .skip = 1, .limit = 1}).front().description == "other");
    CHECK_FALSE(past.undo_last(0));
    CHECK(lamp.find(past.names[0])->value.is_nil());
}

TEST_CASE("undo: nobody of the world gets a name back that a player has by now", "[world][undo]") {
    Past past{1};
    past.class_named("npc").kinds = Class::person;
    Object& npc = past.make("npc");
    const auto rename = [&](const char* name) {
        past.begin("rename");
        past.world.transaction.set(npc, atom(atoms::name), Value{name});
        past.commit();
    };
    rename("Bob");
    rename("Rob");
    past.begin("destroy");
    past.world.transaction.destroy(npc);
    past.commit();
    past.begin("new", "accounts");
    past.world.names.add(Names::Space::character, "bob", object_id(1), past.world.transaction);
    past.world.names.add(Names::Space::character, "rob", object_id(1), past.world.transaction);
    past.commit();
    auto obstacle = past.undo_last(0);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::namesake);
    CHECK_FALSE(npc.alive());
    past.begin("gone", "accounts");
    past.world.names.remove(Names::Space::character, "rob", past.world.transaction);
    past.commit();
    CHECK_FALSE(past.undo_last(0));
    obstacle = past.undo_last(2);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::namesake);
}

TEST_CASE("undo: nothing goes back into what is inside it, or where nothing is", "[world][undo]") {
    Past past{1};
    Object& bag = past.make("bag");
    Object& box = past.make("box");
    const auto put = [&](Object& thing, ObjectId place) {
        past.begin("put");
        past.world.transaction.set(thing, atom(atoms::location), Value{place});
        past.commit();
    };
    put(box, bag.id);
    put(box, object_id(1));
    put(bag, box.id);
    auto obstacle = past.undo_last(1);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::inside);
    put(bag, object_id(1));
    past.begin("destroy");
    past.world.transaction.destroy(bag);
    past.commit();
    obstacle = past.undo_last(3);
    REQUIRE(obstacle);
    CHECK(obstacle->kind == UndoObstacle::Kind::no_place);
    CHECK(box.location == object_id(1));
}
