#pragma once

#include "clients/bench/rows.hpp"

#include <vector>

namespace gyre::bench {

// What a server needs when nobody types: memory, time to start, time to let players in.
std::vector<Row> rss(const Setting& setting);
std::vector<Row> start_empty(const Setting& setting);
std::vector<Row> start_full(const Setting& setting);
std::vector<Row> logins(const Setting& setting);

}  // namespace gyre::bench
