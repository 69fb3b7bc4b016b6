#include "net/terminal/line_editor.hpp"
#include "engine/base/utf8.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::test {
namespace {

using net::LineEditor;

/// One row of a terminal, for what an editor writes: text, CR, LF, EL, cursor back, and the clearing of the
/// screen.
class Row {
  public:
    explicit Row(std::size_t width) : width_(width) {}

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            if (bytes.starts_with("\x1b[")) {
                bytes.remove_prefix(2);
                std::size_t number = 0;
                while (bytes[0] >= '0' && bytes[0] <= '9') {
                    number = 10 * number + static_cast<std::size_t>(bytes[0] - '0');
                    bytes.remove_prefix(1);
                }
                control(bytes[0], number);
                bytes.remove_prefix(1);
            } else if (bytes[0] == '\r') {
                column = 0;
                bytes.remove_prefix(1);
            } else if (bytes[0] == '\b') {
                if (column > 0) --column;
                bytes.remove_prefix(1);
            } else if (bytes[0] == '\n') {
                above.push_back(text());
                cells_.clear();
                bytes.remove_prefix(1);
            } else if (bytes[0] == '\a') {
                ++bells;
                bytes.remove_prefix(1);
            } else {
                const utf8::Grapheme shown = utf8::grapheme(bytes, 0);
                put(std::string{bytes.substr(0, shown.bytes)}, shown.width);
                bytes.remove_prefix(shown.bytes);
            }
        }
    }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const std::string& cell : cells_) all += cell;
        return all.substr(0, all.find_last_not_of(' ') + 1);
    }

    std::size_t column = 0;
    std::size_t bells = 0;
    std::vector<std::string> above;

  private:
    void control(char what, std::size_t number) {
        if (what == 'K') cells_.resize(std::min(cells_.size(), column));
        if (what == 'D') column -= std::max<std::size_t>(number, 1);
        if (what == 'J') cells_.clear();
        if (what == 'H') column = 0;
    }
    void put(const std::string& cell, std::size_t width) {
        REQUIRE(column + width <= width_);  // It never wraps.
        while (cells_.size() < column + width) cells_.emplace_back(" ");
        cells_[column] = cell;
        if (width == 2) cells_[column + 1].clear();
        column += width;
    }
    std::size_t width_;
    std::vector<std::string> cells_;
};

struct Desk {
    explicit Desk(std::uint16_t width = 40, LineEditor::Terminal terminal = LineEditor::Terminal::addressed)
        : row(width), is_plain(terminal == LineEditor::Terminal::plain) {
        std::string screen;
        editor.set_terminal(terminal);
        editor.set_width(width, screen);
        show();
    }
    void show(std::string_view prompt = "> ") {
        std::string screen;
        editor.show(prompt, screen);
        write(screen);
    }
    void hide() {
        std::string screen;
        editor.hide(screen);
        write(screen);
    }
    void write(const std::string& screen) {
        if (is_plain) REQUIRE(screen.find('\x1b') == std::string::npos);
        row.write(screen);
    }
    /// The lines that `keys` end; each is followed by a prompt, as a session would show it.
    std::vector<std::string> type(std::string_view keys) {
        std::vector<std::string> lines;
        std::string screen;
        LineEditor::Event event;
        while (editor.next(keys, event, screen)) {
            write(screen);
            screen.clear();
            lines.push_back(event.kind == LineEditor::Event::Kind::line ? event.line : "(end)");
            too_long = event.too_long;
            if (too_long) ++too_long_lines;
            if (prompts && !editor.is_shown()) show();
        }
        write(screen);
        return lines;
    }

    LineEditor editor;
    Row row;
    bool is_plain;
    bool too_long = false;  ///< The last line was.
    std::size_t too_long_lines = 0;
    bool prompts = true;
};

using Lines = std::vector<std::string>;

TEST_CASE("line editor: what is typed is shown and comes out as a line", "[net][line_editor]") {
    Desk desk;
    desk.type("look");
    CHECK(desk.row.text() == "> look");
    CHECK(desk.row.column == 6);
    CHECK(desk.type("\r") == Lines{"look"});
    CHECK(desk.row.above.back() == "> look");
    CHECK(desk.row.text() == ">");
}

TEST_CASE("line editor: the cursor moves and the line changes under it", "[net][line_editor]") {
    Desk desk;
    desk.type(
        "tke lamp\x1b[D\x1b[D\x01\x06"
        "a");
    CHECK(desk.row.text() == "> take lamp");
    CHECK(desk.row.column == 4);
    desk.type("\x05s\x7f\x7f");
    CHECK(desk.row.text() == "> take lam");
    CHECK(desk.type("p\x1b[H\x1b[3~T\r") == Lines{"Take lamp"});
}

TEST_CASE("line editor: words and ends can be killed and brought back", "[net][line_editor]") {
    Desk desk;
    CHECK(desk.type("say hello there\x17\x17you\r") == Lines{"say you"});
    CHECK(desk.type("say hello\x1b"
                    "b\x0b"
                    "bye\r") == Lines{"say bye"});
    CHECK(desk.type("hello say \x1b[1;5D\x15\x05\x19\r") == Lines{"say hello "});
    CHECK(desk.type("one two\x01\x1b"
                    "d\r") == Lines{" two"});
}

TEST_CASE("line editor: characters go as a reader sees them", "[net][line_editor]") {
    Desk desk;
    desk.type(
        "x\xe6\x97\xa5\xe6\x9c\xac"
        "e\xcc\x81");  // Two wide characters, and an e with an accent of its own.
    CHECK(desk.row.column == 2 + 1 + 4 + 1);
    desk.type("\x7f");
    CHECK(desk.row.text() == "> x\xe6\x97\xa5\xe6\x9c\xac");
    desk.type("\x02\x7f");
    CHECK(desk.row.text() == "> x\xe6\x9c\xac");
    CHECK(desk.row.column == 3);
    CHECK(desk.type("\xe6\x97\xa5\r") == Lines{"x\xe6\x97\xa5\xe6\x9c\xac"});
}

TEST_CASE("line editor: nothing invisible comes in", "[net][line_editor]") {
    Desk desk;
    CHECK(desk.type("a\xe2\x80\xae"
                    "b\xc2\x9b"
                    "31mc\xff\r") == Lines{"ab31mc\xef\xbf\xbd"});
}

TEST_CASE("line editor: a long line scrolls sideways in its one row", "[net][line_editor]") {
    Desk desk(20);
    const std::string words = "the quick brown fox jumps over the lazy dog";
    desk.type(words);
    CHECK(desk.row.text().starts_with("> "));
    CHECK(words.ends_with(desk.row.text().substr(2)));
    desk.type("\x01");
    CHECK(desk.row.text() == "> the quick brown f");
    CHECK(desk.row.column == 2);
    desk.type(
        "\x05\x1b"
        "b\x1b"
        "b");
    CHECK(desk.row.column < 20);
    CHECK(desk.type("\r") == Lines{words});
}

TEST_CASE("line editor: older lines come back, without repeats", "[net][line_editor]") {
    Desk desk;
    desk.type("look\rlook\rsay hi\r");
    desk.type("dra\x1b[A");
    CHECK(desk.row.text() == "> say hi");
    desk.type("\x1b[A");
    CHECK(desk.row.text() == "> look");
    desk.type("\x1b[A\x1b[A");
    CHECK(desk.row.text() == "> look");
    desk.type("\x1b[B\x1b[B");
    CHECK(desk.row.text() == "> dra");
    CHECK(desk.type("\x1b[A!\r") == Lines{"say hi!"});
}

TEST_CASE("line editor: no more is remembered than is said", "[net][line_editor]") {
    Desk desk;
    for (std::size_t count = 0; count < LineEditor::max_history + 5; ++count)
        desk.type("line " + std::to_string(count) + "\r");
    for (std::size_t count = 0; count < 2 * LineEditor::max_history; ++count) desk.type("\x10");
    CHECK(desk.type("\r") == Lines{"line 5"});
    for (char letter = 'a'; letter < 'k'; ++letter) {
        desk.type(std::string(LineEditor::max_line, letter));
        desk.type("\r");
    }
    std::size_t distinct = 0;
    std::string last;
    for (std::size_t count = 0; count < 20; ++count) {
        desk.type("\x10");
        const std::string shown = desk.row.text();
        if (shown != last) ++distinct;
        last = shown;
    }
    CHECK(distinct == LineEditor::max_history_bytes / LineEditor::max_line);
}

TEST_CASE("line editor: a secret is neither shown nor remembered", "[net][line_editor]") {
    Desk desk;
    desk.type("look\r");
    desk.editor.set_secret(true);
    desk.show("Password: ");
    std::string screen;
    std::string_view keys = "swordfish";
    LineEditor::Event event;
    CHECK_FALSE(desk.editor.next(keys, event, screen));
    CHECK(screen.empty());
    desk.type("\x17swordfish");
    CHECK(desk.row.text() == "Password:");
    desk.prompts = false;
    CHECK(desk.type("\r") == Lines{"swordfish"});
    desk.editor.set_secret(false);
    desk.prompts = true;
    desk.show();
    desk.type("\x19\x10");
    CHECK(desk.row.text() == "> look");
}

TEST_CASE("line editor: text that comes meanwhile goes above the line", "[net][line_editor]") {
    Desk desk;
    desk.type("say hel\x02");
    desk.hide();
    desk.row.write("Bob arrives.\r\n");
    CHECK(desk.row.above.back() == "Bob arrives.");
    desk.show();
    CHECK(desk.row.text() == "> say hel");
    CHECK(desk.row.column == 8);
    CHECK(desk.type("\x05lo\r") == Lines{"say hello"});
}

TEST_CASE("line editor: what is typed ahead appears with the prompt", "[net][line_editor]") {
    Desk desk;
    desk.prompts = false;
    CHECK(desk.type("one\rtwo\rthr") == Lines{"one", "two"});
    CHECK(desk.row.text().empty());
    desk.show();
    CHECK(desk.row.text() == "> thr");
}

TEST_CASE("line editor: ^C forgets the line, ^D ends an empty one and deletes in another",
          "[net][line_editor]") {
    Desk desk;
    CHECK(desk.type("foolish\x03").empty());
    CHECK(desk.row.above.back() == "> foolish^C");
    CHECK(desk.row.text() == ">");
    CHECK(desk.type("ab\x01\x04\r") == Lines{"b"});
    CHECK(desk.type("\x04") == Lines{"(end)"});
}

TEST_CASE("line editor: a resized terminal is drawn anew", "[net][line_editor]") {
    Desk desk(40);
    desk.type("a line of thirty characters...");
    std::string screen;
    desk.editor.set_width(5, screen);  // Less than is allowed.
    Row narrow(LineEditor::min_width);
    narrow.write(screen);
    CHECK(narrow.text().size() <= LineEditor::min_width);
    screen.clear();
    desk.editor.set_width(LineEditor::min_width, screen);
    CHECK(screen.empty());
}

TEST_CASE("line editor: a line that is full rings", "[net][line_editor]") {
    Desk desk;
    desk.type(std::string(LineEditor::max_line, 'x'));
    CHECK(desk.row.bells == 0);
    CHECK(desk.type("\r")[0].size() == LineEditor::max_line);
    CHECK_FALSE(desk.too_long);
    desk.type(std::string(LineEditor::max_line, 'x'));
    desk.type("y");
    CHECK(desk.row.bells == 1);
    CHECK(desk.type("\r")[0].size() == LineEditor::max_line);
    CHECK(desk.too_long);
    desk.type(std::string(LineEditor::max_line, 'x') + "z\x15");
    CHECK(desk.type("look\r") == Lines{"look"});
    CHECK_FALSE(desk.too_long);
    desk.type(std::string(LineEditor::max_line, 'x') + "\x15\x19\x19");
    CHECK(desk.row.bells == 3);
    desk.type("\r");
    CHECK(desk.too_long);
}

TEST_CASE("line editor: of a line that is too long the same is left however it is split",
          "[net][line_editor]") {
    std::string keys = "look\r";
    for (std::size_t count = 0; count < LineEditor::max_line / 3 - 1; ++count) keys += "e\xcc\x81";
    keys += "xe\xcc\x81more\x01y\x04z\x7f\x05y\rlook\r";
    Lines whole;
    for (const std::size_t chunk : {keys.size(), std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        Desk desk;
        Lines lines;
        for (std::size_t at = 0; at < keys.size(); at += chunk)
            for (const std::string& line : desk.type(keys.substr(at, chunk))) lines.push_back(line);
        if (chunk == keys.size()) whole = lines;
        REQUIRE(lines.size() == 3);
        CHECK(desk.too_long_lines == 1);
        CHECK((lines == whole));
    }
}

TEST_CASE("line editor: a line that was too long comes back to be made shorter", "[net][line_editor]") {
    Desk desk;
    const std::string longest(LineEditor::max_line, 'x');
    CHECK(desk.type(longest + "yz\r") == Lines{longest});
    CHECK(desk.too_long);
    CHECK(desk.type("\x10\x7f\r") == Lines{longest.substr(1)});
    CHECK_FALSE(desk.too_long);
    // It is still too long when one comes back to it from an older one.
    desk.type(longest + "y\x10\x0e");
    CHECK(desk.type("\r") == Lines{longest});
    CHECK(desk.too_long);
    desk.type(longest + "y");
    desk.hide();
    desk.type("\x03");
    desk.show();
    CHECK(desk.type("look\r") == Lines{"look"});
    CHECK_FALSE(desk.too_long);
}

TEST_CASE("line editor: a terminal without escape sequences gets none", "[net][line_editor]") {
    Desk desk(40, LineEditor::Terminal::plain);
    std::string screen;
    LineEditor::Event event;
    std::string_view keys = "lop\x7f";
    CHECK_FALSE(desk.editor.next(keys, event, screen));
    CHECK(screen == "lop\b \b");
    desk.row.write(screen);
    desk.type("ok\x01");
    CHECK(desk.row.text() == "> look");
    CHECK(desk.row.column == 2);
    desk.type("over\x0c");
    CHECK(desk.row.above.back() == "> overlook");
    desk.hide();
    CHECK(desk.row.text().empty());
    CHECK(desk.row.column == 0);
    desk.row.write("Bob arrives.\r\n");
    desk.show();
    CHECK(desk.row.text() == "> overlook");
    CHECK(desk.type("\x05\x15sit\r") == Lines{"sit"});
    desk.type("never\x03");
    CHECK(desk.row.text() == ">");
    desk.editor.set_secret(true);
    desk.show("Password: ");
    desk.type("secrex\x7ft");
    CHECK(desk.row.text() == "Password:");
    CHECK(desk.type("\r") == Lines{"secret"});
}

TEST_CASE("line editor: pasted lines are lines", "[net][line_editor]") {
    Desk desk;
    CHECK(desk.type("\x1b[200~look\rsay a\tb\rsa\x1b[201~y") == Lines{"look", "say a b"});
    CHECK(desk.row.text() == "> say");
}

// Whatever keys come, the row shows what a plain model of the line says, and the cursor stands where it is.
TEST_CASE("line editor: random keys leave screen and line in step", "[net][line_editor]") {
    std::mt19937 random(7);
    const std::vector<std::string> keys{"a",      "b ",   "\xc3\xa9", "\xe6\x97\xa5", "long words", "\x1b[D",
                                        "\x1b[C", "\x7f", "\x1b[3~",  "\x01",         "\x05",       "\x17",
                                        "\x0b",   "\x19", "\x10",     "\x0e",         "\r"};
    for (const int columns : {20, 33, 80, -20, -80}) {
        const auto width = static_cast<std::uint16_t>(std::abs(columns));
        Desk desk(width, columns < 0 ? LineEditor::Terminal::plain : LineEditor::Terminal::addressed);
        for (int count = 0; count < 3000; ++count) {
            desk.type(keys[random() % keys.size()]);
            const std::string incremental = desk.row.text();
            const std::size_t column = desk.row.column;
            desk.hide();
            CHECK(desk.row.text().empty());
            desk.show();
            REQUIRE(desk.row.text() == incremental);
            REQUIRE(desk.row.column == column);
        }
    }
}

}  // namespace
}  // namespace gyre::test
