#include "tests/world/core/core_world.hpp"
#include "world/text/text.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("value: copies of a string share its bytes", "[world][value]") {
    const Value name{"a brass lamp"};
    const Value copy = name;
    CHECK(copy.string() == "a brass lamp");
    CHECK(copy.string().data() == name.string().data());
    CHECK(Value{""}.string().empty());
    CHECK(Value{std::string_view{"a\0b", 3}}.string().size() == 3);
}

TEST_CASE("value: copying a container copies all of it, moving none", "[world][value]") {
    Value original{list_of({1, list_of({2, 3})})};
    const Value copy = original;
    CHECK(copy == original);
    CHECK(&copy.container() != &original.container());
    Container& inner = copy.container().list[1].container();
    CHECK(inner.parent == &copy.container());
    CHECK(&inner != &original.container().list[1].container());

    Container* const before = &original.container();
    const Value moved = std::move(original);
    CHECK(&moved.container() == before);
}

TEST_CASE("value: null references are nil", "[world][value]") {
    CHECK(Value{Ref<Text>{}}.is_nil());
    CHECK(Value{Ref<Container>{}}.is_nil());
}

TEST_CASE("value: assigning part of a value to the whole is safe", "[world][value]") {
    Value tree{list_of({list_of({"leaf"})})};
    tree = Value{tree.container().list[0]};
    CHECK(tree == Value{list_of({"leaf"})});
}

TEST_CASE("value: integers and numbers are equal when their values are", "[world][value]") {
    CHECK(Value{3} == Value{3.0});
    CHECK(Value{3} != Value{3.5});
    CHECK(Value{3} != Value{"3"});
    CHECK(Value{true} != Value{1});
    // 2^53 + 1 has no double; comparing as doubles would call it equal to 2^53.
    CHECK(Value{std::int64_t{9007199254740993}} != Value{9007199254740992.0});
    CHECK(Value{std::numeric_limits<std::int64_t>::max()} != Value{9223372036854775808.0});
    CHECK(Value{std::numeric_limits<std::int64_t>::min()} == Value{-9223372036854775808.0});
    CHECK(Value{0} != Value{std::nan("")});
}

TEST_CASE("value: lists and maps are equal entry by entry", "[world][value]") {
    const Value map{map_of({{"b", 2}, {"a", 1}})};
    CHECK(map == Value{map_of({{"a", 1}, {"b", 2.0}})});
    CHECK(map != Value{map_of({{"a", 1}})});
    CHECK(Value{list_of({1, 2})} != Value{list_of({2, 1})});
    CHECK(Value{make_ref<Container>()} == Value{list_of({})});
}

TEST_CASE("value: texts are equal when their pieces are", "[world][value]") {
    const auto text_of = [](std::string_view data, int count) {
        Ref<Text> text = make_ref<Text>();
        Text::Piece piece;
        piece.data = data;
        piece.arguments.push_back({"count", count});
        text->pieces.push_back(std::move(piece));
        return text;
    };
    CHECK(Value{text_of("rain", 1)} == Value{text_of("rain", 1)});
    CHECK(Value{text_of("rain", 1)} != Value{text_of("snow", 1)});
    CHECK(Value{text_of("rain", 1)} != Value{text_of("rain", 2)});
}

TEST_CASE("value: keys have a total order over their types", "[world][value]") {
    const double infinity = std::numeric_limits<double>::infinity();
    const std::vector<Value> ordered{Value{},
                                     false,
                                     true,
                                     std::nan(""),
                                     -infinity,
                                     std::numeric_limits<std::int64_t>::min(),
                                     -1.5,
                                     -1,
                                     0,
                                     0.5,
                                     std::int64_t{9007199254740992},
                                     std::int64_t{9007199254740993},
                                     std::numeric_limits<std::int64_t>::max(),
                                     infinity,
                                     "",
                                     "a",
                                     "ab",
                                     "b",
                                     object_id(1),
                                     object_id(300)};
    for (std::size_t left = 0; left < ordered.size(); ++left) {
        for (std::size_t right = 0; right < ordered.size(); ++right) {
            INFO(left << " < " << right);
            CHECK(Value::key_less(ordered[left], ordered[right]) == (left < right));
        }
    }
    CHECK_FALSE(Value::key_less(2, 2.0));
    CHECK_FALSE(Value::key_less(2.0, 2));
}

TEST_CASE("value: types have names for people", "[world][value]") {
    CHECK(tag_name(Value{}.tag()) == "nil");
    CHECK(tag_name(Value{1.5}.tag()) == "number");
    CHECK(tag_name(Value{make_ref<Container>()}.tag()) == "table");
}
