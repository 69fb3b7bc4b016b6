#include "world/script/storage_quota.hpp"

#include "world/script/state.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

constexpr std::size_t object_bytes = 64;
constexpr std::size_t value_bytes = 16;
constexpr std::size_t text_bytes = 64;

std::size_t bytes_of(const Value& value) {
    switch (value.tag()) {
        case Value::Tag::string:
            return value_bytes + value.string().size();
        case Value::Tag::text:
            return value_bytes + text_bytes;
        case Value::Tag::container: {
            std::size_t bytes = value_bytes;
            for (const Value& entry : value.container().list) bytes += bytes_of(entry);
            for (const Container::Pair& pair : value.container().map)
                bytes += bytes_of(pair.key) + bytes_of(pair.value);
            return bytes;
        }
        default:
            return value_bytes;
    }
}

bool takes_room(const Value& value) {
    return value.tag() == Value::Tag::string || value.tag() == Value::Tag::text ||
           value.tag() == Value::Tag::container;
}

std::size_t measure(const World& world, ObjectId owner) {
    std::size_t bytes = 0;
    world.objects.each([&](const Object& object) {
        if (object.owner != owner) return;
        bytes += object_bytes;
        for (const Property& property : object.properties) bytes += bytes_of(property.value);
    });
    return bytes;
}

}  // namespace

void check_storage(lua_State* lua, const Object& object, const Value& value, Stores as) {
    State& state = state_of(lua);
    if (!state.any_owned || object.owner == ObjectId::nothing) return;
    World& world = state.world;
    const std::string_view account = world.account_of(object.owner);
    if (!world.owner_limits.holds_for(account)) return;
    StorageQuota::Use& use = state.storage.of(object.owner);
    const std::size_t bytes = bytes_of(value);
    use.wrote += bytes;
    const std::size_t room = StorageQuota::limit - std::min(StorageQuota::limit, use.measured);
    const Clock::Steady now = world.clock.steady();
    const bool is_due = !use.known || (use.full && now - use.measured_at >= StorageQuota::pause) ||
                        (!use.full && use.wrote >= std::max(room, StorageQuota::slack));
    if (is_due) {
        const std::size_t measured = measure(world, object.owner);
        use = {true, measured + bytes > StorageQuota::limit, measured, bytes, now};
    }
    if (use.full && (as == Stores::entry || takes_room(value))) {
        fail(lua, "what " + std::string{account} +
                      " owns holds 16 MiB of data, and no more fits: destroy or shorten something");
    }
}

}  // namespace gyre::world::script
