#include "engine/reactor/worker_pool.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <string>
#include <vector>

using gyre::reactor::WorkerPool;

namespace {

/// Stands for the reactor: keeps what workers posted until it is asked to run it.
class Mailbox {
  public:
    WorkerPool::Post post() {
        return [this](std::function<void()> action) {
            const std::lock_guard lock(mutex_);
            actions_.push_back(std::move(action));
        };
    }
    std::size_t run() {
        std::vector<std::function<void()>> actions;
        {
            const std::lock_guard lock(mutex_);
            actions.swap(actions_);
        }
        for (const auto& action : actions) action();
        return actions.size();
    }
    void run_until(const std::function<bool()>& condition) {
        while (!condition()) {
            if (run() == 0) std::this_thread::yield();
        }
    }

  private:
    std::mutex mutex_;
    std::vector<std::function<void()>> actions_;
};

/// A job that runs until it is let go.
struct Gatekeeper {
    std::promise<void> go;
    std::promise<void> started;
    std::function<void()> work() {
        return [this] {
            started.set_value();
            go.get_future().wait();
        };
    }
};

void nothing() {}

}  // namespace

TEST_CASE("worker pool: work runs on another thread, what follows on the reactor", "[reactor][worker_pool]") {
    Mailbox mailbox;
    WorkerPool pool(1, mailbox.post());
    std::thread::id worker;
    std::thread::id follower;
    CHECK(pool.submit(
              "", [&] { worker = std::this_thread::get_id(); },
              [&] { follower = std::this_thread::get_id(); }) == 0U);
    mailbox.run_until([&] { return follower != std::thread::id{}; });
    CHECK(worker != std::this_thread::get_id());
    CHECK(follower == std::this_thread::get_id());
}

TEST_CASE("worker pool: sources take turns and everyone is told how many are ahead",
          "[reactor][worker_pool]") {
    Mailbox mailbox;
    Gatekeeper gatekeeper;
    WorkerPool pool(1, mailbox.post());
    CHECK(pool.submit("", gatekeeper.work(), nothing) == 0U);
    gatekeeper.started.get_future().wait();
    std::string order;
    const auto job = [&](char name) { return [&order, name] { order += name; }; };
    CHECK(pool.submit("a", job('1'), nothing) == 1U);
    CHECK(pool.submit("a", job('2'), nothing) == 2U);
    CHECK(pool.submit("a", job('3'), nothing) == 3U);
    const auto third = pool.last_ticket();
    CHECK(pool.submit("b", job('4'), nothing) == 2U);
    CHECK(pool.submit("b", job('5'), nothing) == 4U);
    CHECK(pool.submit("c", job('6'), nothing) == 3U);
    CHECK(pool.ahead_of(third) == 6);
    gatekeeper.go.set_value();
    mailbox.run_until([&] { return pool.ahead_of(third) == 0; });
    int done = 0;
    pool.submit("", nothing, [&] { ++done; });
    mailbox.run_until([&] { return done == 1; });
    CHECK(order == "146253");
}

TEST_CASE("worker pool: one source has at most four jobs, the queue at most 64", "[reactor][worker_pool]") {
    Mailbox mailbox;
    Gatekeeper gatekeeper;
    WorkerPool pool(1, mailbox.post());
    pool.submit("a", gatekeeper.work(), nothing);
    gatekeeper.started.get_future().wait();
    for (int count = 0; count < 3; ++count) CHECK(pool.submit("a", nothing, nothing));
    CHECK_FALSE(pool.submit("a", nothing, nothing));
    for (std::size_t count = 3; count < WorkerPool::longest_queue; ++count)
        CHECK(pool.submit("", nothing, nothing));
    CHECK_FALSE(pool.submit("", nothing, nothing));
    CHECK_FALSE(pool.submit("b", nothing, nothing));
    gatekeeper.go.set_value();
    bool accepted = false;
    mailbox.run_until([&] {
        if (!accepted) accepted = pool.submit("b", nothing, nothing).has_value();
        return accepted;
    });
}

TEST_CASE("worker pool: at its end running work is awaited and the rest dropped", "[reactor][worker_pool]") {
    Mailbox mailbox;
    Gatekeeper gatekeeper;
    std::atomic<int> ran{0};
    std::thread release;
    {
        WorkerPool pool(2, mailbox.post());
        pool.submit("", gatekeeper.work(), [&] { ran += 10; });
        gatekeeper.started.get_future().wait();
        Gatekeeper second;
        release = std::thread([&] { gatekeeper.go.set_value(); });
    }
    release.join();
    mailbox.run();
    CHECK(ran <= 10);
}
