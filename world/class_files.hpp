#pragma once

#include "world/script/runtime.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace gyre::world {

inline constexpr std::size_t max_class_file_bytes = 1U << 20;
inline constexpr std::size_t max_class_files = 10'000;

/// The class files of a directory in the order of their names; none if it does not exist. What cannot be
/// read, is too large or could have been written by anybody is added to `faults`. Hidden files, which editors
/// make, are passed over.
std::vector<script::ClassSource> read_class_files(const std::filesystem::path& directory,
                                                  std::vector<script::LoadFault>& faults);

/// Its folders that hold class files, which nobody reads.
std::vector<script::LoadFault> folders_not_read(const std::filesystem::path& directory);

}  // namespace gyre::world
