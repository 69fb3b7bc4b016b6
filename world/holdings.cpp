#include "world/holdings.hpp"

namespace gyre::world {

std::size_t Holdings::count(ObjectId owner) const {
    const auto found = counts_.find(owner);
    return found == counts_.end() ? 0 : found->second;
}

void Holdings::class_followed(const Object& object, const Class*) { owner_followed(object); }

void Holdings::owner_followed(const Object& object) {
    const ObjectId owner = object.alive() ? object.owner : ObjectId::nothing;
    const auto known = owners_.find(object.id);
    if (known != owners_.end()) {
        if (known->second == owner) return;
        if (--counts_[known->second] == 0) counts_.erase(known->second);
        owners_.erase(known);
    }
    if (owner == ObjectId::nothing) return;
    owners_.emplace(object.id, owner);
    ++counts_[owner];
}

void Holdings::location_followed(const Object&) {}
void Holdings::call_ended() {}

}  // namespace gyre::world
