#include "net/terminal/login.hpp"
#include "net/terminal/session_commands.hpp"
#include "tests/net/telnet_door.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using namespace std::string_literals;
using namespace std::chrono_literals;
using Kind = world::Outcome::Kind;
using Lines = std::vector<std::string>;

TEST_CASE("services: each scheme is registered once and complete", "[net][services]") {
    std::vector<std::string_view> schemes;
    for (const net::Service& service : net::all_services()) {
        CHECK(std::find(schemes.begin(), schemes.end(), service.scheme) == schemes.end());
        schemes.push_back(service.scheme);
        CHECK(service.make != nullptr);
        CHECK(service.default_port != 0);
        CHECK_FALSE(service.description.empty());
        CHECK_FALSE(service.calls.empty());
        CHECK(service.busy_words.ends_with("\r\n"));
        CHECK(net::find_service(service.scheme) == &service);
    }
    CHECK(net::find_service("telnets")->tls);
    CHECK(net::find_service("gopher") == nullptr);
}

TEST_CASE("telnet: a visitor is greeted, asked and let in", "[net][telnet]") {
    Door door;
    door.native.welcome = "Welcome, Alice.";
    door.connect();
    CHECK(door.transport.take() ==
          do_(24) + will(25) + do_(31) + will(42) + "Welcome to the test world.\r\nWhat is your name? " + ga);
    CHECK(door.sends("alice\r\n") == will(1) + "Password: " + ga);
    CHECK(door.sends("open sesame\r\n") == "\r\nWelcome, Alice.\r\n" + wont(1) + "> " + ga);
    CHECK(door.native.attached.size() == 1);
}

TEST_CASE("telnet: a line is one call, and its answer has a prompt behind it", "[net][telnet]") {
    Door door;
    door.log_in();
    door.gate.outcome = [&](const FakeGate::Call&) {
        door.native.tell("A square.");
        return world::Outcome{};
    };
    CHECK(door.sends("look\r\n") == "A square.\r\n> " + ga);
    REQUIRE(door.gate.calls.size() == 1);
    const FakeGate::Call& call = door.gate.calls.front();
    CHECK(call.service == "telnet");
    CHECK(call.session != SessionId::none);
    CHECK(call.actor == object_id(100));
    CHECK(call.target == call.actor);
    CHECK(call.method == "command");
    CHECK(call.arguments == Lines{"look"});
    CHECK(door.shows("\r\n") == "A square.\r\n> ");
}

TEST_CASE("telnet: the next line waits for the answer to the one before", "[net][telnet]") {
    Door door;
    door.log_in();
    door.answers = false;
    CHECK(door.sends("one\r\ntwo\r\nthree\r\n").empty());
    CHECK(door.gate.lines() == Lines{"one"});
    CHECK(door.protocol->answer_pending());
    (void)door.transport.take_wake();
    door.gate.reply_all();
    CHECK_FALSE(door.protocol->answer_pending());
    CHECK(door.transport.take_wake());
    door.answers = true;
    CHECK(door.shows("") == "> ");
    CHECK(door.gate.lines() == Lines{"one", "two", "three"});
}

TEST_CASE("telnet: an answer within the step needs no wake", "[net][telnet]") {
    Door door;
    door.log_in();
    (void)door.transport.take_wake();
    door.protocol->bytes_received("look\r\n");
    CHECK(door.protocol->handle_next());
    door.gate.reply_all();
    CHECK_FALSE(door.transport.take_wake());
}

TEST_CASE("telnet: each outcome has its words, marked with its batch", "[net][telnet]") {
    struct Row {
        Kind kind;
        std::string_view text;
        std::string_view shown;
    };
    const auto row = GENERATE(Row{Kind::done, "unused", ""}, Row{Kind::declined, "", "Nothing happens.\r\n"},
                              Row{Kind::declined, "Not here.", "Not here.\r\n"},
                              Row{Kind::refused, "It is locked.", "It is locked.\r\n"},
                              Row{Kind::failed, "Broken (e-4f2).", "Broken (e-4f2).\r\n"},
                              Row{Kind::over_budget, "Too slow (e-4f3).", "Too slow (e-4f3).\r\n"},
                              Row{Kind::busy, "", "The world is busy; try again.\r\n"});
    Door door;
    door.log_in();
    door.gate.outcome = [&](const FakeGate::Call&) { return outcome_of(row.kind, row.text, 42); };
    exchange(*door.protocol, door.transport, "open box\r\n", [&] { door.gate.reply_all(); });
    CHECK(door.transport.newest_mark() == (row.shown.empty() ? 0U : 42U));
    CHECK(visible(door.transport.take()) == std::string{row.shown} + "> ");
}

TEST_CASE("telnet: what is told is held for its batch", "[net][telnet]") {
    Door door;
    door.log_in();
    door.native.tell("The lamp is lit.", 7);
    door.protocol->about_to_flush();
    CHECK(door.transport.release(6).empty());
    CHECK(visible(door.transport.release(7)) == "\r\nThe lamp is lit.\r\n> ");
}

TEST_CASE("telnet: text behind a standing prompt begins a new line, unless prompts are marked",
          "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(door.hears("It rains.") == "\r\nIt rains.\r\n> " + ga);
    CHECK(door.sends(do_(25)).empty());
    CHECK(door.hears("It snows.") == "It snows.\r\n> " + eor);
    CHECK(door.hears("It hails.") == "It hails.\r\n> " + eor);
}

TEST_CASE("telnet: several lines in a turn get one prompt", "[net][telnet]") {
    Door door;
    door.log_in();
    door.native.tell("One.");
    door.native.tell("Two.");
    CHECK(visible(door.hears("Three.")) == "\r\nOne.\r\nTwo.\r\nThree.\r\n> ");
}

TEST_CASE("telnet: no GA to a peer that suppresses it", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(door.sends(do_(3)) == will(3));
    CHECK(door.sends("look\r\n") == "> ");
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

TEST_CASE("telnet: in the world one may be silent for ever, or as long as is configured", "[net][telnet]") {
    Door door;
    SECTION("for ever") {
        door.log_in();
        CHECK(door.transport.idle_limit() == 0);
    }
    SECTION("an hour") {
        door.context.idle_seconds = 3600;
        door.log_in();
        CHECK(door.transport.idle_limit() == 3600);
    }
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
    CHECK_FALSE(contains(help, "claim"));
    CHECK(contains(door.shows("screenreader on\r\n"), "Screen reader mode is on"));
    CHECK(contains(door.shows("Claim\r\n"), "nobody called Claim"));
    door.shows("no\r\n");
    CHECK(contains(door.shows("QUIT\r\n"), "Goodbye."));
    CHECK(door.transport.closing());
}

TEST_CASE("telnet: quit leaves the world at once", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(door.shows("Quit\r\nlook\r\n") == "Goodbye.\r\n");
    CHECK(door.transport.closing());
    CHECK(door.native.attached.empty());
    CHECK(door.native.detach_reasons == Lines{"quit"});
    CHECK(door.gate.calls.empty());
}

TEST_CASE("telnet: commands about the session do not reach the world", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto facts = [&] { return door.native.attached.front().second->facts(); };
    CHECK(contains(door.shows("width 60\r\n"), "60 columns"));
    CHECK(facts().width == 60);
    CHECK(contains(door.shows("screenreader on\r\n"), "is on"));
    CHECK(facts().screen_reader);
    CHECK(contains(door.shows("colours 256\r\n"), "Colours are on"));
    CHECK(contains(door.shows("colors off\r\n"), "Colours are off"));
    for (const char* line : {"width", "width 5", "width 1001", "width 60x", "colours pink", "charset ebcdic",
                             "screenreader maybe", "claim"})
        CHECK(contains(door.shows(line + "\r\n"s), "Type: "));
    CHECK(door.gate.calls.empty());
    door.sends("quit smoking\r\nwidths\r\n");
    CHECK(door.gate.lines() == Lines{"quit smoking", "widths"});
}

TEST_CASE("telnet: every session command has one line of help", "[net][telnet]") {
    for (const net::SessionCommand& command : net::session_commands()) {
        CHECK_FALSE(command.name.empty());
        CHECK_FALSE(command.help.empty());
        CHECK_FALSE(contains(command.help, "\n"));
    }
}

TEST_CASE("telnet: help in the world knows the session's commands and leaves the rest to the world",
          "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("help quit\r\n"), "quit: leave"));
    const std::string settings = door.shows("help SETTINGS\r\n");
    CHECK(contains(settings, "width COLUMNS: "));
    CHECK(contains(settings, "password: "));
    CHECK_FALSE(contains(settings, "how many people"));
    CHECK(door.gate.calls.empty());
    door.sends("help\r\nhelp look\r\nhelp who\r\n");
    CHECK(door.gate.lines() == Lines{"help", "help look", "help who"});
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

TEST_CASE("telnet: a chosen width outlives what the window tells", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto width = [&] { return door.native.attached.front().second->facts().width; };
    door.sends(will(31) + sb(31, "\0\x64\0\x18"s));
    CHECK(width() == 100);
    door.sends("width 60\r\n" + sb(31, "\0\x78\0\x18"s));
    CHECK(width() == 60);
}

TEST_CASE("telnet: settings of the terminal are set like those of the world", "[net][telnet]") {
    Door door;
    door.log_in();
    CHECK(contains(door.shows("set width 60\r\n"), "Lines are now 60 columns wide."));
    CHECK(contains(door.shows("settings width to 70\r\n"), "Lines are now 70 columns wide."));
    CHECK(contains(door.shows("set width much\r\n"), "Type: set width COLUMNS"));
    CHECK(contains(door.shows("set width\r\n"), "Type: set width COLUMNS"));
    CHECK(door.native.attached.front().second->facts().width == 70);
    CHECK(door.gate.calls.empty());
    door.sends("set brief on\r\nset password\r\nsettings\r\n");
    CHECK(door.gate.calls.size() == 3);
}

TEST_CASE("telnet: the prompt is not repeated to a screen reader", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends(will(24));
    for (const char* type : {"TINTIN++", "XTERM", "MTTS 69", "MTTS 69"}) door.sends(sb(24, "\0"s + type));
    CHECK(door.native.attached.front().second->facts().screen_reader);
    CHECK(door.shows("look\r\n") == "> ");
    CHECK(visible(door.hears("It rains.")) == "\r\nIt rains.\r\n");
    CHECK(visible(door.hears("It snows.")) == "It snows.\r\n");
}

TEST_CASE("telnet: Latin-1 both ways, IAC doubled", "[net][telnet]") {
    Door door;
    door.log_in();
    door.sends("charset latin-1\r\n");
    door.sends("say caf\xe9 \xff\xff\r\n");
    CHECK(door.gate.lines() == Lines{"say caf\xc3\xa9 \xc3\xbf"});
    CHECK(contains(door.hears("\xc3\xbf"), "\xff\xff\r\n"));
    door.sends("charset utf-8\r\n");
    CHECK(contains(door.hears("\xc3\xbf"), "\xc3\xbf\r\n"));
}

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
    CHECK(door.sends(command(net::TelnetCommand::are_you_there)) == "\r\n[yes]\r\n");
    std::string many;
    for (int i = 0; i < 1000; ++i) many += command(net::TelnetCommand::are_you_there);
    CHECK(door.sends(many).size() < 1000);
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

TEST_CASE("telnet: who is taken out of the world reads why and is closed", "[net][telnet]") {
    Door door;
    door.log_in();
    const auto [player, session] = door.native.attached.front();
    door.native.attached.clear();
    session->detached(*tree_of("You have been sent away."), 3);
    CHECK(door.transport.newest_mark() == 3);
    CHECK(contains(door.transport.take(), "You have been sent away.\r\n"));
    CHECK(door.transport.closing());
    door.protocol->connection_lost("closed");
    door.protocol.reset();
    CHECK(door.native.detach_reasons.empty());
}

TEST_CASE("telnet: the end of the server is told", "[net][telnet]") {
    Door door;
    door.log_in();
    door.protocol->say_goodbye(reactor::Protocol::Ending::shutdown);
    CHECK(contains(door.transport.take(), "The world stops now."));
    Door failed;
    failed.log_in();
    failed.protocol->say_goodbye(reactor::Protocol::Ending::storage_failed);
    CHECK(contains(failed.transport.take(), "storage has failed"));
    Door silent;
    silent.connect();
    silent.protocol->say_goodbye(reactor::Protocol::Ending::silence);
    CHECK(contains(silent.transport.take(), "silent for too long"));
}

TEST_CASE("telnet: one character, two sessions", "[net][telnet]") {
    Door door;
    door.log_in();
    MemoryTransport second_transport;
    const auto second = net::find_service("telnets")->make(door.context);
    second->connection_made(second_transport);
    exchange(*second, second_transport, "connect alice open sesame\r\n", [&] { door.native.hash_all(); });
    REQUIRE(door.native.attached.size() == 2);
    CHECK(door.native.attached[0].first == door.native.attached[1].first);
    CHECK(door.native.attached[0].second->facts().id != door.native.attached[1].second->facts().id);
    second->connection_lost("gone");
    CHECK(door.native.attached.size() == 1);
}

// --- Conversations of real clients

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

TEST_CASE("telnet: a client like PuTTY", "[net][telnet][clients]") {
    Door door;
    door.connect();
    door.transport.take();
    // Speaks first, character mode, asks for both SGAs and for our echo, which is refused.
    const std::string answer =
        door.sends(will(31) + will(32) + will(24) + will(39) + do_(1) + will(3) + do_(3));
    CHECK(answer == dont(32) + sb(24, "\1") + dont(39) + wont(1) + do_(3) + will(3));
    door.sends(sb(24, "\0XTERM"s) + sb(31, "\0\x50\0\x18"s));
    CHECK(door.sends("alicf\x7f"
                     "e\r\0"s) == will(1) + "Password: ");
    CHECK(door.sends(do_(1)).empty());
    for (const char byte : "open sesamx\x7f"s) CHECK(door.sends({&byte, 1}).empty());
    CHECK(door.sends("e\r\0"s) == "\r\n" + wont(1) + "> ");
    CHECK(door.sends(dont(1)).empty());
}
