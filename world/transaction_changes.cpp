// How each kind of change is made, journalled and undone. Every public function here has the same four steps:
// note how to undo it, write the journal, change, mark with the open batch.

#include "world/transaction.hpp"

#include <algorithm>
#include <cassert>

namespace gyre::world {

namespace {

using List = std::vector<Value>;

List::iterator place_in(Container& list, const Value& index) {
    return list.list.begin() + static_cast<std::ptrdiff_t>(index.integer());
}

Value index_value(std::size_t index) { return static_cast<std::int64_t>(index); }

/// Nobody owns a replaced container any more, but the undo log may still give it back.
void detach(Value& value) {
    if (value.tag() != Value::Tag::container) return;
    value.container().parent = nullptr;
    value.container().owner = ObjectId::nothing;
}

/// The key under which a container hangs in its parent.
Value key_of(const Container& child) {
    const Container& parent = *child.parent;
    const auto is_child = [&child](const Value& value) {
        return value.tag() == Value::Tag::container && &value.container() == &child;
    };
    const auto entry = std::find_if(parent.list.begin(), parent.list.end(), is_child);
    if (entry != parent.list.end()) return index_value(static_cast<std::size_t>(entry - parent.list.begin()));
    const auto pair = std::find_if(parent.map.begin(), parent.map.end(),
                                   [&](const Container::Pair& each) { return is_child(each.value); });
    assert(pair != parent.map.end());
    return pair->key;
}

void put_path(std::string& out, const Container& container) {
    if (container.parent == nullptr) return;
    put_path(out, *container.parent);
    put_value(out, key_of(container));
}

}  // namespace

bool Transaction::has_set(ObjectId object, Atom property) const {
    return std::any_of(undo_.begin(), undo_.end(), [&](const Undo& change) {
        return change.kind == Undo::Kind::property && change.object == object && change.property == property;
    });
}

Transaction::Undo& Transaction::note(Undo::Kind kind, Keep keep) {
    assert(active_);
    Undo& change = undo_.emplace_back();
    change.kind = kind;
    change.keep = keep;
    change.journal_size = journal_.size();
    if (keep == Keep::transient) ++transients_;
    return change;
}

Transaction::Undo& Transaction::note_entry(Undo::Kind kind, Container& container, Value key) {
    const Container& root = container.root();
    assert(root.owner != ObjectId::nothing);
    Undo& change = note(kind, root.transient ? Keep::transient : Keep::stored);
    change.container = Ref<Container>{&container};
    change.key = std::move(key);
    change.changed_in = container.changed_in;
    if (change.keep == Keep::stored) container.changed_in = ledger_.open_number();
    return change;
}

void Transaction::write_journal(Op op, const Container& container, const Value& key, const Value* before,
                                const Value* after) {
    static const Value nil;
    const Container& root = container.root();
    if (root.transient) return;
    put_place(journal_, root.owner, atoms_.stored(root.property),
              static_cast<std::size_t>(container.depth() - 1));
    put_path(journal_, container);
    put_op(journal_, op, &key);
    put_value(journal_, before != nullptr ? *before : nil);
    put_value(journal_, after != nullptr ? *after : nil);
    ++journal_changes_;
}

/// The value becomes that property's.
void Transaction::own(Value& value, Object& object, Atom property, Keep keep) {
    if (value.tag() != Value::Tag::container) return;
    Container& root = value.container();
    root.parent = nullptr;
    root.owner = object.id;
    root.property = property;
    root.transient = keep == Keep::transient;
    root.adopt_children();
    if (keep == Keep::stored) root.mark_tree(ledger_.open_number());
}

/// The value becomes an entry of `parent`.
void Transaction::hang(Value& value, Container& parent, Keep keep) {
    if (value.tag() != Value::Tag::container) return;
    Container& child = value.container();
    child.parent = &parent;
    child.adopt_children();
    if (keep == Keep::stored) child.mark_tree(ledger_.open_number());
}

void Transaction::set(Object& object, Atom property, Value value) {
    write(object, property, std::move(value), Keep::stored);
}

void Transaction::set_transient(Object& object, Atom property, Value value) {
    write(object, property, std::move(value), Keep::transient);
}

void Transaction::write(Object& object, Atom property, Value value, Keep keep) {
    Undo& change = note(Undo::Kind::property, keep);
    change.object = object.id;
    change.property = property;
    Property* place = object.find(property);
    change.existed = place != nullptr;
    if (place == nullptr) {
        place = &object.properties.emplace_back();
        place->name = property;
    }
    change.changed_in = place->changed_in;
    if (keep == Keep::stored) {
        put_place(journal_, object.id, atoms_.stored(property), 0);
        put_op(journal_, Op::set, nullptr);
        put_value(journal_, place->value);
        put_value(journal_, value);
        ++journal_changes_;
        place->changed_in = ledger_.open_number();
    }
    detach(place->value);
    change.before = std::exchange(place->value, std::move(value));
    own(place->value, object, property, keep);
    if (is_own_field(property)) {
        assert(keep == Keep::stored);
        mark_own_fields(object, property, place->value, change);
        follow(object, property, place->value);
    }
}

void Transaction::list_set(Container& list, std::size_t index, Value value) {
    assert(index < list.list.size());
    Undo& change = note_entry(Undo::Kind::list_set, list, index_value(index));
    Value& place = list.list[index];
    write_journal(Op::set, list, change.key, &place, &value);
    detach(place);
    change.before = std::exchange(place, std::move(value));
    hang(place, list, change.keep);
}

void Transaction::list_insert(Container& list, std::size_t index, Value value) {
    assert(list.kind != Container::Kind::map && index <= list.list.size());
    Undo& change = note_entry(Undo::Kind::list_insert, list, index_value(index));
    write_journal(Op::insert, list, change.key, nullptr, &value);
    list.kind = Container::Kind::list;
    hang(*list.list.insert(place_in(list, change.key), std::move(value)), list, change.keep);
}

void Transaction::list_remove(Container& list, std::size_t index) {
    assert(index < list.list.size());
    Undo& change = note_entry(Undo::Kind::list_remove, list, index_value(index));
    const auto place = place_in(list, change.key);
    write_journal(Op::remove, list, change.key, &*place, nullptr);
    detach(*place);
    change.before = std::move(*place);
    list.list.erase(place);
    list.forget_kind_if_empty();
}

void Transaction::map_set(Container& map, const Value& key, Value value) {
    assert(map.kind != Container::Kind::list);
    auto place = map.lower_bound(key);
    const bool existed = place != map.map.end() && !Value::key_less(key, place->key);
    if (!existed && value.is_nil()) return;
    Undo& change = note_entry(Undo::Kind::map_set, map, key);
    change.existed = existed;
    write_journal(value.is_nil() ? Op::remove : Op::set, map, key, existed ? &place->value : nullptr, &value);
    if (!existed) {
        map.kind = Container::Kind::map;
        place = map.map.insert(place, {key, Value{}});
    }
    detach(place->value);
    change.before = std::move(place->value);
    if (value.is_nil()) {
        map.map.erase(place);
        map.forget_kind_if_empty();
    } else {
        place->value = std::move(value);
        hang(place->value, map, change.keep);
    }
}

Object& Transaction::create(Class& of, ObjectId owner) {
    assert(number(objects_.next_id()) < Objects::limit);
    Object& object = objects_.slot(objects_.next_id());
    objects_.set_next_id(object_id(number(object.id) + 1));
    set(object, atom(atoms::class_), of.title);
    if (owner != ObjectId::nothing) set(object, atom(atoms::owner), owner);
    set(object, atom(atoms::created_at), unix_seconds(clock_.wall()));
    return object;
}

void Transaction::destroy(Object& object) {
    if (object.location != ObjectId::nothing) set(object, atom(atoms::location), {});
    set(object, atom(atoms::destroyed_at), unix_seconds(clock_.wall()));
}

void Transaction::undo_back_to(std::size_t size) {
    for (; undo_.size() > size; undo_.pop_back()) undo(undo_.back());
}

void Transaction::undo(Undo& change) {
    if (change.keep == Keep::transient) --transients_;
    if (journal_.size() > change.journal_size) {
        journal_.resize(change.journal_size);
        --journal_changes_;
    }
    const auto put_back = [&change] {
        if (change.before.tag() == Value::Tag::container)
            change.before.container().parent = change.container.get();
        return std::move(change.before);
    };
    switch (change.kind) {
        case Undo::Kind::property:
            undo_property(change);
            break;
        case Undo::Kind::list_set:
            *place_in(*change.container, change.key) = put_back();
            break;
        case Undo::Kind::list_insert:
            change.container->list.erase(place_in(*change.container, change.key));
            change.container->forget_kind_if_empty();
            break;
        case Undo::Kind::list_remove:
            change.container->kind = Container::Kind::list;
            change.container->list.insert(place_in(*change.container, change.key), put_back());
            break;
        case Undo::Kind::map_set:
            undo_map(change);
            break;
        case Undo::Kind::native:
        case Undo::Kind::derived:
            change.restore();
            break;
    }
    if (change.container) change.container->changed_in = change.changed_in;
}

void Transaction::undo_property(Undo& change) {
    Object& object = objects_.slot(change.object);
    Property* const place = object.find(change.property);
    if (change.before.tag() == Value::Tag::container) change.before.container().owner = change.object;
    place->value = std::move(change.before);
    place->changed_in = change.changed_in;
    if (is_own_field(change.property)) {
        unmark_own_fields(object, change);
        follow(object, change.property, place->value);
    }
    // Whatever was added later is gone already, so it is the last.
    if (!change.existed) object.properties.pop_back();
}

void Transaction::undo_map(Undo& change) {
    Container& map = *change.container;
    auto place = map.find(change.key);
    if (!change.existed) {
        map.map.erase(place);
        map.forget_kind_if_empty();
        return;
    }
    if (place == map.map.end()) {
        map.kind = Container::Kind::map;
        place = map.map.insert(map.lower_bound(change.key), {change.key, Value{}});
    }
    if (change.before.tag() == Value::Tag::container) change.before.container().parent = &map;
    place->value = std::move(change.before);
}

}  // namespace gyre::world
