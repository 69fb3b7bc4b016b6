// Who writes much into a database can be made to rest in between.

#include "world/store/write_pauses.hpp"

#include "tests/world/store/support.hpp"
#include "world/store/files.hpp"

using namespace gyre;
using namespace gyre::test;

namespace {

constexpr std::int64_t page_bytes = 4096;

std::unique_ptr<Database> open_database(const std::string& path) {
    auto database = Database::open(path, Database::Mode::read_write);
    REQUIRE(database);
    return std::move(database).value();
}

/// A database with a WAL that holds some 100 pages which the file itself has not.
std::unique_ptr<Database> make_database(const std::string& path) {
    REQUIRE(files::create_private(path));
    auto database = open_database(path);
    database->leave_untouched_at_close();
    database->execute("pragma journal_mode = wal");
    database->execute("pragma wal_autocheckpoint = 0");
    database->execute("create table words (word text)");
    database->execute(
        "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 100) "
        "insert into words select printf('%.*c', 4000, 'x') from numbers");
    REQUIRE(database->status());
    return database;
}

}  // namespace

TEST_CASE("write pauses: one after each so many bytes of a checkpoint", "[world][store]") {
    const TemporaryDirectory directory;
    const auto writer = make_database(directory.database());
    const std::uint64_t before = files::size(directory.database());
    std::int64_t pauses = 0;
    std::unique_ptr<WritePauses> paused;  // Outlives the connection.
    const auto database = open_database(directory.database());
    database->leave_untouched_at_close();
    paused = std::make_unique<WritePauses>(*database, 10 * page_bytes, [&] { ++pauses; });

    database->execute("insert into words values ('more')");
    CHECK(pauses == 0);  // That went into the WAL.
    REQUIRE(database->checkpoint(Database::Checkpoint::passive));
    const auto pages = static_cast<std::int64_t>((files::size(directory.database()) - before) / page_bytes);
    CHECK(pages > 90);
    CHECK(pauses >= pages / 10);
    CHECK(pauses <= pages / 10 + 1);
    CHECK(read_number(*database, "select count(*) from words", 0) == 101);
    CHECK(read_number(*writer, "select count(*) from words", 0) == 101);
}

TEST_CASE("write pauses: a database without a file has none", "[world][store]") {
    int pauses = 0;
    std::unique_ptr<WritePauses> paused;
    const auto database = open_database(":memory:");
    paused = std::make_unique<WritePauses>(*database, 1, [&] { ++pauses; });
    CHECK(database->execute("create table words (word text)"));
    CHECK(pauses == 0);
}
