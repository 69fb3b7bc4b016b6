#include "tests/net/telnet_door.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

TEST_CASE("telnet: escape sequences in a line never reach the world", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends("say \x1b[31mred\x1b[0m \x9b\xc2\x9b\x07!\r\n");
    REQUIRE(door.gate.calls.size() == 1);
    CHECK_FALSE(contains(door.gate.lines().front(), "\x1b"));
    CHECK(contains(door.gate.lines().front(), "red"));
    CHECK(door.gate.lines().front().find('[') == std::string::npos);
}

TEST_CASE("telnet: AYT is answered, within limits", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    CHECK(door.sends(command(net::TelnetCommand::are_you_there)) == "\r\n[yes]\r\nWhat is your name? " + ga);
    door.sends("connect Alice open sesame\r\n");
    CHECK(door.sends(command(net::TelnetCommand::are_you_there)) == "\r\n[yes]\r\n> " + ga);
    CHECK(door.hears("Bob waves.") == "\r\nBob waves.\r\n> " + ga);
    door.answers = false;
    door.sends("look\r\n");
    CHECK(door.sends(command(net::TelnetCommand::are_you_there)) == "\r\n[yes]\r\n");
    door.answers = true;
    door.sends("");
    std::string many;
    for (int i = 0; i < 1000; ++i) many += command(net::TelnetCommand::are_you_there);
    CHECK(door.sends(many).size() < 1500);
}

TEST_CASE("telnet: signs of life go to peers that speak telnet only", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    door.context.sessions.beat();
    CHECK(door.transport.take().empty());
    door.sends(dont(25));
    door.context.sessions.beat();
    CHECK(door.transport.take() == command(net::TelnetCommand::nop));
}

TEST_CASE("telnet: HTTP and TLS on this port are turned away at once", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    SECTION("HTTP") {
        const std::string seen = door.sends("POST / HTTP/1.1\r\nconnect alice open sesame\r\nsay hi\r\n");
        CHECK(seen == "This is a telnet port, not a web server.\r\n");
        CHECK(door.transport.closing());
    }
    SECTION("HTTP byte by byte") {
        feed_in_chunks("GET /index.html HTTP/1.0\r\n\r\n", 1,
                       [&](std::string_view part) { door.sends(part); });
        CHECK(door.transport.closing());
    }
    SECTION("TLS") {
        CHECK(door.sends("\x16\x03\x01\x02\0\x01"s).empty());
        CHECK(door.transport.aborted());
    }
    CHECK(door.native.tried.empty());
}

TEST_CASE("telnet: HTTP is looked for in the first line only", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends("SAY GET / HTTP/1.1\r\n");
    CHECK_FALSE(door.transport.closing());
    CHECK(door.gate.lines().size() == 1);
}

TEST_CASE("telnet: a line of a megabyte is refused and the next one works", "[net][telnet]") {
    Door door;
    door.log_in();
    for (int i = 0; i < 16; ++i) door.sends(std::string(65'536, 'x'));
    CHECK(contains(door.shows("\r\nlook\r\n"), "That line is too long"));
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: an endless subnegotiation and a storm of options leave the session alive",
          "[net][telnet]") {
    Door door;
    door.log_in();
    std::string storm;
    for (int i = 0; i < 20'000; ++i) storm += do_(i % 256) + will(i % 256) + dont(i % 256);
    CHECK(door.sends(storm).size() < 1000);
    door.sends("\xff\xfa\xc9" + std::string(1'000'000, 'x') + "\xff\xf0look\r\n");
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: more lines than the backlog holds end the session", "[net][telnet]") {
    Door door;
    door.log_in();
    door.answers = false;
    for (int i = 0; i < 6 && !door.transport.closing(); ++i) door.sends(std::string(60'000, '\n'));
    CHECK(door.transport.closing());
}
