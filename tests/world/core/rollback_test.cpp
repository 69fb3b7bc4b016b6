// Random transactions over everything that a transaction can change. After each rollback, whole or to a
// savepoint, the world must look exactly as before, marks included; and what the journal says, replayed into
// a fresh world, must give the same world.

#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <utility>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

constexpr std::array<Names::Space, 2> spaces{Names::Space::character, Names::Space::singleton};
constexpr std::array<const char*, 4> people{"alice", "bob", "carol", "dave"};
constexpr std::array<const char*, 3> titles{"thing", "room", "lamp"};

enum class Marks { shown, hidden };

/// A world with a native table, which can be written down as text.
class RandomWorld : public CoreWorld {
  public:
    explicit RandomWorld(std::uint64_t seed) : dice_(seed) {
        for (const char* name : {"fuel", "bag", "mood", "notes"}) stored_.push_back(atoms.intern(name));
        for (const char* name : {"visits", "fight"}) transient_.push_back(atoms.intern(name));
    }

    /// One call, which ends one way or the other.
    void call() {
        const std::string before = dump(Marks::shown);
        const ObjectId next = objects.next_id();
        hold_handles();
        begin();
        steps(1 + dice_.roll(8), 0);
        if (dice_.one_in(3)) {
            transaction.rollback();
            compare(before, dump(Marks::shown));
            CHECK(objects.next_id() == next);
            check_handles();
        } else {
            transaction.commit();
        }
        if (dice_.one_in(5)) ledger.seal();
        if (dice_.one_in(5) && !sealed.empty()) ledger.committed(sealed.back().number);
    }

    [[nodiscard]] std::string dump(Marks marks);
    /// Fields and indexes that repeat properties say the same as those.
    void check_consistency();
    void compare(const std::string& expected, const std::string& found) {
        if (expected == found) return;
        ++mismatches;
        if (mismatches == 1) CHECK(expected == found);
    }

    std::map<std::string, std::int64_t> table;
    int mismatches = 0;
    int rollbacks = 0;

  private:
    void steps(std::size_t count, int depth) {
        while (count-- > 0) {
            if (depth < 3 && dice_.one_in(6)) {
                nested(depth);
            } else {
                step();
            }
        }
    }
    /// What `pcall` does.
    void nested(int depth) {
        const std::string before = dump(Marks::shown);
        const Transaction::Savepoint savepoint = transaction.savepoint();
        steps(1 + dice_.roll(5), depth + 1);
        if (dice_.one_in(2)) return;
        transaction.rollback_to(savepoint);
        ++rollbacks;
        compare(before, dump(Marks::shown));
    }
    void step();
    void change_container(Container& container);
    void change_list(Container& list);
    void change_native();
    void change_name();
    void move_somewhere(Object& thing);
    Object& any_object();
    Object* any_living();
    Container* any_container();
    Value any_value(int depth);
    Value any_key();
    void dump_object(std::string& out, Object& object, Marks marks);
    void dump_container(std::string& out, const Container& container, Marks marks);
    void dump_names(std::string& out);
    void hold_handles();
    void check_handles();

    struct Held {
        std::uint64_t handle;
        std::string content;
        ObjectId owner;
        Atom property;
    };
    Dice dice_;
    Transaction probe_{objects, classes, atoms, ledger, clock};  ///< Reads marks while a call runs.
    std::vector<Atom> stored_;
    std::vector<Atom> transient_;
    std::vector<Held> held_;
};

Object& RandomWorld::any_object() {
    return objects.slot(object_id(1 + dice_.roll(number(objects.next_id()) - 1)));
}

Object* RandomWorld::any_living() {
    if (objects.next_id() == object_id(1)) return nullptr;
    for (int tries = 0; tries < 8; ++tries) {
        Object& object = any_object();
        if (object.alive()) return &object;
    }
    return nullptr;
}

Value RandomWorld::any_key() {
    switch (dice_.roll(3)) {
        case 0:
            return static_cast<std::int64_t>(dice_.roll(5));
        case 1:
            return std::string(1, static_cast<char>('a' + dice_.roll(5)));
        default:
            return object_id(1 + dice_.roll(5));
    }
}

Value RandomWorld::any_value(int depth) {
    switch (dice_.roll(depth > 0 ? 10 : 6)) {
        case 0:
            return dice_.one_in(2);
        case 1:
            return static_cast<std::int64_t>(dice_.roll(1000)) - 500;
        case 2:
            return static_cast<double>(dice_.roll(1000)) / 8;
        case 3:
            return std::string(dice_.roll(20), 's');
        case 4:
            return object_id(1 + dice_.roll(20));
        case 5:
            return {};
        case 6:
            return make_ref<Container>();
        case 7:
        case 8: {
            std::vector<Value> values(dice_.roll(4));
            for (Value& value : values) value = any_value(depth - 1);
            return list_of(std::move(values));
        }
        default: {
            Ref<Container> map = map_of({});
            for (std::size_t pairs = dice_.roll(4); pairs > 0; --pairs) {
                const Value key = any_key();
                Value value = any_value(depth - 1);
                const auto place = map->lower_bound(key);
                if (!value.is_nil() && map->find(key) == map->map.end())
                    map->map.insert(place, {key, std::move(value)});
            }
            map->kind = Container::Kind::map;
            map->adopt_children();
            return map;
        }
    }
}

/// A table that hangs from a property, at any depth; null if the dice find none.
Container* RandomWorld::any_container() {
    Object* const object = any_living();
    if (object == nullptr) return nullptr;
    const Atom name = dice_.one_in(4) ? dice_.pick(transient_) : dice_.pick(stored_);
    Property* const property = object->find(name);
    if (property == nullptr || property->value.tag() != Value::Tag::container) return nullptr;
    Container* container = &property->value.container();
    while (container->size() > 0 && !dice_.one_in(3)) {
        Value& child = container->kind == Container::Kind::map ? dice_.pick(container->map).value
                                                               : dice_.pick(container->list);
        if (child.tag() != Value::Tag::container) break;
        container = &child.container();
    }
    return container;
}

void RandomWorld::change_list(Container& list) {
    const std::size_t size = list.list.size();
    switch (size == 0 ? 0 : dice_.roll(3)) {
        case 0:
            transaction.list_insert(list, dice_.roll(size + 1), any_value(2));
            break;
        case 1:
            transaction.list_set(list, dice_.roll(size), any_value(2));
            break;
        default:
            transaction.list_remove(list, dice_.roll(size));
            break;
    }
}

void RandomWorld::change_container(Container& container) {
    const bool as_list = container.kind == Container::Kind::list ||
                         (container.kind == Container::Kind::empty && dice_.one_in(2));
    if (as_list) {
        change_list(container);
    } else if (container.size() > 0 && dice_.one_in(3)) {
        transaction.map_set(container, dice_.pick(container.map).key, {});
    } else {
        transaction.map_set(container, any_key(), any_value(2));
    }
}

void RandomWorld::change_native() {
    const std::string row(1, static_cast<char>('a' + dice_.roll(4)));
    const auto value = static_cast<std::int64_t>(dice_.roll(100));
    const auto known = table.find(row);
    const bool existed = known != table.end();
    const std::int64_t before = existed ? known->second : 0;
    table[row] = value;
    transaction.native({"put", {row, value}}, [this, row, existed, before] {
        if (existed) {
            table[row] = before;
        } else {
            table.erase(row);
        }
    });
}

void RandomWorld::change_name() {
    const Names::Space space = dice_.pick(spaces);
    const char* const name = dice_.pick(people);
    if (dice_.one_in(3)) {
        names.remove(space, name, transaction);
    } else {
        names.add(space, name, object_id(1 + dice_.roll(20)), transaction);
    }
}

void RandomWorld::move_somewhere(Object& thing) {
    Object* const place = any_living();
    const Value where = dice_.one_in(5) || place == nullptr ? Value{} : Value{place->id};
    transaction.set(thing, atom(atoms::location), where);
}

void RandomWorld::step() {
    Object* const object = any_living();
    if (object == nullptr || dice_.one_in(10)) {
        transaction.create(class_named(dice_.pick(titles)), dice_.one_in(2) ? object_id(1) : object_id(0));
        return;
    }
    switch (dice_.roll(14)) {
        case 0:
        case 1:
        case 2:
            transaction.set(*object, dice_.pick(stored_), any_value(3));
            break;
        case 3:
            transaction.set_transient(*object, dice_.pick(transient_), any_value(2));
            break;
        case 4:
        case 5:
            move_somewhere(*object);
            break;
        case 6:
            change_name();
            break;
        case 7:
            change_native();
            break;
        case 8:
            transaction.set(*object, atom(atoms::class_), dice_.pick(titles));
            break;
        case 9:
            if (dice_.one_in(3)) transaction.destroy(*object);
            break;
        default:
            if (Container* const container = any_container()) change_container(*container);
    }
}

void RandomWorld::hold_handles() {
    held_.clear();
    for (int tries = 0; tries < 3; ++tries) {
        Container* const container = any_container();
        if (container == nullptr) continue;
        std::string content;
        dump_container(content, *container, Marks::shown);
        const Container& root = container->root();
        held_.push_back(
            {Handles::instance().handle(*container), std::move(content), root.owner, root.property});
    }
}

void RandomWorld::check_handles() {
    for (const Held& held : held_) {
        const Container* const container = Handles::instance().find(held.handle);
        REQUIRE(container != nullptr);
        CHECK(container->root().owner == held.owner);
        CHECK(container->root().property == held.property);
        std::string content;
        dump_container(content, *container, Marks::shown);
        CHECK(content == held.content);
    }
}

void put_mark(std::string& out, BatchNumber batch, Marks marks) {
    if (marks == Marks::shown) out += '@' + std::to_string(batch);
}

void RandomWorld::dump_container(std::string& out, const Container& container, Marks marks) {
    const auto put = [&](const Value& value) {
        if (value.tag() == Value::Tag::container) {
            CHECK(value.container().parent == &container);
            dump_container(out, value.container(), marks);
        } else {
            put_value(out, value);
        }
    };
    constexpr std::array<char, 3> brackets{'e', 'l', 'm'};
    out += brackets.at(static_cast<std::size_t>(container.kind));
    put_mark(out, container.changed_in, marks);
    for (const Value& value : container.list) put(value);
    for (const Container::Pair& pair : container.map) {
        put(pair.key);
        put(pair.value);
    }
    out += ';';
}

void RandomWorld::dump_object(std::string& out, Object& object, Marks marks) {
    out += '#' + std::to_string(number(object.id)) + ' ' + (object.alive() ? object.of->title : "-");
    out += " o" + std::to_string(number(object.owner)) + " l" + std::to_string(number(object.location));
    put_mark(out, object.existence_changed_in, marks);
    std::map<Atom, const Property*> sorted;
    for (const Property& property : object.properties) sorted[property.name] = &property;
    for (const auto& [name, property] : sorted) {
        const bool is_transient = std::find(transient_.begin(), transient_.end(), name) != transient_.end();
        if (marks == Marks::hidden && is_transient) continue;
        out += "\n  " + atoms.name(name) + '=';
        put_mark(out, property->changed_in, marks);
        if (property->value.tag() == Value::Tag::container) {
            const Container& root = property->value.container();
            CHECK((root.parent == nullptr && root.owner == object.id && root.property == name));
            CHECK((marks == Marks::hidden || root.transient == is_transient));
            dump_container(out, root, marks);
        } else {
            put_value(out, property->value);
        }
    }
    if (object.contents != nullptr) {
        const bool is_marked = marks == Marks::shown && object.contents->changed_in > 0;
        if (is_marked || !object.contents->ids.empty()) {
            out += "\n  inside";
            put_mark(out, object.contents->changed_in, marks);
        }
        for (const ObjectId id : object.contents->ids) out += ' ' + std::to_string(number(id));
    }
    out += '\n';
}

void RandomWorld::dump_names(std::string& out) {
    for (const Names::Space space : spaces) {
        for (const char* name : {"alice", "bob", "carol", "dave", "nobodyever"}) {
            probe_.begin({});
            out += std::to_string(number(names.find(space, name, probe_)));
            put_mark(out, probe_.read_from(), Marks::shown);
            out += ' ';
            probe_.rollback();
        }
    }
}

std::string RandomWorld::dump(Marks marks) {
    std::string out;
    for (ObjectId id = object_id(1); id < objects.next_id(); id = object_id(number(id) + 1)) {
        Object& object = objects.slot(id);
        // A creation that was undone leaves an empty slot, which is as good as none.
        if (!object.properties.empty()) dump_object(out, object, marks);
    }
    out += "living " + std::to_string(objects.living_count()) + '\n';
    if (marks == Marks::shown) dump_names(out);
    for (const auto& [row, value] : table) out += row + std::to_string(value) + ' ';
    return out;
}

void RandomWorld::check_consistency() {
    std::size_t living = 0;
    std::map<ObjectId, std::vector<ObjectId>> inside;
    objects.each([&](const Object&) { ++living; });
    CHECK(living == objects.living_count());
    for (ObjectId id = object_id(1); id < objects.next_id(); id = object_id(number(id) + 1)) {
        const Object& object = objects.slot(id);
        if (object.location != ObjectId::nothing) inside[object.location].push_back(id);
        CHECK((object.contents == nullptr || object.properties.size() > 0 || object.contents->ids.empty()));
    }
    for (ObjectId id = object_id(1); id < objects.next_id(); id = object_id(number(id) + 1)) {
        const Object& place = objects.slot(id);
        CHECK(inside[id] == (place.contents ? place.contents->ids : std::vector<ObjectId>{}));
    }
}

/// What the store does with the statements of a batch.
void apply(const std::vector<Statement>& statements, std::map<std::string, std::int64_t>& table) {
    for (const Statement& statement : statements)
        table[std::get<std::string>(statement.parameters[0])] =
            std::get<std::int64_t>(statement.parameters[1]);
}

}  // namespace

TEST_CASE("transaction: 20,000 random ones roll back to exactly what was, and replay to exactly what is",
          "[world][transaction][property]") {
    constexpr std::uint64_t worlds = 200;
    constexpr int calls = 100;
    int mismatches = 0;
    int rollbacks = 0;
    for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
        INFO("seed " << seed);
        RandomWorld world{seed};
        for (int call = 0; call < calls; ++call) world.call();
        world.check_consistency();
        world.make_durable();

        RandomWorld replayed{0};
        replayed.replay(world.sealed);
        for (const Batch& batch : world.sealed) apply(batch.statements, replayed.table);
        replayed.objects.set_next_id(world.objects.next_id());
        replayed.check_consistency();
        world.compare(world.dump(Marks::hidden), replayed.dump(Marks::hidden));
        mismatches += world.mismatches;
        rollbacks += world.rollbacks;
    }
    CHECK(mismatches == 0);
    CHECK(rollbacks > 10'000);
}
