#include "clients/terminal/play_session.hpp"
#include "clients/terminal/wrapped_words.hpp"

#include "tests/support/chunks.hpp"
#include "tests/support/telnet_peer.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace gyre::test {
namespace {

using play::ClientFacts;
using play::PlaySession;
using play::Screen;

const ClientFacts facts{"0.1.0", "XTERM", 525, true, true, true, 40, 10};
const std::string eor = command(net::TelnetCommand::eor);

PlaySession::Settings on_a_terminal() {
    return {facts, Screen::Settings{40, 10, true, true, true}, true, PlaySession::KeepText::no};
}
PlaySession::Settings in_a_pipe() { return {facts, std::nullopt, false, PlaySession::KeepText::yes}; }

/// A session, with what came out of it since last asked.
struct Player {
    explicit Player(const PlaySession::Settings& settings = on_a_terminal()) : session(settings) {
        session.begin();
        static_cast<void>(session.take_screen());
    }
    std::string hears(std::string_view bytes) {
        feed_in_chunks(bytes, PlaySession::max_received, [&](std::string_view part) {
            if (session.fault().empty()) session.received(part, 1);
        });
        session.settle();
        return session.take_screen();
    }
    std::string types(std::string_view keys) {
        session.typed(keys);
        return session.take_screen();
    }
    std::string sent() { return session.take_output(); }

    PlaySession session;
};

std::string compressed(std::string_view plain) {
    reactor::Deflater deflater;
    deflater.write(plain);
    deflater.flush();
    return std::string{deflater.pending()};
}

TEST_CASE("play session: text scrolls above the line that is typed", "[clients][play]") {
    Player player;
    CHECK(player.hears("Market square\r\n> " + eor) == "\r\x1b[KMarket square\r\n\r> \x1b[K");
    CHECK(player.types("loo") == "loo");
    CHECK(player.hears("Bob arrives.\r\n> " + eor) == "\r\x1b[KBob arrives.\r\n\r> loo\x1b[K");
    CHECK(player.types("k\r") == "k\r\n\r\x1b[K");
    CHECK(player.sent() == "look\r\n");
    CHECK(player.types("ahead") == "ahead");
    CHECK(player.hears("Fine.\r\n> " + eor) == "\r\x1b[KFine.\r\n\r> ahead\x1b[K");
}

TEST_CASE("play session: a line that is too long is not sent in part", "[clients][play]") {
    Player player;
    player.types(std::string(net::LineEditor::max_line, 'x'));
    CHECK(player.types("y\r").find("too long, so it was not sent") != std::string::npos);
    CHECK(player.sent().empty());
    player.types("look\r");
    CHECK(player.sent() == "look\r\n");
}

TEST_CASE("play: our own words keep to the width of the terminal", "[clients][play]") {
    CHECK(play::wrapped_words("one two three", 80) == "one two three");
    CHECK(play::wrapped_words("one two three", 7) == "one two\nthree");
    CHECK(play::wrapped_words("one telnets://example.org three", 9) == "one\ntelnets://example.org\nthree");
    CHECK(play::wrapped_words("", 9).empty());
}

TEST_CASE("play session: an unmarked prompt is what stands without a line end", "[clients][play]") {
    Player player;
    CHECK(player.hears("Name? ") == "\r\x1b[K\rName? \x1b[K");
    CHECK(player.types("al") == "al");
    CHECK(player.hears("(hurry) ") == "\r\x1b[K\rName? (hurry) al\x1b[K");
    CHECK(player.hears("\r\nToo late.\r\n") == "\r\x1b[KName? (hurry) \r\nToo late.\r\n\ral\x1b[K");
}

TEST_CASE("play session: a password is neither shown nor kept", "[clients][play]") {
    Player player;
    player.types("look\r");
    player.hears(will(1) + "Password: " + eor);
    CHECK(player.session.is_secret());
    CHECK(player.sent() == "look\r\n" + do_(1));
    CHECK(player.types("swordfish").empty());
    CHECK(player.types("\r").find("sword") == std::string::npos);
    CHECK(player.sent() == "swordfish\r\n");
    CHECK(player.hears(wont(1) + "\r\n> " + eor) == "\r\x1b[K\r> \x1b[K");  // No empty line.
    CHECK_FALSE(player.session.is_secret());
    CHECK(player.types("\x10").find("look") != std::string::npos);
}

TEST_CASE("play session: what was typed before it became secret is taken from the screen",
          "[clients][play]") {
    Player player;
    player.hears("? ");
    player.types("hunter");
    CHECK(player.hears(will(1)) == "\r\x1b[K\r? \x1b[K");
    const std::string shown = player.hears("Password: ");
    CHECK(shown.find("hunter") == std::string::npos);
}

TEST_CASE("play session: styles end with the line and come back in the next", "[clients][play]") {
    Player player;
    CHECK(player.hears("\x1b[1mone\r\ntwo\x1b[0m\r\n") ==
          "\r\x1b[K\x1b[1mone\x1b[0m\r\n\x1b[1mtwo\x1b[0m\r\n\r\x1b[K");
    CHECK(player.hears("\x1b[31m> " + eor) == "\r\x1b[K\r\x1b[31m> \x1b[0m\x1b[K");
    Screen::Settings plain{40, 10, false, true, true};
    Player colourless({facts, plain, true, PlaySession::KeepText::no});
    CHECK(colourless.hears("\x1b[1mone\x1b[0m\r\n") == "\r\x1b[Kone\r\n\r\x1b[K");
}

TEST_CASE("play session: a line without end is broken at the terminal's width", "[clients][play]") {
    Player player;
    const std::string shown = player.hears(std::string(100'000, 'x'));
    CHECK(shown.find(std::string(41, 'x')) == std::string::npos);
    CHECK(shown.find(std::string(40, 'x') + "\r\n") != std::string::npos);
    // Styles alone take no columns, and no memory either.
    std::string styles;
    for (int count = 0; count < 20'000; ++count) styles += "\x1b[1;3" + std::to_string(count % 8) + 'm';
    const std::string last = player.hears(styles);
    CHECK(last.size() < 2 * styles.size());
    CHECK(player.hears(".\r\n").size() < 2 * Screen::max_unfinished);
}

TEST_CASE("play session: a terminal without UTF-8 gets ASCII, and sends it", "[clients][play]") {
    ClientFacts ascii = facts;
    ascii.utf8 = false;
    Player player({ascii, Screen::Settings{40, 10, true, true, false}, true, PlaySession::KeepText::no});
    CHECK(player.hears("caf\xc3\xa9 \xe6\x97\xa5\r\n") ==
          "\r\x1b[K"
          "caf? ?\r\n\r\x1b[K");
    player.types("\xc3\xa9\r");
    CHECK(player.sent() == "?\r\n");
}

TEST_CASE("play session: Ctrl-D disconnects, and Ctrl-C says so in an empty line", "[clients][play]") {
    Player player;
    player.hears("> " + eor);
    CHECK(player.types("x\x03").find("Ctrl-D") == std::string::npos);
    CHECK(player.types("\x03").find("(Ctrl-D disconnects.)") != std::string::npos);
    player.types("x\x04");
    CHECK_FALSE(player.session.wants_to_leave());
    player.types("\x15\x04never\r");
    CHECK(player.session.wants_to_leave());
    CHECK(player.sent().empty());
}

TEST_CASE("play session: GMCP fills the line at the foot", "[clients][play]") {
    Player player;
    CHECK(player.hears(will(201)).find("\x1b[10;1H") == std::string::npos);
    CHECK(player.sent() == do_(201) + sb(201, R"(Core.Hello {"client":"gyre play","version":"0.1.0"})") +
                               sb(201, R"(Core.Supports.Set ["Char 1","Room 1"])"));
    player.hears(sb(201, R"(Char.Name {"name":"Alice","fullname":"Alice"})"));
    player.hears(sb(201, R"(Char.Vitals {"hp":12,"maxhp":20,"mood":"calm"})"));
    const std::string shown =
        player.hears(sb(201, R"(Room.Info {"num":1,"name":"Market","exits":{"n":2,"s":3}})"));
    CHECK(shown.find("\x1b[10;1H\x1b[0;7mAlice | Market | n s | hp 12/20 | mood c\x1b[0m") !=
          std::string::npos);
    CHECK(player.hears(sb(201, R"(Room.Info {"name":"x\u001b[2Jy\u202e"})")).find("x[2Jy") !=
          std::string::npos);
    CHECK(player.hears(sb(201, "Room.Info {")).find("\x1b[10;1H") == std::string::npos);
    player.session.end();
    CHECK(player.session.take_screen().find("\x1b[r") != std::string::npos);
}

TEST_CASE("play session: a resized terminal has its foot elsewhere, and the server hears of it",
          "[clients][play]") {
    Player player;
    player.hears(do_(31) + will(201) + sb(201, R"(Char.Name {"name":"Alice"})"));
    static_cast<void>(player.sent());
    player.session.resized(60, 20);
    const std::string shown = player.session.take_screen();
    CHECK(shown.find("\x1b[1;19r") != std::string::npos);
    CHECK(shown.find("\x1b[20;1H") != std::string::npos);
    CHECK(player.sent() == sb(31, std::string("\0\x3c\0\x14", 4)));
    player.session.resized(60, 4);
    CHECK(player.session.take_screen().find("\x1b[4;1H") == std::string::npos);
}

TEST_CASE("play session: what comes compressed is read, and what comes behind it", "[clients][play]") {
    Player player;
    const auto chunk = GENERATE(1U, 5U, 10'000U);
    reactor::Deflater deflater;
    deflater.write("one\r\n" + sb(86, "") + "two\r\n");
    deflater.finish();
    const std::string stream =
        will(86) + "zero\r\n" + sb(86, "") + std::string{deflater.pending()} + "three\r\n";
    feed_in_chunks(stream, chunk, [&](std::string_view part) { player.session.received(part, 1); });
    player.session.settle();
    const std::string shown = player.session.take_screen();
    CHECK(shown.find("zero\r\none\r\ntwo\r\nthree\r\n") != std::string::npos);
    CHECK(player.sent() == do_(86));
}

TEST_CASE("play session: what it sends can be compressed, until the server wants no more",
          "[clients][play]") {
    Player player;
    player.hears(will(87));
    player.session.send_line("look");
    player.hears(wont(87));
    player.session.send_line("quit");
    const std::string sent = player.sent();
    const std::string begin = do_(87) + sb(87, "");
    REQUIRE(sent.starts_with(begin));
    std::string_view rest = std::string_view{sent}.substr(begin.size());
    reactor::Inflater inflater;
    std::string plain(1000, '\0');
    plain.resize(inflater.read(rest, plain));
    CHECK(plain == "look\r\n");
    std::string nothing(10, '\0');
    CHECK(inflater.read(rest, nothing) == 0);
    CHECK(inflater.state() == reactor::Inflater::State::ended);
    CHECK(rest == dont(87) + "quit\r\n");
}

TEST_CASE("play session: a bomb and a broken stream end the connection", "[clients][play]") {
    Player player;
    player.hears(will(86) + sb(86, ""));
    player.hears(compressed(std::string(20U << 20, ' ')));
    CHECK(player.session.fault() == "the server's compressed input grows too much");
    Player other;
    other.hears(will(86) + sb(86, "") + "no stream at all");
    CHECK(other.session.fault() == "the server's compressed input is damaged");
}

TEST_CASE("play session: a server that does not read ends the connection", "[clients][play]") {
    Player player;
    for (std::size_t sent = 0; sent <= PlaySession::max_output; sent += 1000)
        player.session.send_line(std::string(1000, 'x'));
    CHECK(player.session.fault() == "the server does not read what it is sent");
    CHECK(player.sent().size() <= PlaySession::max_output + 1002);
}

TEST_CASE("play session: what is piped leaves line by line, however it is cut", "[clients][play]") {
    const auto chunk = GENERATE(1U, 2U, 5U, 64U);
    Player player(in_a_pipe());
    feed_in_chunks("take sign\r\n\nnorth", chunk, [&](std::string_view part) { player.session.piped(part); });
    CHECK(player.sent() == "take sign\r\n\r\n");
    player.session.piped({});
    CHECK(player.sent() == "north\r\n");
    player.session.piped({});
    CHECK(player.sent().empty());
    player.session.piped(std::string(net::LineEditor::max_line, 'x'));
    CHECK(player.sent().empty());
    player.session.piped("x");
    CHECK(player.sent() == std::string(net::LineEditor::max_line + 1, 'x') + "\r\n");
}

TEST_CASE("play session: in a pipe there are only lines", "[clients][play]") {
    Player player(in_a_pipe());
    CHECK(player.hears("\x1b[1mName?\x1b[0m " + eor) == "Name? \n");
    player.session.send_line("alice\xff");
    CHECK(player.sent() == "alice\xff\xff\r\n");
    CHECK(player.hears("Hello.\r\n\x1b[2J> " + eor + "more") == "Hello.\n> \nmore");
    CHECK(player.session.take_text() == "Name? Hello.\n> more");
    player.session.end();
    CHECK(player.session.take_screen() == "\n");
    for (int count = 0; count < 100; ++count) player.hears(std::string(16'000, 'x'));
    CHECK(player.session.take_text().size() <= 2 * PlaySession::max_text);
}

}  // namespace
}  // namespace gyre::test
