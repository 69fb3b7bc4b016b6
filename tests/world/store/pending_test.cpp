#include "world/store/pending.hpp"

#include "tests/world/store/support.hpp"

using namespace gyre;
using namespace gyre::test;

namespace {

void add_all(PendingChanges& pending, const JournalWriter& writer) {
    const std::string row = writer.row();
    JournalReader reader(row);
    while (reader.next_transaction()) {
        while (auto change = reader.next()) pending.add(*change);
    }
    REQUIRE_FALSE(reader.damaged());
}

std::string property(StoredAtom name, const std::string& value) {
    std::string out;
    put_number(out, static_cast<std::uint64_t>(name));
    return out + value;
}

}  // namespace

TEST_CASE("pending changes: the last value of a property wins", "[world][store]") {
    PendingChanges pending;
    JournalWriter writer;
    for (int count = 0; count < 1000; ++count)
        writer.set(5, own_atom(0), Value{count}).set(3, own_atom(1), a);
    add_all(pending, writer);
    CHECK(pending.size() == 2);
    auto objects = pending.take();
    CHECK(pending.empty());
    CHECK(pending.size() == 0);
    REQUIRE(objects.size() == 2);
    CHECK(objects[0].id == object_id(3));
    CHECK(objects[1].id == object_id(5));
    FoldedRow row;
    REQUIRE(fold({}, objects[1], row));
    CHECK(row.data == property(own_atom(0), encoded(999)));
    CHECK(row.destroyed == 0);
}

TEST_CASE("pending changes: a new value drops the changes inside the old one", "[world][store]") {
    PendingChanges pending;
    add_all(pending, JournalWriter{}
                         .change({1, own_atom(0), {}}, Op::insert, 0, a)
                         .change({1, own_atom(0), {}}, Op::insert, 1, a)
                         .set(1, own_atom(0), encoded_list({b}))
                         .change({1, own_atom(0), {}}, Op::insert, 1, a));
    CHECK(pending.size() == 2);
    auto objects = pending.take();
    FoldedRow row;
    REQUIRE(fold(property(own_atom(0), encoded_list({a, a, a})), objects[0], row));
    CHECK(row.data == property(own_atom(0), encoded_list({b, a})));
}

TEST_CASE("folding: what is not named stays as it is", "[world][store]") {
    PendingChanges pending;
    add_all(pending, JournalWriter{}.set(1, own_atom(1), b).set(1, own_atom(9), b));
    auto objects = pending.take();
    const std::string before = property(own_atom(0), a) + property(own_atom(1), a) + property(own_atom(2), a);
    FoldedRow row;
    REQUIRE(fold(before, objects[0], row));
    CHECK(row.data == property(own_atom(0), a) + property(own_atom(1), b) + property(own_atom(2), a) +
                          property(own_atom(9), b));
}

TEST_CASE("folding: when an object was destroyed is known beside its data", "[world][store]") {
    const StoredAtom destroyed = stored_destroyed_at;
    FoldedRow row;
    {
        PendingChanges pending;
        add_all(pending, JournalWriter{}.set(1, destroyed, Value{1'700'000'000}));
        auto objects = pending.take();
        REQUIRE(fold(property(own_atom(0), a), objects[0], row));
        CHECK(row.destroyed == 1'700'000'000);
    }
    const std::string in_the_trash = row.data;
    PendingChanges other;
    add_all(other, JournalWriter{}.set(1, own_atom(0), b));
    REQUIRE(fold(in_the_trash, other.take()[0], row));
    CHECK(row.destroyed == 1'700'000'000);
    add_all(other, JournalWriter{}.set(1, destroyed, Value{}));
    REQUIRE(fold(in_the_trash, other.take()[0], row));
    CHECK(row.destroyed == 0);
}

TEST_CASE("folding: changes that do not fit the row are refused", "[world][store]") {
    PendingChanges pending;
    FoldedRow row;
    add_all(pending, JournalWriter{}.change({1, own_atom(0), {}}, Op::remove, 3, "z"));
    auto objects = pending.take();
    CHECK_FALSE(fold({}, objects[0], row));
    CHECK_FALSE(fold(property(own_atom(0), encoded_list({a})), objects[0], row));
    CHECK_FALSE(fold("\x27", objects[0], row));
}
