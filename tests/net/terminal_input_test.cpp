#include "net/terminal/backlog.hpp"
#include "net/terminal/typed_text.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace gyre;
using namespace std::string_literals;
using net::Backlog;
using net::InputCharset;
using net::typed_text;

TEST_CASE("typed text: UTF-8 stays, Latin-1 is converted", "[net][terminal][input]") {
    CHECK(typed_text("say hello", InputCharset::guessed) == "say hello");
    CHECK(typed_text("caf\xc3\xa9", InputCharset::guessed) == "caf\xc3\xa9");
    CHECK(typed_text("caf\xe9", InputCharset::guessed) == "caf\xc3\xa9");
    CHECK(typed_text("caf\xc3\xa9", InputCharset::latin1) == "caf\xc3\x83\xc2\xa9");
    CHECK(typed_text("\xff", InputCharset::latin1) == "\xc3\xbf");
}

TEST_CASE("typed text: broken UTF-8 of a peer that promised it is repaired", "[net][terminal][input]") {
    CHECK(typed_text("caf\xe9!", InputCharset::utf8) == "caf\xef\xbf\xbd!");
}

TEST_CASE("typed text: escape sequences and controls are gone", "[net][terminal][input]") {
    CHECK(typed_text("lo\x1b[Aok\x1b[1;31m", InputCharset::guessed) == "look");
    CHECK(typed_text("\x1bOPlook", InputCharset::guessed) == "look");
    CHECK(typed_text("a\x1b]0;title\x07z", InputCharset::guessed) == "az");
    CHECK(typed_text("a\x1b]0;title\x1b\\z", InputCharset::guessed) == "az");
    CHECK(typed_text("a\x1bPq endless", InputCharset::guessed) == "a");
    CHECK(typed_text("a\x1b", InputCharset::guessed) == "a");
    CHECK(typed_text("a\x1b[", InputCharset::guessed) == "a");
    CHECK(typed_text("a\x1b[12", InputCharset::guessed) == "a");
    CHECK(typed_text("a\x1b[\x1b[Az", InputCharset::guessed) == "az");
    CHECK(typed_text("say \x01\x02hi\x7f", InputCharset::guessed) == "say hi");
    CHECK(typed_text("\x9b"
                     "31m",
                     InputCharset::latin1) == "31m");
    CHECK(typed_text("a\tb", InputCharset::guessed) == "a b");
}

TEST_CASE("backlog: lines come out as they went in", "[net][terminal][input]") {
    Backlog backlog;
    CHECK(backlog.empty());
    REQUIRE(backlog.push("look"));
    REQUIRE(backlog.push(""));
    REQUIRE(backlog.push_too_long());
    REQUIRE(backlog.push("a\0b"s));
    CHECK(backlog.front().bytes == "look");
    backlog.pop();
    CHECK(backlog.front().bytes.empty());
    CHECK_FALSE(backlog.front().too_long);
    backlog.pop();
    CHECK(backlog.front().too_long);
    backlog.pop();
    CHECK(backlog.front().bytes == "a\0b"s);
    backlog.pop();
    CHECK(backlog.empty());
}

TEST_CASE("backlog: it is bounded, and has room again when lines have left", "[net][terminal][input]") {
    Backlog backlog;
    const std::string line(4096, 'x');
    std::size_t kept = 0;
    while (backlog.push(line)) ++kept;
    CHECK(kept == Backlog::max_bytes / (line.size() + 2));
    for (int i = 0; i < 1000; ++i) {
        CHECK(backlog.front().bytes.size() == line.size());
        backlog.pop();
        REQUIRE(backlog.push(line));
    }
}
