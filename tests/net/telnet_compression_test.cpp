#include "engine/reactor/compression.hpp"
#include "net/telnet/compressed_input.hpp"
#include "tests/net/telnet_door.hpp"

#include <array>
#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using EntryKind = MemoryTransport::Entry::Kind;
using Lines = std::vector<std::string>;

namespace {

/// What TinTin++ and Mudlet send: pieces of one stream, each flushed.
struct Sender {
    reactor::Deflater deflater;

    std::string operator()(std::string_view plain) {
        deflater.write(plain);
        deflater.flush();
        return taken();
    }
    std::string end() {
        deflater.finish();
        return taken();
    }

  private:
    std::string taken() {
        std::string bytes{deflater.pending()};
        deflater.sent(bytes.size());
        return bytes;
    }
};

const std::string begins = sb(87, "");

std::string whole(std::string_view plain) {
    reactor::Deflater deflater;
    deflater.write(plain);
    deflater.finish();
    return std::string{deflater.pending()};
}

}  // namespace

TEST_CASE("telnet: MCCP2 begins behind its subnegotiation and ends before WONT", "[net][telnet]") {
    Door door;
    door.connect();
    CHECK(contains(door.transport.take(), will(86) + will(87)));
    door.protocol->bytes_received(do_(86));
    const auto& entries = door.transport.entries();
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].bytes == sb(86, ""));
    CHECK(entries[1].kind == EntryKind::start_compression);
    door.protocol->bytes_received(do_(86));
    CHECK(entries.size() == 2);
    door.transport.take();
    door.protocol->bytes_received(dont(86));
    REQUIRE(entries.size() == 2);
    CHECK(entries[0].kind == EntryKind::end_compression);
    CHECK(entries[1].bytes == wont(86));
}

TEST_CASE("telnet: inside TLS nothing is compressed", "[net][telnet]") {
    Door door;
    door.transport.peer_to_change().encrypted = true;
    door.connect();
    const std::string offers = door.transport.take();
    CHECK_FALSE(contains(offers, will(86)));
    CHECK_FALSE(contains(offers, will(87)));
    CHECK(door.sends(do_(86)) == wont(86));
    CHECK(door.transport.entries().empty());
}

TEST_CASE("telnet: a peer may compress what it sends, however it is split", "[net][telnet]") {
    const auto chunk = GENERATE(1U, 2U, 3U, 7U, 64U, 4096U);
    Door door;
    door.log_in();
    Sender sender;
    std::string bytes = do_(87) + "look\r\n" + begins;
    bytes += sender("say one\r\n" + will(31) + sb(31, "\0\x64\0\x18"s));
    bytes += sender("say two\r\n");
    bytes += sender.end() + "say three\r\n";
    feed_in_chunks(bytes, chunk, [&](std::string_view part) { door.sends(part); });
    CHECK(door.gate.lines() == Lines{"look", "say one", "say two", "say three"});
    CHECK(door.native.attached.front().second->facts().width == 100);
    // And again.
    Sender second;
    door.sends(begins + second("say four\r\n"));
    CHECK(door.gate.lines().back() == "say four");
}

TEST_CASE("telnet: compression that nobody agreed on is not looked at", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends(begins + "look\r\n");
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: damaged compressed input ends the connection, and says so", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends(do_(87) + begins);
    SECTION("no stream at all") { door.sends("look\r\n"); }
    SECTION("broken in the middle") {
        std::string bytes = whole("say " + std::string(300, 'x') + " and something else\r\n");
        bytes[6] = static_cast<char>(bytes[6] ^ 0x5a);
        bytes[7] = static_cast<char>(bytes[7] ^ 0x5a);
        door.sends(bytes);
    }
    SECTION("a dictionary") { door.sends("\x78\xbb\0\0\0\1ab"s); }
    CHECK(door.transport.aborted());
    CHECK(door.transport.abort_reason() == "compressed input is damaged");
    CHECK(door.gate.lines().empty());
}

TEST_CASE("telnet: a few bytes that stand for very many end the connection", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends(do_(87));
    std::string bomb;
    SECTION("in one stream") { bomb = begins + whole(std::string(32U << 20U, 'x')); }
    SECTION("in many") {
        for (int i = 0; i < 20; ++i)
            bomb += begins + whole(std::string(net::CompressedInput::max_plain / 2, 'x'));
    }
    CHECK(bomb.size() < 65'536);
    door.sends(bomb);
    CHECK(door.transport.aborted());
    CHECK(door.transport.abort_reason() == "compressed input grows too much");
}

TEST_CASE("telnet: compressed lines are limited as others are", "[net][telnet]") {
    Door door;
    door.log_in();
    std::string lines;
    for (int i = 0; i < 40'000; ++i) lines += "look\r\n";
    door.answers = false;
    CHECK_FALSE(contains(door.sends(do_(87) + begins + whole(lines)), "You type faster"));
    CHECK(contains(door.sends(begins + whole(lines)), "You type faster"));
    CHECK(door.transport.closing());
}

TEST_CASE("telnet: any bytes in place of a stream are survived", "[net][telnet]") {
    std::uint32_t state = GENERATE(range(1U, 40U));
    Door door;
    door.log_in();
    door.sends(do_(87));
    Sender sender;
    std::string bytes = begins + sender("say one\r\n" + do_(1) + sb(39, "\0\0A\1b"s) + begins);
    bytes += sender.end();
    for (int i = 0; i < 4; ++i) {
        state = state * 1664525U + 1013904223U;
        bytes[5 + (state >> 8U) % (bytes.size() - 5)] = static_cast<char>(state >> 24U);
    }
    door.sends(bytes);
    if (!door.transport.closing()) door.sends("look\r\n");
    CHECK(door.gate.lines().size() < 10);
}
