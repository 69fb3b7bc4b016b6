#include "engine/reactor/alarm.hpp"
#include "tests/reactor/rig.hpp"

#include <thread>

using namespace gyre;
using namespace std::chrono_literals;
using reactor::Protocol;
using reactor::Reactor;
using test::Client;
using test::LineProtocol;
using test::Rig;

namespace {

/// CPU time and turns of a server that nobody talks to for a while.
std::uint64_t turns_while_idle(Rig& rig, std::chrono::milliseconds time) {
    const std::uint64_t before = rig.reactor.stats().turns;
    std::thread alarm([&] {
        std::this_thread::sleep_for(time);
        rig.reactor.post([&] { rig.reactor.drain(); });
    });
    rig.reactor.run();
    alarm.join();
    return rig.reactor.stats().turns - before;
}

}  // namespace

TEST_CASE("turn: several commands are answered by one flush", "[reactor][turn]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say one\nsay two\nsay three\n");
    CHECK(rig.until([&] { return client.text() == "one\ntwo\nthree\n"; }));
    CHECK(rig.seen.flushes == 2);  // Once when it connected.
    CHECK(rig.reactor.stats().steps == 3);
}

TEST_CASE("turn: a deferred function runs before the same protocol's next command", "[reactor][turn]") {
    Rig rig;
    std::string order;
    rig.act = [&](LineProtocol&, std::string_view line) {
        order += line;
        rig.reactor.defer([&] {
            order += '+';
            rig.reactor.defer([&] { order += '.'; });
        });
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("a\nb\nc\n");
    CHECK(rig.until([&] { return order.size() >= 9; }));
    CHECK(order == "a+.b+.c+.");
}

TEST_CASE("turn: a quantum is 16 commands, then others have their turn", "[reactor][turn]") {
    Rig rig;
    std::string order;
    rig.act = [&](LineProtocol&, std::string_view line) { order += line; };
    const auto listener = rig.listen();
    Client greedy(listener->endpoint());
    Client modest(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
    rig.settle();
    std::string lines;
    for (int count = 0; count < 100; ++count) lines += "g\n";
    greedy.send(lines);
    modest.send("m\n");
    CHECK(rig.until([&] { return order.size() == 101; }));
    CHECK(order.find('m') <= 2 * Reactor::quantum_steps);
    CHECK(rig.reactor.stats().turns > 100 / Reactor::quantum_steps);
}

TEST_CASE("turn: a quantum is one millisecond", "[reactor][turn]") {
    Rig rig;
    std::string order;
    rig.act = [&](LineProtocol&, std::string_view line) {
        order += line;
        if (line == "g") std::this_thread::sleep_for(600us);
    };
    const auto listener = rig.listen();
    Client greedy(listener->endpoint());
    Client modest(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
    rig.settle();
    greedy.send("g\ng\ng\ng\ng\ng\ng\ng\n");
    modest.send("m\n");
    CHECK(rig.until([&] { return order.size() == 9; }));
    CHECK(order.find('m') <= 4);
}

TEST_CASE("turn: what is posted from another thread runs on the reactor", "[reactor][turn]") {
    Rig rig;
    std::thread::id ran_on;
    std::thread other([&] {
        rig.reactor.post([&] {
            ran_on = std::this_thread::get_id();
            rig.reactor.drain();
        });
    });
    CHECK(rig.reactor.run() == 0);
    other.join();
    CHECK(ran_on == std::this_thread::get_id());
}

TEST_CASE("alarm: set again, it rings at the new time only", "[reactor][alarm]") {
    Rig rig;
    int rings = 0;
    reactor::Alarm alarm(rig.reactor, [&] { ++rings; });
    alarm.ring_in(20s);
    alarm.ring_in(10s);
    rig.clock.advance(10s);
    rig.turn();
    CHECK(rings == 1);
    rig.clock.advance(60s);
    rig.turn();
    CHECK(rings == 1);
    alarm.ring_in(5s);
    rig.clock.advance(5s);
    rig.turn();
    CHECK(rings == 2);
}

TEST_CASE("turn: timers follow the clock, in order", "[reactor][turn]") {
    Rig rig;
    std::string order;
    rig.reactor.schedule(rig.clock.steady() + 20s, [&] { order += 'b'; });
    rig.reactor.schedule(rig.clock.steady() + 10s, [&] { order += 'a'; });
    const auto cancelled = rig.reactor.schedule(rig.clock.steady() + 15s, [&] { order += 'x'; });
    CHECK(rig.reactor.cancel(cancelled));
    rig.clock.advance(10s);
    rig.turn();
    CHECK(order == "a");
    rig.clock.advance(60s);
    rig.turn();
    CHECK(order == "ab");
}

TEST_CASE("turn: a timer wakes a sleeping reactor", "[reactor][turn]") {
    const SystemClock clock;
    test::FakeDisk disk;
    Reactor reactor(disk, clock);
    const auto began = clock.steady();
    reactor.schedule(began + 30ms, [&] { reactor.drain(); });
    reactor.schedule(began + 3h, [] {});
    CHECK(reactor.run() == 0);
    CHECK(clock.steady() - began >= 30ms);
    CHECK(clock.steady() - began < 2s);
    CHECK(reactor.stats().turns < 6);
}

TEST_CASE("turn: many due timers do not keep the others waiting", "[reactor][turn]") {
    Rig rig;
    int ran = 0;
    for (int count = 0; count < 20; ++count) {
        rig.reactor.schedule(rig.clock.steady(), [&] {
            ++ran;
            std::this_thread::sleep_for(500us);
        });
    }
    rig.turn();
    CHECK(ran < 10);
    CHECK(rig.until([&] { return ran == 20; }));
}

TEST_CASE("turn: an idle server does not turn", "[reactor][turn]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    rig.newest->transport->set_idle_limit(0);
    rig.settle();
    CHECK(turns_while_idle(rig, 300ms) <= 6);  // Those that end it included; a tick may still be on its way.
}

// --- The store

TEST_CASE("turn: what a change reveals leaves when it is on disk, and keeps its order",
          "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say before\nchange it\nsay behind\n");
    CHECK(rig.until([&] { return client.text() == "before\n"; }));
    rig.settle();
    CHECK(client.text() == "before\n");
    CHECK(rig.disk.commits == 1);
    CHECK(rig.reactor.held_bytes() > 0);
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.text() == "before\nit\nbehind\n"; }));
    CHECK(rig.reactor.held_bytes() == 0);
}

TEST_CASE("turn: those who reveal nothing do not wait", "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    Client changing(listener->endpoint());
    Client looking(listener->endpoint());
    changing.send("change it\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    looking.send("say look\n");
    CHECK(rig.until([&] { return looking.text() == "look\n"; }));
    CHECK(changing.text().empty());
}

TEST_CASE("turn: while one commit is in flight the next batch collects", "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    Client one(listener->endpoint());
    Client two(listener->endpoint());
    one.send("change 1\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    two.send("change 2\n");
    one.send("change 3\n");
    CHECK(rig.until([&] { return rig.seen.handled.size() == 3; }));
    CHECK(rig.disk.commits == 1);
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return one.text() == "1\n"; }));
    rig.settle();
    CHECK(two.text().empty());
    CHECK(rig.disk.commits == 2);
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return one.text() == "1\n3\n" && two.text() == "2\n"; }));
    CHECK(rig.reactor.stats().commits == 2);
}

TEST_CASE("turn: an overfull batch stops commands and the world's timers until it shrinks",
          "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    rig.disk.full = true;
    int world_timers = 0;
    int other_timers = 0;
    rig.reactor.schedule(rig.clock.steady(), [&] { ++world_timers; });
    rig.reactor.schedule_always(rig.clock.steady(), [&] { ++other_timers; });
    client.send("say one\nsay two\n");
    rig.settle();
    CHECK(rig.seen.handled.empty());
    CHECK(world_timers == 0);
    CHECK(other_timers == 1);
    rig.disk.full = false;
    CHECK(rig.until([&] { return client.text() == "one\ntwo\n"; }));
    CHECK(world_timers == 1);
}

TEST_CASE("turn: held output past its limit stops commands, and no reader is to blame",
          "[reactor][durability]") {
    Rig rig;
    const std::string line(3U << 20U, 'x');
    rig.act = [&](LineProtocol& protocol, std::string_view) {
        protocol.transport->write(line, rig.disk.change());
    };
    const auto listener = rig.listen();
    std::vector<std::unique_ptr<Client>> clients;
    for (int count = 0; count < 25; ++count) {
        clients.push_back(std::make_unique<Client>(listener->endpoint()));
        clients.back()->send("go\n");
    }
    rig.settle();
    CHECK(rig.reactor.stalled());
    CHECK(rig.seen.handled.size() == reactor::ConnectionLimits{}.held_bytes / line.size() + 1);
    CHECK(rig.seen.lost == 0);
    std::size_t received = 0;
    const auto all_received = [&] {
        received = 0;
        for (const auto& client : clients) received += client->text().size();
        if (rig.disk.writing()) rig.disk.commit(rig.reactor);
        return received == clients.size() * line.size();
    };
    CHECK(rig.until(all_received));
    CHECK(rig.seen.lost == 0);
    CHECK(rig.reactor.held_bytes() == 0);
    CHECK(rig.reactor.stats().most_held_bytes > reactor::ConnectionLimits{}.held_bytes);
}

TEST_CASE("turn: operators hear of a commit that takes 10 seconds, after 60 it has failed",
          "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    std::vector<std::chrono::seconds> told;
    rig.reactor.on_slow_commit([&](std::chrono::seconds waited) { told.push_back(waited); });
    Client client(listener->endpoint());
    client.send("change it\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.turn();
    rig.clock.advance(9s);
    rig.turn();
    CHECK(told.empty());
    rig.clock.advance(2s);
    rig.turn();
    REQUIRE(told.size() == 1);
    CHECK(told[0] == 11s);
    rig.clock.advance(40s);
    rig.turn();
    CHECK(told.size() == 1);
    CHECK_FALSE(rig.reactor.storage_has_failed());
    rig.clock.advance(10s);
    rig.turn();
    CHECK(rig.reactor.storage_has_failed());
    CHECK(rig.until([&] { return client.text() == "the disk failed\n" && client.ended(); }));
    CHECK(rig.reactor.run() == 74);
}

TEST_CASE("turn: each commit is watched from its own beginning", "[reactor][durability]") {
    Rig rig;
    int told = 0;
    rig.reactor.on_slow_commit([&](std::chrono::seconds) { ++told; });
    for (int commit = 0; commit < 20; ++commit) {
        rig.disk.change();
        rig.turn();
        rig.clock.advance(9s);
        rig.turn();
        rig.disk.commit(rig.reactor);
        rig.turn();
    }
    CHECK(told == 0);
}

TEST_CASE("turn: a failed commit discards what is held, says so, closes and ends with 74",
          "[reactor][durability]") {
    Rig rig;
    const auto listener = rig.listen();
    Client changing(listener->endpoint());
    Client idle(listener->endpoint());
    changing.send("say seen\nchange never\nsay behind\nquit\n");
    CHECK(rig.until([&] { return rig.disk.writing() && rig.seen.made == 2; }));
    rig.reactor.storage_failed("disk full");
    CHECK(rig.reactor.stalled());
    int later_calls = 0;
    rig.reactor.schedule(rig.clock.steady(), [&] { ++later_calls; });
    changing.send("say later\n");
    CHECK(rig.reactor.run() == 74);
    CHECK(changing.text() == "seen\nthe disk failed\n");
    CHECK(idle.text() == "the disk failed\n");
    CHECK(changing.ended());
    CHECK(rig.seen.handled.size() == 4);
    CHECK(rig.seen.lost == 2);
    CHECK(later_calls == 0);
    CHECK(rig.seen.endings == std::vector<Protocol::Ending>(2, Protocol::Ending::storage_failed));
}

TEST_CASE("turn: a change made while a connection goes is sealed without waiting for an event",
          "[reactor][durability]") {
    Rig rig;
    rig.reactor.defer([&] { rig.disk.change(); });
    rig.turn();
    CHECK(rig.disk.commits == 1);
}

// --- Draining

TEST_CASE("drain: without anything pending it ends at once, having said goodbye", "[reactor][drain]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    rig.reactor.drain();
    const auto began = std::chrono::steady_clock::now();
    CHECK(rig.reactor.run() == 0);
    CHECK(std::chrono::steady_clock::now() - began < 500ms);
    CHECK(client.text() == "bye\n");
    CHECK(client.ended());
    CHECK(rig.seen.lost == 1);
}

TEST_CASE("drain: accepts nobody any more and starts no command", "[reactor][drain]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("change it\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.reactor.drain();
    rig.turn();
    client.send("say more\n");
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(listener->endpoint().port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0);
    ::close(probe);
    rig.settle();
    CHECK_FALSE(rig.reactor.exit_code());
    rig.disk.commit(rig.reactor);
    CHECK(rig.reactor.run() == 0);
    CHECK(client.text() == "it\nbye\n");
    CHECK(rig.seen.handled.size() == 1);
}

TEST_CASE("drain: waits five seconds for a peer that does not read", "[reactor][drain]") {
    Rig rig;
    rig.act = [](LineProtocol& protocol, std::string_view) {
        protocol.transport->write(std::string(900'000, 'x'));
        protocol.transport->write(std::string(100'000, 'x'));
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint(), 4096);
    for (int round = 0; round < 4; ++round) client.send("go\n");
    CHECK(rig.until([&] { return !rig.seen.handled.empty(); }));
    rig.settle();
    REQUIRE(rig.seen.lost == 0);
    rig.reactor.drain();
    rig.settle();
    CHECK_FALSE(rig.reactor.exit_code());
    rig.clock.advance(Reactor::drain_time);
    rig.turn();
    CHECK(rig.reactor.exit_code() == 0);
    CHECK(rig.seen.lost == 1);
}

TEST_CASE("drain: a disk that does not finish in time is a failure", "[reactor][drain]") {
    Rig rig;
    rig.disk.change();
    rig.reactor.drain();
    rig.settle();
    CHECK_FALSE(rig.reactor.exit_code());
    rig.clock.advance(Reactor::drain_time);
    rig.turn();
    CHECK(rig.reactor.exit_code() == 74);
}

TEST_CASE("drain: may be asked for by a command", "[reactor][drain]") {
    Rig rig;
    rig.act = [&](LineProtocol& protocol, std::string_view) {
        protocol.transport->write("ok\n");
        rig.reactor.drain();
        CHECK(rig.seen.endings.empty());
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("shutdown\nshutdown\n");
    CHECK(rig.reactor.run() == 0);
    CHECK(client.text() == "ok\nbye\n");
    CHECK(rig.seen.handled.size() == 1);
}
