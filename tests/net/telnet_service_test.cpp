#include "tests/net/telnet_door.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace gyre;
using namespace gyre::test;
using Kind = world::Outcome::Kind;
using Lines = std::vector<std::string>;

TEST_CASE("services: each scheme is registered once and complete", "[net][services]") {
    std::vector<std::string_view> schemes;
    for (const net::Service& service : net::all_services()) {
        CHECK(std::find(schemes.begin(), schemes.end(), service.scheme) == schemes.end());
        schemes.push_back(service.scheme);
        CHECK((service.make != nullptr) != (service.take != nullptr));
        CHECK(service.default_port != 0);
        CHECK_FALSE(service.description.empty());
        CHECK_FALSE(service.calls.empty());
        // What comes before the version of an SSH server is for its client alone (RFC 4253 section 4.2).
        CHECK((service.busy_words.ends_with("\r\n") || service.scheme == "ssh"));
        CHECK(net::find_service(service.scheme) == &service);
    }
    CHECK(net::find_service("telnets")->tls);
    CHECK(net::find_service("gopher") == nullptr);
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
