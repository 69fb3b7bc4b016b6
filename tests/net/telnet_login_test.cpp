#include "net/terminal/login.hpp"
#include "tests/net/telnet_door.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using namespace std::chrono_literals;
using Kind = world::Outcome::Kind;
using Lines = std::vector<std::string>;

TEST_CASE("telnet: a visitor is greeted, asked and let in", "[net][telnet]") {
    Door door;
    door.native.welcome = "Welcome, Alice.";
    door.connect();
    CHECK(door.transport.take() == do_(24) + will(25) + do_(31) + do_(39) + will(42) + will(70) + will(86) +
                                       will(87) + will(201) +
                                       "Welcome to the test world.\r\nWhat is your name? " + ga);
    CHECK(door.sends("alice\r\n") == will(1) + "Password: " + ga);
    CHECK(door.sends("open sesame\r\n") == "\r\nWelcome, Alice.\r\n" + wont(1) + "> " + ga);
    CHECK(door.native.attached.size() == 1);
}

TEST_CASE("telnet: a name and password typed ahead meet no question and no echo", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    CHECK(door.sends("alice\r\nopen sesame\r\nlook\r\n") == "> " + ga);
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: a new character in one packet", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    const std::string seen = door.shows("Bob\r\nyes\r\nspoon glyph\r\nspoon glyph\r\nlook\r\n");
    CHECK(contains(seen, "There is nobody called Bob yet."));
    CHECK_FALSE(contains(seen, "spoon"));
    CHECK(door.gate.lines() == Lines{"look"});
    CHECK(door.native.name_of(door.gate.calls.front().actor) == "Bob");
}

TEST_CASE("telnet: success of a creation is held until it is durable", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    door.native.needs = 5;
    door.native.welcome = "Welcome, Bob.";
    exchange(*door.protocol, door.transport, "create Bob spoon glyph\r\n", [&] { door.native.hash_all(); });
    CHECK_FALSE(contains(door.transport.release(4), "Welcome"));
    CHECK(contains(door.transport.release(5), "Welcome, Bob."));
}

TEST_CASE("telnet: the login is the same however it is split", "[net][telnet]") {
    const auto chunk = GENERATE(1U, 2U, 3U, 7U, 64U);
    Door door;
    door.connect();
    feed_in_chunks(will(31) + sb(31, "\0\x28\0\x18"s) + "alice\r\0open sesame\r\0look\r\0"s, chunk,
                   [&](std::string_view part) { door.sends(part); });
    CHECK(door.gate.lines() == Lines{"look"});
    CHECK(door.native.attached.front().second->facts().width == 40);
}

TEST_CASE("telnet: a password is never shown back", "[net][telnet]") {
    Door door;
    door.connect();
    std::string seen;
    for (const char* line :
         {"alice\r\n", "hunter2hunter2\r\n", "connect alice hunter2hunter2\r\n", "Bob\r\n",
          "hunter2hunter2\r\n", "yes\r\n", "hunter2hunter2\r\n", "hunter2hunter2\r\n", "password\r\n",
          "hunter2hunter2\r\n", "hunter3hunter3\r\n", "hunter3hunter3\r\n"})
        seen += door.sends(line);
    CHECK(contains(seen, "Your password is changed."));
    CHECK_FALSE(contains(seen, "hunter"));
    CHECK(door.gate.calls.empty());
    CHECK(door.native.accounts["bob"].password == "hunter3hunter3");
}

TEST_CASE("telnet: echo is ours exactly while a password is asked for", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.sends("password\r\n"), will(1) + "Old password: "));
    CHECK(door.sends(do_(1)).empty());
    CHECK(door.sends("open sesame\r\n") == "\r\nNew password: " + ga);
    CHECK(door.sends("spoon glyph\r\n") == "\r\nThe same again: " + ga);
    CHECK(door.sends("spoon glyph\r\n") == "\r\nYour password is changed.\r\n" + wont(1) + "> " + ga);
    SECTION("and again for a client that never acknowledges") {
        CHECK(contains(door.sends("password\r\n"), will(1) + "Old password: "));
        CHECK(door.sends("\r\n") == "\r\nYour password stays as it is.\r\n" + wont(1) + "> " + ga);
    }
}

TEST_CASE("telnet: a third wrong password closes", "[net][telnet]") {
    Door door;
    door.connect();
    for (unsigned i = 1; i < net::Login::max_wrong_passwords; ++i) {
        CHECK(contains(door.shows("connect alice wrong\r\n"), "That is not right"));
        CHECK_FALSE(door.transport.closing());
    }
    CHECK(contains(door.shows("connect alice wrong\r\nconnect alice open sesame\r\n"), "Goodbye."));
    CHECK(door.transport.closing());
    CHECK(door.native.attached.empty());
}

TEST_CASE("telnet: whoever has forgotten a password reads once what to do", "[net][telnet]") {
    Door door;
    door.connect();
    const std::string first = door.shows("connect alice wrong\r\n");
    CHECK(contains(first, "with that password.\r\nForgotten? Ask a wizard: "));
    CHECK_FALSE(contains(door.shows("connect alice wrong\r\n"), "Forgotten"));
    CHECK_FALSE(contains(door.shows("connect alice wrong\r\n"), "Forgotten"));
}

TEST_CASE("telnet: whoever waits for the hash hears it, and lines typed meanwhile are kept",
          "[net][telnet]") {
    Door door;
    door.hashes = false;
    door.native.log_in({}, "x", "y", {}, [](const world::LoginResult&) {});
    door.native.log_in({}, "x", "y", {}, [](const world::LoginResult&) {});
    door.connect();
    door.transport.take();
    CHECK(door.shows("connect alice open sesame\r\n") == "Please wait, 2 are ahead of you.\r\n");
    CHECK(door.protocol->answer_pending());
    CHECK(door.transport.idle_limit() == 0);
    door.clock.advance(500s);
    CHECK(door.shows("look\r\n").empty());
    door.native.hash_next();
    CHECK(door.transport.take() == "Please wait, 1 is ahead of you.\r\n");
    door.hashes = true;
    door.native.hash_all();
    door.sends("");
    CHECK_FALSE(door.transport.closing());
    CHECK(door.gate.lines() == Lines{"look"});
}

TEST_CASE("telnet: a hash that ends after the connection is nobody's", "[net][telnet]") {
    Door door;
    door.hashes = false;
    door.connect();
    door.sends("connect alice open sesame\r\n");
    door.protocol->connection_lost("gone");
    door.protocol.reset();
    door.native.hash_all();
    CHECK(door.native.attached.empty());
}

TEST_CASE("telnet: an answer that comes after the connection is nobody's", "[net][telnet]") {
    Door door;
    door.log_in();
    door.answers = false;
    door.sends("dig\r\n");
    door.protocol->connection_lost("gone");
    door.protocol.reset();
    door.gate.reply_all();
    CHECK(door.native.detach_reasons == Lines{"gone"});
}

TEST_CASE("telnet: a login has its time, and drops of input do not stretch it", "[net][telnet]") {
    Door door;
    door.connect();
    CHECK(door.transport.idle_limit() == 120);
    door.clock.advance(100s);
    door.sends("a");
    CHECK(door.transport.idle_limit() == 20);
    door.clock.advance(19s);
    door.sends("l");
    CHECK(door.transport.idle_limit() == 1);
    door.clock.advance(1s);
    CHECK(contains(door.shows("ice\r\n"), "That took too long. Goodbye."));
    CHECK(door.transport.closing());
}

TEST_CASE("telnet: no password over an open wire", "[net][telnet]") {
    Door door;
    door.transport.peer_to_change().local = false;
    door.transport.peer_to_change().plaintext_allowed = false;
    SECTION("in clear text") {
        door.connect();
        CHECK(contains(door.transport.take(), "telnets://example.org:4443"));
        const std::string seen = door.sends("alice\r\nopen sesame\r\n");
        CHECK(contains(seen, "not encrypted"));
        CHECK_FALSE(contains(seen, "Password"));
        CHECK(door.transport.closing());
        CHECK(door.native.tried.empty());
    }
    SECTION("encrypted") {
        door.transport.peer_to_change().encrypted = true;
        door.log_in();
        CHECK(door.native.last_caller.secure);
    }
    SECTION("allowed by the listener") {
        door.transport.peer_to_change().plaintext_allowed = true;
        door.log_in();
        CHECK_FALSE(door.native.last_caller.secure);
    }
}

TEST_CASE("telnet: before login there are who, help, settings and quit", "[net][telnet]") {
    Door door;
    door.connect();
    door.transport.take();
    CHECK(contains(door.shows("who\r\n"), "Nobody is here"));
    const std::string help = door.shows("help\r\n");
    CHECK(contains(help, "screenreader on|off"));
    CHECK_FALSE(contains(help, "claim CODE"));
    CHECK(contains(help, "Once you are in, help settings tells of more: password keys claim wizard."));
    CHECK(contains(door.shows("screenreader on\r\n"), "Screen reader mode is on"));
    CHECK(contains(door.shows("Claim\r\n"), "nobody called Claim"));
    door.shows("no\r\n");
    CHECK(contains(door.shows("QUIT\r\n"), "Goodbye."));
    CHECK(door.transport.closing());
}

TEST_CASE("telnet: the claim code makes a wizard, when that is durable", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("claim wrong\r\n"), "opens nothing"));
    door.native.needs = 9;
    door.sends("");
    door.protocol->bytes_received("claim glyph-spoon\r\n");
    CHECK(door.protocol->handle_next());
    CHECK(door.native.wizard == object_id(100));
    CHECK_FALSE(contains(door.transport.release(8), "wizard"));
    CHECK(contains(door.transport.release(9), "You are a wizard"));
}

TEST_CASE("telnet: a wizard's rights are asked for with a password that nobody sees", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("wizard on\r\n"), "You are no wizard."));
    CHECK(contains(door.shows("wizard\r\n"), "Type: wizard on|off"));
    door.native.wizard = object_id(100);
    CHECK(contains(door.sends("wizard on\r\n"), will(1) + "Password: "));
    CHECK(contains(door.sends("guess\r\n"), "That is not your password."));
    CHECK(door.native.wizard_rights == ObjectId::nothing);
    door.sends("wizard on\r\n");
    CHECK(contains(door.sends("\r\n"), "stay as they are"));
    door.sends("Wizard ON\r\n");
    CHECK(contains(door.sends("open sesame\r\n"), "are on for half an hour"));
    CHECK(door.native.wizard_rights == object_id(100));
    CHECK(contains(door.shows("wizard off\r\n"), "are off."));
    CHECK(contains(door.shows("wizard off\r\n"), "off already"));
    CHECK(door.native.wizard_rights == ObjectId::nothing);
    CHECK(door.gate.calls.empty());
    door.native.forced_result = world::LoginResult{world::LoginResult::Kind::throttled, {}, 7, {}};
    door.sends("wizard on\r\n");
    CHECK(contains(door.sends("open sesame\r\n"), "in 7 seconds"));
}
