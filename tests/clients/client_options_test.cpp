#include "clients/terminal/client_options.hpp"

#include "tests/support/telnet_peer.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <string_view>

namespace gyre::test {
namespace {

using play::ClientFacts;
using play::ClientOptions;
using Change = ClientOptions::Change;

struct Client {
    explicit Client(ClientFacts facts = {"0.1.0", "XTERM-256COLOR", 525, true, true, true, 80, 24})
        : options(facts) {}

    /// What is answered, as people read it.
    std::string told(std::string_view bytes, std::uint32_t second = 1) {
        net::TelnetCodec codec;
        net::TelnetEvent event;
        std::string out;
        while (codec.next(bytes, event)) {
            const Change now = options.received(event, second, out);
            if (now != Change::none) change = now;
        }
        net::TelnetCodec answers;
        return events_of(answers, out);
    }
    ClientOptions options;
    Change change = Change::none;
};

TEST_CASE("client options: what is known is agreed to, once, and the rest refused", "[clients][play]") {
    Client client;
    CHECK(client.told(will(1)) == "DO 1");
    CHECK(client.options.server_echoes());
    CHECK(client.told(will(1)).empty());
    CHECK(client.told(wont(1)) == "DONT 1");
    CHECK_FALSE(client.options.server_echoes());
    CHECK(client.told(wont(1)).empty());
    CHECK(client.told(do_(1)) == "WONT 1");
    CHECK(client.told(will(3) + do_(3)) == "DO 3, WILL 3");
    CHECK(client.told(will(70) + do_(34) + will(255 - 1)) == "DONT 70, WONT 34, DONT 254");
    CHECK(client.told(dont(34) + wont(70)).empty());
}

TEST_CASE("client options: it tells terminal, window and variables truly", "[clients][play]") {
    using namespace std::string_literals;
    Client client;
    CHECK(client.told(do_(31)) == "WILL 31, SB 31 \0\x50\0\x18"s);
    std::string out;
    client.options.resized(300, 255, out);
    CHECK(out == sb(31, "\x01\x2c\0\xff"s));
    CHECK(client.told(do_(24)) == "WILL 24");
    CHECK(client.told(sb(24, "\1")) == "SB 24 \0GYRE-PLAY"s);
    CHECK(client.told(sb(24, "\1")) == "SB 24 \0XTERM-256COLOR"s);
    CHECK(client.told(sb(24, "\1")) == "SB 24 \0MTTS 525"s);
    CHECK(client.told(sb(24, "\1")) == "SB 24 \0MTTS 525"s);
    CHECK(client.told(do_(39)) == "WILL 39");
    CHECK(client.told(sb(39, "\1\0CLIENT_NAME\3USER\0MTTS\3MTTS"s)) ==
          "SB 39 \0\0CLIENT_NAME\1GYRE-PLAY\0MTTS\1"s
          "525\3MTTS\1"s
          "525");
    CHECK(client.told(sb(39, "\1")).find("\0CHARSET\1UTF-8"s) != std::string::npos);
    CHECK(client.told(sb(39, "\1\3HOME"s)) == "SB 39 \0"s);
    CHECK(client.told(sb(24, "\0X"s)).empty());
}

TEST_CASE("client options: the charset is the terminal's", "[clients][play]") {
    Client client;
    CHECK(client.told(will(42) + sb(42, "\1;LATIN1;utf-8")) == "DO 42, SB 42 \2utf-8");
    CHECK(client.told(sb(42, "\1 KOI8-R")) == "SB 42 \3");
    Client plain(ClientFacts{"1", "LINUX", 1, false, true, true, 80, 24});
    CHECK(plain.told(will(42) + sb(42, "\1;UTF-8")) == "DO 42, SB 42 \3");
    CHECK(plain.told(sb(42, "\1[TTABLE]\1;UTF-8;US-ASCII")) == "SB 42 \2US-ASCII");
}

TEST_CASE("client options: compression begins behind its subnegotiation, where it may", "[clients][play]") {
    Client client;
    CHECK(client.told(sb(86, "")).empty());
    CHECK(client.change == Change::none);
    CHECK(client.told(will(86) + sb(86, "")) == "DO 86");
    CHECK(client.change == Change::input_is_compressed);
    CHECK(client.told(will(87)) == "DO 87, SB 87 ");
    CHECK(client.change == Change::compress_output);
    CHECK(client.told(wont(87)) == "DONT 87");
    CHECK(client.change == Change::end_compression);
    Client within_tls(ClientFacts{"1", "XTERM", 1, true, true, false, 80, 24});
    CHECK(within_tls.told(will(86) + will(87) + sb(86, "")) == "DONT 86, DONT 87");
    CHECK(within_tls.change == Change::none);
    Client pipe(ClientFacts{"1", "DUMB", 0, true, false, true, 80, 24});
    CHECK(pipe.told(do_(31)) == "WONT 31");
}

TEST_CASE("client options: a storm is answered so many times in a second, but a password stays hidden",
          "[clients][play]") {
    Client client;
    std::string storm;
    for (int count = 0; count < 500; ++count) storm += will(1) + wont(1) + do_(34) + do_(31) + dont(31);
    std::string out;
    net::TelnetCodec codec;
    net::TelnetEvent event;
    std::string_view bytes = storm;
    while (codec.next(bytes, event)) static_cast<void>(client.options.received(event, 7, out));
    CHECK(out.size() <= ClientOptions::max_answers_per_second * 16);
    CHECK(client.told(will(3), 7).empty());
    CHECK(client.told(will(1), 7).empty());
    CHECK(client.options.server_echoes());
    CHECK(client.told(will(3), 8) == "DO 3");
}

TEST_CASE("client options: with the server's end it falls silent, whatever the server does",
          "[clients][play]") {
    std::minstd_rand random(GENERATE(1U, 2U, 3U, 4U, 5U));
    Client client;
    net::TelnetOptions server;
    server.allow_compression();
    std::string to_client;
    server.start(0, to_client);
    const auto exchange = [&] {
        std::string to_server;
        net::TelnetEvent event;
        net::TelnetCodec from_server;
        std::string_view bytes = to_client;
        while (from_server.next(bytes, event))
            static_cast<void>(client.options.received(event, 1, to_server));
        to_client.clear();
        net::TelnetCodec from_client;
        bytes = to_server;
        while (from_client.next(bytes, event)) static_cast<void>(server.received(event, 1, to_client));
    };
    for (int step = 0; step < 20; ++step) {
        if (random() % 2 == 0) {
            server.enable(net::TelnetOption::echo, 1, to_client);
        } else {
            server.disable(net::TelnetOption::echo, to_client);
        }
        if (random() % 3 == 0) exchange();
    }
    int rounds = 0;
    for (; !to_client.empty() && rounds < 50; ++rounds) exchange();
    CHECK(rounds < 20);
    CHECK(client.options.server_echoes() == server.we_do(net::TelnetOption::echo));
    CHECK(server.facts().width == 80);
    CHECK(server.facts().charset == net::TelnetFacts::Charset::utf8);
    CHECK(server.facts().client.starts_with("GYRE-PLAY"));
}

}  // namespace
}  // namespace gyre::test
