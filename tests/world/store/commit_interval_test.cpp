// Commits begin at some distance from each other, and what comes meanwhile goes to the disk together.

#include "world/store/store.hpp"

#include "tests/world/store/support.hpp"

#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

/// A store whose second commit begins when it stops, and not before.
struct RareCommits {
    RareCommits() {
        options.commit_interval = 1h;
        options.fold_after = 10ms;
        store = open_store(options);
        store->start(reports.post(), reports.callbacks());
    }
    void submit(BatchNumber number) {
        store->submit(
            JournalWriter{}.set(number, own_atom(0), Value{static_cast<std::int64_t>(number)}).batch(number));
    }

    TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    Reports reports;
    std::unique_ptr<Store> store;
};

}  // namespace

TEST_CASE("store: the first commit begins at once, and what comes soon after it shares the next",
          "[world][store]") {
    RareCommits world;
    world.submit(1);
    REQUIRE(world.reports.wait_for(1));
    for (BatchNumber number = 2; number <= 20; ++number) world.submit(number);
    world.store->stop();
    CHECK(world.store->stats().commits == 2);  // They are counted after they were reported.
    CHECK(world.reports.wait_for(20));
    BatchNumber last = 0;
    CHECK(load_model(world.options, &last).objects.size() == 20);
    CHECK(last == 20);
}

TEST_CASE("store: while a batch waits for its turn, folding goes on", "[world][store]") {
    RareCommits world;
    world.submit(1);
    REQUIRE(world.reports.wait_for(1));
    world.submit(2);
    for (int tries = 0; world.store->stats().folded_objects == 0 && tries < 3000; ++tries)
        std::this_thread::sleep_for(10ms);
    CHECK(world.store->stats().folded_objects == 1);
    CHECK(world.store->stats().commits == 1);
    world.store->stop();
    CHECK(load_model(world.options).objects.size() == 2);
}

TEST_CASE("store: a batch waits for the interval and no longer", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.commit_interval = 20ms;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 5; ++number) {
        store->submit(JournalWriter{}.set(number, own_atom(0), Value{true}).batch(number));
        REQUIRE(reports.wait_for(number));
    }
    store->stop();
    CHECK(store->stats().commits == 5);
}
