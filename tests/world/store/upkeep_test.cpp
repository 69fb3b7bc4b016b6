// What the store does by itself: folding, checkpoints, dropping history and trash.

#include "world/store/store.hpp"

#include "tests/world/store/intruder.hpp"
#include "tests/world/store/support.hpp"

#include <atomic>
#include <ctime>
#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

TEST_CASE("store: changes are folded after a while, and not before", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_after = 2s;  // A disk that is busy may take 100 ms for each of the five commits.
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 5; ++number) {
        store->submit(
            JournalWriter{}.set(1, own_atom(0), Value{7}).set(2, own_atom(0), Value{7}).batch(number));
        REQUIRE(reports.wait_for(number));
    }
    CHECK(store->stats().folded_objects == 0);
    CHECK(soon([&] { return store->stats().unfolded == 0; }));
    const StoreStats stats = store->stats();
    CHECK(stats.folded_objects == 2);
    CHECK(stats.commits == 5);
    CHECK(stats.changes == 10);
    CHECK(stats.commit_time.count() == 5);
    CHECK(stats.fold_time.count() == 1);
    CHECK(stats.cpu_s > 0);
}

TEST_CASE("store: past its limit of unfolded changes, folding goes before commits", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_after = 1h;
    options.unfolded_limit = 100;
    options.fold_rows = 8;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 300; ++number) {
        store->submit(JournalWriter{}.set(number, own_atom(0), Value{1}).batch(number));
        REQUIRE(reports.wait_for(number));
        REQUIRE(store->stats().unfolded <= 100);
    }
    CHECK(store->stats().folded_objects >= 200);
}

TEST_CASE("store: commits without a gap do not starve folding", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_between = 20ms;
    std::atomic<bool> enough = false;
    const auto store = open_store(options);
    const auto submit = [&store](BatchNumber number) {
        store->submit(JournalWriter{}.set(number % 10 + 1, own_atom(0), Value{1}).batch(number));
    };
    // The next batch is there before the store looks for other work.
    store->start([](const std::function<void()>& function) { function(); }, {[&](BatchNumber batch) {
                                                                                 if (!enough)
                                                                                     submit(batch + 1);
                                                                             },
                                                                             [](const std::string&) {}});
    submit(1);
    CHECK(soon([&] { return store->stats().folded_objects > 0; }));
    enough = true;
}

TEST_CASE("store: the WAL stays short", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.checkpoint_pages = 100;
    options.checkpoint_patience = 300;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 300; ++number) {
        store->submit(
            JournalWriter{}.set(number, own_atom(0), Value{std::string(10'000, 'x')}).batch(number));
        REQUIRE(reports.wait_for(number));
    }
    const StoreStats stats = store->stats();
    CHECK(stats.checkpoints >= 5);
    CHECK(stats.wal_pages_most < 120);
    CHECK(stats.checkpoint_time.count() == stats.checkpoints);
}

TEST_CASE("store: a reader in the way of checkpoints is no failure", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.checkpoint_pages = 100;
    options.checkpoint_patience = 300;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    Intruder reader(directory.database());
    reader.run("begin; select * from account");
    BatchNumber number = 0;
    const auto commit_some = [&] {
        for (int count = 0; count < 150; ++count) {
            ++number;
            store->submit(
                JournalWriter{}.set(number, own_atom(0), Value{std::string(10'000, 'x')}).batch(number));
            REQUIRE(reports.wait_for(number));
        }
    };
    commit_some();
    CHECK(store->stats().wal_pages_most > 400);
    const std::uint64_t tried = store->stats().checkpoints;
    CHECK(tried < 30);  // Not with every commit.
    reader.run("rollback");
    commit_some();
    store->stop();
    CHECK(load_model(options).objects.size() == number);
}

TEST_CASE("store: history is dropped by age, but what is not folded never", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    std::vector<Batch> batches;
    for (BatchNumber number = 1; number <= 50; ++number)
        batches.push_back(JournalWriter{}.set(number, own_atom(0), Value{1}).batch(number));
    commit_all(options, batches);

    options.history_age = -10s;
    options.fold_after = 1h;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    CHECK(soon([&] { return store->stats().dropped_batches == 50; }));
    store->submit(JournalWriter{}.set(1, own_atom(0), Value{2}).batch(51));
    REQUIRE(reports.wait_for(51));
    std::this_thread::sleep_for(60ms);
    std::int64_t rows = 0;
    REQUIRE(store->rows("select count(*) from journal", [&](const Row& row) { rows = row.integer(0); }));
    CHECK(rows == 1);
    store->stop();
    BatchNumber last = 0;
    CHECK(load_model(options, &last).objects.size() == 50);
    CHECK(last == 51);
}

TEST_CASE("store: history is dropped by size, oldest first", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.history_bytes = 10'000;
    options.fold_after = 0ms;
    options.tidy_every = 1ms;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 100; ++number) {
        store->submit(JournalWriter{}.set(number, own_atom(0), Value{std::string(1000, 'x')}).batch(number));
        REQUIRE(reports.wait_for(number));
    }
    std::int64_t bytes = 0;
    std::int64_t oldest = 0;
    std::int64_t counted = 0;
    CHECK(soon([&] {
        (void)store->rows(
            "select sum(length(transactions)), min(batch),"
            " (select value from meta where name = 'journal_bytes') from journal",
            [&](const Row& row) {
                bytes = row.integer(0);
                oldest = row.integer(1);
                counted = row.integer(2);
            });
        return bytes <= 10'000 && counted == bytes;
    }));
    CHECK(bytes > 8'000);
    CHECK(oldest > 90);
}

TEST_CASE("store: what has lain in the trash for long goes for good", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_after = 0ms;
    options.tidy_every = 1ms;
    const std::int64_t now = std::time(nullptr);
    const std::int64_t day = 86'400;
    JournalWriter writer;
    for (std::uint64_t id = 1; id <= 40; ++id) writer.set(id, stored_destroyed_at, Value{now - 31 * day});
    writer.set(41, stored_destroyed_at, Value{now - 29 * day}).set(42, own_atom(0), Value{1});
    writer.set(43, stored_destroyed_at, Value{now - 31 * day}).set(43, stored_destroyed_at, Value{});
    Batch batch = writer.batch(1);
    batch.next_id = 44;
    Reports reports;
    {
        const auto store = open_store(options);
        store->start(reports.post(), reports.callbacks());
        store->submit(batch);
        CHECK(soon([&] { return store->stats().purged_objects == 40; }));
    }
    const Model model = load_model(options);
    CHECK(model.objects.size() == 3);
    CHECK(model.objects.count(41) == 1);
    CHECK(model.next_object == 44);  // Numbers are never used again.
}
