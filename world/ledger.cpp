#include "world/ledger.hpp"

#include <algorithm>

namespace gyre::world {

void Ledger::seal() {
    /// What the next batch reserves at once at most, going by the size of the last.
    constexpr std::size_t reserve_limit = 64U << 10;

    if (in_flight_ != durable_ || open_.empty()) return;
    if (before_seal) before_seal(open_);
    in_flight_ = open_.number;
    Batch sealed = std::exchange(open_, Batch{});
    open_.number = sealed.number + 1;
    open_.journal.reserve(std::min(sealed.journal.size(), reserve_limit));
    submit_(std::move(sealed));
}

}  // namespace gyre::world
