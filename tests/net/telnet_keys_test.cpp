#include "tests/net/telnet_door.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using Lines = std::vector<std::string>;

namespace {

const std::string clear = "\x1b[K";
const std::string prompt = "\r> " + clear;

/// Alice, whose client sends keys: PuTTY, or inetutils telnet with `mode character`.
struct KeyDoor : Door {
    KeyDoor() {
        log_in();
        began = sends(do_(1) + do_(3));
    }
    std::string began;
};

}  // namespace

TEST_CASE("telnet keys: a peer that wants an echo gets the line editor and its prompt",
          "[net][telnet][keys]") {
    KeyDoor door;
    CHECK(door.began == will(1) + will(3) + prompt);
    CHECK(door.sends("loo") == "loo");
    CHECK(door.sends("l\x7f") == "l\r> loo" + clear);
    CHECK(door.sends("k\r") == "k\r\n" + prompt);
    CHECK(door.sends("\x1b[A") == "\r> look" + clear);
    CHECK(door.sends(" at\0\r\0"s) == " at\r\n" + prompt);
    CHECK(door.gate.lines() == Lines{"look", "look at"});
    CHECK(door.sends("x\r\n") == "x\r\n" + prompt);
    CHECK(door.gate.lines().size() == 3);
}

TEST_CASE("telnet keys: what others say comes before the line that is typed", "[net][telnet][keys]") {
    KeyDoor door;
    door.sends("say hel");
    CHECK(door.hears("Bob waves.") == "\r" + clear + "Bob waves.\r\n\r> say hel" + clear);
    door.sends("lo\r");
    CHECK(door.gate.lines() == Lines{"say hello"});
}

TEST_CASE("telnet keys: from the first moment on, as PuTTY does it", "[net][telnet][keys]") {
    Door door;
    door.connect();
    door.transport.take();
    const std::string seen = door.sends(will(31) + do_(1) + will(3) + do_(3) + sb(31, "\0\x28\0\x18"s));
    CHECK(contains(seen, will(1) + will(3)));
    CHECK(seen.ends_with("\rWhat is your name? " + clear));
    CHECK(door.sends("alice\r") == "alice\r\n\rPassword: " + clear);
    CHECK_FALSE(contains(door.sends("open sesame"), "open"));
    const std::string answer = door.sends("\r");
    CHECK(answer == "\r\n" + prompt);
    CHECK_FALSE(contains(answer, "\xff"));
    CHECK(door.native.attached.size() == 1);
    // Neither is a password recalled, and what is long scrolls in 40 columns.
    CHECK(door.sends("\x1b[A") == "\r> alice" + clear);
    CHECK(door.sends("\x15").ends_with(clear));
    CHECK_FALSE(contains(door.sends(std::string(50, 'x')), std::string(40, 'x')));
}

TEST_CASE("telnet keys: a terminal that calls itself DUMB gets no escape sequences", "[net][telnet][keys]") {
    Door door;
    door.log_in();
    door.sends(will(24) + sb(24, "\0DUMB"s));
    CHECK(door.sends(do_(1) + do_(3)).ends_with("\r> "));
    CHECK(door.sends("lop\x7fok") == "lop\b \bok");
    CHECK(door.hears("Bob waves.").ends_with("Bob waves.\r\n\r> look"));
    CHECK_FALSE(contains(door.sends("\x01\x1b[3~\x15\x10\x0e\r"), "\x1b"));
    // What tells of colours later is no longer dumb.
    door.sends(sb(24, "\0MTTS 1"s));
    CHECK(door.sends("l\x7f").ends_with(clear));
}

TEST_CASE("telnet keys: a half-typed line goes along into the editor", "[net][telnet][keys]") {
    Door door;
    door.log_in();
    door.sends("lo");
    CHECK(door.sends(do_(1)).ends_with("\r> lo" + clear));
    door.sends("ok\r");
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet keys: a half-typed line goes along out of the editor", "[net][telnet][keys]") {
    KeyDoor door;
    door.sends("lo");
    door.sends(dont(1));
    door.sends("ok\r\n");
    CHECK(door.gate.lines() == Lines{"look"});
    door.sends(do_(1) + "charset latin-1\r");
    door.sends("caf\xe9" + dont(1) + " noir\r\n");
    CHECK(door.gate.lines().back() == "caf\xc3\xa9 noir");
}

TEST_CASE("telnet keys: DONT ECHO goes back to lines, and passwords stay hidden", "[net][telnet][keys]") {
    KeyDoor door;
    CHECK(door.sends(dont(1)) == wont(1));
    door.sends("look\r\n");
    CHECK(door.gate.lines() == Lines{"look"});
    KeyDoor asked;
    asked.sends("password\r");
    CHECK(asked.sends(dont(1)) == wont(1) + will(1));
    CHECK_FALSE(contains(asked.sends("open sesame"), "open"));
}

TEST_CASE("telnet keys: ^D in an empty line leaves, once all is answered", "[net][telnet][keys]") {
    KeyDoor door;
    CHECK(contains(door.sends("look\r\x04"), "Goodbye."));
    CHECK(door.gate.lines() == Lines{"look"});
    CHECK(door.transport.closing());
}

TEST_CASE("telnet keys: a Latin-1 terminal types and sees Latin-1", "[net][telnet][keys]") {
    KeyDoor door;
    door.sends("charset latin-1\r");
    CHECK(door.sends("caf\xe9") == "\r> caf\xe9" + clear);
    CHECK(door.sends("\r\n").ends_with(prompt));
    CHECK(door.gate.lines() == Lines{"caf\xc3\xa9"});
    CHECK(door.sends("\xff\xff").ends_with("\r> \xff\xff" + clear));
    CHECK(door.hears("\xc3\xbf") == "\r" + clear + "\xff\xff\r\n\r> \xff\xff" + clear);
    CHECK(door.sends("\r").ends_with(prompt));
    CHECK(door.gate.lines().back() == "\xc3\xbf");
}

TEST_CASE("telnet keys: EC and EL are keys, and AYT leaves the line whole", "[net][telnet][keys]") {
    KeyDoor door;
    door.sends("looo" + command(net::TelnetCommand::erase_character));
    CHECK(door.sends(command(net::TelnetCommand::are_you_there)) ==
          "\r" + clear + "[yes]\r\n\r> loo" + clear);
    door.sends("k\r");
    door.sends("dance" + command(net::TelnetCommand::erase_line) + "sit\r");
    CHECK(door.gate.lines() == Lines{"look", "sit"});
}
