#pragma once

#include "engine/base/ids.hpp"
#include "world/native.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gyre::net {

/// The answer to `keys`.
struct KeyAnswer {
    std::string words;  ///< Lines with their ends.
    BatchNumber needs = 0;
    bool done = true;  ///< Else it was refused.
};

/// The keys that let a player in by SSH, as they are shown to their owner and changed: `list`, `add LINE`,
/// `remove NUMBER` or a fingerprint in place of the number. Nothing: `words` are none of these.
[[nodiscard]] std::optional<KeyAnswer> key_command(world::Native& native, ObjectId player,
                                                   std::string_view words);

}  // namespace gyre::net
