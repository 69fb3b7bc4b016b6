#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace gyre {

/// `count` bytes from the system's generator, fit for keys. Ends the process if the system has none to give,
/// which Linux does only before its generator is seeded at boot.
[[nodiscard]] std::string system_random(std::size_t count);

/// xoshiro256++ (Blackman and Vigna, 2019): fast, repeatable from a seed, and predictable. For dice and
/// shuffles, never for a secret. Usable with the distributions of <random>.
class Random {
  public:
    using result_type = std::uint64_t;

    /// Seeded from the system's generator.
    Random();
    explicit Random(std::uint64_t seed);

    result_type operator()();
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    /// Every number of 0..bound-1 with the same probability. Precondition: bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);
    /// At least 0 and below 1.
    [[nodiscard]] double unit() { return static_cast<double>((*this)() >> 11U) * 0x1.0p-53; }

  private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace gyre
