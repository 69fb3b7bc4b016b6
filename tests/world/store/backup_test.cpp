#include "world/store/store.hpp"

#include "tests/world/store/support.hpp"

#include <atomic>
#include <thread>

using namespace gyre;
using namespace gyre::test;

namespace {

Batch batch_of(BatchNumber number) {
    Batch batch = JournalWriter{}.set(number, own_atom(0), Value{std::string(500, 'x')}).batch(number);
    batch.next_id = number + 1;
    if (number == 1) batch.atoms = {{atoms::first_free, "colour"}};
    return batch;
}

void make_world(const StoreOptions& options, BatchNumber batches) {
    std::vector<Batch> all;
    for (BatchNumber number = 1; number <= batches; ++number) all.push_back(batch_of(number));
    commit_all(options, all);
}

}  // namespace

TEST_CASE("backup: a running world can be copied while it is written", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    Reports reports;
    const auto store = open_store(options_for(directory));
    store->start(reports.post(), reports.callbacks());
    BatchNumber number = 0;
    const auto commit_next = [&] {
        ++number;
        store->submit(batch_of(number));
        REQUIRE(reports.wait_for(number));
    };
    while (number < 200) commit_next();
    std::atomic<bool> finished = false;
    Status status = done();
    std::thread worker([&] {
        status = store->backup(copy);
        finished = true;
    });
    while (!finished) commit_next();
    worker.join();
    INFO((status ? std::string{} : status.error().text));
    REQUIRE(status.ok());
    CHECK(Store::check(copy).empty());
    CHECK_FALSE(std::filesystem::exists(copy + ".partial"));
    CHECK((std::filesystem::status(copy).permissions() & std::filesystem::perms::others_all) ==
          std::filesystem::perms::none);

    StoreOptions copied;
    copied.path = copy;
    BatchNumber last = 0;
    const Model model = load_model(copied, &last);
    CHECK(last >= 200);
    CHECK(last <= number);
    CHECK(model.objects.size() == last);
}

TEST_CASE("backup: nothing is ever overwritten", "[world][store]") {
    const TemporaryDirectory directory;
    make_world(options_for(directory), 3);
    const std::string copy = directory.file("copy.db");
    write_file(copy, "precious");
    const Status status = Store::backup(directory.database(), copy);
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == Errc::exists);
    CHECK(contents_of(copy) == "precious");
}

TEST_CASE("backup: what is no world cannot be backed up", "[world][store]") {
    const TemporaryDirectory directory;
    CHECK(Store::backup(directory.database(), directory.file("copy.db")).error().code == Errc::not_found);
    write_file(directory.database(), std::string(9000, 'x'));
    CHECK(Store::backup(directory.database(), directory.file("copy.db")).error().code == Errc::damaged);
    CHECK_FALSE(std::filesystem::exists(directory.file("copy.db")));
    CHECK_FALSE(std::filesystem::exists(directory.file("copy.db.partial")));
}

TEST_CASE("restore: the backup takes the world's place, which is kept aside", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    make_world(options_for(directory), 3);
    REQUIRE(Store::backup(directory.database(), copy).ok());
    commit_all(options_for(directory), {batch_of(4)});
    const auto aside = Store::restore(copy, directory.database());
    REQUIRE(aside.ok());
    CHECK(load_model(options_for(directory)).objects.size() == 3);
    StoreOptions old;
    old.path = aside.value();
    CHECK(load_model(old).objects.size() == 4);
    CHECK(Store::check(copy).empty());
}

TEST_CASE("restore: changes that were only in the WAL are kept aside too", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    const std::string crashed = directory.file("crashed.db");
    {
        Reports reports;
        const auto store = open_store(options_for(directory));
        store->start(reports.post(), reports.callbacks());
        store->submit(batch_of(1));
        REQUIRE(reports.wait_for(1));
        REQUIRE(store->backup(copy).ok());
        store->submit(batch_of(2));
        REQUIRE(reports.wait_for(2));
        std::filesystem::copy(directory.database(), crashed);
        std::filesystem::copy(directory.database() + "-wal", crashed + "-wal");
    }
    const auto aside = Store::restore(copy, crashed);
    REQUIRE(aside.ok());
    StoreOptions options;
    options.path = crashed;
    CHECK(load_model(options).objects.size() == 1);
    options.path = aside.value();
    CHECK(load_model(options).objects.size() == 2);
}

TEST_CASE("restore: a damaged world can be replaced, and is kept as it was", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    make_world(options_for(directory), 3);
    REQUIRE(Store::backup(directory.database(), copy).ok());
    write_file(directory.database(), std::string(9000, 'x'));
    write_file(directory.database() + "-wal", "rest");
    const auto aside = Store::restore(copy, directory.database());
    REQUIRE(aside.ok());
    CHECK(contents_of(aside.value()) == std::string(9000, 'x'));
    CHECK(contents_of(aside.value() + "-wal") == "rest");
    CHECK(load_model(options_for(directory)).objects.size() == 3);
}

TEST_CASE("restore: into an empty directory there is nothing to keep", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    make_world(options_for(directory), 3);
    REQUIRE(Store::backup(directory.database(), copy).ok());
    const auto aside = Store::restore(copy, directory.file("new.db"));
    REQUIRE(aside.ok());
    CHECK(aside.value().empty());
    CHECK(Store::check(directory.file("new.db")).empty());
}

TEST_CASE("restore: a damaged backup is refused and the world stays", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    make_world(options_for(directory), 3);
    const std::string before = contents_of(directory.database());
    CHECK(Store::restore(copy, directory.database()).error().code == Errc::not_found);
    write_file(copy, before.substr(0, before.size() / 2));
    const auto restored = Store::restore(copy, directory.database());
    REQUIRE_FALSE(restored.ok());
    CHECK(restored.error().code == Errc::damaged);
    CHECK(contents_of(directory.database()) == before);
}
