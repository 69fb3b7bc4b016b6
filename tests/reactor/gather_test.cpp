#include "tests/reactor/rig.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace gyre;
using namespace std::chrono_literals;
using reactor::ConnectionLimits;
using reactor::Reactor;
using test::Client;
using test::LineProtocol;
using test::Rig;

namespace {

/// Longer than any test takes: what waits for the end of the round stays away.
constexpr std::chrono::milliseconds endless = 10min;

ConnectionLimits gathering(std::chrono::milliseconds gather) {
    ConnectionLimits limits;
    limits.gather = gather;
    return limits;
}

/// A speaker and somebody who hears each of his lines.
struct Pair {
    explicit Pair(Rig& used) : rig(used), listener(rig.listen()), listening(listener->endpoint()) {
        rig.act = [this](LineProtocol& protocol, std::string_view line) {
            protocol.transport->write("you: " + std::string(line) + "\n");
            if (hearer != nullptr && &protocol != hearer)
                hearer->transport->write("he: " + std::string(line) + "\n");
        };
        REQUIRE(rig.until([&] { return rig.seen.made == 1; }));
        hearer = rig.newest;
        speaking.emplace(listener->endpoint());
        REQUIRE(rig.until([&] { return rig.seen.made == 2; }));
        rig.settle();
    }

    Rig& rig;
    std::shared_ptr<reactor::Listener> listener;
    Client listening;
    std::optional<Client> speaking;
    LineProtocol* hearer = nullptr;
};

}  // namespace

TEST_CASE("gather: lines of others wait for the end of the round, answers do not", "[reactor][gather]") {
    Rig rig{gathering(endless)};
    Pair pair{rig};
    for (const std::string line : {"one\n", "two\n"}) {
        pair.speaking->send(line);
        CHECK(rig.until([&] { return pair.speaking->text().ends_with(line); }));
    }
    rig.settle();
    CHECK(pair.listening.text().empty());
    pair.listening.send("three\n");
    CHECK(rig.until([&] { return pair.listening.text() == "he: one\nhe: two\nyou: three\n"; }));
}

TEST_CASE("gather: the round ends by itself", "[reactor][gather]") {
    Rig rig{gathering(20ms)};
    Pair pair{rig};
    pair.speaking->send("one\ntwo\n");
    CHECK(rig.until([&] { return pair.speaking->text() == "you: one\nyou: two\n"; }));
    // Nothing else happens: only the reactor's own alarm ends the wait.
    std::mutex mutex;
    std::condition_variable arrived;
    bool done = false;
    std::thread watch([&] {
        std::unique_lock lock(mutex);
        if (!arrived.wait_for(lock, Rig::patience, [&] { return done; })) rig.reactor.post([] {});
    });
    const auto end = std::chrono::steady_clock::now() + Rig::patience;
    while (pair.listening.text().empty() && std::chrono::steady_clock::now() < end)
        rig.reactor.turn(Reactor::Waiting::until_event);
    CHECK(pair.listening.text() == "he: one\nhe: two\n");
    {
        const std::lock_guard lock(mutex);
        done = true;
    }
    arrived.notify_one();
    watch.join();
}

TEST_CASE("gather: 0 sends each line at the end of its turn", "[reactor][gather]") {
    Rig rig{gathering(0ms)};
    Pair pair{rig};
    for (const std::string line : {"one\n", "two\n", "three\n"}) {
        const int flushes = rig.seen.flushes;
        pair.speaking->send(line);
        CHECK(rig.until([&] { return pair.listening.text().ends_with("he: " + line); }));
        CHECK(rig.seen.flushes == flushes + 2);
    }
}

TEST_CASE("gather: what fills a send does not wait", "[reactor][gather]") {
    Rig rig{gathering(endless)};
    Pair pair{rig};
    const std::string line(reactor::HeldOutput::most_gathered, 'x');
    pair.speaking->send(line + "\n");
    CHECK(rig.until([&] { return pair.listening.text() == "he: " + line + "\n"; }));
}

TEST_CASE("gather: an answer that waited for the disk leaves with its commit", "[reactor][gather]") {
    Rig rig{gathering(endless)};
    Pair pair{rig};
    rig.act = nullptr;
    Client client(pair.listener->endpoint());
    REQUIRE(rig.until([&] { return rig.seen.made == 3; }));
    client.send("change it\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.settle();
    CHECK(client.text().empty());
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.text() == "it\n"; }));
}

TEST_CASE("gather: a server that stops sends what it has gathered", "[reactor][gather]") {
    Rig rig{gathering(endless)};
    Pair pair{rig};
    pair.speaking->send("one\n");
    CHECK(rig.until([&] { return pair.speaking->text() == "you: one\n"; }));
    CHECK(pair.listening.text().empty());
    rig.reactor.drain();
    CHECK(rig.until([&] { return pair.listening.text() == "he: one\nbye\n"; }));
}

TEST_CASE("gather: who leaves meanwhile is forgotten", "[reactor][gather]") {
    Rig rig{gathering(20ms)};
    Pair pair{rig};
    pair.speaking->send("one\n");
    CHECK(rig.until([&] { return pair.speaking->text() == "you: one\n"; }));
    pair.listening.close();
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    rig.settle();
    pair.hearer = nullptr;
    pair.speaking->send("two\n");
    CHECK(rig.until([&] { return pair.speaking->text().ends_with("two\n"); }));
}
