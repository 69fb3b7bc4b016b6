#include "world/store/store.hpp"

#include "tests/world/store/support.hpp"

#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view add_account =
    "insert into account (id, name, role, created_at) values (?1, ?2, ?3, ?4)";

/// A second program that has the database open.
class Intruder {
  public:
    explicit Intruder(const std::string& path) { REQUIRE(sqlite3_open(path.c_str(), &handle_) == SQLITE_OK); }
    Intruder(const Intruder&) = delete;
    Intruder& operator=(const Intruder&) = delete;
    ~Intruder() { sqlite3_close(handle_); }
    void run(const char* sql) { REQUIRE(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }

  private:
    sqlite3* handle_ = nullptr;
};

Batch with_account(BatchNumber number, std::int64_t id, const std::string& name) {
    Batch batch = JournalWriter{}.set(number, own_atom(0), Value{name}).batch(number);
    batch.statements.push_back({add_account, {id, name, "player", std::int64_t{1'700'000'000}}});
    return batch;
}

std::vector<std::string> account_names(Store& store) {
    std::vector<std::string> names;
    REQUIRE(store.rows("select name, last_seen from account order by id", [&](const Row& row) {
        names.emplace_back(row.bytes(0));
        CHECK(row.is_null(1));
    }));
    return names;
}

/// Waits for something that the store does by itself.
template <class Condition>
bool soon(Condition&& condition) {
    for (int tries = 0; tries < 1000; ++tries) {
        if (condition()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

}  // namespace

TEST_CASE("store: a new world is empty", "[world][store]") {
    const TemporaryDirectory directory;
    BatchNumber last = 99;
    const Model model = load_model(options_for(directory), &last);
    CHECK(last == 0);
    CHECK(model.next_object == 1);
    CHECK(model.objects.empty());
    CHECK(model.names.empty());
}

TEST_CASE("store: its file is for its owner alone", "[world][store]") {
    const TemporaryDirectory directory;
    const auto store = open_store(options_for(directory));
    for (const char* name : {"world.db", "world.db-wal"}) {
        const auto access = std::filesystem::status(directory.file(name)).permissions();
        CHECK((access & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
              std::filesystem::perms::none);
    }
}

TEST_CASE("store: what was committed is there again", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    const bool folded = GENERATE(false, true);
    if (folded) options.fold_after = 0ms;
    Batch first =
        JournalWriter{}.set(1, own_atom(0), Value{"lamp"}).set(2, own_atom(1), encoded_list({})).batch(1);
    first.atoms = {{atoms::first_free, "colour"}, {atoms::first_free + 1, "guests"}};
    first.next_id = 3;
    const Batch second = JournalWriter{}.change({2, own_atom(1), {}}, Op::insert, 0, encoded("bob")).batch(2);
    commit_all(options, {first, second});

    Model expected;
    expected.apply(first);
    expected.apply(second);
    BatchNumber last = 0;
    const Model model = load_model(options, &last);
    CHECK(last == 2);
    CHECK(model.objects == expected.objects);
    CHECK(model.names == expected.names);
    CHECK(model.next_object == 3);
    CHECK(Store::check(options.path).empty());
}

TEST_CASE("store: native rows are written with the batch", "[world][store]") {
    const TemporaryDirectory directory;
    commit_all(options_for(directory), {with_account(1, 1, "Alice"), with_account(2, 2, "Bob")});
    const auto store = open_store(options_for(directory));
    CHECK(account_names(*store) == std::vector<std::string>{"Alice", "Bob"});
}

TEST_CASE("store: every kind of column arrives as it was", "[world][store]") {
    const TemporaryDirectory directory;
    Batch batch = JournalWriter{}.batch(1);
    const std::string bytes("\0\xFF", 2);
    for (const Column& column : {Column{}, Column{std::int64_t{-5}}, Column{0.5}, Column{"text"},
                                 Column{Blob{bytes}}, Column{Blob{}}})
        batch.statements.push_back(
            {"insert into meta (name, value) values ('column' || (select count(*) from meta), ?1)",
             {column}});
    commit_all(options_for(directory), {batch});
    const auto store = open_store(options_for(directory));
    std::vector<std::string> seen;
    REQUIRE(store->rows("select value, typeof(value) from meta where name like 'column%' order by name",
                        [&](const Row& row) {
                            seen.push_back(std::string{row.bytes(1)} + ":" + std::string{row.bytes(0)});
                        }));
    CHECK(seen ==
          std::vector<std::string>{"null:", "integer:-5", "real:0.5", "text:text", "blob:" + bytes, "blob:"});
}

TEST_CASE("store: a query with a mistake is an error and harms nothing", "[world][store]") {
    const TemporaryDirectory directory;
    const auto store = open_store(options_for(directory));
    CHECK_FALSE(store->rows("select nonsense from account", [](const Row&) {}).ok());
    CHECK(account_names(*store).empty());
}

TEST_CASE("store: a batch of which one row fails leaves nothing and ends writing", "[world][store]") {
    const TemporaryDirectory directory;
    Reports reports;
    {
        const auto store = open_store(options_for(directory));
        store->start(reports.post(), reports.callbacks());
        store->submit(with_account(1, 1, "Alice"));
        REQUIRE(reports.wait_for(1));
        store->submit(with_account(2, 2, "ALICE"));  // The name is taken.
        CHECK_FALSE(reports.wait_for(2));
        CHECK_THAT(reports.failure(), Catch::Contains("UNIQUE constraint failed: account.name"));
        store->submit(with_account(3, 3, "Carol"));
    }
    BatchNumber last = 0;
    const Model model = load_model(options_for(directory), &last);
    CHECK(last == 1);
    CHECK(model.objects.size() == 1);
}

TEST_CASE("store: one number cannot have two names", "[world][store]") {
    const TemporaryDirectory directory;
    Batch first = JournalWriter{}.set(1, own_atom(0), Value{1}).batch(1);
    first.atoms = {{50, "colour"}};
    Batch again = JournalWriter{}.set(1, own_atom(0), Value{2}).batch(2);
    again.atoms = {{50, "colour"}};
    commit_all(options_for(directory), {first, again});  // The same twice is harmless.

    Reports reports;
    const auto store = open_store(options_for(directory));
    store->start(reports.post(), reports.callbacks());
    Batch other = JournalWriter{}.batch(3);
    other.atoms = {{50, "size"}};
    store->submit(other);
    CHECK_FALSE(reports.wait_for(3));
    CHECK_THAT(reports.failure(), Catch::Contains("atom 50"));
}

TEST_CASE("store: waits while another program holds the lock", "[world][store]") {
    const TemporaryDirectory directory;
    Reports reports;
    const auto store = open_store(options_for(directory));
    store->start(reports.post(), reports.callbacks());
    Intruder intruder(directory.database());
    intruder.run("begin immediate");
    store->submit(JournalWriter{}.set(1, own_atom(0), Value{1}).batch(1));
    std::this_thread::sleep_for(100ms);
    CHECK(store->stats().commits == 0);
    intruder.run("rollback");
    CHECK(reports.wait_for(1));
}

TEST_CASE("store: a lock that is never given back is a failure in the end", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.busy_limit = 50ms;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    Intruder intruder(directory.database());
    intruder.run("begin immediate");
    store->submit(JournalWriter{}.set(1, own_atom(0), Value{1}).batch(1));
    CHECK_FALSE(reports.wait_for(1));
    CHECK_THAT(reports.failure(), Catch::Contains("locked"));
    intruder.run("rollback");
}

TEST_CASE("store: a disk that takes no more bytes is a failure, and nothing is half there",
          "[world][store]") {
    const TemporaryDirectory directory;
    Reports reports;
    BatchNumber number = 0;
    {
        const auto store = open_store(options_for(directory));
        store->start(reports.post(), reports.callbacks());
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{rlim_t{512} << 10, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        do {
            ++number;
            store->submit(
                JournalWriter{}.set(number, own_atom(0), Value{std::string(50'000, 'x')}).batch(number));
        } while (reports.wait_for(number) && number < 100);
        store->submit(JournalWriter{}.set(999, own_atom(0), Value{1}).batch(number + 1));
        setrlimit(RLIMIT_FSIZE, &before);
    }
    CHECK(number < 100);
    CHECK_THAT(reports.failure(), Catch::Contains(directory.database()));
    BatchNumber last = 0;
    const Model model = load_model(options_for(directory), &last);
    CHECK(last == number - 1);
    CHECK(model.objects.size() == number - 1);
}

TEST_CASE("store: stop writes what was submitted and leaves one file", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.commit_delay = 50ms;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    store->submit(JournalWriter{}.set(1, own_atom(0), Value{1}).batch(1));
    store->stop();
    store->stop();
    CHECK(reports.wait_for(1));
    CHECK_FALSE(std::filesystem::exists(directory.file("world.db-wal")));
    CHECK_FALSE(std::filesystem::exists(directory.file("world.db-shm")));
    Intruder reader(directory.database());
    CHECK(load_model(options).objects.size() == 1);
}

TEST_CASE("store: changes are folded after a while, and not before", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_after = 300ms;
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
    for (std::uint64_t id = 1; id <= 40; ++id)
        writer.set(id, atom(atoms::destroyed_at), Value{now - 31 * day});
    writer.set(41, atom(atoms::destroyed_at), Value{now - 29 * day}).set(42, own_atom(0), Value{1});
    writer.set(43, atom(atoms::destroyed_at), Value{now - 31 * day})
        .set(43, atom(atoms::destroyed_at), Value{});
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

TEST_CASE("store: changes of the last run are folded by this one, without loading", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.fold_after = 1h;
    const std::string copy = directory.file("crashed.db");
    {
        Reports reports;
        const auto store = open_store(options);
        store->start(reports.post(), reports.callbacks());
        store->submit(JournalWriter{}.set(1, own_atom(0), encoded_list({})).batch(1));
        REQUIRE(reports.wait_for(1));
        store->submit(JournalWriter{}.change({1, own_atom(0), {}}, Op::insert, 0, encoded("a")).batch(2));
        REQUIRE(reports.wait_for(2));
        std::filesystem::copy(directory.database(), copy);
        std::filesystem::copy(directory.database() + "-wal", copy + "-wal");
    }
    options.path = copy;
    commit_all(options, {});
    const Model model = load_model(options);
    CHECK(model.objects.at(1).at(atoms::first_free) == Node::parse(encoded_list({encoded("a")})));
}
