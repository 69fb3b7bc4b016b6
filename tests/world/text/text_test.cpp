#include "tests/world/text/fake_nouns.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::text;

namespace {

Ref<Text> layout(Text::Piece::Kind kind, std::vector<Ref<Text>> parts, std::uint16_t columns = 0) {
    auto made = make_ref<Text>();
    Text::Piece& piece = made->pieces.emplace_back();
    piece.kind = kind;
    piece.parts = std::move(parts);
    piece.columns = columns;
    made->measure();
    return made;
}

using Kind = Text::Piece::Kind;

}  // namespace

TEST_CASE("text: joined pieces read as one", "[world][text]") {
    Stage s;
    const auto waves = s.text("{the x} {x:waves}.", {{"x", s.guard}});
    CHECK(s.read(*Text::join(*Text::of_data("Hello. "), *waves), s.bob) == "Hello. The guard waves.");
    CHECK(s.read(*Text::join(*Text::of_data("Hello, "), *waves), s.bob) == "Hello, the guard waves.");
    CHECK(s.read(*Text::join(*Text::of_data("\"Hi!\" "), *waves), s.bob) == "\"Hi!\" The guard waves.");
    CHECK(s.read(*Text::join(*Text::of_data("Line\n"), *waves), s.bob) == "Line\nThe guard waves.");
    CHECK(s.read(*Text::join(*waves, *Text::of_data(" {the x} }}")), s.bob) == "The guard waves. {the x} }}");
    CHECK(Text::join(*Text::of_data("a"), *Text::of_data("b"))->pieces.size() == 1);
    CHECK(s.read(*Text::of_data(""), s.bob).empty());
}

TEST_CASE("text: a text may be an argument and keeps its own observer's side", "[world][text]") {
    Stage s;
    const auto inner = s.text("{who} {who:is} here", {{"who", s.alice}});
    CHECK(s.read("A note: {note}. {who} {who:nods}.", {{"note", Value(inner)}, {"who", s.bob}}, s.alice) ==
          "A note: you are here. Bob nods.");
    CHECK(s.read("{note}.", {{"note", Value(inner)}}, s.alice) == "You are here.");
    CHECK(s.read("{the note}.", {{"note", Value(inner)}}, s.alice) ==
          "error: 'note' is text; 'the' needs an object");
}

TEST_CASE("text: layout becomes marks, each block on lines of its own", "[world][text]") {
    Stage s;
    const auto title = layout(Kind::title, {Text::of_data("Goods")});
    const auto list = layout(Kind::list, {s.text("{a x}", {{"x", s.lamp}}), Text::of_data("two\nlines")});
    CHECK(s.read(*Text::join(*title, *list), s.bob) ==
          "[title:Goods]\n(item A brass lamp)\n(item two\nlines)");
    CHECK(s.read(*Text::join(*Text::of_data("Buy:"), *Text::join(*list, *Text::of_data("Bye."))), s.bob) ==
          "Buy:\n(item A brass lamp)\n(item two\nlines)\nBye.");
    CHECK(s.read(*layout(Kind::lines, {Text::of_data("a"), Text::of_data("b")}), s.bob) == "a\nb");
    CHECK(s.read(*layout(Kind::list, {}), s.bob).empty());

    auto table = layout(Kind::table,
                        {Text::of_data("goods"), Text::of_data("coins"), s.text("{a x}", {{"x", s.lamp}}),
                         Text::of_data("5\n6")},
                        2);
    table->pieces.front().has_heads = true;
    CHECK(s.read(*table, s.bob) ==
          "(table (heads (cell goods)  (cell coins))\n(row (cell A brass lamp)  (cell 5 6)))");
    CHECK(s.read(*layout(Kind::table, {list, table}, 1), s.bob) ==
          "(table (row (cell A brass lamp two lines))\n(row (cell goods coins A brass lamp 5 6)))");
    CHECK(s.read(*layout(Kind::list, {layout(Kind::list, {Text::of_data("a"), Text::of_data("b")})}),
                 s.bob) == "(item (item a)\n(item b))");
    CHECK(s.read(*layout(Kind::list, {Text::of_data("a"), Text::of_data("")}), s.bob) == "(item a)(item )");
}

TEST_CASE("text: it goes into bytes and back", "[world][text]") {
    Stage s;
    auto table = layout(Kind::table, {Text::of_data("a"), Text::of_data("b")}, 2);
    table->pieces.front().has_heads = true;
    const auto inner =
        Text::join(*s.text("{who} {who:is} {n} {f}", {{"who", s.alice}, {"n", -5}, {"f", 2.5}}), *table);
    const auto told = s.text("{text} {word} {them}",
                             {{"text", Value(inner)}, {"word", "w"}, {"them", list_of({s.alice, s.bob})}});
    const auto again = Text::decode(told->encode());
    CHECK(Value(again) == Value(told));
    CHECK(s.read(*again, s.bob) == s.read(*told, s.bob));
    CHECK(again->encode() == told->encode());
}

TEST_CASE("text: damaged bytes give a text, whatever they are", "[world][text]") {
    Stage s;
    const auto inner = s.text("{who} {n}", {{"who", s.alice}, {"n", 5}});
    const auto table = layout(Kind::table, {inner, Text::of_data("cell")}, 2);
    const std::string bytes =
        Text::join(*s.text("{a} {b}", {{"a", Value(table)}, {"b", "x"}}), *table)->encode();
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(Text::decode(bytes.substr(0, size)).get() != nullptr);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(static_cast<unsigned>(damaged[at]) ^ (1U << bit));
            const auto text = Text::decode(damaged);
            CHECK(text->fits());
        }
    }
    std::string bomb(1, '\1');
    for (int level = 0; level < 100'000; ++level) bomb += "\1\3\1";
    CHECK(Text::decode(bomb)->fits());
    const auto lost = Text::decode(std::string("\1\1\0\6{his x\0", 11));
    CHECK(s.read(*lost, s.bob) == "{his x");
}

TEST_CASE("text: its limits", "[world][text]") {
    Stage s;
    auto deep = Text::of_data("x");
    for (int level = 1; level < Text::max_depth; ++level) deep = s.text("{x}{x}", {{"x", Value(deep)}});
    CHECK(deep->depth == Text::max_depth);
    // Doubled at every level, it would fill the memory.
    CHECK(s.read(*deep, s.bob) == "error: the text has more than 200000 parts");
    deep = Text::of_data("x");
    for (int level = 1; level < Text::max_depth; ++level) deep = s.text("{x}", {{"x", Value(deep)}});
    CHECK(deep->fits());
    CHECK(s.read(*deep, s.bob) == "x");
    deep = s.text("{x}", {{"x", Value(deep)}});
    CHECK_FALSE(deep->fits());
    CHECK(s.read(*deep, s.bob) == "error: more than 32 texts inside each other");
    auto wide = layout(Kind::lines, std::vector<Ref<Text>>(Text::max_pieces / 2, Text::of_data("x")));
    CHECK_FALSE(wide->fits());
    CHECK(s.read("{x}{x}{x}", {{"x", std::string(1U << 20, 'x')}}, s.bob) ==
          "error: the text is longer than 2097152 bytes");
    CHECK(s.read(*Text::of_data(std::string(max_tree_bytes + 1, 'x')), s.bob) ==
          "error: the text is too long");
}

TEST_CASE("telling: observers who perceive the same share one tree", "[world][text]") {
    Stage s;
    const auto told = s.text("{who} {who:gives} {a lamp} to {target}.",
                             {{"who", s.alice}, {"lamp", s.lamp}, {"target", s.bob}});
    Telling telling(*told, s.nouns);
    const auto bystander = telling.for_observer(s.sam).value();
    CHECK(telling.for_observer(s.carl).value() == bystander);
    CHECK(plain(*bystander) == "Alice gives a brass lamp to Bob.");
    CHECK(plain(*telling.for_observer(s.alice).value()) == "You give a brass lamp to Bob.");
    CHECK(plain(*telling.for_observer(s.bob).value()) == "Alice gives a brass lamp to you.");
    CHECK(plain(*telling.for_observer(s.dora).value()) == "Someone gives something to someone.");
    s.nouns.at(s.lamp).name = "disguised lamp";
    CHECK(plain(*telling.for_observer(s.carl).value()) == "Alice gives a disguised lamp to Bob.");
    const auto broken = s.text("{whom}", {});
    CHECK_FALSE(Telling(*broken, s.nouns).for_observer(s.sam).ok());
}

TEST_CASE("resolve: one look at a noun serves its verbs and pronouns", "[world][text]") {
    Stage s;
    s.nouns.calls = 0;
    CHECK(s.read("{who} {who:says} {they who} {who:is} late.", {{"who", s.alice}}, s.bob) ==
          "Alice says she is late.");
    CHECK(s.nouns.calls == 1);
}

TEST_CASE("plain tree: filtered like data", "[world][text]") {
    CHECK(plain(*plain_tree("\x1b[1mHello {who}\nthere\n\n\n")) == "[1mHello {who}\nthere");
    CHECK(plain(*plain_tree("")).empty());
}
