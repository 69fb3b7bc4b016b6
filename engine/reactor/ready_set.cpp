#include "engine/reactor/ready_set.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <system_error>
#include <utility>

namespace gyre::reactor {

// Asio arms the wait for each read anew, with a system call: 4.5 % of what a `look` costs, and its operations
// and queues cost as much again. Here a connection is added to epoll once in its life, and one wait of Asio's
// is for all of them. A key carries a generation, so that a change fetched for a connection that has been
// closed since (perhaps by the one told before it) finds nobody, whoever has its slot now.

namespace {

constexpr std::uint32_t every_change = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

std::uint64_t packed(ReadySet::Key key) { return std::uint64_t{key.generation} << 32U | key.slot; }

ReadySet::Key unpacked(std::uint64_t bits) {
    return {static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32U)};
}

Readiness readiness_of(std::uint32_t events) {
    const bool over = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    const bool writable = (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
    return {over || (events & EPOLLIN) != 0, writable, over, (events & EPOLLERR) != 0};
}

}  // namespace

ReadySet::ReadySet() : descriptor_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
}

ReadySet::~ReadySet() {
    // A watcher may forget itself while it goes.
    const std::vector<Slot> slots = std::exchange(slots_, {});
    ::close(descriptor_);
}

std::optional<ReadySet::Key> ReadySet::watch(int descriptor, std::shared_ptr<Watcher> watcher) {
    if (free_slots_.empty()) {
        free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t index = free_slots_.back();
    Slot& slot = slots_[index];
    const Key key{index, slot.generation};
    epoll_event event{};
    event.events = every_change;
    event.data.u64 = packed(key);
    if (::epoll_ctl(descriptor_, EPOLL_CTL_ADD, descriptor, &event) != 0) return std::nullopt;
    free_slots_.pop_back();
    slot.watcher = std::move(watcher);
    return key;
}

std::shared_ptr<Watcher> ReadySet::forget(Key key, int descriptor) {
    if (key.slot >= slots_.size() || slots_[key.slot].generation != key.generation) return nullptr;
    ::epoll_ctl(descriptor_, EPOLL_CTL_DEL, descriptor, nullptr);
    Slot& slot = slots_[key.slot];
    ++slot.generation;
    free_slots_.push_back(key.slot);
    return std::move(slot.watcher);
}

void ReadySet::fetch() {
    if (fetched_.size() - next_ >= most_fetched) return;
    fetched_.erase(fetched_.begin(), fetched_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
    std::array<epoll_event, most_fetched> events;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled.
    const int count = ::epoll_wait(descriptor_, events.data(), static_cast<int>(events.size()), 0);
    for (int index = 0; index < count; ++index) {
        const epoll_event& event = events[static_cast<std::size_t>(index)];
        fetched_.push_back({unpacked(event.data.u64), readiness_of(event.events)});
    }
    for (const Key key : recalled_) fetched_.push_back({key, Readiness{.readable = true}});
    recalled_.clear();
}

bool ReadySet::call_next() {
    if (next_ == fetched_.size()) return false;
    const Change change = fetched_[next_++];
    const Slot& slot = slots_[change.key.slot];
    if (slot.generation != change.key.generation) return true;
    const std::shared_ptr<Watcher> watcher = slot.watcher;  // It may forget itself.
    watcher->became_ready(change.readiness);
    return true;
}

}  // namespace gyre::reactor
