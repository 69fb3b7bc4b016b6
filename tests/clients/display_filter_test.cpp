#include "clients/terminal/display_filter.hpp"

#include "tests/support/chunks.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace gyre::test {
namespace {

using play::DisplayFilter;
using play::DisplayPiece;

/// What is left, with marks for what is no text: "[style]", "<address>", "\n", "\t".
std::string shown(std::string_view bytes, std::size_t chunk = 1000) {
    DisplayFilter filter;
    std::string all;
    feed_in_chunks(bytes, chunk, [&](std::string_view part) {
        DisplayPiece piece;
        while (filter.next(part, piece)) {
            if (piece.kind == DisplayPiece::Kind::text) all += piece.bytes;
            if (piece.kind == DisplayPiece::Kind::tab) all += '\t';
            if (piece.kind == DisplayPiece::Kind::line_end) all += '\n';
            if (piece.kind == DisplayPiece::Kind::style) all.append("[").append(piece.bytes.substr(2)) += ']';
            if (piece.kind == DisplayPiece::Kind::link) all.append("<").append(piece.bytes) += '>';
        }
    });
    return all;
}

TEST_CASE("display filter: text, line ends, tabs and styles pass, however they are split",
          "[clients][play]") {
    const auto chunk = GENERATE(1U, 2U, 3U, 7U, 64U);
    CHECK(shown("one\r\ntwo\n\rthree\r\0\tfour", chunk) == "one\ntwo\nthree");
    CHECK(shown("a\tb\r\n", chunk) == "a\tb\n");
    CHECK(shown("\x1b[1;31mred\x1b[0m \x1b[38;2;1;2;3mx\x1b[m", chunk) == "[1;31m]red[0m] [38;2;1;2;3m]x[m]");
    CHECK(shown("caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\x90\x8b.", chunk) ==
          "caf\xc3\xa9 \xe6\x97\xa5 \xf0\x9f\x90\x8b.");
}

TEST_CASE("display filter: what would take over the terminal is gone", "[clients][play]") {
    const auto chunk = GENERATE(1U, 2U, 5U, 1000U);
    for (const std::string_view hostile : {
             "\x1b[2J",
             "\x1b[H",
             "\x1b[10;10H",
             "\x1b[5A",
             "\x1b[?1049h",
             "\x1b[?25l",
             "\x1b[6n",
             "\x1b[c",
             "\x1b[>c",
             "\x1b[>4;2m",
             "\x1b[?4m",
             "\x1b[21t",
             "\x1b[1 q",
             "\x1b[!p",
             "\x1b[r",
             "\x1b[1;5r",
             "\x1b"
             "c",
             "\x1b"
             "7",
             "\x1b"
             "8",
             "\x1b#8",
             "\x1b(0",
             "\x1b=",
             "\x1bN",
             "\x1bM",
             "\x1bZ",
             "\x1b]0;title\a",
             "\x1b]0;title\x1b\\",
             "\x1b]52;c;aGk=\a",
             "\x1b]4;1;#fff\a",
             "\x1b]10;?\a",
             "\x1b]1337;File=x\a",
             "\x1bP+q544e\x1b\\",
             "\x1bX..\x1b\\",
             "\x1b^..\x1b\\",
             "\x1b_G..\x1b\\",
             "\a",
             "\b",
             "\v",
             "\f",
             "\x0e",
             "\x0f",
             "\x7f",
             "\xc2\x9b"
             "2J",
             "\xe2\x80\xae",
             "\xe2\x80\x8b",
         }) {
        const std::string left = shown("a" + std::string{hostile} + "b", chunk);
        CAPTURE(hostile);
        CHECK(left.front() == 'a');
        CHECK(left.back() == 'b');
        CHECK(left.find_first_of("\x1b\a\b\v\f\x0e\x0f\x7f") == std::string::npos);
        CHECK((left == "ab" || hostile == "\xc2\x9b"
                                          "2J"));
    }
    CHECK(shown("a\x9b"
                "31mb",
                chunk) == "a31mb");
}

TEST_CASE("display filter: links lead to http and https only", "[clients][play]") {
    const auto chunk = GENERATE(1U, 3U, 2000U);
    CHECK(shown("\x1b]8;id=1;https://example.org/a?b\x1b\\here\x1b]8;;\x1b\\.", chunk) ==
          "<https://example.org/a?b>here<>.");
    CHECK(shown("\x1b]8;;http://example.org\ahere\x1b]8;;\a.", chunk) == "<http://example.org>here<>.");
    for (const std::string_view address :
         {"file:///etc/passwd", "javascript:x", "send:quit", "https://a b", "https://\xc3\xa9", "HTTPS://x"})
        CHECK(shown("\x1b]8;;" + std::string{address} + "\x1b\\here\x1b]8;;\x1b\\.", chunk) == "<>here<>.");
    const std::string fits = "https://" + std::string(DisplayFilter::max_link - 11, 'x');
    CHECK(shown("\x1b]8;;" + fits + "\a.", chunk) == "<" + fits + ">.");
    CHECK(shown("\x1b]8;;" + fits + "x\a.", chunk) == "<>.");
}

TEST_CASE("display filter: nothing swallows more than its line", "[clients][play]") {
    const auto chunk = GENERATE(1U, 4U, 100U);
    CHECK(shown("a\x1b]0;never ends\nb", chunk) == "a\nb");
    CHECK(shown("a\x1bPnever ends\nb", chunk) == "a\nb");
    CHECK(shown("a\x1b]8;;https://x\x1b[1mb", chunk) == "a[1m]b");
    CHECK(shown("a\x1b]0;x\x1b[1mb\nc", chunk) == "a[1m]b\nc");
    CHECK(shown("a\x1b[12\nb", chunk) == "a\nb");
    CHECK(shown("a\x1b\nb", chunk) == "a\nb");
}

TEST_CASE("display filter: a style has a limit", "[clients][play]") {
    const std::string fits(DisplayFilter::max_style, '1');
    CHECK(shown("\x1b[" + fits + "mx") == "[" + fits + "m]x");
    CHECK(shown("\x1b[" + fits + "1mx") == "x");
    CHECK(shown("\x1b[" + fits + "1mx\x1b[1my") == "x[1m]y");
}

TEST_CASE("display filter: what is no UTF-8 counts as Latin-1", "[clients][play]") {
    const auto chunk = GENERATE(1U, 2U, 100U);
    CHECK(shown("caf\xe9 na\xefve\n", chunk) == "caf\xc3\xa9 na\xc3\xafve\n");
    CHECK(shown("caf\xe9\r\n", chunk) == "caf\xc3\xa9\n");
    CHECK(shown("\x85\x9f.", chunk) == ".");
}

}  // namespace
}  // namespace gyre::test
