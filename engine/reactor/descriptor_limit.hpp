#pragma once

#include <cstddef>

namespace gyre::reactor {

/// Raises the number of files and sockets that this process may open to the hard limit (RLIMIT_NOFILE) and
/// returns the limit that holds now.
std::size_t raise_descriptor_limit();

}  // namespace gyre::reactor
