#pragma once

#include "engine/base/result.hpp"

#include <cstdint>

namespace gyre::world {

/// How and when the power goes.
struct PowerCut {
    std::uint64_t seed = 1;
    /// Writes, syncs, truncations and deletions until the cut, on average; 0: only cut_power() cuts.
    std::uint64_t mean_operations = 0;
    /// What the process ends with: not a code that `gyre` has.
    int exit_code = 99;
};

/// SQLite's name for it: StoreOptions::vfs.
constexpr const char* power_vfs_name = "gyre-power";

/// For tests: a disk that loses its power. Registers with SQLite a file system that works as usual until,
/// after a random number of operations, every file becomes what a real disk may hold then, and the process
/// ends at once. Everything written before the last sync of a file is there. Of what was written since, all,
/// some sectors of 512 bytes or none are, in any order; files made since may be missing, files deleted since
/// may be back. kill -9 shows none of this: the kernel still has every write.
/// Once per process. - Errc::exists: it is installed already.
Status install_power_vfs(const PowerCut& cut);

/// Cuts the power now.
[[noreturn]] void cut_power();

}  // namespace gyre::world
