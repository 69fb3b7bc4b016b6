#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace gyre {

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to make `from` into
/// `to`. Bytes count as letters; takes time and memory proportional to the product of the lengths.
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate that is closest to `word`, the first of several: for "did you mean". Empty without
/// candidates.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace gyre
