#include "engine/base/histogram.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>

using gyre::Histogram;

TEST_CASE("histogram: empty is all zero", "[base][histogram]") {
    const Histogram histogram;
    CHECK(histogram.p50() == 0);
    CHECK(histogram.max() == 0);
    CHECK(histogram.count() == 0);
}

TEST_CASE("histogram: small values are exact", "[base][histogram]") {
    Histogram histogram;
    for (std::uint64_t value = 1; value <= 50; ++value) histogram.add(value);
    CHECK(histogram.p50() == 25);
    CHECK(histogram.quantile(0) == 1);
    CHECK(histogram.quantile(1) == 50);
    CHECK(histogram.sum() == 1275);
}

TEST_CASE("histogram: a quantile is at most 1/32 above the true one and never below", "[base][histogram]") {
    Histogram histogram;
    for (std::uint64_t value = 1; value <= 100'000; ++value) histogram.add(value * 1000);
    for (const double share : {0.5, 0.9, 0.99, 0.999}) {
        const auto truth = share * 100'000'000;
        const auto found = static_cast<double>(histogram.quantile(share));
        CHECK(found >= truth);
        CHECK(found <= truth * 33 / 32);
    }
    CHECK(histogram.max() == 100'000'000);
}

TEST_CASE("histogram: every value has a bucket that holds it", "[base][histogram]") {
    for (unsigned bit = 0; bit < 64; ++bit) {
        for (const std::uint64_t value : {std::uint64_t{1} << bit, (std::uint64_t{1} << bit) - 1}) {
            Histogram histogram;
            histogram.add(value);
            histogram.add(std::numeric_limits<std::uint64_t>::max());
            CHECK(histogram.p50() >= value);
            CHECK(histogram.p50() - value <= value / 32);
        }
    }
}

TEST_CASE("histogram: merge adds, clear forgets", "[base][histogram]") {
    Histogram one;
    Histogram two;
    one.add(10);
    two.add(20);
    one.merge(two);
    CHECK(one.count() == 2);
    CHECK(one.max() == 20);
    one.clear();
    CHECK(one.count() == 0);
}
