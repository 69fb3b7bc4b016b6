#include "net/terminal/key_codec.hpp"
#include "tests/support/chunks.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace gyre::test {
namespace {

using net::Key;
using net::KeyCodec;
using net::KeyEvent;

struct Typed {
    std::string text;
    std::vector<Key> keys;
    bool pasted = false;
};

/// All that came, in chunks of `size` bytes; texts joined, each key also as '|' in the text.
Typed typed(std::string_view bytes, std::size_t size = 4096) {
    KeyCodec codec;
    Typed all;
    while (!bytes.empty()) {
        std::string_view chunk = bytes.substr(0, size);
        bytes.remove_prefix(chunk.size());
        KeyEvent event;
        while (codec.next(chunk, event)) {
            all.pasted = all.pasted || event.pasted;
            if (event.kind == KeyEvent::Kind::text) {
                all.text += event.text;
            } else {
                all.text += '|';
                all.keys.push_back(event.key);
            }
        }
    }
    return all;
}

void check(std::string_view bytes, const std::string& text, const std::vector<Key>& keys) {
    for (const std::size_t size : {std::size_t{4096}, std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
        INFO(size);
        const Typed all = typed(bytes, size);
        CHECK(all.text == text);
        CHECK(all.keys == keys);
    }
}

TEST_CASE("keys: text and control characters", "[net][keys]") {
    check("look\r", "look|", {Key::enter});
    check("a\r\nb\nc\r", "a|b|c|", {Key::enter, Key::enter, Key::enter});
    check("x\x7f\b\x15\x17\x0b", "x|||||",
          {Key::backspace, Key::backspace, Key::kill_to_start, Key::kill_word, Key::kill_to_end});
    check("\x01\x05\x02\x06\x0c\x03\x04\x10\x0e\x19", "||||||||||",
          {Key::home, Key::end, Key::left, Key::right, Key::redraw, Key::interrupt, Key::end_of_input,
           Key::up, Key::down, Key::yank});
    check(
        "a\tb\x07"
        "c",
        "abc", {});
}

TEST_CASE("keys: characters of several bytes are never split", "[net][keys]") {
    check("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xb1.", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xb1.", {});
    KeyCodec codec;
    KeyEvent event;
    std::string_view first = "a\xe2\x82";
    REQUIRE(codec.next(first, event));
    CHECK(event.text == "a");
    CHECK_FALSE(codec.next(first, event));
    std::string_view second =
        "\xac"
        "b";
    REQUIRE(codec.next(second, event));
    CHECK(event.text == "\xe2\x82\xac");
    REQUIRE(codec.next(second, event));
    CHECK(event.text == "b");
}

TEST_CASE("keys: what begins a character and is none is passed on as it came", "[net][keys]") {
    const Typed all = typed(
        "\xe2"
        "ab\xff"
        "c\x80",
        1);
    CHECK(all.text ==
          "\xe2"
          "ab\xff"
          "c\x80");
    CHECK(all.keys.empty());
}

TEST_CASE("keys: the sequences of xterm, rxvt, the console and PuTTY", "[net][keys]") {
    check("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "||||||",
          {Key::up, Key::down, Key::right, Key::left, Key::home, Key::end});
    check("\x1bOA\x1bOD\x1bOH", "|||", {Key::up, Key::left, Key::home});
    check("\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[3~", "|||||",
          {Key::home, Key::end, Key::home, Key::end, Key::remove});
    check("\x1b[1;5D\x1b[1;5C\x1b[1;3D\x1b[1;2C", "||||",
          {Key::word_left, Key::word_right, Key::word_left, Key::right});
    check(
        "\x1b"
        "b\x1b"
        "f\x1b"
        "d\x1b\x7f",
        "||||", {Key::word_left, Key::word_right, Key::kill_next_word, Key::kill_word});
    check("\x1b[[Ax\x1b[15~y\x1b[5~z\x1b[2~", "xyz", {});
    check("\x1b\x1b[Dx", "|x", {Key::left});
}

TEST_CASE("keys: answers of a terminal are dropped", "[net][keys]") {
    check(
        "a\x1b]11;rgb:0/0/0\x07"
        "b\x1bP1$r0m\x1b\\c\x1b[?1;2cd",
        "abcd", {});
}

TEST_CASE("keys: a broken sequence does not swallow what follows", "[net][keys]") {
    check("\x1b[12\rlook\r", "|look|", {Key::enter, Key::enter});
    check("\x1b[\x1b[Ax", "|x", {Key::up});
}

TEST_CASE("keys: a sequence that is too long is dropped up to its end", "[net][keys]") {
    check("\x1b[" + std::string(KeyCodec::max_sequence, '1') + "Ax", "|x", {Key::up});
    check("\x1b[" + std::string(KeyCodec::max_sequence + 1, '1') + "Ax", "x", {});
    check("\x1b[" + std::string(100'000, '1') + "~x", "x", {});
}

TEST_CASE("keys: a paste is marked, and its tabs are spaces", "[net][keys]") {
    const Typed all = typed("\x1b[200~a\tb\rc\x1b[201~");
    CHECK(all.text == "a b|c");
    CHECK(all.pasted);
    KeyCodec codec;
    KeyEvent event;
    std::string_view bytes = "\x1b[200~a\x1b[201~b";
    REQUIRE(codec.next(bytes, event));
    CHECK(event.pasted);
    REQUIRE(codec.next(bytes, event));
    CHECK_FALSE(event.pasted);
}

}  // namespace
}  // namespace gyre::test
