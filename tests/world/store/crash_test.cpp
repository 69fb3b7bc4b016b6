// A child process works on a world until it dies in the middle of it; this process then looks at what is
// left. Whatever the child reported as committed must be there, and the world must be exactly as after some
// batch.

#include "world/store/power_vfs.hpp"
#include "world/store/store.hpp"

#include "tests/world/store/random_work.hpp"
#include "tests/world/store/worker.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

/// So small that each run folds, checkpoints and drops history many times.
StoreOptions busy_options(const std::string& path) {
    StoreOptions options;
    options.path = path;
    options.fold_after = 1ms;
    options.fold_rows = 3;
    options.fold_between = 10ms;
    options.checkpoint_pages = 30;
    options.checkpoint_patience = 90;
    options.history_bytes = 20'000;
    options.tidy_every = 1ms;
    return options;
}

/// In the child. Never returns. In every other world checkpoints are left to another thread.
[[noreturn]] void work_until_death(const StoreOptions& options, RandomWork work, int report) {
    Reports reports;
    Worker worker;
    Model model;
    auto store = Store::open(options);
    if (!store || !store.value()->load(model)) _exit(1);
    work.skip_to(store.value()->last_batch());
    Store::Callbacks callbacks = reports.callbacks();
    if (work.seed() % 2 == 0) {
        callbacks.in_background = [&worker](std::function<void()> job) { worker.run(std::move(job)); };
    }
    store.value()->start(reports.post(), callbacks);
    for (std::uint64_t count = 1;; ++count) {
        store.value()->submit(work.next());
        if (!reports.wait_for(work.number())) _exit(2);
        const BatchNumber told = work.number();
        if (write(report, &told, sizeof told) != sizeof told) _exit(3);
        if (count % 16 == 0) std::this_thread::sleep_for(3ms);  // A gap, for folding and tidying.
    }
}

struct Death {
    BatchNumber told = 0;  ///< The last batch that was reported as committed.
    int status = 0;
};

/// `kill_after`: zero if the child dies by itself.
Death run_child(const StoreOptions& options, const RandomWork& work, const PowerCut* cut,
                std::chrono::microseconds kill_after) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        if (cut != nullptr && !install_power_vfs(*cut)) _exit(4);
        work_until_death(options, work, ends[1]);
    }
    close(ends[1]);
    std::thread killer;
    if (kill_after.count() > 0) {
        killer = std::thread([=] {
            std::this_thread::sleep_for(kill_after);
            kill(child, SIGKILL);
        });
    }
    Death death;
    BatchNumber told = 0;
    while (read(ends[0], &told, sizeof told) == sizeof told) death.told = told;
    close(ends[0]);
    if (killer.joinable()) killer.join();
    waitpid(child, &death.status, 0);
    return death;
}

/// Empty if the world is as it must be; else what is wrong. Moves `work` to the world's last batch.
std::string look_at(const StoreOptions& options, RandomWork& work, BatchNumber told) {
    StoreOptions plain = options;
    plain.vfs.clear();
    auto store = Store::open(plain);
    if (!store) return "it does not open: " + store.error().text;
    Model model;
    if (const Status loaded = store.value()->load(model); !loaded)
        return "it does not load: " + loaded.error().text;
    const BatchNumber last = store.value()->last_batch();
    if (last < told)
        return "batch " + std::to_string(told) + " was promised, the last one is " + std::to_string(last);
    if (last > told + 1) return "there are batches that never were";
    if (last < work.number()) return "batches of an earlier run are gone";
    work.skip_to(last);
    std::map<std::int64_t, std::int64_t> timers;
    const Status read = store.value()->rows("select id, due from timer",
                                            [&](const Row& row) { timers[row.integer(0)] = row.integer(1); });
    if (!read) return "timers cannot be read: " + read.error().text;
    std::erase_if(work.world.objects, [](const auto& object) { return object.second.empty(); });
    if (model.objects != work.world.objects) return "objects differ";
    if (model.names != work.world.names) return "atoms differ";
    if (model.next_object != work.world.next_object) return "the next id differs";
    return timers == work.timers ? "" : "timers differ";
}

int exit_code(const Death& death) { return WIFEXITED(death.status) ? WEXITSTATUS(death.status) : -1; }

constexpr std::uint64_t rounds_per_world = 6;

void kill_worlds(std::uint64_t worlds) {
    std::mt19937_64 random(20'250'101);
    for (std::uint64_t world = 1; world <= worlds; ++world) {
        const TemporaryDirectory directory;
        const StoreOptions options = busy_options(directory.database());
        RandomWork work(world);
        for (std::uint64_t round = 0; round < rounds_per_world; ++round) {
            const std::chrono::microseconds after{std::uniform_int_distribution<int>(1'000, 150'000)(random)};
            const Death death = run_child(options, work, nullptr, after);
            CAPTURE(world, round, death.told);
            CHECK(WIFSIGNALED(death.status));
            REQUIRE(look_at(options, work, std::max(death.told, work.number())) == "");
        }
    }
}

void cut_worlds(std::uint64_t worlds) {
    for (std::uint64_t world = 1; world <= worlds; ++world) {
        const TemporaryDirectory directory;
        StoreOptions options = busy_options(directory.database());
        options.vfs = power_vfs_name;
        RandomWork work(world);
        for (std::uint64_t round = 0; round < rounds_per_world; ++round) {
            // The first cut comes while the world is being made, or soon after.
            const PowerCut cut{world * 100 + round, round == 0 ? 30U : 1'000U};
            const Death death = run_child(options, work, &cut, 0us);
            CAPTURE(world, round, death.told);
            REQUIRE(exit_code(death) == cut.exit_code);
            REQUIRE(look_at(options, work, std::max(death.told, work.number())) == "");
        }
    }
}

}  // namespace

TEST_CASE("crash: after kill -9 everything promised is there and nothing half", "[world][store][crash]") {
    kill_worlds(4);
}

TEST_CASE("crash: after a power cut everything promised is there and nothing half", "[world][store][power]") {
    cut_worlds(8);
}

TEST_CASE("crash: the same 1,000 times over", "[.][torture]") {
    kill_worlds(170);
    cut_worlds(170);
}

TEST_CASE("crash: without syncs a power cut loses what was promised, and this test notices",
          "[world][store][power]") {
    int losses = 0;
    for (std::uint64_t world = 1; world <= 10; ++world) {
        const TemporaryDirectory directory;
        StoreOptions options = busy_options(directory.database());
        options.vfs = power_vfs_name;
        options.synchronous = StoreOptions::Synchronous::off;
        RandomWork work(world);
        const PowerCut cut{world, 1'000};
        const Death death = run_child(options, work, &cut, 0us);
        REQUIRE(exit_code(death) == cut.exit_code);
        if (!look_at(options, work, death.told).empty()) ++losses;
    }
    CHECK(losses >= 5);
}

TEST_CASE("crash: the power can be cut at will", "[world][store][power]") {
    const pid_t child = fork();
    if (child == 0) {
        if (!install_power_vfs({1, 0, 42})) _exit(1);
        if (install_power_vfs({1, 0, 42})) _exit(2);  // Once only.
        cut_power();
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 42);
}
