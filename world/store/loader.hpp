#pragma once

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "world/journal.hpp"

#include <cstdint>
#include <string_view>

namespace gyre::world {

class Database;
class Folder;

/// Takes a stored world, in the order of these functions. Views are valid during the call only. One that
/// returns false finds the bytes damaged, and loading ends with that error.
class Loader {
  public:
    virtual ~Loader() = default;
    virtual void next_id(ObjectId next) = 0;
    virtual void atom(StoredAtom number, std::string_view name) = 0;
    /// Ascending ids. `data`, for a ByteReader: StoredAtom and value of each property, to the end.
    [[nodiscard]] virtual bool object(ObjectId id, std::string_view data) = 0;
    /// What is newer than those, oldest first.
    [[nodiscard]] virtual bool change(const Change& change) = 0;
};

/// Shows `loader` everything that is stored. The folder has recovered.
Status load_world(Database& database, const Folder& folder, Loader& loader);

}  // namespace gyre::world
