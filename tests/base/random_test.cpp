#include "engine/base/random.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <vector>

using namespace gyre;

TEST_CASE("random: a seed gives the published sequence", "[base][random]") {
    // Seeded by splitmix64, as its authors advise.
    Random random(42);
    CHECK(random() == 0xd0764d4f4476689fU);
    CHECK(random() == 0x519e4174576f3791U);
    CHECK(random() == 0xfbe07cfb0c24ed8cU);
}

TEST_CASE("random: equal seeds agree, others differ", "[base][random]") {
    Random one(7);
    Random two(7);
    Random three(8);
    CHECK(one() == two());
    CHECK(one() != three());
    CHECK(Random{}() != Random{}());
}

TEST_CASE("random: below() stays below and is even", "[base][random]") {
    Random random(1);
    std::array<int, 6> faces{};
    for (int throws = 0; throws < 60'000; ++throws) ++faces.at(random.below(6));
    for (const int count : faces) CHECK(std::abs(count - 10'000) < 500);
    CHECK(random.below(1) == 0);
    const std::uint64_t huge = (std::uint64_t{1} << 63U) + 1;
    for (int draws = 0; draws < 100; ++draws) CHECK(random.below(huge) < huge);
}

TEST_CASE("random: unit() is in [0, 1)", "[base][random]") {
    Random random(3);
    double sum = 0;
    for (int draws = 0; draws < 10'000; ++draws) {
        const double drawn = random.unit();
        REQUIRE(drawn >= 0.0);
        REQUIRE(drawn < 1.0);
        sum += drawn;
    }
    CHECK(sum / 10'000 == Approx(0.5).margin(0.02));
}

TEST_CASE("random: the system gives as many bytes as asked", "[base][random]") {
    CHECK(system_random(0).empty());
    CHECK(system_random(1000).size() == 1000);
    CHECK(system_random(32) != system_random(32));
}
