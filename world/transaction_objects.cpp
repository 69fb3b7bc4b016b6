// What repeats a property elsewhere: an object's own fields, and the contents of places. All of it is derived
// from the stored values by follow(), after a change, after its undoing and while loading, so that these
// three cannot disagree. Only the marks differ: a change sets them, its undoing brings back the old ones, and
// what was loaded is durable and has none.

#include "world/transaction.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace gyre::world {

namespace {

ObjectId object_in(const Value& value) {
    return value.tag() == Value::Tag::object ? value.object() : ObjectId::nothing;
}

void add_sorted(std::vector<ObjectId>& ids, ObjectId id) {
    if (ids.empty() || ids.back() < id) {
        ids.push_back(id);
    } else {
        ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
    }
}

void remove_sorted(std::vector<ObjectId>& ids, ObjectId id) {
    const auto place = std::lower_bound(ids.begin(), ids.end(), id);
    if (place != ids.end() && *place == id) ids.erase(place);
}

}  // namespace

/// Null for no place, and for a number that damaged data might hold.
Contents* Transaction::inside(ObjectId place) {
    if (place == ObjectId::nothing || number(place) >= Objects::limit) return nullptr;
    Object& object = objects_.slot(place);
    if (!object.contents) object.contents = std::make_unique<Contents>();
    return object.contents.get();
}

void Transaction::mark_own_fields(Object& object, Atom property, const Value& value, Undo& change) {
    const BatchNumber batch = ledger_.open_number();
    if (property == atom(atoms::location)) {
        Contents* const from = inside(object.location);
        Contents* const to = inside(object_in(value));
        change.also_changed_in = {from != nullptr ? from->changed_in : 0, to != nullptr ? to->changed_in : 0};
        if (from != nullptr) from->changed_in = batch;
        if (to != nullptr) to->changed_in = batch;
    } else if (property != atom(atoms::owner)) {
        change.also_changed_in[0] = object.existence_changed_in;
        object.existence_changed_in = batch;
    }
}

/// The value is the old one again, the object's fields are not yet.
void Transaction::unmark_own_fields(Object& object, const Undo& change) {
    if (change.property == atom(atoms::location)) {
        const ObjectId old_place = object_in(object.find(change.property)->value);
        if (Contents* const from = inside(old_place)) from->changed_in = change.also_changed_in[0];
        if (Contents* const to = inside(object.location)) to->changed_in = change.also_changed_in[1];
    } else if (change.property != atom(atoms::owner)) {
        object.existence_changed_in = change.also_changed_in[0];
    }
}

void Transaction::follow(Object& object, Atom property, const Value& value) {
    if (property == atom(atoms::location)) {
        follow_location(object, object_in(value));
        if (object_index != nullptr) object_index->location_followed(object);
    } else if (property == atom(atoms::owner)) {
        object.owner = object_in(value);
        if (object_index != nullptr) object_index->owner_followed(object);
    } else {
        follow_class(object);
    }
}

void Transaction::follow_class(Object& object) {
    const Property* const title = object.find(atom(atoms::class_));
    const Property* const destroyed = object.find(atom(atoms::destroyed_at));
    Class* of = nullptr;
    if (title != nullptr && title->value.tag() == Value::Tag::string &&
        (destroyed == nullptr || destroyed->value.is_nil())) {
        const Atom name = atoms_.intern(title->value.string());
        if (name != Atom::none) of = &classes_.obtain(name, title->value.string());
    }
    if (object.alive() != (of != nullptr)) objects_.count_living(of != nullptr ? 1 : -1);
    const Class* const before = std::exchange(object.of, of);
    if (object_index != nullptr) object_index->class_followed(object, before);
}

void Transaction::follow_location(Object& object, ObjectId place) {
    if (place == object.location) return;
    if (Contents* const from = inside(object.location)) remove_sorted(from->ids, object.id);
    Contents* const to = inside(place);
    if (to != nullptr) add_sorted(to->ids, object.id);
    object.location = to != nullptr ? place : ObjectId::nothing;
}

void Transaction::restore(ObjectId id, Atom property, Value value) {
    assert(!active_);
    if (id == ObjectId::nothing || number(id) >= Objects::limit) return;
    Object& object = objects_.slot(id);
    if (id >= objects_.next_id()) objects_.set_next_id(object_id(number(id) + 1));
    Property* place = object.find(property);
    if (place == nullptr) {
        place = &object.properties.emplace_back();
        place->name = property;
    }
    place->value = std::move(value);
    if (place->value.tag() == Value::Tag::container) {
        Container& root = place->value.container();
        root.owner = id;
        root.property = property;
        root.adopt_children();
    }
    if (is_own_field(property)) follow(object, property, place->value);
}

namespace {

/// The entry of a container, or null if there is none.
Value* entry(Container& container, const Value& key) {
    if (container.kind == Container::Kind::map) {
        const auto pair = container.find(key);
        return pair != container.map.end() ? &pair->value : nullptr;
    }
    if (key.tag() != Value::Tag::integer) return nullptr;
    const auto index = static_cast<std::uint64_t>(key.integer());
    return index < container.list.size() ? &container.list[index] : nullptr;
}

/// The container that a change names; null if the data does not fit, which only damage explains.
Container* follow_path(Value& value, const std::vector<Value>& path) {
    Value* place = &value;
    for (const Value& key : path) {
        if (place->tag() != Value::Tag::container) return nullptr;
        place = entry(place->container(), key);
        if (place == nullptr) return nullptr;
    }
    return place->tag() == Value::Tag::container ? &place->container() : nullptr;
}

void insert(Container& list, const Value& key, Value value) {
    if (list.kind == Container::Kind::map || key.tag() != Value::Tag::integer) return;
    const auto index = static_cast<std::uint64_t>(key.integer());
    if (index > list.list.size()) return;
    list.kind = Container::Kind::list;
    list.list.insert(list.list.begin() + static_cast<std::ptrdiff_t>(index), std::move(value));
}

void remove(Container& container, const Value& key) {
    if (entry(container, key) == nullptr) return;
    if (container.kind == Container::Kind::map) {
        container.map.erase(container.find(key));
    } else {
        container.list.erase(container.list.begin() + static_cast<std::ptrdiff_t>(key.integer()));
    }
}

/// In a list the entry is there; a map or an empty container gets a pair.
void set_entry(Container& container, const Value& key, Value value) {
    if (Value* const place = entry(container, key)) {
        *place = std::move(value);
    } else if (container.kind != Container::Kind::list) {
        container.kind = Container::Kind::map;
        container.map.insert(container.lower_bound(key), {key, std::move(value)});
    }
}

}  // namespace

void Transaction::restore(const Change& change) {
    Value after = ByteReader{change.after}.value();
    const Atom name = atoms_.loaded(change.property);
    if (name == Atom::none) return;
    if (!change.key) {
        restore(change.object, name, std::move(after));
        return;
    }
    Object* const object = objects_.find(change.object);
    Property* const property = object != nullptr ? object->find(name) : nullptr;
    Container* const container = property != nullptr ? follow_path(property->value, change.path) : nullptr;
    if (container == nullptr) return;
    switch (change.op) {
        case Op::set:
            set_entry(*container, *change.key, std::move(after));
            break;
        case Op::insert:
            insert(*container, *change.key, std::move(after));
            break;
        case Op::remove:
            remove(*container, *change.key);
            break;
    }
    container->adopt_children();
}

}  // namespace gyre::world
