#include "net/ssh/ssh_shell.hpp"
#include "net/ssh/ssh_exec.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_gate.hpp"
#include "tests/support/fake_native.hpp"
#include "tests/support/memory_transport.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::test {
namespace {

using Kind = world::Outcome::Kind;
using Lines = std::vector<std::string>;

/// A session channel without SSH.
class MemoryChannel final : public net::SshChannel {
  public:
    using Transport::write;
    void write(std::string_view bytes, BatchNumber needs) override { memory.write(bytes, needs); }
    void write_error(std::string_view bytes, BatchNumber) override { errors += bytes; }
    void start_tls() override {}
    void lose_connection() override { memory.lose_connection(); }
    void abort_connection(std::string_view reason) override { memory.abort_connection(reason); }
    void wake() override { memory.wake(); }
    void set_idle_limit(std::uint32_t seconds) override { memory.set_idle_limit(seconds); }
    [[nodiscard]] const reactor::Peer& peer() const override { return memory.peer(); }
    void keep_alive() override { ++signs_of_life; }
    [[nodiscard]] const net::SshTerminalFacts& terminal() const override { return facts; }

    MemoryTransport memory;
    net::SshTerminalFacts facts;
    std::string errors;
    int signs_of_life = 0;
};

struct Visit {
    Visit() { alice = native.add("Alice", "open sesame"); }
    ~Visit() {
        if (protocol) protocol->connection_lost("test over");
    }
    void shell(std::string_view terminal = "xterm-256color", std::uint16_t width = 80) {
        channel.facts.has_terminal = !terminal.empty();
        channel.facts.terminal = terminal;
        channel.facts.width = width;
        protocol = std::make_unique<net::SshShell>(context, alice, channel);
        begin();
    }
    void exec(std::string command) {
        protocol = std::make_unique<net::SshExec>(context, alice, channel, std::move(command));
        begin();
    }
    std::string sends(std::string_view bytes) {
        exchange(*protocol, channel.memory, bytes, [this] {
            if (answers) gate.reply_all();
        });
        return channel.memory.take();
    }
    std::string ends() {
        protocol->input_ended();
        return sends("");
    }

    FakeGate gate;
    FakeNative native;
    FakeClock clock;
    net::Context context{gate, native, clock};
    MemoryChannel channel;
    ObjectId alice = ObjectId::nothing;
    std::unique_ptr<net::SshProtocol> protocol;
    std::string first;
    bool answers = true;

  private:
    void begin() {
        protocol->connection_made(channel);
        first = sends("");
    }
};

TEST_CASE("ssh shell: a Latin-1 terminal types and sees Latin-1", "[net][ssh]") {
    Visit visit;
    visit.channel.facts.locale = "de_DE.ISO-8859-1";
    visit.shell();
    CHECK(visit.sends("caf\xe9") == "\r> caf\xe9\x1b[K");
    CHECK(visit.sends("\r").starts_with("\r\n"));
    visit.sends("charset utf-8\r");
    CHECK(visit.sends("caf\xc3\xa9") == "\r> caf\xc3\xa9\x1b[K");
    visit.sends("\r");
    CHECK(visit.gate.lines() == Lines{"caf\xc3\xa9", "caf\xc3\xa9"});
}

TEST_CASE("ssh shell: a terminal gets a line to edit", "[net][ssh]") {
    Visit visit;
    visit.native.welcome = "Welcome, Alice.";
    visit.shell();
    CHECK(visit.first == "\x1b[?2004hWelcome, Alice.\r\n\r> \x1b[K");
    CHECK(visit.sends("loo") == "loo");
    CHECK(visit.sends("k\r") == "k\r\n\r> \x1b[K");
    CHECK(visit.gate.lines() == Lines{"look"});
    CHECK(visit.gate.calls[0].service == "ssh");
}

TEST_CASE("ssh shell: what is told while one types leaves the line as it was", "[net][ssh]") {
    Visit visit;
    visit.shell();
    visit.sends("say hel");
    visit.native.tell("Bob arrives.", 5);
    visit.protocol->about_to_flush();
    CHECK(visit.channel.memory.newest_mark() == 5);
    CHECK(visit.channel.memory.take() == "\r\x1b[KBob arrives.\r\n\r> say hel\x1b[K");
}

TEST_CASE("ssh shell: a screen reader hears the prompt once, and its line comes back", "[net][ssh]") {
    Visit visit;
    visit.shell();
    visit.sends("screenreader on\r");
    visit.native.tell("Bob arrives.");
    visit.protocol->about_to_flush();
    CHECK(visit.channel.memory.take() == "\r\x1b[KBob arrives.\r\n");
    visit.sends("sa");
    visit.native.tell("Bob leaves.");
    visit.protocol->about_to_flush();
    CHECK(visit.channel.memory.take().ends_with("> sa\x1b[K"));
}

TEST_CASE("ssh shell: passwords are not shown", "[net][ssh]") {
    Visit visit;
    visit.shell();
    CHECK(visit.sends("password\r").ends_with("Old password: \x1b[K"));
    CHECK(visit.sends("open sesame").find("open") == std::string::npos);
    const std::string answer = visit.sends("\r");
    CHECK(answer.starts_with("\r\n"));
    CHECK(answer.find("\r\n\r\n") == std::string::npos);
}

TEST_CASE("ssh shell: colours and width are those of the terminal", "[net][ssh]") {
    const auto facts = [](Visit& visit) { return visit.native.attached.at(0).second->facts(); };
    Visit colourful;
    colourful.channel.facts.true_colour = true;
    colourful.shell("xterm", 132);
    CHECK(facts(colourful).colours == net::count_of(net::Colours::truecolour));
    CHECK(facts(colourful).width == 132);
    colourful.channel.facts.width = 44;
    colourful.protocol->resized();
    CHECK(facts(colourful).width == 44);
    Visit plain;
    plain.shell("dumb", 0);
    CHECK(facts(plain).colours == net::count_of(net::Colours::none));
    CHECK(plain.sends("look\r").find('\x1b') == std::string::npos);
}

TEST_CASE("ssh shell: a terminal without escape sequences edits lines as well", "[net][ssh]") {
    Visit visit;
    visit.native.welcome = "Welcome, Alice.";
    visit.shell("dumb", 80);
    CHECK(visit.first == "Welcome, Alice.\r\n\r> ");
    CHECK(visit.protocol->last_bytes().empty());
    CHECK(visit.sends("lop\x7fok\r") == "lop\b \bok\r\n\r> ");
    CHECK(visit.sends("dance\x15sit\r\n").ends_with("sit\r\n\r> "));
    CHECK(visit.sends("stand\n") == "stand\r\n\r> ");
    CHECK(visit.sends("never\x03") == "never^C\r\n\r> ");
    CHECK(visit.gate.lines() == Lines{"look", "sit", "stand"});
    visit.sends("say hel");
    visit.native.tell("Bob arrives.", 5);
    visit.protocol->about_to_flush();
    const std::string told = visit.channel.memory.take();
    CHECK(told.ends_with("Bob arrives.\r\n\r> say hel"));
    CHECK(told.find_first_not_of("\r \b") == told.find("Bob"));
    visit.sends("\x15");
    CHECK(visit.sends("password\r").ends_with("Old password: "));
    CHECK(visit.sends("open sesame") == "");
    visit.sends("\x03\r");
    CHECK(visit.sends("\x04").find("Goodbye.") != std::string::npos);
}

TEST_CASE("ssh shell: a line that is too long is told, and not read in part", "[net][ssh]") {
    Visit visit;
    visit.shell();
    const std::string longest(net::LineEditor::max_line, 'x');
    visit.sends(longest);
    CHECK(visit.sends("y\r").find("That line is too long, so it was not read.") != std::string::npos);
    visit.sends("\x10\x15look\r");
    CHECK(visit.gate.lines() == Lines{"look"});
}

TEST_CASE("ssh shell: a terminal without UTF-8 is told by its locale", "[net][ssh]") {
    for (const auto& [locale, shown] : {std::pair{"", "caf\xc3\xa9"}, std::pair{"de_DE.UTF-8", "caf\xc3\xa9"},
                                        std::pair{"C", "cafe"}, std::pair{"POSIX", "cafe"}}) {
        Visit visit;
        visit.channel.facts.locale = locale;
        visit.native.welcome = "caf\xc3\xa9";
        visit.shell();
        CHECK(visit.first.find(shown) != std::string::npos);
    }
}

TEST_CASE("ssh shell: ^D leaves, and the terminal becomes as it was", "[net][ssh]") {
    Visit visit;
    visit.shell();
    CHECK(visit.sends("\x04").find("Goodbye.") != std::string::npos);
    CHECK(visit.channel.memory.closing());
    CHECK(visit.protocol->last_bytes() == "\x1b[?2004l");
    CHECK(visit.native.detach_reasons == Lines{"quit"});
}

TEST_CASE("ssh shell: a pipe gets lines and no prompts", "[net][ssh]") {
    Visit visit;
    visit.native.welcome = "Welcome.";
    visit.shell("");
    CHECK(visit.first == "Welcome.\n");
    visit.gate.outcome = [](const FakeGate::Call&) { return outcome_of(Kind::refused, "No."); };
    CHECK(visit.sends("dance\r\nsing\nju") == "No.\nNo.\n");
    CHECK(visit.gate.lines() == Lines{"dance", "sing"});
    CHECK(visit.ends() == "No.\nGoodbye.\n");
    CHECK(visit.gate.lines() == Lines{"dance", "sing", "ju"});
    CHECK(visit.protocol->last_bytes().empty());
}

TEST_CASE("ssh shell: a pipe that ends waits for its answers", "[net][ssh]") {
    Visit visit;
    visit.answers = false;
    visit.shell("");
    visit.sends("one\ntwo\n");
    visit.ends();
    CHECK(visit.gate.lines() == Lines{"one"});
    CHECK_FALSE(visit.channel.memory.closing());
    visit.answers = true;
    CHECK(visit.sends("").find("Goodbye.") != std::string::npos);
    CHECK(visit.gate.lines() == Lines{"one", "two"});
}

TEST_CASE("ssh shell: a line of a pipe that is too long is not read", "[net][ssh]") {
    Visit visit;
    visit.shell("");
    const std::string longest(net::SshShell::max_line, 'x');
    visit.sends(longest + "\n");
    CHECK(visit.gate.lines() == Lines{longest});
    CHECK(visit.sends(longest + "y\nlook\n").find("too long") != std::string::npos);
    CHECK(visit.gate.lines() == Lines{longest, "look"});
    for (int count = 0; count < 100; ++count) visit.sends(longest);
    CHECK(visit.sends("\nlook\n").find("too long") != std::string::npos);
}

TEST_CASE("ssh exec: the status says how the command ended", "[net][ssh]") {
    for (const auto& [kind, status] :
         {std::pair{Kind::done, 0}, std::pair{Kind::declined, 1}, std::pair{Kind::refused, 1},
          std::pair{Kind::failed, 2}, std::pair{Kind::over_budget, 2}, std::pair{Kind::busy, 2}}) {
        Visit visit;
        visit.gate.outcome = [kind = kind](const FakeGate::Call&) { return outcome_of(kind, "Words."); };
        visit.exec("look at me");
        CHECK(visit.protocol->exit_status() == status);
        CHECK(visit.first == (kind == Kind::done ? "" : "Words.\n"));
        CHECK(visit.channel.memory.closing());
        CHECK(visit.gate.lines() == Lines{"look at me"});
    }
}

TEST_CASE("ssh exec: keys are listed and changed", "[net][ssh]") {
    const auto answer = [](Visit& visit, const std::string& command, int status) {
        visit.exec(command);
        CHECK(visit.protocol->exit_status() == status);
        CHECK(visit.channel.memory.closing());
        CHECK(visit.gate.calls.empty());
        return visit.first;
    };
    Visit visit;
    CHECK(answer(visit, "keys add ssh-abc", 0) == "From now on this key lets you in by SSH: SHA256:abc\n");
    Visit list;
    list.native.keys[list.alice].push_back({"ssh-ed25519", "SHA256:abc", "", 0});
    CHECK(answer(list, "Keys list", 0) == "These keys let you in by SSH:\n1. ssh-ed25519 SHA256:abc\n");
    Visit wrong;
    CHECK(answer(wrong, "keys remove 1", 1) == "You have no such key. Type: keys list\n");
    Visit none;
    CHECK(answer(none, "keys", 1) == "Type: keys list|add LINE|remove NUMBER\n");
}

TEST_CASE("ssh exec: what is about a session works in a shell", "[net][ssh]") {
    for (const auto& [command, name] :
         {std::pair{"password", "password"}, std::pair{"wizard on", "wizard"}, std::pair{"width 40", "width"},
          std::pair{"claim x", "claim"}, std::pair{"screenreader", "screenreader"},
          std::pair{"set width 40", "width"}}) {
        Visit visit;
        visit.exec(command);
        CHECK(visit.first == "`" + std::string{name} + "` works in a shell only: ssh without a command.\n");
        CHECK(visit.protocol->exit_status() == 1);
        CHECK(visit.gate.calls.empty());
    }
    Visit visit;
    visit.exec("quit");
    CHECK(visit.first.empty());
    CHECK(visit.protocol->exit_status() == 0);
    CHECK(visit.channel.memory.closing());
    Visit world;
    world.exec("quit smoking");
    CHECK(world.gate.lines() == Lines{"quit smoking"});
}

TEST_CASE("ssh exec: only what the command tells is its output", "[net][ssh]") {
    Visit visit;
    visit.native.welcome = "Welcome, Alice.";
    visit.answers = false;
    visit.exec("look");
    CHECK(visit.first.empty());
    visit.native.tell("A square.", 3);
    CHECK(visit.channel.memory.newest_mark() == 3);
    visit.answers = true;
    CHECK(visit.sends("") == "A square.\n");
    CHECK(visit.native.attached.size() == 1);
    visit.protocol->connection_lost("closed");
    CHECK(visit.native.attached.empty());
    visit.protocol.reset();
}

TEST_CASE("ssh exec: questions are answered from its input", "[net][ssh]") {
    Visit visit;
    visit.gate.asking = world::Gate::Asks::line;
    visit.exec("destroy lamp");
    CHECK_FALSE(visit.channel.memory.closing());
    visit.gate.outcome = [&](const FakeGate::Call& call) {
        if (call.arguments[0] == "yes") visit.gate.asking = world::Gate::Asks::nothing;
        return outcome_of(Kind::done);
    };
    visit.sends("no\r\nye");
    CHECK_FALSE(visit.channel.memory.closing());
    visit.sends("s\n");
    CHECK(visit.channel.memory.closing());
    CHECK(visit.gate.lines() == Lines{"destroy lamp", "no", "yes"});
}

TEST_CASE("ssh exec: input that ends leaves questions open", "[net][ssh]") {
    Visit visit;
    visit.gate.asking = world::Gate::Asks::line;
    visit.exec("destroy lamp");
    visit.ends();
    CHECK(visit.channel.memory.closing());
}

TEST_CASE("ssh exec: a command that is too long is not read", "[net][ssh]") {
    Visit visit;
    visit.exec(std::string(net::SshExec::max_command + 1, 'x'));
    CHECK(visit.first == "That line is too long, so it was not read.\n");
    CHECK(visit.protocol->exit_status() == 2);
    CHECK(visit.gate.calls.empty());
}

TEST_CASE("ssh exec: input beyond what waits for questions is dropped", "[net][ssh]") {
    Visit visit;
    visit.answers = false;
    visit.exec("look");
    for (int count = 0; count < 100; ++count) visit.sends(std::string(10'000, 'x'));
    visit.answers = true;
    visit.gate.asking = world::Gate::Asks::line;
    visit.gate.outcome = [&](const FakeGate::Call& call) {
        if (call.arguments[0] != "look") visit.gate.asking = world::Gate::Asks::nothing;
        return outcome_of(Kind::done);
    };
    visit.ends();
    CHECK(visit.gate.lines() == Lines{"look", std::string(net::SshExec::max_input, 'x')});
    CHECK(visit.channel.memory.closing());
}

TEST_CASE("ssh exec: what export returns is all of the output, as it is", "[net][ssh]") {
    Visit visit;
    visit.answers = false;
    visit.exec("export lamp");
    CHECK(visit.protocol->exit_status() == 2);
    visit.native.tell("Without the stool.", 0);
    visit.gate.outcome = [](const FakeGate::Call&) {
        world::Outcome outcome = outcome_of(Kind::done);
        outcome.value = world::Value{"a\r\n\tb  \n\n"};
        return outcome;
    };
    visit.answers = true;
    CHECK(visit.sends("") == "a\r\n\tb  \n\n");
    CHECK(visit.channel.errors == "Without the stool.\n");
    CHECK(visit.protocol->exit_status() == 0);
    CHECK(visit.channel.memory.closing());
}

TEST_CASE("ssh exec: all of the input is what import asks for", "[net][ssh]") {
    Visit visit;
    visit.gate.asking = world::Gate::Asks::line;
    visit.gate.outcome = [&](const FakeGate::Call& call) {
        if (call.method == "answer") visit.gate.asking = world::Gate::Asks::nothing;
        return outcome_of(Kind::done);
    };
    visit.exec(" Import");
    visit.native.tell("What shall be imported?", 0);
    visit.sends("one\r\n.\n");
    CHECK(visit.gate.calls.size() == 1);
    SECTION("when it has ended") {
        visit.sends("two");
        visit.ends();
        REQUIRE(visit.gate.calls.size() == 2);
        CHECK(visit.gate.calls[1].method == "answer");
        CHECK(visit.gate.lines().back() == "one\r\n.\ntwo");
        CHECK(visit.channel.errors.empty());
        CHECK(visit.protocol->exit_status() == 0);
    }
    SECTION("but no more than there is room for") {
        for (std::size_t sent = 0; sent < net::SshExec::max_file; sent += 50'000)
            visit.sends(std::string(50'000, 'x'));
        CHECK(visit.gate.calls.size() == 1);
        CHECK(visit.channel.errors == "A file to import has at most 1000000 bytes.\n");
        CHECK(visit.protocol->exit_status() == 2);
        CHECK(visit.channel.memory.closing());
    }
}

TEST_CASE("ssh exec: a server that stops says so", "[net][ssh]") {
    Visit visit;
    visit.answers = false;
    visit.exec("look");
    visit.protocol->say_goodbye(reactor::Protocol::Ending::shutdown);
    CHECK(visit.channel.memory.take() == "The world stops now.\n");
    CHECK(visit.protocol->exit_status() == 2);
    visit.answers = true;
    visit.sends("");
}

}  // namespace
}  // namespace gyre::test
