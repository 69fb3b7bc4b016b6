#include "world/recent_lines.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world {

namespace {

bool worth_keeping(const std::string& text) {
    if (text.size() <= RecentLines::longest_view) return true;
    return text.size() <= RecentLines::longest && text.find('\n') == std::string::npos;
}

}  // namespace

void RecentLines::add(const Ref<const text::Tree>& tree, BatchNumber needs) {
    if (!worth_keeping(tree->text)) return;
    if (ring_.size() < most) {
        ring_.push_back({tree, needs});
        return;
    }
    ring_[next_] = {tree, needs};
    next_ = (next_ + 1) % most;
}

std::vector<RecentLines::Line> RecentLines::last(std::size_t count) const {
    std::vector<Line> lines;
    const std::size_t first = ring_.size() - std::min(count, ring_.size());
    for (std::size_t index = first; index < ring_.size(); ++index)
        lines.push_back(ring_[(next_ + index) % ring_.size()]);
    return lines;
}

void MissedLines::add(Line line) {
    bytes_ += line.tree->text.size();
    lines_.push_back(std::move(line));
    while (lines_.size() > most || (bytes_ > most_bytes && lines_.size() > 1)) {
        bytes_ -= lines_.front().tree->text.size();
        lines_.pop_front();
        ++dropped_;
    }
}

}  // namespace gyre::world
