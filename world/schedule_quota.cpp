#include "world/schedule_quota.hpp"

namespace gyre::world {

bool ScheduleQuota::admit(ObjectId owner, ObjectId object) {
    Owned& owned = owned_[owner];
    const bool has_place = owned.running.size() < limit;
    (has_place ? owned.running : owned.waiting).insert(object);
    return has_place;
}

std::optional<ObjectId> ScheduleQuota::release(ObjectId owner, ObjectId object) {
    const auto found = owned_.find(owner);
    if (found == owned_.end()) return std::nullopt;
    Owned& owned = found->second;
    std::optional<ObjectId> next;
    if (owned.running.erase(object) == 0) {
        owned.waiting.erase(object);
    } else if (!owned.waiting.empty()) {
        next = *owned.waiting.begin();
        owned.running.insert(owned.waiting.extract(owned.waiting.begin()).value());
    }
    if (owned.running.empty()) owned_.erase(found);
    return next;
}

}  // namespace gyre::world
