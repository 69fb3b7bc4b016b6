#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

struct Fixture : CoreWorld {
    Atom fuel = atoms.intern("fuel");
    Atom bag = atoms.intern("bag");
    Atom visits = atoms.intern("visits");
    Object& lamp = make("lamp");
    Object& room = make("room");
    Object& hall = make("room");
    Fixture() { make_durable(); }

    BatchNumber move(Object& thing, const Object& place) {
        begin();
        transaction.set(thing, atom(atoms::location), place.id);
        return transaction.commit();
    }
    [[nodiscard]] static std::vector<ObjectId> inside(const Object& place) {
        return place.contents ? place.contents->ids : std::vector<ObjectId>{};
    }
    Container& list_in_bag(std::vector<Value> values) {
        begin();
        transaction.set(lamp, bag, list_of(std::move(values)));
        transaction.commit();
        make_durable();
        return lamp.find(bag)->value.container();
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "transaction: a change is marked with the open batch", "[world][transaction]") {
    CHECK(transaction.active() == false);
    begin();
    CHECK(transaction.active());
    CHECK(transaction.read(lamp, fuel) == nullptr);
    CHECK(transaction.read_from() == 1);  // That the lamp is there was in the first batch.
    transaction.set(lamp, fuel, 5);
    CHECK(*transaction.read(lamp, fuel) == Value{5});
    CHECK(transaction.commit() == 2);
    CHECK(lamp.find(fuel)->changed_in == 2);
    CHECK(ledger.open().changes == 1);
}

TEST_CASE_METHOD(Fixture, "transaction: who only reads waits for what he read", "[world][transaction]") {
    begin();
    transaction.set(lamp, fuel, 5);
    transaction.commit();
    ledger.seal();
    begin();
    transaction.set(room, fuel, 6);
    transaction.commit();

    begin();
    transaction.read(lamp, fuel);
    CHECK(transaction.commit() == 2);
    begin();
    transaction.read(room, fuel);
    CHECK(transaction.rollback() == 3);
    begin();
    transaction.read(hall, fuel);
    CHECK(transaction.commit() == 0);
    ledger.committed(2);
    begin();
    transaction.read(lamp, fuel);
    CHECK(transaction.commit() == 0);
}

TEST_CASE_METHOD(Fixture, "transaction: what the event itself reveals counts as read",
                 "[world][transaction]") {
    begin();
    transaction.set(lamp, fuel, 5);
    const BatchNumber needs = transaction.commit();
    transaction.begin({.depends_on = needs});
    CHECK(transaction.read_from() == needs);
    CHECK(transaction.commit() == needs);
}

TEST_CASE_METHOD(Fixture, "transaction: a rollback leaves nothing behind", "[world][transaction]") {
    bool told = false;
    transaction.deliver_told = [&](ObjectId, const Ref<const text::Tree>&, BatchNumber) { told = true; };
    const ObjectId next = objects.next_id();
    begin();
    transaction.set(lamp, fuel, 5);
    transaction.create(class_named("lamp"), lamp.id);
    transaction.tell(lamp.id, make_ref<const text::Tree>());
    transaction.at_commit([&](BatchNumber) { told = true; });
    transaction.native({"insert", {}}, [] {});
    CHECK(transaction.rollback() == 0);
    CHECK_FALSE(told);
    CHECK(lamp.find(fuel) == nullptr);
    CHECK(objects.next_id() == next);
    CHECK(objects.living_count() == 3);
    CHECK(ledger.open().empty());
    CHECK_FALSE(transaction.active());
}

TEST_CASE_METHOD(Fixture, "transaction: a savepoint drops only what came after it", "[world][transaction]") {
    std::vector<ObjectId> told;
    std::string effects;
    transaction.deliver_told = [&](ObjectId observer, const auto&, BatchNumber) { told.push_back(observer); };
    begin();
    transaction.set(lamp, fuel, 1);
    transaction.tell(lamp.id, make_ref<const text::Tree>());
    transaction.at_commit([&](BatchNumber) { effects += 'a'; });
    transaction.native({"first", {}}, [] {});
    const auto savepoint = transaction.savepoint();
    transaction.set(lamp, fuel, 2);
    transaction.tell(room.id, make_ref<const text::Tree>());
    transaction.at_commit([&](BatchNumber) { effects += 'b'; });
    transaction.native({"second", {}}, [] {});
    transaction.rollback_to(savepoint);
    transaction.at_commit([&](BatchNumber) { effects += 'c'; });
    CHECK(*transaction.read(lamp, fuel) == Value{1});
    transaction.commit();
    CHECK(told == std::vector<ObjectId>{lamp.id});
    CHECK(effects == "ac");
    REQUIRE(ledger.open().statements.size() == 1);
    CHECK(ledger.open().statements[0].sql == "first");
    CHECK(ledger.open().changes == 1);
}

TEST_CASE_METHOD(Fixture, "transaction: a creation undone in a savepoint keeps its id until the call ends",
                 "[world][transaction]") {
    begin();
    const auto savepoint = transaction.savepoint();
    const ObjectId first = transaction.create(class_named("lamp"), {}).id;
    transaction.rollback_to(savepoint);
    CHECK(objects.living(first) == nullptr);
    CHECK(transaction.create(class_named("lamp"), {}).id != first);
    transaction.rollback();
    CHECK(objects.next_id() == first);
    CHECK(objects.find(first) == nullptr);
}

TEST_CASE_METHOD(Fixture, "transaction: lines come before effects, and effects may begin calls of their own",
                 "[world][transaction]") {
    std::string order;
    transaction.deliver_told = [&](ObjectId, const auto&, BatchNumber needs) {
        CHECK(needs == 2);
        order += 't';
    };
    begin();
    transaction.set(lamp, fuel, 1);
    transaction.at_commit([&](BatchNumber needs) {
        CHECK(needs == 2);
        order += 'e';
        begin();
        transaction.tell(room.id, make_ref<const text::Tree>());
        transaction.saw(needs);
        transaction.at_commit([&](BatchNumber) { order += 'i'; });
        transaction.commit();
    });
    transaction.at_commit([&](BatchNumber) { order += 'f'; });
    transaction.tell(lamp.id, make_ref<const text::Tree>());
    transaction.commit();
    CHECK(order == "tetif");
}

TEST_CASE_METHOD(Fixture, "transaction: what is inside a place follows location", "[world][transaction]") {
    Object& key = make("key");
    CHECK(move(key, room) == 2);
    CHECK(move(lamp, room) == 2);
    CHECK(inside(room) == std::vector<ObjectId>{lamp.id, key.id});
    CHECK(lamp.location == room.id);
    make_durable();

    move(lamp, hall);
    CHECK(inside(room) == std::vector<ObjectId>{key.id});
    CHECK(inside(hall) == std::vector<ObjectId>{lamp.id});
    begin();
    CHECK(transaction.contents(room).size() == 1);
    CHECK(transaction.read_from() == 3);  // That the lamp is missing here is news as well.
    transaction.rollback();

    begin();
    transaction.set(lamp, atom(atoms::location), {});
    CHECK(inside(hall).empty());
    transaction.set(key, atom(atoms::location), hall.id);
    transaction.rollback();
    CHECK(inside(hall) == std::vector<ObjectId>{lamp.id});
    CHECK(inside(room) == std::vector<ObjectId>{key.id});
    CHECK(key.location == room.id);
    CHECK(hall.contents->changed_in == 3);
}

TEST_CASE_METHOD(Fixture, "transaction: a new object has a class, an owner, an age and no place",
                 "[world][transaction]") {
    begin();
    Object& key = transaction.create(class_named("key"), lamp.id);
    transaction.commit();
    CHECK(key.of == &class_named("key"));
    CHECK(key.owner == lamp.id);
    CHECK(key.location == ObjectId::nothing);
    CHECK(key.find(atom(atoms::class_))->value == Value{"key"});
    CHECK(key.find(atom(atoms::created_at))->value == Value{1'700'000'000});
    CHECK(objects.living_count() == 4);
    begin();
    transaction.read(key, fuel);
    CHECK(transaction.commit() == 2);  // That it lacks fuel reveals that it is there.
}

TEST_CASE_METHOD(Fixture, "transaction: a destroyed object is out of sight but keeps its data",
                 "[world][transaction]") {
    move(lamp, room);
    begin();
    transaction.set(lamp, fuel, 5);
    transaction.destroy(lamp);
    CHECK(objects.living(lamp.id) == nullptr);
    transaction.rollback();
    CHECK(objects.living(lamp.id) == &lamp);
    CHECK(lamp.of == &class_named("lamp"));
    CHECK(inside(room) == std::vector<ObjectId>{lamp.id});

    begin();
    transaction.set(lamp, fuel, 6);
    transaction.destroy(lamp);
    transaction.commit();
    CHECK_FALSE(lamp.alive());
    CHECK(lamp.location == ObjectId::nothing);
    CHECK(inside(room).empty());
    CHECK(lamp.find(fuel)->value == Value{6});
    CHECK(lamp.find(atom(atoms::destroyed_at))->value == Value{1'700'000'000});
    CHECK(lamp.existence_changed_in == 2);
    CHECK(objects.find(lamp.id) == &lamp);
    CHECK(objects.living_count() == 2);

    begin();
    transaction.set(lamp, atom(atoms::destroyed_at), {});
    transaction.commit();
    CHECK(lamp.alive());
}

TEST_CASE_METHOD(Fixture, "transaction: a table that is set belongs to its property",
                 "[world][transaction]") {
    begin();
    transaction.set(lamp, bag, list_of({map_of({{"a", 1}})}));
    Container& root = lamp.find(bag)->value.container();
    CHECK(root.owner == lamp.id);
    CHECK(root.property == bag);
    CHECK(root.changed_in == 2);
    CHECK(root.list[0].container().parent == &root);
    CHECK(root.list[0].container().changed_in == 2);
    transaction.commit();
}

TEST_CASE_METHOD(Fixture, "transaction: only the table that changed is marked", "[world][transaction]") {
    Container& root = list_in_bag({list_of({1}), list_of({2})});
    const BatchNumber before = root.changed_in;
    begin();
    transaction.list_set(root.list[1].container(), 0, 3);
    const BatchNumber needs = transaction.commit();
    CHECK(root.list[1].container().changed_in == needs);
    CHECK(root.list[0].container().changed_in == before);
    CHECK(root.changed_in == before);
    CHECK(lamp.find(bag)->changed_in == before);
}

TEST_CASE_METHOD(Fixture, "transaction: a replaced table belongs to nobody until a rollback gives it back",
                 "[world][transaction]") {
    Container& root = list_in_bag({list_of({1})});
    Container& inner = root.list[0].container();
    const std::uint64_t handle = Handles::instance().handle(inner);
    begin();
    transaction.list_remove(root, 0);
    CHECK(inner.root().owner == ObjectId::nothing);
    CHECK(root.kind == Container::Kind::empty);
    transaction.set(lamp, bag, 5);
    CHECK(root.owner == ObjectId::nothing);
    transaction.rollback();
    CHECK(&lamp.find(bag)->value.container() == &root);
    CHECK(root.owner == lamp.id);
    CHECK(inner.parent == &root);
    CHECK(root.kind == Container::Kind::list);
    CHECK(Handles::instance().find(handle) == &inner);

    begin();
    transaction.set(lamp, bag, {});
    transaction.commit();
    CHECK(Handles::instance().find(handle) == nullptr);
}

TEST_CASE_METHOD(Fixture, "transaction: removing what is not in a map changes nothing",
                 "[world][transaction]") {
    begin();
    transaction.set(lamp, bag, map_of({{"a", 1}}));
    transaction.commit();
    make_durable();
    begin();
    transaction.map_set(lamp.find(bag)->value.container(), "b", {});
    CHECK(transaction.commit() == 0);
    CHECK(ledger.open().empty());
}

TEST_CASE_METHOD(Fixture, "transaction: a transient value is never stored and waits for what made it",
                 "[world][transaction]") {
    begin();
    transaction.set_transient(lamp, visits, 1);
    CHECK(transaction.commit() == 0);
    CHECK(lamp.find(visits)->changed_in == 0);
    CHECK(ledger.open().empty());

    begin();
    transaction.set(room, fuel, 5);
    transaction.commit();
    begin();
    transaction.set_transient(lamp, visits, *transaction.read(room, fuel));
    CHECK(transaction.commit() == 2);
    CHECK(lamp.find(visits)->changed_in == 2);
    CHECK(ledger.open().changes == 1);

    begin();
    transaction.set_transient(lamp, visits, 7);
    transaction.rollback();
    CHECK(lamp.find(visits)->value == Value{5});
    CHECK(lamp.find(visits)->changed_in == 2);
}

TEST_CASE_METHOD(Fixture, "transaction: a table in a transient property is transient too",
                 "[world][transaction]") {
    begin();
    transaction.set_transient(lamp, visits, list_of({1}));
    transaction.list_insert(lamp.find(visits)->value.container(), 1, list_of({2}));
    CHECK(transaction.commit() == 0);
    CHECK(ledger.open().empty());
    Container& root = lamp.find(visits)->value.container();
    CHECK(root.changed_in == 0);

    begin();
    transaction.set(room, fuel, 5);
    transaction.list_remove(root, 0);
    const BatchNumber needs = transaction.commit();
    CHECK(root.changed_in == needs);
    CHECK(ledger.open().changes == 1);
}

TEST_CASE_METHOD(Fixture, "transaction: native rows go along in order, and their memory is put back",
                 "[world][transaction]") {
    int row = 1;
    begin();
    row = 2;
    transaction.native({"update", {std::int64_t{2}, std::string{"two"}}}, [&row] { row = 1; });
    CHECK(transaction.commit() == 2);
    REQUIRE(ledger.open().statements.size() == 1);
    CHECK(ledger.open().native_bytes >= 3);
    begin();
    row = 3;
    transaction.native({"update", {}}, [&row] { row = 2; });
    transaction.rollback();
    CHECK(row == 2);
}

TEST_CASE_METHOD(Fixture,
                 "transaction: an index that changed without anything durable holds nothing for ever",
                 "[world][transaction]") {
    begin();
    names.add(Names::Space::character, "Alice", lamp.id, transaction);
    CHECK(transaction.commit() == 0);
    begin();
    (void)names.find(Names::Space::character, "alice", transaction);
    CHECK(transaction.read_from() == ledger.open_number());
    CHECK(transaction.commit() == 0);

    // While something is pending, the index may be derived from it.
    begin();
    transaction.set(lamp, fuel, 1);
    transaction.commit();
    ledger.seal();
    begin();
    transaction.read(lamp, fuel);
    names.add(Names::Space::character, "Bob", lamp.id, transaction);
    transaction.commit();
    begin();
    (void)names.find(Names::Space::character, "bob", transaction);
    CHECK(transaction.commit() == ledger.newest());
}

TEST_CASE_METHOD(Fixture, "transaction: each call has a cause of its own unless it continues another",
                 "[world][transaction]") {
    begin();
    const std::uint64_t first = transaction.origin().cause;
    transaction.commit();
    begin();
    CHECK(transaction.origin().cause > first);
    transaction.commit();
    transaction.begin({.cause = first});
    CHECK(transaction.origin().cause == first);
    transaction.commit();
}

TEST_CASE("transaction: loading restores objects, places and tables without marks", "[world][transaction]") {
    CoreWorld world;
    Transaction& transaction = world.transaction;
    const Atom bag = world.atoms.intern("bag");
    transaction.restore(object_id(5), atom(atoms::location), object_id(2000));
    transaction.restore(object_id(5), atom(atoms::class_), "balloon");
    transaction.restore(object_id(5), atom(atoms::owner), object_id(2000));
    transaction.restore(object_id(5), bag, list_of({list_of({1})}));
    transaction.restore(object_id(2000), atom(atoms::class_), "room");
    transaction.restore(object_id(6), atom(atoms::class_), "room");
    transaction.restore(object_id(6), atom(atoms::destroyed_at), 1);

    const Object& balloon = world.object(object_id(5));
    CHECK(balloon.of->title == "balloon");
    CHECK_FALSE(balloon.of->exists);
    CHECK(balloon.owner == object_id(2000));
    CHECK(balloon.location == object_id(2000));
    CHECK(world.object(object_id(2000)).contents->ids == std::vector<ObjectId>{object_id(5)});
    CHECK(balloon.existence_changed_in == 0);
    CHECK_FALSE(world.object(object_id(6)).alive());
    CHECK(world.objects.living_count() == 2);
    CHECK(world.objects.next_id() == object_id(2001));
    const Container& root = world.object(object_id(5)).find(bag)->value.container();
    CHECK(root.owner == object_id(5));
    CHECK(root.list[0].container().parent == &root);

    int living = 0;
    world.objects.each([&](const Object&) { ++living; });
    CHECK(living == 2);
}

TEST_CASE("transaction: a stored nil is a value, after loading too", "[world][transaction]") {
    CoreWorld world;
    Object& lamp = world.make("lamp");
    const Atom fuel = world.atoms.intern("fuel");
    world.begin();
    world.transaction.set(lamp, fuel, {});
    world.transaction.rollback();
    CHECK(lamp.find(fuel) == nullptr);  // The class's default shows again.

    world.begin();
    world.transaction.set(lamp, fuel, {});
    world.transaction.commit();
    world.make_durable();
    REQUIRE(lamp.find(fuel) != nullptr);

    CoreWorld restarted;
    restarted.atoms.intern("lamp");
    REQUIRE(restarted.atoms.intern("fuel") == fuel);
    restarted.replay(world.sealed);
    const Property* const stored = restarted.object(lamp.id).find(fuel);
    REQUIRE(stored != nullptr);
    CHECK(stored->value.is_nil());
}

TEST_CASE("transaction: loading leaves out ids that cannot be", "[world][transaction]") {
    CoreWorld world;
    world.transaction.restore(ObjectId::nothing, atom(atoms::class_), "room");
    world.transaction.restore(object_id(Objects::limit), atom(atoms::class_), "room");
    world.transaction.restore(object_id(1), atom(atoms::location), object_id(UINT64_MAX));
    CHECK(world.objects.living_count() == 0);
    CHECK(world.object(object_id(1)).location == ObjectId::nothing);
}
