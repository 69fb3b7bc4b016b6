#pragma once

#include "engine/base/histogram.hpp"

#include <filesystem>

namespace gyre::bench {

/// The yardstick of rows that wait for the disk: nanoseconds until 16 KiB are written over a file of 32 MiB
/// in `directory` and are durable, again and again for so many seconds with a millisecond between two. Throws
/// std::system_error.
Histogram measure_disk(const std::filesystem::path& directory, double seconds);

}  // namespace gyre::bench
