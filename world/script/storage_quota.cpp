#include "world/script/storage_quota.hpp"

#include "world/held_bytes.hpp"
#include "world/script/state.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

bool takes_room(const Value& value) {
    return value.tag() == Value::Tag::string || value.tag() == Value::Tag::text ||
           value.tag() == Value::Tag::container;
}

}  // namespace

void check_storage(lua_State* lua, const Object& object, const Value& value, Stores as) {
    State& state = state_of(lua);
    if (!state.any_owned || object.owner == ObjectId::nothing) return;
    World& world = state.world;
    const std::string_view account = world.account_of(object.owner);
    if (!world.owner_limits.holds_for(account)) return;
    StorageQuota::Use& use = state.storage.of(object.owner);
    const std::size_t bytes = stored_bytes(value);
    use.wrote += bytes;
    const std::size_t room = StorageQuota::limit - std::min(StorageQuota::limit, use.measured);
    const Clock::Steady now = world.clock.steady();
    const bool is_due = !use.known || (use.full && now - use.measured_at >= StorageQuota::pause) ||
                        (!use.full && use.wrote >= std::max(room, StorageQuota::slack));
    if (is_due) {
        const std::size_t measured = bytes_held_by(world.objects, object.owner);
        use = {true, measured + bytes > StorageQuota::limit, measured, bytes, now};
    }
    if (use.full && (as == Stores::entry || takes_room(value))) {
        fail(lua, "what " + std::string{account} +
                      " owns holds 16 MiB of data, and no more fits: destroy or shorten something");
    }
}

}  // namespace gyre::world::script
