#pragma once

#include "engine/base/result.hpp"

#include <string>

namespace gyre::world {

/// Makes the new file `to` a sound copy of the world `from`, which may be in use, durable except for its
/// name. What is left after an error is for the caller to remove.
Status copy_and_verify(const std::string& from, const std::string& to);

}  // namespace gyre::world
