#include "engine/reactor/compression.hpp"
#include "tests/reactor/heap.hpp"
#include "tests/reactor/rig.hpp"
#include "tests/support/chunks.hpp"

using namespace gyre;
using namespace gyre::test;
using reactor::ConnectionLimits;
using reactor::Deflater;
using reactor::Inflater;

namespace {

std::string deflated(std::string_view plain) {
    Deflater deflater;
    deflater.write(plain);
    deflater.finish();
    return std::string{deflater.pending()};
}

/// What a stream says, and what is behind its end.
struct Reader {
    Inflater inflater;
    std::string plain;
    std::string behind;

    void read(std::string_view bytes) {
        std::array<char, 100> buffer{};
        while (const std::size_t count = inflater.read(bytes, buffer)) plain.append(buffer.data(), count);
        behind += bytes;
    }
};

/// "zip" and "unzip" are barriers, everything else is as usual.
LineProtocol::Act with_barriers() {
    return [](LineProtocol& protocol, std::string_view line) {
        if (line == "zip") return protocol.transport->start_compression();
        if (line == "unzip") return protocol.transport->end_compression();
        protocol.usual(line);
    };
}

std::string noise(std::size_t size) {
    std::string bytes;
    std::uint32_t state = 1;
    while (bytes.size() < size) {
        state = state * 1664525U + 1013904223U;
        bytes.push_back(static_cast<char>(state >> 24U));
    }
    return bytes;
}

}  // namespace

TEST_CASE("compression: a stream comes out as it went in, however it is split", "[reactor][compression]") {
    const auto chunk = GENERATE(1U, 2U, 3U, 7U, 64U, 100'000U);
    const std::string plain =
        "You see a brass lamp. You see a brass lamp.\n" + noise(300) + std::string(9000, 'x');
    Reader reader;
    feed_in_chunks(deflated(plain) + "then this", chunk, [&](std::string_view part) { reader.read(part); });
    CHECK(reader.plain == plain);
    CHECK(reader.behind == "then this");
    CHECK(reader.inflater.state() == Inflater::State::ended);
}

TEST_CASE("compression: what was flushed can be read at once, and a flush of nothing is nothing",
          "[reactor][compression]") {
    Deflater deflater;
    Reader reader;
    deflater.flush();
    CHECK(deflater.pending().empty());
    deflater.write("one");
    deflater.flush();
    reader.read(deflater.pending());
    CHECK(reader.plain == "one");
    deflater.sent(deflater.pending().size());
    deflater.flush();
    CHECK(deflater.pending().empty());
    deflater.finish();
    deflater.finish();
    reader.read(deflater.pending());
    CHECK(reader.inflater.state() == Inflater::State::ended);
}

TEST_CASE("compression: what is no stream, or is damaged, is found out", "[reactor][compression]") {
    Reader text;
    text.read("look\r\nnorth\r\n");
    CHECK(text.inflater.state() == Inflater::State::failed);
    std::string damaged = deflated(noise(5000));
    damaged[2500] = static_cast<char>(damaged[2500] ^ 0x55);
    Reader reader;
    reader.read(damaged);
    CHECK(reader.inflater.state() == Inflater::State::failed);
    reader.read("more");
    CHECK(reader.inflater.state() == Inflater::State::failed);
}

TEST_CASE("compression: a stream takes 112 KiB at most to send and 48 to receive", "[reactor][compression]") {
    const std::string plain = noise(100'000);
    const std::string stream = deflated(plain);
    const std::size_t before = heap_in_use();
    Deflater deflater;
    deflater.write(plain);
    deflater.sent(deflater.pending().size());
    const std::size_t sending = heap_in_use();
    Inflater inflater;
    std::array<char, 1000> buffer{};
    std::string_view rest = stream;
    while (inflater.read(rest, buffer) > 0) {}
    CHECK(inflater.state() == Inflater::State::ended);
    CHECK(sending - before < (112U << 10U));
    CHECK(heap_in_use() - sending < (48U << 10U));
}

TEST_CASE("connection: behind the barrier all is compressed, flushed once a turn", "[reactor][compression]") {
    Rig rig;
    rig.act = with_barriers();
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("say plain\nzip\nsay one\nsay two\n");
    Reader reader;
    CHECK(rig.until([&] { return client.text().size() > 20; }));
    rig.settle();
    REQUIRE(client.text().starts_with("plain\n\x68"));
    reader.read(client.text().substr(6));
    CHECK(reader.plain == "one\ntwo\n");
    std::size_t known = client.text().size();
    client.send("unzip\nsay three\n");
    CHECK(rig.until([&] { return client.text().ends_with("three\n"); }));
    reader.read(client.text().substr(known));
    CHECK(reader.inflater.state() == Inflater::State::ended);
    CHECK(reader.behind == "three\n");
    // A second stream knows nothing of the first.
    known = client.text().size();
    client.send("zip\nsay four\nquit\n");
    CHECK(rig.until([&] { return client.ended(); }));
    Reader second;
    second.read(client.text().substr(known));
    CHECK(second.plain == "four\n");
    CHECK(second.inflater.state() == Inflater::State::ended);
}

TEST_CASE("connection: compression keeps its place behind what is held", "[reactor][compression]") {
    Rig rig;
    rig.act = with_barriers();
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("change held\nzip\nsay more\nquit\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.settle();
    CHECK(client.text().empty());
    rig.disk.commit(rig.reactor);
    CHECK(rig.until([&] { return client.ended(); }));
    REQUIRE(client.text().starts_with("held\n"));
    Reader reader;
    reader.read(client.text().substr(5));
    CHECK(reader.plain == "more\n");
    CHECK(reader.inflater.state() == Inflater::State::ended);
}

TEST_CASE("connection: a failed disk's goodbye is said within the stream", "[reactor][compression]") {
    Rig rig;
    rig.act = with_barriers();
    const auto listener = rig.listen();
    Client client(listener->endpoint());
    client.send("zip\nsay one\n");
    CHECK(rig.until([&] { return client.text().size() > 5; }));
    client.send("change lost\nunzip\nquit\n");
    CHECK(rig.until([&] { return rig.disk.writing(); }));
    rig.reactor.storage_failed("no room");
    CHECK(rig.until([&] { return client.ended(); }));
    Reader reader;
    reader.read(client.text());
    CHECK(reader.plain == "one\nthe disk failed\n");
    CHECK(reader.inflater.state() == Inflater::State::ended);
    CHECK(reader.behind.empty());
}

TEST_CASE("connection: a slow reader of a stream gets all of it", "[reactor][compression]") {
    ConnectionLimits limits;
    limits.output_bytes = 64U << 20U;
    Rig rig(limits);
    const std::string part = noise(100'000);
    rig.act = [&](LineProtocol& protocol, std::string_view line) {
        if (line == "zip") return protocol.transport->start_compression();
        line == "quit" ? protocol.transport->lose_connection() : protocol.transport->write(part);
    };
    const auto listener = rig.listen();
    Client client(listener->endpoint(), 4096);
    std::string lines = "zip\n";
    for (int i = 0; i < 20; ++i) lines += "noise\n";
    client.send(lines);
    rig.settle();
    client.send("quit\n");
    CHECK(rig.until([&] { return client.ended(); }));
    Reader reader;
    reader.read(client.text());
    CHECK(reader.plain.size() == 20 * part.size());
    CHECK(reader.plain.ends_with(part));
    CHECK(reader.inflater.state() == Inflater::State::ended);
}

TEST_CASE("connection: a peer that does not take its stream loses the connection", "[reactor][compression]") {
    Rig rig;
    rig.act = with_barriers();
    const auto listener = rig.listen();
    Client client(listener->endpoint(), 4096);
    client.send("zip\n");
    CHECK(rig.until([&] { return rig.seen.handled.size() == 1; }));
    const std::string part = noise(100'000);
    int parts = 0;
    CHECK(rig.until([&] {
        if (rig.seen.lost == 0) rig.newest->transport->write(part), ++parts;
        return rig.seen.lost == 1;
    }));
    CHECK(rig.seen.reason == "too slow a reader");
    CHECK(parts < 100);
}
