#pragma once

#include "engine/base/result.hpp"

#include <string>

namespace gyre::world {

/// The last step of a restore, which a crash may have prevented: the verified copy lies complete beside the
/// world `path`, and is put in its place. Returns the name under which the old database was kept; empty if
/// there was none, or nothing to finish. Nobody has the world open.
Result<std::string> finish_restore(const std::string& path);

/// A crash came before that step: what is at `path` may lack its newest changes.
[[nodiscard]] bool restore_is_unfinished(const std::string& path);

}  // namespace gyre::world
