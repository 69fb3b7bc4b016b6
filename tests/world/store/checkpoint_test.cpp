// Checkpoints of which another thread does the greater part.

#include "world/store/store.hpp"

#include "tests/world/store/intruder.hpp"
#include "tests/world/store/support.hpp"
#include "tests/world/store/worker.hpp"
#include "world/store/files.hpp"

#include <sys/resource.h>

#include <csignal>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

using Work = std::function<void()>;

/// A store whose WAL counts as long at 100 pages, and what has been committed to it.
class ShortWal {
  public:
    explicit ShortWal(std::function<void(Work)> in_background) {
        options.checkpoint_pages = 100;
        options.checkpoint_patience = 300;
        options.fold_after = 1h;  // On a slow disk folding would write pages of its own in between.
        store = open_store(options);
        Store::Callbacks callbacks = reports.callbacks();
        callbacks.in_background = std::move(in_background);
        store->start(reports.post(), callbacks);
    }
    /// About five pages each; false if the store failed.
    bool commit(BatchNumber count) {
        for (const BatchNumber last = number + count; number < last;) {
            ++number;
            Batch batch =
                JournalWriter{}.set(number, own_atom(0), Value{std::string(10'000, 'x')}).batch(number);
            store->submit(std::move(batch));
            if (!reports.wait_for(number)) return false;
        }
        return true;
    }
    void check_world() {
        store->stop();
        CHECK(load_model(options).objects.size() == number);
    }

    TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    Reports reports;
    std::unique_ptr<Store> store;
    BatchNumber number = 0;
};

}  // namespace

TEST_CASE("checkpoint: another thread copies, and the WAL starts again at its beginning", "[world][store]") {
    Worker worker;
    ShortWal world([&](Work work) { worker.run(std::move(work)); });
    for (int round = 0; round < 10; ++round) {
        REQUIRE(world.commit(30));
        worker.wait_until_idle();
    }
    const StoreStats stats = world.store->stats();
    CHECK(stats.background_checkpoints >= 5);
    CHECK(stats.checkpoints >= 5);
    CHECK(stats.wal_pages_most < 700);  // Four times 100, and some more; without starting again 1,500.
    world.check_world();
}

TEST_CASE("checkpoint: while another thread is asked, commits go on", "[world][store]") {
    std::vector<Work> asked;
    ShortWal world([&](Work work) { asked.push_back(std::move(work)); });
    REQUIRE(world.commit(40));
    REQUIRE(asked.size() == 1);
    CHECK(world.store->stats().checkpoints == 0);
    CHECK(world.store->stats().wal_pages_most > 130);
    // Nothing was committed meanwhile, so that nothing is left for the store's own thread.
    asked.front()();
    asked.clear();
    const int longest = world.store->stats().wal_pages_most;
    REQUIRE(world.commit(15));
    CHECK(world.store->stats().wal_pages_most == longest);
    CHECK(asked.empty());
    world.check_world();
}

TEST_CASE("checkpoint: the WAL does not grow without end because nobody takes the work", "[world][store]") {
    std::vector<Work> asked;
    const bool dropped = GENERATE(false, true);
    ShortWal world([&](Work work) {
        if (!dropped) asked.push_back(std::move(work));
    });
    REQUIRE(world.commit(300));
    CHECK(world.store->stats().wal_pages_most < 450);
    CHECK(world.store->stats().checkpoints >= 3);
    world.check_world();
    for (const Work& late : asked) late();  // The store is stopped: they find nothing to do.
    CHECK(load_model(world.options).objects.size() == world.number);
}

TEST_CASE("checkpoint: a reader in the way of the other thread is no failure", "[world][store]") {
    Worker worker;
    ShortWal world([&](Work work) { worker.run(std::move(work)); });
    Intruder reader(world.directory.database());
    reader.run("begin; select * from account");
    REQUIRE(world.commit(150));
    worker.wait_until_idle();
    CHECK(world.store->stats().background_checkpoints < 30);
    reader.run("rollback");
    REQUIRE(world.commit(50));
    world.check_world();
}

TEST_CASE("checkpoint: a WAL that starts again keeps its file, unless that is far longer than usual",
          "[world][store]") {
    Worker worker;
    ShortWal world([&](Work work) { worker.run(std::move(work)); });
    const std::string wal = world.directory.file("world.db-wal");
    const auto work = [&](int rounds) {
        for (int round = 0; round < rounds; ++round) {
            REQUIRE(world.commit(30));
            worker.wait_until_idle();
        }
    };
    work(4);
    const std::uint64_t usual = files::size(wal);
    const std::uint64_t checkpoints = world.store->stats().checkpoints;
    work(4);
    CHECK(world.store->stats().checkpoints > checkpoints);
    CHECK(files::size(wal) >= usual);

    const std::uint64_t longest = std::uint64_t{2} * (100 + 300) * (4096 + 24);
    Intruder reader(world.directory.database());
    reader.run("begin; select * from account");
    work(14);
    CHECK(files::size(wal) > longest);
    reader.run("rollback");
    work(14);
    CHECK(files::size(wal) <= longest);
    world.check_world();
}

TEST_CASE("checkpoint: a disk that is full is a failure on the other thread too", "[world][store]") {
    std::vector<Work> asked;
    ShortWal world([&](Work work) { asked.push_back(std::move(work)); });
    REQUIRE(world.commit(30));
    REQUIRE(asked.size() == 1);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    const rlimit small{rlim_t{64} << 10, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    asked.front()();  // The database cannot grow.
    setrlimit(RLIMIT_FSIZE, &before);
    asked.clear();
    CHECK_FALSE(world.commit(2));
    CHECK_THAT(world.reports.failure(), Catch::Contains(world.directory.database()));
    world.store->stop();
    CHECK(load_model(world.options).objects.size() >= world.number - 1);
}

TEST_CASE("checkpoint: stopping waits for the other thread, at any moment", "[world][store]") {
    Worker worker;
    for (int round = 0; round < 20; ++round) {
        ShortWal world([&](Work work) { worker.run(std::move(work)); });
        REQUIRE(world.commit(static_cast<BatchNumber>(20 + round)));
        world.check_world();
    }
}
