#include "world/watched_rooms.hpp"

#include "world/audience.hpp"

namespace gyre::world {

ObjectId WatchedRooms::look_for(ObjectId player) {
    const Object* const object = objects_.living(player);
    const bool is_here = object != nullptr && Audience::sessions_of(*object) > 0;
    const ObjectId now = is_here ? room_of(player) : ObjectId::nothing;
    const auto known = room_of_.find(player);
    const ObjectId before = known == room_of_.end() ? ObjectId::nothing : known->second;
    if (now == before) return ObjectId::nothing;
    if (before != ObjectId::nothing && --players_in_[before] == 0) players_in_.erase(before);
    if (now == ObjectId::nothing) {
        room_of_.erase(player);
        return ObjectId::nothing;
    }
    room_of_[player] = now;
    return ++players_in_[now] == 1 ? now : ObjectId::nothing;
}

bool WatchedRooms::sees(ObjectId thing) const { return players_in_.contains(room_of(thing)); }

void WatchedRooms::clear() {
    players_in_.clear();
    room_of_.clear();
}

ObjectId WatchedRooms::room_of(ObjectId thing) const {
    ObjectId at = thing;
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        const Object* const object = objects_.living(at);
        if (object == nullptr) return ObjectId::nothing;
        if (object->location == ObjectId::nothing) {
            const bool is_nowhere = at == thing && (object->of->kinds & Class::room) == 0;
            return is_nowhere ? ObjectId::nothing : at;
        }
        at = object->location;
    }
    return ObjectId::nothing;
}

}  // namespace gyre::world
