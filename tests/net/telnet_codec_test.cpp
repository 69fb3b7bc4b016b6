#include "net/telnet/telnet_codec.hpp"
#include "tests/support/chunks.hpp"
#include "tests/support/telnet_peer.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace gyre;
using namespace std::string_literals;

namespace {

std::string read_whole(std::string_view bytes) {
    net::TelnetCodec codec;
    return test::events_of(codec, bytes);
}

std::string read_in_chunks(std::string_view bytes, std::size_t size) {
    net::TelnetCodec codec;
    std::string all;
    test::feed_in_chunks(bytes, size, [&](std::string_view part) {
        const std::string some = test::events_of(codec, part);
        if (!some.empty()) all += (all.empty() ? "" : ", ") + some;
    });
    return all;
}

}  // namespace

TEST_CASE("telnet codec: every known line end ends one line", "[net][telnet][codec]") {
    CHECK(read_whole("a\r\nb\r\n") == "<a>, <b>");
    CHECK(read_whole("a\r\0b\r\0"s) == "<a>, <b>");
    CHECK(read_whole("a\nb\n") == "<a>, <b>");
    CHECK(read_whole("a\n\rb\n\r") == "<a>, <b>");
    CHECK(read_whole("a\rb\r") == "<a>, <b>");
}

TEST_CASE("telnet codec: empty lines are lines, whatever ends them", "[net][telnet][codec]") {
    CHECK(read_whole("\r\n\r\n") == "<>, <>");
    CHECK(read_whole("\n\n\n") == "<>, <>, <>");
    CHECK(read_whole("\r\0\r\0"s) == "<>, <>");
    CHECK(read_whole("\n\r\n\r") == "<>, <>");
    CHECK(read_whole("a\n\r\0b\n"s) == "<a>, <>, <b>");
    CHECK(read_whole("a\n\r\nb\n") == "<a>, <>, <b>");
}

TEST_CASE("telnet codec: input is the same however it is split", "[net][telnet][codec]") {
    const std::string bytes = "look\r\nsay \xff\xff!\r\0"s + test::will(31) + test::sb(31, "\0\x50\0\xff"s) +
                              "go" + test::command(net::TelnetCommand::are_you_there) + " north\n" +
                              test::dont(1) + "\x7f\x7fxx\by\n\r" + test::sb(24, "\0XTERM"s) +
                              std::string(5000, 'z') + "\r\nend\r\n";
    const std::string whole = read_whole(bytes);
    CHECK(whole.starts_with("<look>, <say \xff!>, WILL 31, SB 31 "));
    CHECK(whole.ends_with("..., <end>"));
    const auto chunk = GENERATE(1U, 2U, 3U, 5U, 7U, 64U, 1000U, 4096U);
    CHECK(read_in_chunks(bytes, chunk) == whole);
}

TEST_CASE("telnet codec: bytes behind an event are left to the next call", "[net][telnet][codec]") {
    net::TelnetCodec codec;
    net::TelnetEvent event;
    std::string_view input = "one\r\ntwo";
    REQUIRE(codec.next(input, event));
    CHECK(event.bytes == "one");
    CHECK(input == "\ntwo");
    CHECK_FALSE(codec.next(input, event));
    CHECK(input.empty());
    input = "\r\n";
    REQUIRE(codec.next(input, event));
    CHECK(event.bytes == "two");
}

TEST_CASE("telnet codec: a line in one piece is not copied", "[net][telnet][codec]") {
    net::TelnetCodec codec;
    net::TelnetEvent event;
    const std::string bytes = "take the brass lamp\r\n";
    std::string_view input = bytes;
    REQUIRE(codec.next(input, event));
    CHECK(event.bytes.data() == bytes.data());
}

TEST_CASE("telnet codec: peers in character mode can edit", "[net][telnet][codec]") {
    CHECK(read_whole("lok\x7fok\r\n") == "<look>");
    CHECK(read_whole("lok\bok\r\n") == "<look>");
    CHECK(read_whole("caf\xc3\xa9\x7f\x65\r\n") == "<cafe>");
    CHECK(read_whole("\xe2\x82\xac\x7f\xf0\x9f\x98\x80\x7f!\r\n") == "<!>");
    CHECK(read_whole("a\xb0\xb0\x7f\r\n") == "<a\xb0>");
    CHECK(read_whole("\x7f\x7fx\x7f\x7f\r\n") == "<>");
    CHECK(read_whole("drop everything\x15look\r\n") == "<look>");
    CHECK(read_whole("take red  lamp \x17"
                     "ball\r\n") == "<take red  ball>");
    CHECK(read_whole("\x17\x17x\r\n") == "<x>");
    CHECK(read_whole("lokk" + test::command(net::TelnetCommand::erase_character) + "\r\n") == "<lok>");
    CHECK(read_whole("what" + test::command(net::TelnetCommand::erase_line) + "look\r\n") == "<look>");
}

TEST_CASE("telnet codec: a line at the limit is whole, one past it is cut and says so",
          "[net][telnet][codec]") {
    const std::string most(net::TelnetCodec::max_line, 'x');
    const auto chunk = GENERATE(1U, 4095U, 4096U, 4097U, 100'000U);
    CHECK(read_in_chunks(most + "\r\n", chunk) == "<" + most + ">");
    CHECK(read_in_chunks(most + "y\r\nnext\r\n", chunk) == "<" + most + ">..., <next>");
}

TEST_CASE("telnet codec: a line of a megabyte costs no more than the limit", "[net][telnet][codec]") {
    net::TelnetCodec codec;
    const std::string part(65'536, 'x');
    for (int i = 0; i < 16; ++i) CHECK(test::events_of(codec, part).empty());
    const std::string event = test::events_of(codec, "\n");
    CHECK(event.size() == net::TelnetCodec::max_line + std::string_view{"<>..."}.size());
}

TEST_CASE("telnet codec: a line past the limit is mended by ^U only", "[net][telnet][codec]") {
    const std::string most(net::TelnetCodec::max_line + 1, 'x');
    CHECK(read_whole(most + "\x7f\x17\n").ends_with("..."));
    CHECK(read_whole(most + "\x15look\n") == "<look>");
}

TEST_CASE("telnet codec: a doubled IAC is a byte", "[net][telnet][codec]") {
    CHECK(read_whole("\xff\xff\r\n") == "<\xff>");
    CHECK(read_whole(test::sb(31, "\0\xff\0\x18"s)) == "SB 31 \0\xff\0\x18"s);
}

TEST_CASE("telnet codec: a command in the middle of a line leaves the line alone", "[net][telnet][codec]") {
    CHECK(read_whole("lo" + test::will(24) + "ok\r" + test::command(net::TelnetCommand::nop) + "\nx\n") ==
          "WILL 24, <look>, command 241, <x>");
}

TEST_CASE("telnet codec: a subnegotiation past its limit is dropped up to IAC SE", "[net][telnet][codec]") {
    const std::string most(net::TelnetCodec::max_subnegotiation, 'x');
    const auto chunk = GENERATE(1U, 1000U, 8192U, 8193U, 100'000U);
    CHECK(read_in_chunks(test::sb(42, most), chunk) == "SB 42 " + most);
    CHECK(read_in_chunks(test::sb(42, most + "y") + "look\n", chunk) == "SB 42 ..., <look>");
    CHECK(read_in_chunks(test::sb(42, most + "\xff") + "look\n", chunk) == "SB 42 ..., <look>");
}

TEST_CASE("telnet codec: GMCP may be longer than other subnegotiations", "[net][telnet][codec]") {
    const std::string most(net::TelnetCodec::max_gmcp, 'x');
    const auto chunk = GENERATE(1000U, 65'536U, 100'000U);
    CHECK(read_in_chunks(test::sb(201, most), chunk) == "SB 201 " + most);
    CHECK(read_in_chunks(test::sb(201, most + "y") + "look\n", chunk) == "SB 201 ..., <look>");
}

TEST_CASE("telnet codec: a command inside a subnegotiation spoils it", "[net][telnet][codec]") {
    CHECK(read_whole("\xff\xfa\x18"
                     "a" +
                     test::will(1) +
                     "b\xff\xf0"
                     "look\n") == "SB 24 ..., <look>");
}

TEST_CASE("telnet codec: an endless subnegotiation is an empty sea", "[net][telnet][codec]") {
    net::TelnetCodec codec;
    CHECK(test::events_of(codec, "\xff\xfa\xc9").empty());
    const std::string part(65'536, 'x');
    for (int i = 0; i < 64; ++i) CHECK(test::events_of(codec, part).empty());
    CHECK(test::events_of(codec, "\xff\xf0ok\n") == "SB 201 ..., <ok>");
}

TEST_CASE("telnet codec: stray ends and unknown commands do no harm", "[net][telnet][codec]") {
    CHECK(read_whole("\xff\xf0\xff\x01look\n") == "command 240, command 1, <look>");
}

TEST_CASE("telnet codec: output has IAC doubled and nothing else changed", "[net][telnet][codec]") {
    std::string out;
    net::TelnetCodec::encode(
        "\xff"
        "a\xff\xff"
        "b",
        out);
    CHECK(out ==
          "\xff\xff"
          "a\xff\xff\xff\xff"
          "b");
    CHECK(net::TelnetCodec::needs_encoding("a\xff"));
    CHECK_FALSE(net::TelnetCodec::needs_encoding("caf\xc3\xa9"));
    CHECK_FALSE(net::TelnetCodec::needs_encoding(""));
    CHECK(read_whole(out + "\n") ==
          "<\xff"
          "a\xff\xff"
          "b>");
}

TEST_CASE("telnet codec: a line goes on with what was typed elsewhere", "[net][telnet][codec]") {
    net::TelnetCodec codec;
    codec.begin_line("lo");
    CHECK(test::events_of(codec, "ok\r\nb\r\n") == "<look>, <b>");
    codec.begin_line(std::string(net::TelnetCodec::max_line + 1, 'z'));
    CHECK(test::events_of(codec, "\r\n") == "<" + std::string(net::TelnetCodec::max_line, 'z') + ">...");
    CHECK(test::events_of(codec, "b\r\n") == "<b>");
}
