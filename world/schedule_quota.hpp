#pragma once

#include "engine/base/ids.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>

namespace gyre::world {

/// How many objects of one owner may run by the clock with nobody near. Those beyond the limit wait until one
/// of the others goes; the one of the lowest id is next.
class ScheduleQuota {
  public:
    /// Objects of one owner, those of the library (no owner) taken together.
    static constexpr std::size_t limit = 1'000;

    /// False: it has to wait. Asked once for each object.
    bool admit(ObjectId owner, ObjectId object);
    /// It needs its place no more. The one that takes it, if any waits.
    std::optional<ObjectId> release(ObjectId owner, ObjectId object);

  private:
    struct Owned {
        std::set<ObjectId> running;
        std::set<ObjectId> waiting;
    };
    std::map<ObjectId, Owned> owned_;
};

}  // namespace gyre::world
