#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

namespace {

std::vector<Value> samples() {
    return {Value{},
            true,
            false,
            0,
            -1,
            std::numeric_limits<std::int64_t>::max(),
            std::numeric_limits<std::int64_t>::min(),
            0.1,
            -1e300,
            "",
            "a brass lamp",
            std::string(1000, 'x'),
            object_id(1),
            object_id(std::uint64_t{1} << 47U),
            make_ref<Container>(),
            list_of({1, "two", list_of({3.0})}),
            map_of({{1, "one"}, {"two", map_of({{object_id(3), 3}})}})};
}

/// A list in a list in a list ...
std::string nested_lists(int levels) {
    std::string bytes;
    for (int level = 0; level < levels; ++level) bytes += "l\1";
    return bytes + 'z';
}

/// Reads all there is, as start-up does.
bool read_through(std::string_view row, Transaction& transaction) {
    JournalReader reader{row};
    while (reader.next_transaction()) {
        while (const auto change = reader.next()) transaction.restore(*change);
    }
    return !reader.damaged();
}

/// A row with every kind of change in it.
std::string full_row() {
    CoreWorld world;
    const Atom bag = world.atoms.intern("bag");
    const Atom fuel = world.atoms.intern("fuel");
    world.begin();
    Object& box = world.transaction.create(world.class_named("box"), object_id(7));
    world.transaction.set(box, fuel, 1.5);
    world.transaction.set(box, bag, list_of({1, map_of({{"a", 1}})}));
    Container& list = box.find(bag)->value.container();
    world.transaction.list_set(list, 0, "one");
    world.transaction.map_set(list.list[1].container(), "b", list_of({2}));
    world.transaction.map_set(list.list[1].container(), "a", {});
    world.transaction.list_insert(list, 1, object_id(3));
    world.transaction.list_remove(list, 0);
    world.transaction.commit();
    world.begin();
    world.transaction.destroy(box);
    world.transaction.commit();
    return world.ledger.open().journal;
}

}  // namespace

TEST_CASE("journal: values come back as they were", "[world][journal]") {
    for (const Value& value : samples()) {
        const std::string bytes = encoded(value) + "z";
        ByteReader reader{bytes};
        const Value back = reader.value();
        CHECK(back == value);
        CHECK(encoded(back) == encoded(value));
        CHECK(reader.value().is_nil());
        CHECK(reader.at_end());
        CHECK_FALSE(reader.damaged());

        ByteReader raw{bytes};
        CHECK(raw.raw_value() == encoded(value));
        CHECK_FALSE(raw.damaged());
    }
}

TEST_CASE("journal: numbers of every length come back", "[world][journal]") {
    for (unsigned bit = 0; bit < 64; ++bit) {
        const std::uint64_t number = std::uint64_t{1} << bit;
        std::string bytes;
        put_number(bytes, number);
        put_number(bytes, number - 1);
        put_signed(bytes, static_cast<std::int64_t>(number));
        put_signed(bytes, -static_cast<std::int64_t>(number - 1));
        ByteReader reader{bytes};
        CHECK(reader.number() == number);
        CHECK(reader.number() == number - 1);
        CHECK(reader.signed_number() == static_cast<std::int64_t>(number));
        CHECK(reader.signed_number() == -static_cast<std::int64_t>(number - 1));
        CHECK(reader.at_end());
    }
}

TEST_CASE("journal: a value cut short is damaged, never more", "[world][journal]") {
    for (const Value& value : samples()) {
        const std::string bytes = encoded(value);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            ByteReader reader{std::string_view{bytes}.substr(0, size)};
            CHECK(reader.value().is_nil());
            CHECK(reader.damaged());
            CHECK(reader.at_end());
        }
    }
}

TEST_CASE("journal: what cannot be a value is damaged", "[world][journal]") {
    const std::string over_long_number = "i" + std::string(10, '\xff');
    for (const std::string_view bytes :
         {std::string_view{"?"}, std::string_view{over_long_number}, std::string_view{"l\0", 2},
          std::string_view{"l\x7fz"}, std::string_view{"m\1zz"}, std::string_view{"s\x05hi"}}) {
        ByteReader reader{bytes};
        CHECK(reader.value().is_nil());
        CHECK(reader.damaged());
    }
}

TEST_CASE("journal: a map in another order is put in order", "[world][journal]") {
    ByteReader reader{"m\3s\1bts\1ats\1bf"};
    const Value map = reader.value();
    CHECK_FALSE(reader.damaged());
    CHECK(map == Value{map_of({{"a", true}, {"b", true}})});
}

TEST_CASE("journal: containers nest up to the limit and no further", "[world][journal]") {
    const std::string deepest = nested_lists(ByteReader::max_depth);
    ByteReader fits{deepest};
    CHECK(fits.value().container().height() == ByteReader::max_depth);
    CHECK_FALSE(fits.damaged());
    for (const int levels : {ByteReader::max_depth + 1, 1'000'000}) {
        const std::string bytes = nested_lists(levels);
        ByteReader reader{bytes};
        CHECK(reader.value().is_nil());
        CHECK(reader.damaged());
        ByteReader raw{bytes};
        CHECK(raw.raw_value().empty());
        CHECK(raw.damaged());
    }
}

TEST_CASE("journal: a row tells who did what", "[world][journal]") {
    CoreWorld world;
    const Atom bag = world.atoms.intern("bag");
    Object& box = world.make("box");
    world.make_durable();
    world.transaction.begin({.service = "telnet",
                             .actor = object_id(9),
                             .cause = 77,
                             .description = "put 1 in box",
                             .author = "alice"});
    world.transaction.set(box, bag, list_of({1, list_of({})}));
    world.transaction.list_insert(box.find(bag)->value.container().list[1].container(), 0, "x");
    world.transaction.commit();

    const std::string row = world.ledger.open().journal;
    JournalReader reader{row};
    const auto head = reader.next_transaction();
    REQUIRE(head);
    CHECK(head->cause == 77);
    CHECK(head->actor == object_id(9));
    CHECK(head->author == "alice");
    CHECK(head->service == "telnet");
    CHECK(head->time_ms == 1'700'000'000'000);
    CHECK(head->description == "put 1 in box");
    CHECK(head->changes == 2);

    const auto set = reader.next();
    REQUIRE(set);
    CHECK(set->object == box.id);
    CHECK(set->property == world.atoms.stored(bag));
    CHECK(set->path.empty());
    CHECK_FALSE(set->key);
    CHECK(set->before == "z");
    CHECK(set->after == encoded(list_of({1, make_ref<Container>()})));

    const auto insert = reader.next();
    REQUIRE(insert);
    CHECK(insert->path == std::vector<Value>{1});
    CHECK(insert->op == Op::insert);
    CHECK(*insert->key == Value{0});
    CHECK(insert->after == encoded("x"));
    CHECK_FALSE(reader.next());
    CHECK_FALSE(reader.next_transaction());
    CHECK_FALSE(reader.damaged());
}

TEST_CASE("journal: unread changes are skipped", "[world][journal]") {
    const std::string row = full_row();
    JournalReader reader{row};
    REQUIRE(reader.next_transaction());
    REQUIRE(reader.next());
    const auto second = reader.next_transaction();
    REQUIRE(second);
    CHECK(second->changes == 1);
    CHECK(reader.next()->property == stored_destroyed_at);
    CHECK_FALSE(reader.next_transaction());
}

TEST_CASE("journal: a row that ends within a transaction is damaged", "[world][journal]") {
    const std::string row = full_row();
    ByteReader both{row};
    const std::string_view first = both.string();
    const auto boundary = static_cast<std::size_t>(first.data() + first.size() - row.data());
    for (std::size_t size = 0; size <= row.size(); ++size) {
        CoreWorld world;
        const bool complete = size == 0 || size == boundary || size == row.size();
        CHECK(read_through(std::string_view{row}.substr(0, size), world.transaction) == complete);
    }
}

TEST_CASE("journal: a transaction with more changes than it says is damaged", "[world][journal]") {
    CoreWorld world;
    world.make("lamp");
    std::string row = world.ledger.open().journal;
    const std::string described = "a test";
    char& count = row.at(row.find(described) + described.size());
    REQUIRE(count == 2);
    CHECK(read_through(row, world.transaction));
    count = 1;
    CHECK_FALSE(read_through(row, world.transaction));
    count = 0;
    CHECK_FALSE(read_through(row, world.transaction));
}

TEST_CASE("journal: random bytes and damaged rows harm nothing", "[world][journal][fuzz]") {
    const std::string row = full_row();
    Dice dice{20'02};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        if (dice.one_in(3)) {
            constexpr std::string_view alphabet{"zftidsolmexpkir\0\1\2\3\x7f\x80\xff", 22};
            for (std::size_t size = dice.roll(60); size > 0; --size) bytes += dice.pick(alphabet);
        } else {
            bytes = row;
            for (std::size_t hits = 1 + dice.roll(4); hits > 0; --hits)
                dice.pick(bytes) = static_cast<char>(dice.roll(256));
        }
        ByteReader raw{bytes};
        while (!raw.at_end()) raw.raw_value();
        ByteReader values{bytes};
        while (!values.at_end()) values.value();
        // Only value() looks at the types of keys.
        CHECK((values.damaged() || !raw.damaged()));
        CoreWorld world;
        read_through(bytes, world.transaction);
    }
}
