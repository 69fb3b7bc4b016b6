#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace gyre {

/// Counts values (of any unit; nanoseconds as a rule) in buckets that widen with the value: 32 for each power
/// of two, so what comes out is at most 1/32 too high. Adding takes a few instructions and no memory. 15 KiB.
class Histogram {
  public:
    void add(std::uint64_t value) {
        ++counts_[bucket_of(value)];
        ++total_;
        sum_ += value;
        max_ = std::max(max_, value);
    }

    /// The smallest value that at least `share` (0..1) of all values do not exceed, rounded up to its
    /// bucket's end; never more than max(). 0 when empty.
    [[nodiscard]] std::uint64_t quantile(double share) const {
        const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(total_) + 0.999'999);
        std::uint64_t seen = 0;
        for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
            seen += counts_[bucket];
            if (seen > 0 && seen >= wanted) return std::min(end_of(bucket), max_);
        }
        return max_;
    }
    [[nodiscard]] std::uint64_t p50() const { return quantile(0.5); }
    [[nodiscard]] std::uint64_t p99() const { return quantile(0.99); }
    [[nodiscard]] std::uint64_t p999() const { return quantile(0.999); }
    /// Exact; 0 when empty.
    [[nodiscard]] std::uint64_t max() const { return max_; }
    [[nodiscard]] std::uint64_t count() const { return total_; }
    [[nodiscard]] std::uint64_t sum() const { return sum_; }

    void merge(const Histogram& other) {
        for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket)
            counts_[bucket] += other.counts_[bucket];
        total_ += other.total_;
        sum_ += other.sum_;
        max_ = std::max(max_, other.max_);
    }
    void clear() { *this = Histogram{}; }

  private:
    static constexpr unsigned fine_bits = 5;
    static constexpr std::uint64_t fine = 1U << fine_bits;
    /// Values below 2 * fine have a bucket each; every further power of two has `fine`.
    static constexpr std::size_t buckets = (64 - fine_bits + 1) * fine;

    static std::size_t bucket_of(std::uint64_t value) {
        if (value < fine) return value;
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - fine_bits - 1;
        return (shift + 1) * fine + ((value >> shift) - fine);
    }
    /// The largest value in `bucket`.
    static std::uint64_t end_of(std::size_t bucket) {
        if (bucket < fine) return bucket;
        const std::size_t shift = bucket / fine - 1;
        const std::uint64_t start = (bucket % fine + fine) << shift;
        return start + ((std::uint64_t{1} << shift) - 1);
    }

    std::array<std::uint64_t, buckets> counts_{};
    std::uint64_t total_ = 0;
    std::uint64_t sum_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace gyre
