#include "world/watchers.hpp"

#include "world/world.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world {

void Watchers::add(ObjectId player, Subscriber& session) {
    remove(session);
    watchers_.push_back({player, &session});
    if (!world_.transaction.object_changed)
        world_.transaction.object_changed = [this](ObjectId object, ObjectId left) { changed(object, left); };
}

void Watchers::remove(const Subscriber& session) {
    std::erase_if(watchers_, [&session](const Watcher& watcher) { return watcher.session == &session; });
    if (!watchers_.empty()) return;
    world_.transaction.object_changed = {};
    changed_.clear();
}

void Watchers::changed(ObjectId object, ObjectId left) {
    const auto note = [this](ObjectId id) {
        if (id == ObjectId::nothing || changed_.size() > max_changed) return;
        if (changed_.empty() || changed_.back() != id) changed_.push_back(id);
    };
    note(left);
    note(object);
    if (!std::exchange(scheduled_, true)) defer_([this] { tell(); });
}

void Watchers::tell() {
    scheduled_ = false;
    const bool everybody = changed_.size() > max_changed;
    std::vector<ObjectId> rooms;
    for (const ObjectId object : changed_) {
        if (everybody) break;
        add_rooms(object, rooms);
    }
    changed_.clear();
    std::sort(rooms.begin(), rooms.end());
    for (const Watcher& watcher : watchers_) {
        if (everybody || std::binary_search(rooms.begin(), rooms.end(), outermost(watcher.player)))
            watcher.session->surroundings_changed();
    }
}

/// Where it can be perceived: of an exit both of its rooms.
void Watchers::add_rooms(ObjectId object, std::vector<ObjectId>& rooms) const {
    Object* changed = world_.objects.find(object);
    if (changed == nullptr) return;
    if (changed->of != nullptr && (changed->of->kinds & Class::exit) != 0) {
        for (const std::uint32_t end : {atoms::exit_from, atoms::exit_to}) {
            const Property* room = changed->find(atom(end));
            if (room != nullptr && room->value.tag() == Value::Tag::object)
                rooms.push_back(room->value.object());
        }
    }
    rooms.push_back(outermost(object));
}

/// Unlike Perception::room_of() it is asked outside of calls, and does not count as reading.
ObjectId Watchers::outermost(ObjectId object) const {
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        const Object* at = world_.objects.find(object);
        if (at == nullptr || at->location == ObjectId::nothing) break;
        object = at->location;
    }
    return object;
}

}  // namespace gyre::world
