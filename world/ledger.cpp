#include "world/ledger.hpp"

#include <algorithm>

namespace gyre::world {

// What is sealed while a commit is in flight goes to the store all the same: it begins the next commit
// without being woken. A wake-up takes the reactor's processor when others are busy, half a millisecond at
// p99.

bool Ledger::seal() {
    /// What the next batch reserves at once at most, going by the size of the last.
    constexpr std::size_t reserve_limit = 64U << 10;

    if (open_.empty()) return false;
    if (before_seal) before_seal(open_);
    if (sealed_ != durable_) {
        waiting_bytes_ += open_.bytes();
        waiting_changes_ += open_.changes;
    }
    sealed_ = open_.number;
    Batch sealed = std::exchange(open_, Batch{});
    open_.number = sealed.number + 1;
    open_.journal.reserve(std::min(sealed.journal.size(), reserve_limit));
    submit_(std::move(sealed));
    return true;
}

void Ledger::when_durable(std::function<void()> action) {
    if (newest() <= durable_) return action();
    when_durable_.emplace(newest(), std::move(action));
}

void Ledger::run_durable() {
    while (!when_durable_.empty() && when_durable_.begin()->first <= durable_) {
        const auto first = when_durable_.extract(when_durable_.begin());
        first.mapped()();
    }
}

}  // namespace gyre::world
