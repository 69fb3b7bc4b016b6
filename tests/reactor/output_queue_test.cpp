#include "engine/reactor/output_queue.hpp"

#include <catch2/catch.hpp>

#include <random>

using gyre::reactor::OutputQueue;
using Barrier = OutputQueue::Barrier;

namespace {
std::string take_sendable(OutputQueue& queue) {
    std::string bytes(queue.sendable());
    queue.sent(bytes.size());
    return bytes;
}
}  // namespace

TEST_CASE("output queue: bytes without a mark leave at once", "[reactor][output_queue]") {
    OutputQueue queue;
    queue.append("one ", 0);
    queue.append("two", 0);
    CHECK(take_sendable(queue) == "one two");
    CHECK(queue.empty());
}

TEST_CASE("output queue: marked bytes wait for their batch, and nothing overtakes them",
          "[reactor][output_queue]") {
    OutputQueue queue;
    queue.append("a", 0);
    queue.append("b", 5);
    queue.append("c", 0);
    queue.append("d", 6);
    queue.append("e", 5);
    CHECK(take_sendable(queue) == "a");
    CHECK(queue.held_bytes() == 4);
    CHECK(queue.release(4) == 0);
    CHECK(queue.release(5) == 2);
    CHECK(take_sendable(queue) == "bc");
    CHECK(queue.release(6) == 2);
    CHECK(take_sendable(queue) == "de");
}

TEST_CASE("output queue: of many batches none waits longer than for its own", "[reactor][output_queue]") {
    OutputQueue queue;
    for (const gyre::BatchNumber needs : {1U, 2U, 3U, 2U, 4U}) queue.append("x", needs);
    CHECK(queue.release(1) == 1);
    CHECK(queue.release(2) == 1);
    CHECK(queue.release(3) == 2);  // What needed less stood behind it.
    CHECK(queue.release(4) == 1);
}

TEST_CASE("output queue: a barrier is reached when all before it has left", "[reactor][output_queue]") {
    OutputQueue queue;
    queue.append("before", 3);
    queue.append(Barrier::start_tls);
    queue.append("behind", 0);
    queue.append(Barrier::close);
    CHECK(queue.is_next(Barrier::start_tls));
    CHECK_FALSE(queue.reached());
    queue.release(3);
    CHECK_FALSE(queue.reached());
    CHECK(queue.sendable() == "before");
    queue.sent(3);
    CHECK_FALSE(queue.reached());
    queue.sent(3);
    REQUIRE(queue.reached() == Barrier::start_tls);
    CHECK(queue.sendable().empty());
    queue.pass_barrier();
    CHECK(take_sendable(queue) == "behind");
    REQUIRE(queue.reached() == Barrier::close);
    queue.pass_barrier();
    CHECK(queue.empty());
}

TEST_CASE("output queue: a barrier in an empty queue is reached at once", "[reactor][output_queue]") {
    OutputQueue queue;
    queue.append(Barrier::close);
    CHECK(queue.reached() == Barrier::close);
}

TEST_CASE("output queue: what is held can be dropped, barriers behind it included",
          "[reactor][output_queue]") {
    OutputQueue queue;
    queue.append("told", 0);
    queue.append("held", 2);
    queue.append(Barrier::close);
    queue.drop_held();
    queue.append(" and why", 0);
    CHECK(take_sendable(queue) == "told and why");
    CHECK(queue.empty());
}

TEST_CASE("output queue: random pieces come out whole and in order, none before its batch",
          "[reactor][output_queue]") {
    std::mt19937 random(7);
    OutputQueue queue;
    std::string expected;
    std::string seen;
    gyre::BatchNumber durable = 0;
    std::vector<std::pair<std::size_t, gyre::BatchNumber>> needs;  // End of a stretch, its batch.
    for (int round = 0; round < 20'000; ++round) {
        const gyre::BatchNumber mark = random() % 3 == 0 ? 0 : durable + 1 + random() % 2;
        const std::string piece(1 + random() % 50, static_cast<char>('a' + random() % 26));
        queue.append(piece, mark);
        expected += piece;
        needs.emplace_back(expected.size(), mark);
        if (random() % 4 == 0) queue.release(++durable);
        const std::size_t part = queue.sendable().empty() ? 0 : random() % (queue.sendable().size() + 1);
        seen += queue.sendable().substr(0, part);
        queue.sent(part);
        const auto revealed = [&](const auto& stretch) { return stretch.first <= seen.size(); };
        while (!needs.empty() && revealed(needs.front())) {
            REQUIRE(needs.front().second <= durable);
            needs.erase(needs.begin());
        }
    }
    queue.release(durable + 2);
    seen += take_sendable(queue);
    CHECK(seen == expected);
}
