#include "net/terminal/rendering.hpp"

#include "net/terminal/charset.hpp"
#include "world/text/text.hpp"

#include <catch2/catch.hpp>

#include <iterator>
#include <vector>

using namespace gyre;
using namespace gyre::net;
using world::Ref;
using world::Text;
using world::text::Tree;
using PieceKind = Text::Piece::Kind;

namespace {

class NoNouns final : public world::text::Nouns {
  public:
    [[nodiscard]] world::text::Noun noun(ObjectId, ObjectId) override { return {}; }
};

Ref<const Tree> tree_of(const Ref<Text>& text) {
    NoNouns nouns;
    auto tree = resolve(*text, object_id(1), nouns);
    if (!tree.ok()) FAIL(tree.error().text);
    return tree.value();
}

Ref<Text> words(std::string_view source) {
    const auto compiled = world::text::compile(source);
    if (!compiled.ok()) FAIL(compiled.error().text);
    return Text::of_template(*compiled.value(), {});
}

Ref<Text> layout(PieceKind kind, std::vector<Ref<Text>> parts) {
    auto made = world::make_ref<Text>();
    made->pieces.emplace_back().kind = kind;
    made->pieces.back().parts = std::move(parts);
    made->measure();
    return made;
}

Ref<Text> table(std::uint16_t columns, bool has_heads, const std::vector<std::string_view>& cells) {
    std::vector<Ref<Text>> parts;
    for (const std::string_view cell : cells) parts.push_back(words(cell));
    auto made = layout(PieceKind::table, std::move(parts));
    made->pieces.back().columns = columns;
    made->pieces.back().has_heads = has_heads;
    return made;
}

Rendering wide(std::uint16_t width) {
    Rendering rendering;
    rendering.width = width;
    return rendering;
}

std::string rendered(std::string_view source, const Rendering& rendering) {
    return render(*tree_of(words(source)), rendering);
}
std::string rendered(const Ref<Text>& text, const Rendering& rendering) {
    return render(*tree_of(text), rendering);
}

}  // namespace

TEST_CASE("rendering: lines are wrapped at spaces and end in CRLF", "[net][rendering]") {
    CHECK(rendered("Hello.", wide(80)) == "Hello.\r\n");
    CHECK(rendered("", wide(80)) == "\r\n");
    CHECK(rendered("12345 78901234567890", wide(20)) == "12345 78901234567890\r\n");
    CHECK(rendered("12345 789012345678901", wide(20)) == "12345\r\n789012345678901\r\n");
    CHECK(rendered("12345678901234567890 next", wide(20)) == "12345678901234567890\r\nnext\r\n");
    CHECK(rendered("1234567890123456789    next", wide(20)) == "1234567890123456789\r\nnext\r\n");
    CHECK(rendered("1234567890123456789012345", wide(20)) == "12345678901234567890\r\n12345\r\n");
    CHECK(rendered("One.\n\nTwo.", wide(80)) == "One.\r\n\r\nTwo.\r\n");
}

TEST_CASE("rendering: other scripts are wrapped by their columns", "[net][rendering]") {
    const std::string cyrillic = "\xD0\x94\xD0\xBE\xD0\xBC";  // 3 columns, 6 bytes
    CHECK(rendered(cyrillic + " " + cyrillic + " " + cyrillic + " " + cyrillic + " " + cyrillic + " x",
                   wide(20)) ==
          cyrillic + " " + cyrillic + " " + cyrillic + " " + cyrillic + " " + cyrillic + "\r\nx\r\n");
    std::string han, lines;
    for (int index = 0; index < 11; ++index) han += "\xE6\xBC\xA2";
    lines = han.substr(0, 30) + "\r\n" + han.substr(30) + "\r\n";
    CHECK(rendered(han, wide(20)) == lines);
    std::string accents;
    for (int index = 0; index < 21; ++index) accents += "x\xCC\x81";
    CHECK(rendered(accents, wide(20)) == accents.substr(0, 60) + "\r\n" + accents.substr(60) + "\r\n");
    CHECK(rendered("\xD0\x94 1234567890123456         next", wide(20)) ==
          "\xD0\x94 1234567890123456\r\nnext\r\n");
}

TEST_CASE("rendering: widths are clamped", "[net][rendering]") {
    const std::string text(30, 'x');
    CHECK(rendered(text, wide(1)) == text.substr(0, 20) + "\r\n" + text.substr(20) + "\r\n");
    CHECK(wide(1).key() == wide(20).key());
    const std::string longer(1001, 'x');
    CHECK(rendered(longer, wide(60'000)) == longer.substr(0, 1000) + "\r\nx\r\n");
}

TEST_CASE("rendering: styles nest, are put back, and rest at line ends", "[net][rendering]") {
    Rendering colour = wide(20);
    colour.colours = Colours::ansi16;
    CHECK(rendered("a {#red b {#strong c} d} e", colour) ==
          "a \x1b[31mb \x1b[0;31;1mc\x1b[0;31m d\x1b[0m e\r\n");
    CHECK(rendered("{#red 1234567890 1234567890 x}", colour) ==
          "\x1b[31m1234567890\x1b[0m\r\n\x1b[31m1234567890 x\x1b[0m\r\n");
    CHECK(rendered("{#red {#em  }}x", colour) == "x\r\n");
    CHECK(rendered("{#title Square}\n\nWords", colour) == "\x1b[1;36mSquare\x1b[0m\r\n\r\nWords\r\n");
    colour.colours = Colours::ansi256;
    CHECK(rendered("{#red x}", colour) == "\x1b[38;5;203mx\x1b[0m\r\n");
    colour.colours = Colours::truecolour;
    CHECK(rendered("{#red x}", colour) == "\x1b[38;2;255;95;95mx\x1b[0m\r\n");
    colour.kind = Rendering::Kind::plain;
    CHECK(rendered("{#red x}", colour) == "x\r\n");
    CHECK(rendered("{#red x} {#title y}", wide(80)) == "x y\r\n");
}

TEST_CASE("rendering: links are typed or sent by the client", "[net][rendering]") {
    Rendering links = wide(80);
    links.links = true;
    CHECK(rendered("Go {!go north|north}.", links) ==
          "Go \x1b]8;;prompt:go%20north\x1b\\north\x1b]8;;\x1b\\.\r\n");
    CHECK(rendered("{!look}", links) == "\x1b]8;;send:look\x1b\\look\x1b]8;;\x1b\\\r\n");
    CHECK(rendered("{!say {{\xC3\xA9}}|x}", links) ==
          "\x1b]8;;prompt:say%20%7B%C3%A9%7D\x1b\\x\x1b]8;;\x1b\\\r\n");
    CHECK(rendered("{!look}", wide(80)) == "look\r\n");
    links.kind = Rendering::Kind::plain;
    CHECK(rendered("{!look}", links) == "look\r\n");
}

TEST_CASE("rendering: list entries hang", "[net][rendering]") {
    const auto list =
        layout(PieceKind::list, {words("one two three four five"), Text::of_data("six\nseven"),
                                 layout(PieceKind::list, {words("eight nine ten eleven"), words("x")})});
    CHECK(rendered(list, wide(20)) ==
          "- one two three four\r\n  five\r\n- six\r\n  seven\r\n  - eight nine ten\r\n    eleven\r\n  - "
          "x\r\n");
    Rendering reader = wide(20);
    reader.screen_reader = true;
    CHECK(rendered(list, reader) ==
          "one two three four five\r\nsix\r\nseven\r\neight nine ten eleven\r\nx\r\n");
    CHECK(rendered(Text::join(*list, *Text::of_data("end")), wide(80)).ends_with("- x\r\nend\r\n"));
    auto deep = words("deep words");
    for (int level = 0; level < 30; ++level) deep = layout(PieceKind::list, {deep});
    CHECK(rendered(deep, wide(20)) == "        - deep words\r\n");
}

TEST_CASE("rendering: tables align, numbers at the right", "[net][rendering]") {
    const auto goods = table(2, true, {"goods", "coins", "a brass lamp", "5", "oil", "100"});
    CHECK(rendered(goods, wide(80)) ==
          "goods         coins\r\n"
          "------------  -----\r\n"
          "a brass lamp      5\r\n"
          "oil             100\r\n");
    CHECK(rendered(table(2, false, {"a", "b", "", "c", "d"}), wide(80)) == "a  b\r\n   c\r\nd\r\n");
    Rendering colour = wide(80);
    colour.colours = Colours::ansi16;
    CHECK(rendered(table(2, true, {"x", "y", "{#red a} b", "c"}), colour) ==
          "\x1b[1mx\x1b[0m    \x1b[1my\x1b[0m\r\n---  -\r\n\x1b[31ma\x1b[0m b  c\r\n");
    colour.kind = Rendering::Kind::plain;
    CHECK(rendered(goods, colour) == rendered(goods, wide(80)));
    CHECK(rendered(Text::join(*Text::join(*Text::of_data("Buy:"), *goods), *Text::of_data("Bye.")),
                   wide(80)) == "Buy:\r\n" + rendered(goods, wide(80)) + "Bye.\r\n");
}

TEST_CASE("rendering: tables that are too wide wrap in their cells", "[net][rendering]") {
    CHECK(rendered(table(2, false, {"one two three four", "{#red five six seven eight}", "x", "y"}),
                   wide(20)) ==
          "one two    five six\r\nthree      seven\r\nfour       eight\r\nx          y\r\n");
    const std::vector<std::string_view> cells(20, "word");
    const auto narrow = table(10, false, cells);
    std::string facts;
    for (int index = 0; index < 20; ++index) facts += "word\r\n";
    CHECK(rendered(narrow, wide(20)) == facts);
}

TEST_CASE("rendering: a screen reader gets one fact on each line", "[net][rendering]") {
    Rendering reader = wide(80);
    reader.screen_reader = true;
    CHECK(rendered(table(2, true, {"goods", "coins", "lamp", "5", "oil", ""}), reader) ==
          "goods: lamp\r\ncoins: 5\r\ngoods: oil\r\n");
    CHECK(rendered(table(2, true, {"goods", "coins"}), reader) == "\r\n");
    CHECK(rendered(table(2, false, {"lamp", "5"}), reader) == "lamp\r\n5\r\n");
}

TEST_CASE("rendering: to a screen reader each node of a tree is words in a line", "[net][rendering]") {
    Rendering reader = wide(20);
    reader.screen_reader = reader.links = true;
    reader.colours = Colours::truecolour;
    const auto read = [&](std::string_view source) { return rendered(source, reader); };
    // Lines are as long as they are, whatever the width; paragraphs stay apart.
    const std::string sentence = "A sentence that is much longer than twenty columns.";
    CHECK(read(sentence) == sentence + "\r\n");
    CHECK(read("One.\n\nTwo.") == "One.\r\n\r\nTwo.\r\n");
    Rendering wider = reader;
    wider.width = 132;
    CHECK(wider.key() == reader.key());
    // Styles are not shown, but a title is said.
    CHECK(read("{#warn a {#em b}} {#red c} {#dim d}") == "a b c d\r\n");
    CHECK(read("{#title The Square}") == "Title: The Square\r\n");
    CHECK(rendered(layout(PieceKind::title, {words("The Square")}), reader) == "Title: The Square\r\n");
    CHECK(read("In {#title The Square} there") == "In The Square there\r\n");
    // Links are words, with what they type unless that is the same.
    CHECK(read("{!look}, {!help|Help}.") == "look, Help.\r\n");
    CHECK(read("Take {!go north|the road}.") == "Take the road (go north).\r\n");
    CHECK(read("{!help look|more}") == "more (help look)\r\n");
    CHECK(rendered(layout(PieceKind::lines, {words("{!help look|more}"), words("x")}), reader) ==
          "more (help look)\r\nx\r\n");
    // One entry, one fact on each line.
    CHECK(rendered(layout(PieceKind::list, {words("{#title a}"), words("b {!look|c}")}), reader) ==
          "Title: a\r\nb c (look)\r\n");
    CHECK(rendered(table(2, true, {"the goods that are sold here", "coins", "{!buy lamp|lamp}", "5"}),
                   reader) == "the goods that are sold here: lamp (buy lamp)\r\ncoins: 5\r\n");
    const std::string all = rendered(table(2, true, {"{#red x}", "y", "{#em a}", "{#code b}"}), reader);
    CHECK(all.find('\x1b') == std::string::npos);
    CHECK(all == "x: a\r\ny: b\r\n");
}

TEST_CASE("rendering: peers without UTF-8 get the nearest letters", "[net][rendering]") {
    const std::string text =
        "\xE2\x80\x9C"
        "caf\xC3\xA9\xE2\x80\x9D \xE2\x80\x94 \xE2\x82\xAC"
        "5\xE2\x80\xA6 \xD0\x94 \xE1\xBB\x87 e\xCC\x81 \xC3\x9F";
    Rendering rendering = wide(80);
    rendering.charset = Charset::ascii;
    CHECK(rendered(text, rendering) == "\"cafe\" -- EUR5... ? e e ss\r\n");
    rendering.charset = Charset::latin1;
    CHECK(rendered(text, rendering) == "\"caf\xE9\" -- EUR5... ? e e \xDF\r\n");
    rendering.width = 20;
    rendering.charset = Charset::ascii;
    CHECK(rendered("\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6\xE2\x80\xA6 12345", rendering) ==
          "...............\r\n12345\r\n");
    CHECK(rendered("1234567890123456789\xE2\x80\xA6", rendering) == "1234567890123456789\r\n...\r\n");
    char buffer = 0;
    CHECK(transliterate(0x2500, Charset::ascii, buffer) == "-");
    CHECK(transliterate(0x250C, Charset::ascii, buffer) == "+");
    CHECK(transliterate(0x7F, Charset::ascii, buffer) == "?");
}

TEST_CASE("rendering: made once for each key and kept in the tree", "[net][rendering]") {
    const auto tree = tree_of(words("Hello."));
    const std::string* first = &render(*tree, wide(80));
    CHECK(&render(*tree, wide(80)) == first);
    CHECK(std::ranges::distance(tree->rendered) == 1);
    render(*tree, wide(40));
    CHECK(std::ranges::distance(tree->rendered) == 2);
    Rendering other;
    std::vector<std::uint64_t> keys = {other.key()};
    for (auto change : std::vector<void (*)(Rendering&)>{
             [](Rendering& r) { r.kind = Rendering::Kind::plain; },
             [](Rendering& r) { r.colours = Colours::ansi16; },
             [](Rendering& r) { r.charset = Charset::latin1; }, [](Rendering& r) { r.width = 81; },
             [](Rendering& r) { r.screen_reader = true; }, [](Rendering& r) { r.links = true; }}) {
        Rendering changed;
        change(changed);
        CHECK(std::find(keys.begin(), keys.end(), changed.key()) == keys.end());
        keys.push_back(changed.key());
    }
}
