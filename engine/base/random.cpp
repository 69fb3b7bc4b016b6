#include "engine/base/random.hpp"

#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace gyre {
namespace {

/// The generator that xoshiro's authors give for spreading one word over a state.
std::uint64_t next_of_splitmix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

std::uint64_t system_word() {
    std::uint64_t word = 0;
    std::memcpy(&word, system_random(sizeof word).data(), sizeof word);
    return word;
}

}  // namespace

std::string system_random(std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t filled = 0; filled < count;) {
        const ssize_t got = getrandom(bytes.data() + filled, count - filled, 0);
        if (got > 0) {
            filled += static_cast<std::size_t>(got);
        } else if (errno != EINTR) {
            std::abort();  // A server that guesses its keys is worse than none.
        }
    }
    return bytes;
}

Random::Random() : Random(system_word()) {}

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) word = next_of_splitmix(seed);
}

Random::result_type Random::operator()() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

// A plain remainder would favour small numbers; what falls short of a whole round of `bound` is drawn again.
std::uint64_t Random::below(std::uint64_t bound) {
    assert(bound > 0);
    const std::uint64_t short_round = (0 - bound) % bound;  // 2^64 mod bound
    while (true) {
        const std::uint64_t drawn = (*this)();
        if (drawn >= short_round) return drawn % bound;
    }
}

}  // namespace gyre
