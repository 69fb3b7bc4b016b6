// Figures, not claims: run with `test_world_store [measure]` in a release build.

#include "world/store/store.hpp"

#include "tests/world/store/support.hpp"
#include "tests/world/store/worker.hpp"

#include <cstdio>
#include <random>
#include <thread>

using namespace gyre;
using namespace gyre::test;
using namespace std::chrono_literals;

namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point begin) {
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

double milliseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-6; }

/// Reads each property, as the world would, and keeps nothing.
class Counting final : public Loader {
  public:
    void next_id(ObjectId /*next*/) override {}
    void atom(StoredAtom /*number*/, std::string_view /*name*/) override {}
    bool object(ObjectId /*id*/, std::string_view data) override {
        ByteReader reader(data);
        while (!reader.at_end()) {
            (void)reader.number();
            (void)reader.raw_value();
            ++properties;
        }
        return !reader.damaged();
    }
    bool change(const Change& /*change*/) override { return true; }
    std::size_t properties = 0;
};

void fill(const StoreOptions& options, std::uint64_t objects) {
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), reports.callbacks());
    BatchNumber number = store->last_batch();
    for (std::uint64_t id = 1; id <= objects;) {
        JournalWriter writer;
        for (const std::uint64_t end = std::min(id + 2'000, objects + 1); id < end; ++id) {
            for (std::uint32_t property = 0; property < 8; ++property)
                writer.set(id, own_atom(property),
                           property < 4 ? Value{static_cast<std::int64_t>(id)} : Value{"brass lamp"});
        }
        store->submit(writer.batch(++number));
        REQUIRE(reports.wait_for(number));
    }
}

Store::Callbacks callbacks_with(Worker* worker, Reports& reports) {
    Store::Callbacks callbacks = reports.callbacks();
    if (worker != nullptr)
        callbacks.in_background = [worker](std::function<void()> work) { worker->run(std::move(work)); };
    return callbacks;
}

void print(const char* what, bool in_background, const StoreStats& stats) {
    const auto changes = static_cast<double>(stats.changes);
    std::printf(
        "%s%s: %.0f changes, commit %.2f us CPU/change, fold %.2f us CPU/change; commit p50 %.2f p99 %.2f "
        "max "
        "%.2f ms; "
        "fold p99 %.2f max %.2f ms; %d checkpoints p50 %.2f max %.2f ms; WAL most %d pages\n",
        what, in_background ? ", checkpoints in the background" : "", changes,
        stats.commit_cpu_s * 1e6 / changes, stats.fold_cpu_s * 1e6 / changes,
        milliseconds(stats.commit_time.p50()), milliseconds(stats.commit_time.p99()),
        milliseconds(stats.commit_time.max()), milliseconds(stats.fold_time.p99()),
        milliseconds(stats.fold_time.max()), static_cast<int>(stats.checkpoints),
        milliseconds(stats.checkpoint_time.p50()), milliseconds(stats.checkpoint_time.max()),
        stats.wal_pages_most);
}

void print_answers(const Histogram& answered) {
    std::printf("durable after p50 %.2f p99 %.2f p99.9 %.2f max %.2f ms\n", milliseconds(answered.p50()),
                milliseconds(answered.p99()), milliseconds(answered.p999()), milliseconds(answered.max()));
}

}  // namespace

TEST_CASE("measure: start with 1,000,000 objects of 8 properties", "[.][measure]") {
    const TemporaryDirectory directory;
    StoreOptions options = options_for(directory);
    auto begin = SteadyClock::now();
    fill(options, 1'000'000);
    std::printf("made in %.2f s, %.0f MiB\n", seconds_since(begin),
                static_cast<double>(std::filesystem::file_size(options.path)) / 1048576);
    begin = SteadyClock::now();
    Counting counting;
    const auto store = open_store(options);
    const double opened = seconds_since(begin);
    REQUIRE(store->load(counting).ok());
    std::printf("opened in %.3f s, %zu properties loaded in %.2f s\n", opened, counting.properties,
                seconds_since(begin));
}

TEST_CASE("measure: 100 changes a commit, as fast as they go", "[.][measure]") {
    const std::uint64_t objects = GENERATE(20U, 20'000U);
    const bool in_background = GENERATE(false, true);
    const TemporaryDirectory directory;
    const StoreOptions options = options_for(directory);
    Worker worker;
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), callbacks_with(in_background ? &worker : nullptr, reports));
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::uint64_t> any(1, objects);
    Histogram answered;
    for (BatchNumber number = 1; number <= 5'000; ++number) {
        JournalWriter writer;
        for (int count = 0; count < 100; ++count)
            writer.set(any(random), own_atom(static_cast<std::uint32_t>(count % 8)), Value{count});
        const auto begin = SteadyClock::now();
        store->submit(writer.batch(number));
        REQUIRE(reports.wait_for(number));
        answered.add(static_cast<std::uint64_t>((SteadyClock::now() - begin).count()));
    }
    std::this_thread::sleep_for(2s);
    print(objects == 20 ? "20 objects" : "20,000 objects", in_background, store->stats());
    print_answers(answered);
}

TEST_CASE("measure: 10,000 changes a second over 400,000 properties", "[.][measure]") {
    const bool in_background = GENERATE(false, true);
    const TemporaryDirectory directory;
    Worker worker;
    const StoreOptions options = options_for(directory);
    fill(options, 50'000);
    Reports reports;
    const auto store = open_store(options);
    store->start(reports.post(), callbacks_with(in_background ? &worker : nullptr, reports));
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::uint64_t> any(1, 50'000);
    Histogram held;
    Histogram answered;
    const BatchNumber first = store->last_batch() + 1;
    auto due = SteadyClock::now();
    for (BatchNumber number = first; number < first + 4'000; ++number) {
        JournalWriter writer;
        for (int count = 0; count < 50; ++count)
            writer.set(any(random), own_atom(static_cast<std::uint32_t>(random() % 8)), Value{count});
        Batch batch = writer.batch(number);
        const auto begin = SteadyClock::now();
        store->submit(std::move(batch));
        held.add(static_cast<std::uint64_t>((SteadyClock::now() - begin).count()));
        REQUIRE(reports.wait_for(number));
        answered.add(static_cast<std::uint64_t>((SteadyClock::now() - begin).count()));
        due += 5ms;
        std::this_thread::sleep_until(due);
    }
    print("10,000/s", in_background, store->stats());
    std::printf("submit p50 %.1f p99 %.1f max %.1f us\n", milliseconds(held.p50()) * 1e3,
                milliseconds(held.p99()) * 1e3, milliseconds(held.max()) * 1e3);
    print_answers(answered);
}
