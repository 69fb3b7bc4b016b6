#include "tests/net/telnet_door.hpp"

#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using Asks = world::Gate::Asks;

TEST_CASE("telnet: while a call asks for a secret, echo is ours", "[net][telnet]") {
    Door door;
    door.log_in();
    door.gate.outcome = [&](const FakeGate::Call&) {
        door.gate.asking = Asks::secret;
        return world::Outcome{};
    };
    CHECK(door.sends("whisper to rock\r\n") == will(1) + "> " + ga);
    door.gate.outcome = [&](const FakeGate::Call&) {
        door.gate.asking = Asks::nothing;
        return world::Outcome{};
    };
    CHECK(door.sends("hunter2\r\n") == "\r\n" + wont(1) + "> " + ga);
    CHECK(door.gate.lines().back() == "hunter2");
}

TEST_CASE("telnet: a secret that comes too late is not read", "[net][telnet]") {
    Door door;
    door.log_in();
    door.gate.outcome = [&](const FakeGate::Call&) {
        door.gate.asking = Asks::secret;
        return world::Outcome{};
    };
    door.sends("whisper to rock\r\n");
    door.gate.asking = Asks::nothing;
    door.gate.outcome = [&](const FakeGate::Call&) { return world::Outcome{}; };
    CHECK(contains(door.sends("hunter2\r\n"), "what you typed was not read"));
    CHECK(door.gate.lines().back() == "whisper to rock");
    door.sends("look\r\n");
    CHECK(door.gate.lines().back() == "look");
}

TEST_CASE("telnet: what answers a question is no command of the session", "[net][telnet]") {
    Door door;
    door.log_in();
    door.gate.asking = Asks::line;
    for (const std::string line : {"quit", "width 40", "help", ""}) {
        door.sends(line + "\r\n");
        CHECK(door.gate.lines().back() == line);
    }
    CHECK_FALSE(door.transport.closing());
    door.gate.asking = Asks::nothing;
    CHECK(contains(door.sends("quit\r\n"), "Goodbye."));
}
