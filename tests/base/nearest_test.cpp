#include "engine/base/nearest.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace gyre;

TEST_CASE("nearest: one slip of the fingers is a distance of one", "[base][nearest]") {
    CHECK(edit_distance("fuel", "fuel") == 0);
    CHECK(edit_distance("feul", "fuel") == 1);   // swapped
    CHECK(edit_distance("ful", "fuel") == 1);    // left out
    CHECK(edit_distance("fuell", "fuel") == 1);  // doubled
    CHECK(edit_distance("fual", "fuel") == 1);   // another key
    CHECK(edit_distance("", "fuel") == 4);
    CHECK(edit_distance("fuel", "") == 4);
    CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("nearest: the closest candidate wins, the first of equals", "[base][nearest]") {
    constexpr std::array<std::string_view, 3> keys{"idle_minutes", "connections", "output_kib"};
    CHECK(nearest("conections", keys) == "connections");
    CHECK(nearest("output", keys) == "output_kib");
    constexpr std::array<std::string_view, 2> equals{"cat", "car"};
    CHECK(nearest("cap", equals) == "cat");
    CHECK(nearest("cap", {}).empty());
}
