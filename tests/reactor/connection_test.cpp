#include "tests/reactor/heap.hpp"
#include "tests/reactor/rig.hpp"

#include <filesystem>

using namespace gyre;
using namespace std::chrono_literals;
using reactor::ConnectionLimits;
using test::Client;
using test::heap_in_use;
using test::LineProtocol;
using test::Rig;

namespace {

std::size_t thread_count() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& task : std::filesystem::directory_iterator("/proc/self/task")) ++count;
    return count;
}

}  // namespace

TEST_CASE("connection: a greeting, commands and an orderly close", "[reactor][connection]") {
    Rig rig;
    rig.greeting = "hello\n";
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say one\nquit\nsay two\n");
    CHECK(rig.until([&] { return client.ended(); }));
    CHECK(client.text() == "hello\none\n");
    CHECK(rig.seen.handled.size() == 2);
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    CHECK(rig.seen.reason == "closed by the server");
    CHECK(rig.reactor.connection_count() == 0);
    client.close();
    CHECK(rig.until([&] { return rig.reactor.admissions().count() == 0; }));
}

TEST_CASE("connection: the last words reach a peer that is still sending", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say farewell\nquit\n");
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    client.send("a line nobody reads\n");
    rig.settle();
    CHECK(client.text() == "farewell\n");
    CHECK(client.ended());
    CHECK_FALSE(client.reset());
}

TEST_CASE("connection: a peer that does not close after us is not waited for long", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("quit\n");
    CHECK(rig.until([&] { return client.ended(); }));
    rig.settle();
    CHECK(rig.reactor.admissions().count() == 1);
    rig.clock.advance(3s);
    rig.turn();
    CHECK(rig.reactor.admissions().count() == 0);
}

TEST_CASE("connection: close waits for what is held", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("change it\nquit\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.clock.advance(40s);  // A slow disk is not the peer's fault.
    rig.settle();
    CHECK(rig.seen.lost == 0);
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.ended(); }));
    CHECK(client.text() == "it\n");
}

TEST_CASE("connection: a peer that goes is noticed at once", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    client.close();
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    CHECK(rig.seen.reason == "closed by the peer");
}

TEST_CASE("connection: a peer that closes its side is still answered", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say one\nchange two\nsay three\n");
    client.finish_sending();
    CHECK(rig.until([&] { return client.text() == "one\n" && rig.disk.writing(); }));
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.ended(); }));
    CHECK(client.text() == "one\ntwo\nthree\n");
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
}

TEST_CASE("connection: a peer that closes its side still gets an answer that takes time",
          "[reactor][connection]") {
    Rig rig;
    rig.act = [](LineProtocol& protocol, std::string_view line) {
        if (line == "login")
            protocol.waiting = true;
        else
            protocol.usual(line);
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("login\nsay in\n");
    client.finish_sending();
    CHECK(rig.until([&] { return rig.seen.handled.size() == 1; }));
    rig.settle();
    CHECK(rig.seen.lost == 0);
    SECTION("when it comes") {
        rig.newest->waiting = false;
        rig.newest->transport->wake();
        CHECK(rig.until([&] { return client.ended(); }));
        CHECK(client.text() == "in\n");
    }
    SECTION("but not for ever") {
        rig.clock.advance(123s);
        rig.turn();
        CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    }
}

TEST_CASE("connection: while an answer is awaited nothing is read", "[reactor][connection]") {
    Rig rig;
    rig.act = [](LineProtocol& protocol, std::string_view line) {
        if (line == "login") protocol.waiting = true;
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("login\n");
    CHECK(rig.until([&] { return rig.seen.handled.size() == 1; }));
    client.send("one\n");
    rig.settle();
    rig.newest->waiting = false;  // Had it been read, nobody would handle it without a wake().
    rig.settle();
    CHECK(rig.seen.handled.size() == 1);
    rig.newest->transport->wake();
    CHECK(rig.until([&] { return rig.seen.handled.size() == 2; }));
}

TEST_CASE("connection: a peer that breaks off while its answer is awaited is noticed at once",
          "[reactor][connection]") {
    Rig rig;
    rig.act = [](LineProtocol& protocol, std::string_view) { protocol.waiting = true; };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("login\n");
    CHECK(rig.until([&] { return rig.seen.handled.size() == 1; }));
    const linger at_once{1, 0};
    ::setsockopt(client.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    client.close();
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    CHECK(rig.seen.reason == "Connection reset by peer");
}

TEST_CASE("connection: what came in one burst is read to its end", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    // More than is read at a time, all of it there before the first read, with or without the end behind it.
    const bool with_end = GENERATE(false, true);
    const int lines = 3'000;
    std::string burst;
    for (int line = 0; line < lines; ++line)
        burst += "a line that nobody answers " + std::to_string(line) + "\n";
    client.send(burst);
    if (with_end) client.finish_sending();
    CHECK(rig.until([&] { return rig.seen.handled.size() == lines; }));
    rig.settle();
    CHECK(rig.seen.lost == (with_end ? 1 : 0));
}

TEST_CASE("connection: abort from within any call is safe and drops what is queued",
          "[reactor][connection]") {
    Rig rig;
    rig.act = [&](LineProtocol& protocol, std::string_view) {
        protocol.transport->write("lost\n");
        protocol.transport->abort_connection("enough");
        protocol.transport->write("lost too\n");
        protocol.transport->lose_connection();
        protocol.transport->wake();
        CHECK(rig.seen.lost == 0);
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("go\ngo\n");
    CHECK(rig.until([&] { return client.ended() || client.reset(); }));
    CHECK(client.text().empty());
    CHECK(rig.seen.handled.size() == 1);
    CHECK(rig.seen.lost == 1);
    CHECK(rig.seen.reason == "enough");
    CHECK(rig.reactor.admissions().count() == 0);
}

TEST_CASE("connection: one call may abort another connection", "[reactor][connection]") {
    Rig rig;
    std::vector<LineProtocol*> all;
    rig.act = [&](LineProtocol& protocol, std::string_view) {
        for (LineProtocol* other : all) {
            if (other != &protocol) other->transport->abort_connection("booted");
        }
        protocol.transport->write("done\n");
    };
    const auto listener = rig.listen();
    Client one(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    all.push_back(rig.newest);
    Client two(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 2; }));
    all.push_back(rig.newest);
    one.send("boot\n");
    two.send("boot\n");
    CHECK(rig.until([&] { return rig.seen.lost == 1; }));
    rig.settle();
    CHECK(rig.seen.handled.size() == 1);
}

TEST_CASE("connection: over its high-water mark a peer's commands wait", "[reactor][connection]") {
    ConnectionLimits limits;
    limits.output_bytes = 64U << 20U;
    Rig rig(limits);
    const std::string line(1U << 20U, 'x');
    rig.act = [&](LineProtocol& protocol, std::string_view) { protocol.transport->write(line); };
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    std::string lines;
    for (int count = 0; count < 40; ++count) lines += "go\n";
    client.send(lines);
    rig.settle();
    CHECK(rig.seen.handled.size() < 20);
    CHECK(rig.until([&] { return client.text().size() == 40 * line.size(); }));
    CHECK(rig.seen.lost == 0);
}

TEST_CASE("connection: a peer that does not take its output loses the connection", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint(), 4096);
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    const std::string line(100'000, 'x');
    int lines = 0;
    CHECK(rig.until([&] {
        if (rig.seen.lost == 0) rig.newest->transport->write(line), ++lines;
        return rig.seen.lost == 1;
    }));
    CHECK(rig.seen.reason == "too slow a reader");
    CHECK(lines > 10);
    CHECK(lines < 100);
}

TEST_CASE("connection: a peer that does not take its output loses it, marked or not",
          "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint(), 4096);
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    int lines = 0;
    CHECK(rig.until([&] {
        if (rig.seen.lost == 0)
            rig.newest->transport->write(std::string(100'000, 'x'), rig.disk.change()), ++lines;
        if (rig.disk.writing()) rig.disk.commit(rig.reactor);
        return rig.seen.lost == 1;
    }));
    CHECK(rig.seen.reason == "too slow a reader");
    CHECK(lines < 100);
}

TEST_CASE("connection: silence past its limit closes", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    SECTION("before the protocol says otherwise") { rig.clock.advance(123s); }
    SECTION("as the protocol says") {
        rig.newest->transport->set_idle_limit(20);
        rig.clock.advance(15s);
        rig.turn();
        client.send("say x\n");
        CHECK(rig.until([&] { return client.text() == "x\n"; }));
        rig.clock.advance(15s);
        rig.settle();
        CHECK(rig.seen.lost == 0);
        rig.clock.advance(10s);
    }
    CHECK(rig.until([&] { return client.ended(); }));
    CHECK(client.text().ends_with("too quiet\n"));
    CHECK(rig.seen.reason == "idle for too long");
}

TEST_CASE("connection: without a limit silence may last", "[reactor][connection]") {
    Rig rig;
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    CHECK(rig.until([&] { return rig.seen.made == 1; }));
    rig.newest->transport->set_idle_limit(0);
    rig.clock.advance(24h);
    rig.settle();
    CHECK(rig.seen.lost == 0);
}

TEST_CASE("connection: 1,000 idle ones cost no thread and little memory each", "[reactor][connection]") {
    constexpr std::size_t count = 1'000;
    Rig rig;
    const auto listener = rig.listen();
    std::vector<std::unique_ptr<Client>> clients;
    clients.reserve(count);
    rig.peers.reserve(count + 1);
    const auto add = [&] {
        clients.push_back(std::make_unique<Client>(listener->endpoint()));
        clients.back()->send("say x\n");
        CHECK(rig.until([&] { return clients.back()->text() == "x\n"; }));
    };
    add();
    const std::size_t threads = thread_count();
    const std::size_t before = heap_in_use();
    while (clients.size() < count) add();
    rig.settle();
    CHECK(thread_count() == threads);
    // The test's own part (client, protocol, records) is about 300 bytes of it.
    const std::size_t each = (heap_in_use() - before) / (count - 1);
    INFO("bytes for each idle connection: " << each);
    CHECK(each < 1'536 + 300);
    CHECK(rig.reactor.connection_count() == count);
}
