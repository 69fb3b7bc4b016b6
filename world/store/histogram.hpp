#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace gyre::world {

/// Counts durations, 8 steps to each doubling: a quantile is at most 13 % too low.
class Histogram {
  public:
    void add(std::chrono::nanoseconds duration) {
        const auto value = static_cast<std::uint64_t>(duration.count() < 8 ? 8 : duration.count());
        const auto doublings = static_cast<unsigned>(std::bit_width(value)) - 4;
        ++steps_[(doublings << 3) + ((value >> doublings) & 7)];
        ++count_;
        if (value > longest_) longest_ = value;
    }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] double longest_ms() const { return static_cast<double>(longest_) * 1e-6; }
    /// `part` of all durations are not longer than this: 0.5 is the median.
    [[nodiscard]] double quantile_ms(double part) const {
        const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(count_));
        std::uint64_t seen = 0;
        for (std::size_t index = 0; index < steps_.size(); ++index) {
            seen += steps_[index];
            if (seen > wanted) return static_cast<double>((8 | (index & 7)) << (index >> 3)) * 1e-6;
        }
        return longest_ms();
    }

  private:
    std::array<std::uint64_t, std::size_t{61} * 8> steps_{};
    std::uint64_t count_ = 0;
    std::uint64_t longest_ = 0;
};

}  // namespace gyre::world
