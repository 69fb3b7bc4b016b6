#include "tests/world/core/core_world.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::test;

TEST_CASE("ledger: a batch is sealed whether or not another is on its way", "[world][ledger]") {
    CoreWorld world;
    Ledger& ledger = world.ledger;
    CHECK(ledger.newest() == 0);
    CHECK_FALSE(ledger.seal());
    CHECK(world.sealed.empty());

    ledger.open().journal = "one";
    CHECK(ledger.newest() == 1);
    CHECK(ledger.seal());
    REQUIRE(world.sealed.size() == 1);
    CHECK(world.sealed[0].number == 1);
    CHECK(world.sealed[0].journal == "one");
    CHECK(ledger.open_number() == 2);
    CHECK(ledger.newest() == 1);
    CHECK(ledger.durable() == 0);

    ledger.open().statements.push_back({"insert", {}});
    CHECK(ledger.newest() == 2);
    CHECK(ledger.seal());
    REQUIRE(world.sealed.size() == 2);
    CHECK(world.sealed[1].number == 2);
    CHECK_FALSE(ledger.seal());
    CHECK(ledger.newest() == 2);
    ledger.committed(1);
    CHECK(ledger.durable() == 1);
    CHECK(ledger.newest() == 2);
    ledger.committed(2);
    CHECK(ledger.newest() == ledger.durable());
}

TEST_CASE("ledger: the id counter and the atoms are added just before a batch goes", "[world][ledger]") {
    CoreWorld world;
    world.ledger.before_seal = [](Batch& batch) { batch.next_id = 42; };
    world.ledger.open().journal = "one";
    world.ledger.seal();
    CHECK(world.sealed.at(0).next_id == 42);
}

TEST_CASE("ledger: a store that answers at once is fine", "[world][ledger]") {
    Ledger* self = nullptr;
    Ledger ledger{7, [&](const Batch& batch) { self->committed(batch.number); }};
    self = &ledger;
    ledger.open().journal = "one";
    ledger.seal();
    CHECK(ledger.durable() == 8);
    CHECK(ledger.open_number() == 9);
}

TEST_CASE("ledger: a batch is overfull past its bytes or its changes", "[world][ledger]") {
    CoreWorld world;
    Batch& open = world.ledger.open();
    open.changes = Ledger::open_changes_limit;
    CHECK_FALSE(world.ledger.overfull());
    ++open.changes;
    CHECK(world.ledger.overfull());
    open.changes = 0;
    open.journal.resize(Ledger::open_bytes_limit / 2);
    open.native_bytes = Ledger::open_bytes_limit / 2;
    CHECK_FALSE(world.ledger.overfull());
    ++open.native_bytes;
    CHECK(world.ledger.overfull());
    world.ledger.seal();
    CHECK_FALSE(world.ledger.overfull());
}

TEST_CASE("ledger: what was sealed behind a commit counts until that is done", "[world][ledger]") {
    CoreWorld world;
    Ledger& ledger = world.ledger;
    ledger.open().journal = "in flight";
    ledger.seal();
    for (int turn = 0; turn < 2; ++turn) {
        ledger.open().journal = "waiting";
        ledger.open().changes = Ledger::open_changes_limit / 2;
        ledger.seal();
    }
    CHECK_FALSE(ledger.overfull());
    ledger.open().changes = 1;
    CHECK(ledger.overfull());
    ledger.committed(1);
    CHECK_FALSE(ledger.overfull());
    ledger.open().journal.resize(Ledger::open_bytes_limit);
    ledger.seal();
    ledger.open().native_bytes = 1;
    CHECK(ledger.overfull());
}
