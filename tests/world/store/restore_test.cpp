#include "world/store/store.hpp"

#include "tests/world/store/crash_step.hpp"
#include "tests/world/store/small_world.hpp"

#include <sys/resource.h>
#include <csignal>

using namespace gyre;
using namespace gyre::test;

namespace {

/// A world of 3 objects, the last only in its WAL, as a crash leaves it; and a backup with 1 object.
struct CrashedWorld {
    CrashedWorld() {
        Reports reports;
        const TemporaryDirectory running;
        const auto store = open_store(options_for(running));
        store->start(reports.post(), reports.callbacks());
        for (BatchNumber number = 1; number <= 3; ++number) {
            store->submit(batch_of(number));
            REQUIRE(reports.wait_for(number));
            if (number == 1) REQUIRE(store->backup(backup()).ok());
        }
        std::filesystem::copy(running.database(), directory.database());
        std::filesystem::copy(running.database() + "-wal", directory.database() + "-wal");
    }
    [[nodiscard]] std::string backup() const { return directory.file("backup.db"); }
    [[nodiscard]] std::vector<std::string> kept_aside() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
            const std::string name = entry.path().string();
            const bool is_database = !name.ends_with("-wal") && !name.ends_with("-shm");
            if (is_database && name.find(".before-restore-") != name.npos) names.push_back(name);
        }
        return names;
    }
    TemporaryDirectory directory;
};

std::size_t objects_in(const std::string& path) {
    StoreOptions options;
    options.path = path;
    return load_model(options).objects.size();
}

}  // namespace

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
    CHECK_THAT(restored.error().text, !Catch::Contains("gyre restore"));
    CHECK(contents_of(directory.database()) == before);
}

TEST_CASE("restore: a disk that is full leaves the world, and nothing beside it", "[world][store]") {
    const TemporaryDirectory directory;
    const std::string copy = directory.file("copy.db");
    make_world(options_for(directory), 3);
    REQUIRE(Store::backup(directory.database(), copy).ok());
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{8192, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto restored = Store::restore(copy, directory.database());
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    static_cast<void>(std::signal(SIGXFSZ, handler));
    REQUIRE_FALSE(restored.ok());
    CHECK(restored.error().code == Errc::io);
    for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
        CHECK_THAT(entry.path().filename().string(), !Catch::Contains("restor"));
    CHECK(load_model(options_for(directory)).objects.size() == 3);
}

TEST_CASE("restore: a crash at any step leaves the old world or the new one", "[world][store][crash]") {
    bool was_new = false;
    for (int step = 1;; ++step) {
        const CrashedWorld world;
        const std::string path = world.directory.database();
        const bool crashed =
            crashes_at_step(step, [&] { return Store::restore(world.backup(), path).ok() ? 0 : 1; });
        CAPTURE(step);
        const std::size_t objects = objects_in(path);
        CHECK((objects == 3 || objects == 1));
        if (was_new) CHECK(objects == 1);
        was_new = objects == 1;
        const std::vector<std::string> aside = world.kept_aside();
        if (was_new) REQUIRE(aside.size() == 1);
        if (was_new) CHECK(objects_in(aside.front()) == 3);
        if (!crashed) break;
    }
    CHECK(was_new);
}

TEST_CASE("restore: a crash at any step leaves a damaged world as it was, or the new one",
          "[world][store][crash]") {
    const std::string rubbish(9000, 'x');
    bool was_decided = false;
    for (int step = 1;; ++step) {
        const CrashedWorld world;
        const std::string path = world.directory.database();
        write_file(path, rubbish);
        write_file(path + "-wal", "rest");
        const bool crashed =
            crashes_at_step(step, [&] { return Store::restore(world.backup(), path).ok() ? 0 : 1; });
        CAPTURE(step);
        const auto store = Store::open(options_for(world.directory));
        if (store.ok()) {
            const std::vector<std::string> aside = world.kept_aside();
            REQUIRE(aside.size() == 1);
            CHECK(contents_of(aside.front()) == rubbish);
            CHECK(contents_of(aside.front() + "-wal") == "rest");
        } else {
            CHECK_FALSE(was_decided);
            CHECK(contents_of(path) == rubbish);
            CHECK(contents_of(path + "-wal") == "rest");
        }
        was_decided = store.ok();
        if (!crashed) break;
    }
    CHECK(was_decided);
}

TEST_CASE("restore: what looks before the interrupted one is finished is told so", "[world][store]") {
    const CrashedWorld world;
    const std::string path = world.directory.database();
    std::filesystem::copy(world.backup(), path + ".restored");
    CHECK_THAT(Store::check(path).at(0), Catch::Contains("interrupted"));
    CHECK(Store::backup(path, world.directory.file("copy.db")).error().code == Errc::busy);
    REQUIRE(Store::restore(world.backup(), path).ok());
    CHECK(Store::check(path).empty());
    CHECK(world.kept_aside().size() == 2);
}
