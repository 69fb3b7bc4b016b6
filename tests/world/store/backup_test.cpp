#include "world/store/store.hpp"

#include "tests/world/store/small_world.hpp"

#include <atomic>
#include <thread>

using namespace gyre;
using namespace gyre::test;

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
