// Classes are taken back last: by then their objects hold what they held under the version that comes back,
// so that it fits them without its `migrate`, and nothing is of a class that goes.

#include "world/undoing.hpp"

#include "world/exporting.hpp"
#include "world/namesakes.hpp"
#include "world/script/class_store.hpp"
#include "world/script/runtime.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world {

namespace {

/// Whether it is still what the journal says it became.
bool is_still(const Value* value, std::string_view encoded) {
    static const Value nil;
    std::string now;
    put_value(now, value != nullptr ? *value : nil);
    return now == encoded;
}

Value decoded(std::string_view encoded) { return ByteReader{encoded}.value(); }

/// The container at the end of a path of keys; null if there is none.
Container* follow(Value& root, const std::vector<Value>& path) {
    Value* place = &root;
    for (const Value& key : path) {
        if (place->tag() != Value::Tag::container) return nullptr;
        Container& container = place->container();
        if (container.kind == Container::Kind::map) {
            const auto pair = container.find(key);
            if (pair == container.map.end()) return nullptr;
            place = &pair->value;
            continue;
        }
        const bool is_index = key.tag() == Value::Tag::integer && key.integer() >= 0 &&
                              std::cmp_less(key.integer(), container.list.size());
        if (!is_index) return nullptr;
        place = &container.list[static_cast<std::size_t>(key.integer())];
    }
    return place->tag() == Value::Tag::container ? &place->container() : nullptr;
}

/// Whether a change was one of a list: of an emptied container the journal does not say what it was.
bool is_of_list(const Container& container, const Change& change) {
    switch (container.kind) {
        case Container::Kind::list:
            return true;
        case Container::Kind::map:
            return false;
        case Container::Kind::empty:
            break;
    }
    return change.op == Op::remove && change.key->tag() == Value::Tag::integer && change.key->integer() == 0;
}

/// The entry at a list's position; null behind its end.
const Value* entry_at(const Container& list, std::size_t index) {
    return index < list.list.size() ? &list.list[index] : nullptr;
}

}  // namespace

std::optional<UndoObstacle> Undoing::run(const PastCall& call) {
    for (const std::string& piece : call.pieces) {
        if (Obstacle obstacle = take_back_piece(piece)) return obstacle;
    }
    if (left_ && !has_taken_back_) return left_;
    for (const Change& change : sources_) {
        if (Obstacle obstacle = take_back_source(change)) return obstacle;
    }
    return std::nullopt;
}

Undoing::Obstacle Undoing::take_back_piece(const std::string& piece) {
    std::vector<Change> changes;
    ByteReader reader{piece};
    while (!reader.at_end()) {
        std::optional<Change> change = reader.change();
        if (!change) return UndoObstacle{Kind::damaged, ObjectId::nothing, {}};
        changes.push_back(std::move(*change));
    }
    std::ranges::reverse(changes);
    for (Change& change : changes) {
        if (change.object == ObjectId::nothing) {
            sources_.push_back(std::move(change));
        } else if (Obstacle obstacle = take_back(change)) {
            return obstacle;
        }
    }
    return std::nullopt;
}

Undoing::Obstacle Undoing::take_back_source(const Change& change) {
    script::ClassStore* store = world_.runtime->class_store;
    const bool is_source = world_.atoms.loaded(change.property) == atom(atoms::source) && change.key &&
                           change.key->tag() == Value::Tag::string;
    if (!is_source || store == nullptr) return UndoObstacle{Kind::damaged, ObjectId::nothing, {}};
    const std::string name{change.key->string()};
    const std::optional<StoredSource> before = source_in(change.before, name);
    const std::optional<StoredSource> after = source_in(change.after, name);
    if (!before && !after) return UndoObstacle{Kind::damaged, ObjectId::nothing, {}};
    const StoredSource* now = store->find(name);
    const bool may_program = rights_.may_program((after ? after : before)->owner) &&
                             (now == nullptr || rights_.may_program(now->owner));
    if (!may_program) return UndoObstacle{Kind::denied, ObjectId::nothing, {}, name};
    const bool is_same = after ? now != nullptr && now->is_like(*after) : now == nullptr;
    if (!is_same) return UndoObstacle{Kind::changed, ObjectId::nothing, {}, name};
    std::string why = store->put_back(name, before ? &*before : nullptr);
    if (!why.empty()) return UndoObstacle{Kind::code, ObjectId::nothing, {}, name, std::move(why)};
    return std::nullopt;
}

Undoing::Obstacle Undoing::take_back(const Change& change) {
    Object* object = world_.objects.find(change.object);
    const Atom name = world_.atoms.loaded(change.property);
    if (object == nullptr || name == Atom::none) return UndoObstacle{Kind::gone, change.object, {}};
    // Where somebody else's people and things were put, as out of a room that is gone, there they stay.
    if (name == atom(atoms::location) && !change.key && object->alive() && !rights_.may_change(*object)) {
        left_ = UndoObstacle{Kind::denied, object->id, {}};
        return std::nullopt;
    }
    has_taken_back_ = true;
    if (Obstacle obstacle = check(*object, name)) return obstacle;
    return change.key ? take_back_entry(*object, name, change) : take_back_property(*object, name, change);
}

/// What nobody may take back.
Undoing::Obstacle Undoing::check(const Object& object, Atom name) const {
    if (name == atom(atoms::account)) return UndoObstacle{Kind::account, object.id, {}};
    const bool is_money = object.alive() && world_.is_a(object, world_.atoms.find("coin"));
    if (is_money) return UndoObstacle{Kind::money, object.id, {}};
    if (!rights_.may_change(object)) return UndoObstacle{Kind::denied, object.id, {}};
    return std::nullopt;
}

/// Where it cannot go back to.
Undoing::Obstacle Undoing::check_place(const Object& object, const Value& place) const {
    if (place.tag() != Value::Tag::object) return std::nullopt;
    const Object* outer = world_.objects.living(place.object());
    if (outer == nullptr) return UndoObstacle{Kind::no_place, object.id, {}};
    for (int depth = 0; outer != nullptr; outer = world_.objects.living(outer->location)) {
        if (outer == &object || ++depth > Object::max_nesting)
            return UndoObstacle{Kind::inside, object.id, {}};
    }
    return std::nullopt;
}

/// Whom nobody may be called like, once it is what it was.
Undoing::Obstacle Undoing::check_name(Object& object) const {
    const bool is_person = object.alive() && object.of != nullptr && is_of_the_world(*object.of);
    if (!is_person || !is_called_like_player(world_, world_.string(object, atom(atoms::name))))
        return std::nullopt;
    return UndoObstacle{Kind::namesake, object.id, {}};
}

Value Undoing::standard_of(const Object& object, Atom name) const {
    const Value* standard = object.of == nullptr ? nullptr : object.of->standard(name);
    return standard == nullptr ? Value{} : *standard;
}

Undoing::Obstacle Undoing::take_back_property(Object& object, Atom name, const Change& change) {
    const Property* stored = object.find(name);
    UndoObstacle changed{Kind::changed, object.id, world_.atoms.name(name)};
    if (changed.property.starts_with('#')) changed.property.clear();
    if (!is_still(stored != nullptr ? &stored->value : nullptr, change.after)) return changed;
    // What an object is known by in files, it stays known by.
    if (world_.atoms.name(name) == export_id_property) return std::nullopt;
    Value before = decoded(change.before);
    const bool is_new = name == atom(atoms::class_) && before.is_nil();
    if (is_new) {
        if (!world_.transaction.contents(object).empty()) return UndoObstacle{Kind::occupied, object.id, {}};
        world_.transaction.destroy(object);
        return std::nullopt;
    }
    const bool is_of_making = name == atom(atoms::owner) || name == atom(atoms::created_at);
    if (is_of_making && before.is_nil()) return std::nullopt;
    // Without a value it had the default of its class.
    if (before.is_nil()) before = standard_of(object, name);
    if (name == atom(atoms::location)) {
        if (Obstacle obstacle = check_place(object, before)) return obstacle;
    }
    world_.transaction.set(object, name, std::move(before));
    const bool is_of_name =
        name == atom(atoms::name) || name == atom(atoms::class_) || name == atom(atoms::destroyed_at);
    return is_of_name ? check_name(object) : std::nullopt;
}

Undoing::Obstacle Undoing::take_back_entry(Object& object, Atom name, const Change& change) {
    const UndoObstacle changed{Kind::changed, object.id, world_.atoms.name(name)};
    Property* stored = object.find(name);
    Container* container = stored == nullptr ? nullptr : follow(stored->value, change.path);
    if (container == nullptr) return changed;
    return is_of_list(*container, change) ? take_back_list(*container, change, changed)
                                          : take_back_map(*container, change, changed);
}

Undoing::Obstacle Undoing::take_back_list(Container& list, const Change& change,
                                          const UndoObstacle& changed) {
    if (change.key->integer() < 0) return UndoObstacle{Kind::damaged, changed.object, {}};
    const auto index = static_cast<std::size_t>(change.key->integer());
    switch (change.op) {
        case Op::set:
            if (!is_still(entry_at(list, index), change.after)) return changed;
            world_.transaction.list_set(list, index, decoded(change.before));
            break;
        case Op::insert:
            if (!is_still(entry_at(list, index), change.after)) return changed;
            world_.transaction.list_remove(list, index);
            break;
        case Op::remove:
            if (index > list.list.size()) return changed;
            world_.transaction.list_insert(list, index, decoded(change.before));
            break;
    }
    return std::nullopt;
}

Undoing::Obstacle Undoing::take_back_map(Container& map, const Change& change, const UndoObstacle& changed) {
    if (map.kind == Container::Kind::list) return changed;
    const auto pair = map.find(*change.key);
    if (!is_still(pair != map.map.end() ? &pair->value : nullptr, change.after)) return changed;
    world_.transaction.map_set(map, *change.key, decoded(change.before));
    return std::nullopt;
}

std::optional<UndoObstacle> undo(World& world, const UndoRequest& request) {
    Origin origin;
    origin.service = request.service;
    origin.actor = request.actor;
    origin.description = undo_description(request.call);
    world.transaction.begin(std::move(origin));
    std::optional<UndoObstacle> obstacle = Undoing{world, request.rights}.run(request.call);
    if (obstacle) {
        world.transaction.rollback();
    } else {
        world.transaction.commit();
    }
    return obstacle;
}

}  // namespace gyre::world
