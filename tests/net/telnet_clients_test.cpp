#include "net/telnet/environment_codec.hpp"
#include "tests/net/telnet_door.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

TEST_CASE("telnet: a client like TinTin++", "[net][telnet][clients]") {
    Door door;
    door.connect();
    door.transport.take();
    // Answers every offer, never acknowledges WONT ECHO.
    CHECK(door.sends(will(24) + do_(25) + will(31) + sb(31, "\0\x50\0\x18"s) + do_(42)) ==
          sb(24, "\1") + sb(42, "\1;UTF-8"));
    CHECK(door.sends(sb(24, "\0TINTIN++"s)) == sb(24, "\1"));
    CHECK(door.sends(sb(42, "\2UTF-8") + sb(24, "\0XTERM-256COLOR"s)) == sb(24, "\1"));
    CHECK(door.sends(sb(24, "\0MTTS 1293"s)) == sb(24, "\1"));
    CHECK(door.sends(sb(24, "\0MTTS 1293"s)).empty());
    CHECK(door.sends("alice\r\n") == will(1) + "Password: " + eor);
    CHECK(door.sends(do_(1)).empty());
    CHECK(door.sends("open sesame\r\n") == "\r\n" + wont(1) + "> " + eor);
    CHECK(contains(door.sends("password\r\n"), will(1) + "Old password: " + eor));
}

TEST_CASE("telnet: a client like Mudlet", "[net][telnet][clients]") {
    Door door;
    door.connect();
    door.transport.take();
    // Refuses what its profile has switched off, tells its version, rejects UTF-8.
    CHECK(door.sends(will(24) + do_(25) + will(31) + sb(31, "\0\x64\0\x28"s) + do_(42)) ==
          sb(24, "\1") + sb(42, "\1;UTF-8"));
    CHECK(door.sends(sb(42, "\3")).empty());
    CHECK(door.sends(sb(24, "\0Mudlet 4.17.2"s)) == sb(24, "\1"));
    CHECK(door.sends(sb(24, "\0Mudlet 4.17.2"s)).empty());
    CHECK(door.sends("alice\nopen sesame\n") == "> " + eor);
    CHECK(door.native.attached.front().second->facts().width == 100);
}

TEST_CASE("telnet: netcat", "[net][telnet][clients]") {
    Door door;
    door.connect();
    door.transport.take();
    CHECK(door.shows("alice\n") == "Password: ");
    CHECK(door.shows("open sesame\n") == "\r\n> ");
    CHECK(door.shows("look\n") == "> ");
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: a client like PuTTY", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    std::string answer = door.sends(will(31) + sb(31, "\0\x50\0\x18"s) + will(32) + will(24) + will(39) +
                                    do_(1) + will(3) + do_(3));
    CHECK(answer == dont(32) + sb(24, "\1") + sb(39, net::EnvironmentReader::request()) + will(1) + will(3) +
                        do_(3) + "\rWhat is your name? \x1b[K");
    CHECK(door.sends(sb(24, "\0XTERM"s)) == sb(24, "\1"));
    CHECK(door.sends("alicf\x7f"
                     "e\r\0"s)
              .ends_with("e\r\n\rPassword: \x1b[K"));
    for (const char byte : "open sesam"s) CHECK(door.sends({&byte, 1}).empty());
    CHECK(door.sends("e\r\0"s).ends_with("\r\n\r> \x1b[K"));
    CHECK(door.native.attached.size() == 1);
}
