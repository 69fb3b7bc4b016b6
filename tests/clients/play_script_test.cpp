#include "clients/terminal/play_script.hpp"
#include "clients/terminal/server_address.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace gyre::test {
namespace {

using play::parse_server_address;
using play::PlayScript;
using play::ScriptRun;
using std::chrono::milliseconds;
using Kind = ScriptRun::Next::Kind;

std::string fault(std::string_view text) {
    const auto script = PlayScript::parse(text);
    return script ? "none" : script.error().text;
}

ScriptRun run_of(std::string_view text) { return ScriptRun{PlayScript::parse(text).value()}; }

TEST_CASE("play script: steps are sent, awaited and met in order", "[clients][play]") {
    ScriptRun run = run_of(
        "# Log in.\n\nexpect name? 5\r\nsend alice\nsecret \" a \\\"b\\\\ \"\nexpect \"in\" 0.5\nwait "
        "1\nclosed");
    auto next = run.next(milliseconds{0});
    CHECK(next.kind == Kind::wait);
    CHECK(next.until == PlayScript::default_patience);
    run.saw("your na");
    run.saw("me? 5 \n");
    next = run.next(milliseconds{9'999});
    CHECK(next.kind == Kind::send);
    CHECK(next.line == "alice");
    CHECK(run.next(milliseconds{10'000}).line == " a \"b\\ ");
    CHECK(run.next(milliseconds{10'000}).until == milliseconds{10'500});
    run.saw("come in\n");
    CHECK(run.next(milliseconds{10'100}).until == milliseconds{11'100});
    CHECK(run.next(milliseconds{11'100}).until == milliseconds{21'100});
    run.server_closed();
    CHECK(run.next(milliseconds{11'200}).kind == Kind::succeeded);
}

TEST_CASE("play script: what does not come is told with its line and what came last", "[clients][play]") {
    ScriptRun run = run_of("send look\nexpect \"square\" 2");
    CHECK(run.next(milliseconds{0}).kind == Kind::send);
    CHECK(run.next(milliseconds{0}).kind == Kind::wait);
    run.saw("Cellar\nDark.\n");
    CHECK(run.next(milliseconds{2'000}).kind == Kind::failed);
    CHECK(run.complaint() == "line 2: expected \"square\" within 2 s; what came last:\n  Cellar\n  Dark.");
    ScriptRun closed = run_of("expect x\nsend y");
    closed.saw("x");
    closed.server_closed();
    CHECK(closed.next(milliseconds{0}).kind == Kind::failed);
    CHECK(closed.complaint().starts_with("line 2: there was something to send, but the server has ended"));
    ScriptRun open = run_of("closed 1");
    CHECK(open.next(milliseconds{5}).kind == Kind::wait);
    CHECK(open.next(milliseconds{1'005}).kind == Kind::failed);
    CHECK(open.complaint().starts_with("line 1: expected the server to end the connection within 1 s"));
}

TEST_CASE("play script: a text is met once, and memory is bounded", "[clients][play]") {
    ScriptRun run = run_of("expect x\nexpect \"x\" 1");
    run.saw("x");
    CHECK(run.next(milliseconds{0}).kind == Kind::wait);
    run.saw("x" + std::string(ScriptRun::max_unseen, 'y'));
    CHECK(run.next(milliseconds{1}).kind == Kind::wait);
    CHECK(run.next(milliseconds{1'000}).kind == Kind::failed);
}

TEST_CASE("play script: what makes no sense is told with its line", "[clients][play]") {
    CHECK(fault("send a\n\nsned b") ==
          "line 3: unknown step \"sned\": use send, secret, expect, wait or closed");
    CHECK(fault("expect") == "line 1: expect needs a text");
    CHECK(fault("expect \"a") == "line 1: the closing quote is missing");
    CHECK(fault("expect \"a\" soon") == "line 1: \"soon\" is no number of seconds up to 3600");
    CHECK(fault("wait 3601") == "line 1: \"3601\" is no number of seconds up to 3600");
    CHECK(fault("wait") == "line 1: wait needs a number of seconds");
    CHECK(fault("wait 1.2.3") == "line 1: \"1.2.3\" is no number of seconds up to 3600");
    CHECK(fault("send \"a\" b") == "line 1: \"b\" stands behind the closing quote");
    CHECK(fault("send " + std::string(PlayScript::max_line, 'x')) == "line 1: longer than 8192 bytes");
    std::string many;
    for (std::size_t count = 0; count <= PlayScript::max_steps; ++count) many += "send\n";
    CHECK(fault(many) == "line 10001: more than 10000 steps");
    many.resize(many.size() - 5);
    CHECK(fault(many) == "none");
}

TEST_CASE("server address: URLs name a machine and a port", "[clients][play]") {
    const auto read = [](std::string_view url) {
        const auto address = parse_server_address(url);
        return address ? address.value().to_string() : address.error().text;
    };
    CHECK(read("telnet://example.org") == "telnet://example.org:4000");
    CHECK(read("telnets://[::1]/") == "telnets://[::1]:4443");
    CHECK(read("telnets://127.0.0.1:4000") == "telnets://127.0.0.1:4000");
    CHECK(read("example.org") == "telnet://example.org:4000");
    CHECK(read("localhost:23") == "telnet://localhost:23");
    CHECK(read("ssh://x") == "\"ssh://x\": unknown scheme \"ssh\"; there are telnet and telnets");
    CHECK(read("telnet://") == "\"telnet://\": the host is missing");
    CHECK(read("telnet://:4000") == "\"telnet://:4000\": the host is missing");
    CHECK(read("::1") == "\"::1\": an IPv6 address stands in brackets, as [::1]");
    CHECK(read("telnet://bob:pw@x:4000") ==
          "\"telnet://x:4000\": there is no user or password in the URL of a world: the server asks for "
          "them");
    for (const std::string_view url : {"bob:secret@x", "ssh://bob:secret@x", "telnet://bob:se/c@secret@x:1"})
        CHECK_THAT(std::string{read(url)}, !Catch::Contains("secret") && !Catch::Contains("bob"));
    CHECK(read("telnet://[::1") == "\"telnet://[::1\": the address lacks its closing bracket");
    CHECK(read("telnet://a b") == "\"telnet://a b\": that is no name of a host");
    CHECK(read("x/y") == "\"x/y\": that is no name of a host");
    for (const std::string_view port : {"0", "65536", "", "x", "1x", "-1"}) {
        const std::string url = "telnet://x:" + std::string{port};
        CHECK(read(url) == "\"" + url + "\": the port is a number from 1 to 65535");
    }
}

}  // namespace
}  // namespace gyre::test
