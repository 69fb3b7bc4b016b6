#include "world/store/store.hpp"

#include "tests/world/store/intruder.hpp"
#include "tests/world/store/support.hpp"

#include <sys/resource.h>

#include <csignal>
#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view add_account =
    "insert into account (id, name, role, created_at) values (?1, ?2, ?3, ?4)";

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

TEST_CASE("store: a batch that cannot be read back is never written, and ends writing", "[world][store]") {
    const TemporaryDirectory directory;
    Reports reports;
    Batch bad = JournalWriter{}.set(2, own_atom(0), Value{"two"}).set(3, own_atom(0), Value{3}).batch(2);
    SECTION("it is cut off") { bad.journal.resize(bad.journal.size() - 3); }
    SECTION("something follows") { bad.journal += "rest"; }
    SECTION("a value is of no kind") { bad.journal.replace(bad.journal.find("s\3two"), 1, "?"); }
    SECTION("there are more changes than it says") {
        const std::string described = "take lamp";
        const std::size_t count = bad.journal.find(described) + described.size();
        REQUIRE(bad.journal.at(count) == 2);
        bad.journal.at(count) = 1;
    }
    {
        const auto store = open_store(options_for(directory));
        store->start(reports.post(), reports.callbacks());
        store->submit(with_account(1, 1, "Alice"));
        REQUIRE(reports.wait_for(1));
        store->submit(bad);
        CHECK_FALSE(reports.wait_for(2));
        CHECK_THAT(reports.failure(), Catch::Contains("batch 2 cannot be read back"));
    }
    BatchNumber last = 0;
    CHECK(load_model(options_for(directory), &last).objects.size() == 1);
    CHECK(last == 1);
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

TEST_CASE("store: what is submitted during a commit is the next commit, all of it", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    options.commit_delay = 50ms;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    for (BatchNumber number = 1; number <= 20; ++number) {
        Batch batch = number % 2 == 0 ? with_account(number, static_cast<std::int64_t>(number),
                                                     "Player" + std::to_string(number))
                                      : JournalWriter{}.set(number, own_atom(0), Value{1}).batch(number);
        batch.next_id = number + 1;
        if (number == 15) batch.atoms = {{atoms::first_free + 7, "late"}};
        store->submit(std::move(batch));
    }
    REQUIRE(reports.wait_for(20));
    // The first may have gone alone, or taken some others with it; three commits it cannot have been.
    CHECK(store->stats().commits <= 2);
    store->stop();
    BatchNumber last = 0;
    const Model model = load_model(options, &last);
    CHECK(last == 20);
    CHECK(model.objects.size() == 20);
    const auto again = open_store(options);
    CHECK(account_names(*again).size() == 10);
    CHECK(again->rows("select value from meta where name = 'next_id'",
                      [](const Row& row) { CHECK(row.bytes(0) == "21"); }));
    int late = 0;
    CHECK(again->rows("select id from atom where name = 'late'", [&late](const Row&) { ++late; }));
    CHECK(late == 1);
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
