#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/ids.hpp"
#include "world/object.hpp"
#include "world/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <lua.hpp>
#include <unordered_map>

namespace gyre::world::script {

/// How much data the objects of each owner hold. Counting on every write would cost more than the write: what
/// was written is added up, and only when that could be too much are the owner's objects measured.
class StorageQuota {
  public:
    static constexpr std::size_t limit = 16U << 20;  ///< Bytes of one owner, about as stored.
    /// By so much an owner may be over the limit before he is measured again.
    static constexpr std::size_t slack = 256U << 10;
    /// An owner who is over it is measured again so often.
    static constexpr std::chrono::seconds pause{1};

    struct Use {
        bool known = false;
        bool full = false;
        std::size_t measured = 0;
        std::size_t wrote = 0;  ///< Since it was measured.
        Clock::Steady measured_at;
    };
    Use& of(ObjectId owner) { return uses_[owner]; }

  private:
    std::unordered_map<ObjectId, Use> uses_;
};

enum class Stores : std::uint8_t { property, entry };
/// Before `value` becomes a property of `object`, or an entry of a table in it: an error if its owner's
/// objects hold too much. A number in a property always fits, so that there is a way back.
void check_storage(lua_State* lua, const Object& object, const Value& value, Stores as);

}  // namespace gyre::world::script
