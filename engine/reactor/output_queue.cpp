#include "engine/reactor/output_queue.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace gyre::reactor {

// One string for all that waits, instead of a list of pieces: nearly always it is filled and emptied within
// one turn, and then it is one allocation and one send, however many pieces a call wrote.

void OutputQueue::append(std::string_view bytes, BatchNumber needs) {
    if (bytes.empty()) return;
    if (bytes_.capacity() < first_capacity) bytes_.reserve(std::max(first_capacity, bytes.size()));
    bytes_ += bytes;
    if (marks_.empty() && needs == 0) {
        released_ = bytes_.size();
        return;
    }
    // Bytes that need nothing, behind bytes that need a batch, wait for that batch too.
    if (marks_.empty() || needs > marks_.back().needs) marks_.push_back({needs, 0});
    marks_.back().end = bytes_.size();
}

void OutputQueue::clear() {
    std::string{}.swap(bytes_);
    std::vector<PlacedBarrier>{}.swap(barriers_);
    std::vector<Mark>{}.swap(marks_);
    sent_ = released_ = 0;
}

void OutputQueue::append(Barrier barrier) { barriers_.push_back({bytes_.size(), barrier}); }

std::size_t OutputQueue::release(BatchNumber durable) {
    const std::size_t before = released_;
    const auto waits = [durable](const Mark& mark) { return mark.needs > durable; };
    const auto first = std::find_if(marks_.begin(), marks_.end(), waits);
    if (first == marks_.begin()) return 0;
    released_ = std::prev(first)->end;
    marks_.erase(marks_.begin(), first);
    if (marks_.empty()) std::vector<Mark>{}.swap(marks_);
    return released_ - before;
}

void OutputQueue::drop_held() {
    bytes_.resize(released_);
    marks_.clear();
    const auto is_gone = [this](const PlacedBarrier& barrier) { return barrier.place > released_; };
    barriers_.erase(std::remove_if(barriers_.begin(), barriers_.end(), is_gone), barriers_.end());
}

std::string_view OutputQueue::sendable() const {
    const std::size_t end = barriers_.empty() ? released_ : std::min(released_, barriers_.front().place);
    return {bytes_.data() + sent_, end - sent_};
}

void OutputQueue::sent(std::size_t count) {
    assert(count <= released_ - sent_);
    sent_ += count;
    if (sent_ < bytes_.size() && sent_ < bytes_.size() / 2) return;
    // Forget what is gone: all of it, or (so that moving stays cheap) at least half.
    if (sent_ == bytes_.size()) {
        std::string{}.swap(bytes_);  // Assigning an empty string would keep the memory.
    } else {
        bytes_.erase(0, sent_);
    }
    released_ -= sent_;
    for (Mark& mark : marks_) mark.end -= std::min(mark.end, sent_);
    for (PlacedBarrier& barrier : barriers_) barrier.place -= sent_;
    sent_ = 0;
}

std::optional<OutputQueue::Barrier> OutputQueue::reached() const {
    if (barriers_.empty() || barriers_.front().place != sent_) return std::nullopt;
    return barriers_.front().kind;
}

bool OutputQueue::has(Barrier barrier) const {
    return std::any_of(barriers_.begin(), barriers_.end(),
                       [barrier](const PlacedBarrier& each) { return each.kind == barrier; });
}

void OutputQueue::pass_barrier() {
    assert(reached());
    barriers_.erase(barriers_.begin());
    if (barriers_.empty()) std::vector<PlacedBarrier>{}.swap(barriers_);
}

}  // namespace gyre::reactor
