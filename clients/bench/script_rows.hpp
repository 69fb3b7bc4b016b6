#pragma once

#include "clients/bench/rows.hpp"

#include <vector>

namespace gyre::bench {

// What scripts may cost others, and what builders' commands take.

/// Other rooms' `look` while all that one hostile builder's code can do goes on.
std::vector<Row> hostile(const Setting& setting);
/// 1,000,000 steps of Lua.
std::vector<Row> steps(const Setting& setting);
/// `undo` of one call that changed 10,000 properties, until it is on disk and told.
std::vector<Row> undo_10000(const Setting& setting);
/// A class with 10,000 instances whose file changed.
std::vector<Row> reload_10000(const Setting& setting);

}  // namespace gyre::bench
