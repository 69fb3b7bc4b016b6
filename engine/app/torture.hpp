#pragma once

#include "world/store/store_options.hpp"

namespace gyre::app {

/// What tools/torture.py asks of the disk through the environment, for tests only:
/// - GYRE_POWER_CUT="seed=N,writes=M": after about M writes the power goes (world/store/power_vfs.hpp).
/// - GYRE_UNSYNCED=1: the database does not wait for the disk, so that losses can be seen to be found.
void apply_torture(world::StoreOptions& options);

}  // namespace gyre::app
