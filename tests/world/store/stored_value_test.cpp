#include "world/store/stored_value.hpp"

#include "tests/world/store/support.hpp"

using namespace gyre;
using namespace gyre::test;

namespace {

std::string changed(std::string_view before, Op op, const Value& key, std::string_view after,
                    const std::vector<Value>& path = {}) {
    auto value = StoredValue::decode(before);
    REQUIRE(value);
    if (!value->apply(path, op, key, after)) return "refused";
    std::string out;
    value->encode(out);
    return out;
}

const std::string c = encoded("c");

std::string map_of(const std::vector<std::pair<Value, std::string>>& pairs) {
    std::string out = "m";
    put_number(out, pairs.size());
    for (const auto& [key, value] : pairs) {
        put_value(out, key);
        out += value;
    }
    return out;
}

}  // namespace

TEST_CASE("stored value: what was decoded encodes to the same bytes", "[world][store]") {
    const std::string inner = map_of({{1, a}, {"key", encoded_list({b, encoded(2.5)})}});
    for (const std::string& bytes :
         {std::string{"z"}, std::string{"e"}, a, encoded(true), encoded_list({a, inner, c}), inner}) {
        const auto value = StoredValue::decode(bytes);
        REQUIRE(value);
        std::string out;
        value->encode(out);
        CHECK(out == bytes);
    }
}

TEST_CASE("stored value: lists change by position", "[world][store]") {
    const std::string list = encoded_list({a, b});
    CHECK(changed(list, Op::set, 1, c) == encoded_list({a, c}));
    CHECK(changed(list, Op::insert, 0, c) == encoded_list({c, a, b}));
    CHECK(changed(list, Op::insert, 2, c) == encoded_list({a, b, c}));
    CHECK(changed(list, Op::remove, 0, "z") == encoded_list({b}));
    CHECK(changed(encoded_list({a}), Op::remove, 0, "z") == "e");
    CHECK(changed("e", Op::insert, 0, a) == encoded_list({a}));
}

TEST_CASE("stored value: maps keep the order of their keys", "[world][store]") {
    const std::string map = map_of({{2, a}, {"m", b}, {object_id(5), c}});
    CHECK(changed(map, Op::set, 2, c) == map_of({{2, c}, {"m", b}, {object_id(5), c}}));
    CHECK(changed(map, Op::set, 1, c) == map_of({{1, c}, {2, a}, {"m", b}, {object_id(5), c}}));
    CHECK(changed(map, Op::set, "n", c) == map_of({{2, a}, {"m", b}, {"n", c}, {object_id(5), c}}));
    CHECK(changed(map, Op::remove, "m", "z") == map_of({{2, a}, {object_id(5), c}}));
    CHECK(changed(map_of({{2, a}}), Op::remove, 2, "z") == "e");
    CHECK(changed("e", Op::set, "m", b) == map_of({{"m", b}}));
}

TEST_CASE("stored value: a path leads into what is inside", "[world][store]") {
    const std::string value = map_of({{"list", encoded_list({a, encoded_list({b})})}});
    CHECK(changed(value, Op::insert, 1, c, {"list", 1}) ==
          map_of({{"list", encoded_list({a, encoded_list({b, c})})}}));
    CHECK(changed(value, Op::remove, 0, "z", {"list", 1}) == map_of({{"list", encoded_list({a, "e"})}}));
}

TEST_CASE("stored value: a change without a place is refused", "[world][store]") {
    const std::string list = encoded_list({a, b});
    CHECK(changed(list, Op::set, 2, c) == "refused");
    CHECK(changed(list, Op::insert, 3, c) == "refused");
    CHECK(changed(list, Op::insert, -1, c) == "refused");
    CHECK(changed(list, Op::remove, "key", "z") == "refused");
    CHECK(changed(list, Op::set, 0, c, {5}) == "refused");
    CHECK(changed(list, Op::set, 0, "", {}) == "refused");
    CHECK(changed(a, Op::set, 0, c) == "refused");
    CHECK(changed(a, Op::insert, 0, c) == "refused");
    CHECK(changed("e", Op::remove, 0, "z") == "refused");
    CHECK(changed(map_of({{1, a}}), Op::insert, 0, c) == "refused");
}

TEST_CASE("stored value: damaged bytes are noticed", "[world][store]") {
    for (const std::string& bytes : {std::string{}, std::string{"l"}, std::string{"l\x02z"},
                                     std::string{"m\x01z"}, std::string("m\x01x\x01yz", 6),
                                     std::string{"m\x01"
                                                 "ezz"}})
        CHECK_FALSE(StoredValue::decode(bytes));
}
