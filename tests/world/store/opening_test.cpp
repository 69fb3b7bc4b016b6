#include "world/store/schema.hpp"
#include "world/store/store.hpp"

#include "tests/world/store/support.hpp"

#include <sqlite3.h>

#include <array>

using namespace gyre;
using namespace gyre::test;

namespace {

/// A world with a few objects in it, closed.
void make_world(const TemporaryDirectory& directory) {
    std::vector<Batch> batches;
    for (BatchNumber number = 1; number <= 100; ++number) {
        Batch batch = JournalWriter{}.set(number, own_atom(0), Value{std::string(200, 'x')}).batch(number);
        batch.next_id = number + 1;
        if (number == 1) batch.atoms = {{atoms::first_free, "colour"}};
        batches.push_back(batch);
    }
    commit_all(options_for(directory), batches);
}

void run_sql(const std::string& path, const char* sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK);
    REQUIRE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
}

/// Opening and loading must fail, and change nothing.
Error refusal(const TemporaryDirectory& directory) {
    const std::string before = contents_of(directory.database());
    const std::string wal_before = contents_of(directory.database() + "-wal");
    Error error{Errc::io, "it was accepted"};
    {
        Model model;
        const auto store = Store::open(options_for(directory));
        const Status loaded = store ? store.value()->load(model) : Status{store.error()};
        if (!loaded) error = loaded.error();
    }
    CHECK(contents_of(directory.database()) == before);
    CHECK(contents_of(directory.database() + "-wal") == wal_before);
    return error;
}

}  // namespace

TEST_CASE("opening: a newer database is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    run_sql(directory.database(), "pragma user_version = 1000");
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains("newer version") && Catch::Contains("1000") &&
                               Catch::Contains("gyre restore"));
}

TEST_CASE("opening: another program's database is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    run_sql(directory.database(), "create table bookmarks (url); pragma user_version = 1");
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains("another program"));
}

TEST_CASE("opening: what is no database is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    write_file(directory.database(), std::string(10'000, 'x'));
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains(directory.database()) && Catch::Contains("not a database") &&
                               Catch::Contains("gyre restore"));
}

TEST_CASE("opening: a truncated database is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    std::filesystem::resize_file(directory.database(), 5 * 4096);
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains("malformed") && Catch::Contains("gyre restore"));
    CHECK_FALSE(Store::check(directory.database()).empty());
}

TEST_CASE("opening: a damaged page is found when loading, and check names it", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    CHECK(Store::check(directory.database()).empty());
    std::string bytes = contents_of(directory.database());
    // A page of the table of objects: in the journal something else stands before the value.
    std::string property;
    put_number(property, static_cast<std::uint64_t>(own_atom(0)));
    property += encoded(Value{std::string(200, 'x')});
    REQUIRE(bytes.find(property) != std::string::npos);
    const std::size_t page = bytes.find(property) / 4096 * 4096;
    bytes.replace(page, 8, std::string(8, '\x7f'));
    write_file(directory.database(), bytes);
    CHECK(refusal(directory).code == Errc::damaged);
    CHECK_FALSE(Store::check(directory.database()).empty());
}

TEST_CASE("opening: a damaged row of the journal is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    run_sql(directory.database(), "insert into journal values (101, 0, x'05ffffffffff')");
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains("batch 101") && Catch::Contains("gyre restore"));
    CHECK_THAT(Store::check(directory.database()).at(0), Catch::Contains("batch 101"));
}

TEST_CASE("opening: a damaged object is refused untouched", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    run_sql(directory.database(), "update object set data = x'3073ff' where id = 57");
    const Error error = refusal(directory);
    CHECK(error.code == Errc::damaged);
    CHECK_THAT(error.text, Catch::Contains("object 57"));
    CHECK_THAT(Store::check(directory.database()).at(0), Catch::Contains("object 57"));
}

TEST_CASE("opening: a WAL without its database is not thrown away", "[world][store]") {
    const TemporaryDirectory directory;
    write_file(directory.database() + "-wal", std::string(8192, 'w'));
    const bool with_empty_file = GENERATE(false, true);
    if (with_empty_file) write_file(directory.database(), "");
    const auto store = Store::open(options_for(directory));
    REQUIRE_FALSE(store.ok());
    CHECK(store.error().code == Errc::damaged);
    CHECK_THAT(Store::check(directory.database()).at(0), Catch::Contains("newest changes"));
    CHECK(Store::backup(directory.database(), directory.file("copy")).error().code == Errc::damaged);
    CHECK(contents_of(directory.database() + "-wal") == std::string(8192, 'w'));
}

TEST_CASE("opening: who only reads takes no empty file for a world", "[world][store]") {
    const TemporaryDirectory directory;
    write_file(directory.database(), "");
    CHECK_THAT(Store::check(directory.database()).at(0), Catch::Contains("is empty"));
    CHECK(Store::backup(directory.database(), directory.file("copy")).error().code == Errc::damaged);
    CHECK(contents_of(directory.database()).empty());
}

TEST_CASE("opening: a directory that is not there is an error", "[world][store]") {
    const TemporaryDirectory directory;
    StoreOptions options;
    options.path = directory.file("nowhere/world.db");
    const auto store = Store::open(options);
    REQUIRE_FALSE(store.ok());
    CHECK(store.error().code == Errc::not_found);
}

TEST_CASE("check: what cannot be is reported", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    const auto faults_after = [&](const char* sql) {
        run_sql(directory.database(), sql);
        const std::vector<std::string> faults = Store::check(directory.database());
        REQUIRE_FALSE(faults.empty());
        return faults.front();
    };
    CHECK_THAT(faults_after("update meta set value = 50 where name = 'next_id'"),
               Catch::Contains("next new one"));
    CHECK_THAT(faults_after("update meta set value = 101 where name = 'next_id';"
                            "update object set batch = 5000 where id = 3"),
               Catch::Contains("newer than the journal"));
    CHECK_THAT(faults_after("update object set batch = 3 where id = 3; delete from atom"),
               Catch::Contains("without a name"));
    CHECK_THAT(Store::check(directory.file("nothing.db")).at(0), Catch::Contains("no world"));
}

TEST_CASE("migration: only the steps that are missing are taken, each whole", "[world][store]") {
    const TemporaryDirectory directory;
    write_file(directory.database(), "");
    auto opened = Database::open(directory.database(), Database::Mode::read_write);
    REQUIRE(opened.ok());
    Database& database = *opened.value();
    constexpr std::array steps{Migration{1, "create table first (x)"},
                               Migration{2, "create table second (x)"},
                               Migration{3, "create table third (x); create table first (x)"}};
    REQUIRE(migrate(database, std::span(steps).first(1)).ok());
    REQUIRE(migrate(database, std::span(steps).first(2)).ok());
    CHECK(read_number(database, "pragma user_version", 0) == 2);
    CHECK(read_number(database, "pragma application_id", 0) == world_application_id);

    const Status failed = migrate(database, steps);
    REQUIRE_FALSE(failed.ok());
    CHECK_THAT(failed.error().text, Catch::Contains("schema 3") && Catch::Contains("already exists"));
    (void)database.take_error();
    CHECK(read_number(database, "pragma user_version", 0) == 2);
    CHECK(read_number(database, "select count(*) from sqlite_master", 0) == 2);
}

TEST_CASE("migration: a world whose journal had no sources of classes yet is opened", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(directory);
    run_sql(directory.database(), "pragma user_version = 2");
    Model model;
    {
        const auto store = Store::open(options_for(directory));
        REQUIRE(store.ok());
        REQUIRE(store.value()->load(model).ok());
    }
    auto opened = Database::open(directory.database(), Database::Mode::read_only);
    REQUIRE(opened.ok());
    CHECK(read_number(*opened.value(), "pragma user_version", 0) == world_migrations().back().version);
    CHECK(Store::check(directory.database()).empty());
}

TEST_CASE("migration: the world's steps count up from 1", "[world][store]") {
    int expected = 0;
    for (const Migration& step : world_migrations()) CHECK(step.version == ++expected);
}
