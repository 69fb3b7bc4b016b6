#include "engine/reactor/timers.hpp"

#include <algorithm>
#include <utility>

namespace gyre::reactor {

TimerId Timers::schedule(Clock::Steady when, std::function<void()> action) {
    const TimerId id = ++last_;
    actions_.emplace(id, std::move(action));
    heap_.push_back({when, id});
    std::push_heap(heap_.begin(), heap_.end());
    return id;
}

bool Timers::cancel(TimerId id) {
    if (actions_.erase(id) == 0) return false;
    if (heap_.size() > 2 * actions_.size() + cancelled_kept) compact();
    return true;
}

std::optional<Clock::Steady> Timers::earliest() {
    drop_cancelled_top();
    if (heap_.empty()) return std::nullopt;
    return heap_.front().when;
}

std::function<void()> Timers::take_due(Clock::Steady now) {
    drop_cancelled_top();
    if (heap_.empty() || heap_.front().when > now) return {};
    const auto due = actions_.find(heap_.front().id);
    std::function<void()> action = std::move(due->second);
    actions_.erase(due);
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
    return action;
}

void Timers::drop_cancelled_top() {
    while (!heap_.empty() && !actions_.contains(heap_.front().id)) {
        std::pop_heap(heap_.begin(), heap_.end());
        heap_.pop_back();
    }
}

void Timers::compact() {
    const auto is_cancelled = [this](const Due& due) { return !actions_.contains(due.id); };
    heap_.erase(std::remove_if(heap_.begin(), heap_.end(), is_cancelled), heap_.end());
    std::make_heap(heap_.begin(), heap_.end());
}

}  // namespace gyre::reactor
