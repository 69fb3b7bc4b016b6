#include "world/sentence/line.hpp"

#include "world/sentence/words.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world::sentence;

namespace {

std::string words(std::string_view typed) {
    const auto line = Line::read(typed);
    std::string text;
    for (std::size_t token = 0; token < line.value().size(); ++token) {
        text += token == 0 ? "" : " ";
        if (line.value().is_quoted(token)) {
            const auto at = static_cast<std::uint16_t>(token);
            text += "<" + std::string{line.value().text({at, static_cast<std::uint16_t>(at + 1)})} + ">";
        } else {
            text += line.value().word(token);
        }
    }
    return text;
}

}  // namespace

TEST_CASE("line: is cut into lower-case words", "[world][sentence][line]") {
    CHECK(words("Take  the\tLAMP.") == "take the lamp");
    CHECK(words("a, b and c") == "a and b and c");
    CHECK(words("go north! then look?") == "go north then look");
    CHECK(words("") == "");
    CHECK(words("   ") == "");
    CHECK(words("... !") == "... !");
    CHECK(words("take 2.lamp and ALL.keys") == "take 2th lamp and all keys");
    CHECK(words("ban 192.0.2.0/24 0.lamp x.lamp") == "ban 192.0.2.0/24 0.lamp x.lamp");
}

TEST_CASE("line: quotes make one token", "[world][sentence][line]") {
    CHECK(words("write \"In the Box\" in box") == "write <In the Box> in box");
    CHECK(words("write \"\" in box") == "write <> in box");
    CHECK(words("say \"never closed") == "say never closed");
}

TEST_CASE("line: has a short form of say and emote", "[world][sentence][line]") {
    CHECK(words("'Hello, World") == "say <Hello, World>");
    CHECK(words("  \"Hello \"") == "say <Hello >");
    CHECK(words("\"Hello") == "say <Hello>");
    CHECK(words(":waves her \"hand\"") == "emote <waves her \"hand\">");
    CHECK(words("'") == "say");
    CHECK(words("\"\"") == "say");
    CHECK(words("?") == "help");
    CHECK(words(" ?look at") == "help look at");
    CHECK(words("what?") == "what");
}

TEST_CASE("line: text is as typed", "[world][sentence][line]") {
    const auto read = Line::read("say Hello,  \"World\"  in a box.");
    const Line& line = read.value();
    CHECK(line.text({1, line.size()}) == "Hello,  \"World\"  in a box.");
    CHECK(line.text({3, 4}) == "World");
    CHECK(line.words({4, 7}) == "in a box");
    CHECK(line.text({2, 2}) == "");
}

TEST_CASE("line: `then` ends a sentence", "[world][sentence][line]") {
    auto read = Line::read("take lamp, and then go north then look");
    Line& line = read.value();
    CHECK(line.sentence_end(0) == 2);
    CHECK(line.next_sentence(2) == 5);
    CHECK(line.sentence_end(5) == 7);
    CHECK(line.next_sentence(7) == 8);
    CHECK(line.sentence_end(8) == line.size());
    line.insert_word(5, "really");
    CHECK(line.word(5) == "really");
    CHECK(line.sentence_end(5) == 8);
    CHECK(line.text({5, 8}) == "go north");
}

TEST_CASE("line: bytes, tokens and sentences are limited", "[world][sentence][line]") {
    CHECK(Line::read(std::string(Line::max_length, 'x')));
    const auto long_line = Line::read(std::string(Line::max_length + 1, 'x'));
    REQUIRE_FALSE(long_line);
    CHECK(long_line.error().code == Errc::too_long);
    CHECK(long_line.error().text == "line has more than 4096 bytes");

    std::string prose = "say";  // Of words of usual length, as much as a line may hold.
    while (prose.size() + 6 <= Line::max_length) prose += " lamps";
    CHECK(Line::read(prose).ok());
    CHECK(Line::read(std::string(Line::max_tokens, ',')).value().size() == Line::max_tokens);
    const auto many = Line::read(std::string(Line::max_tokens + 1, ','));
    REQUIRE_FALSE(many);
    CHECK(many.error().text == "line has more than 1024 words");

    std::string sentences;
    for (std::size_t sentence = 0; sentence < Line::max_sentences + 4; ++sentence) sentences += "look then ";
    const auto read = Line::read(sentences);
    std::size_t count = 0;
    for (std::size_t at = 0; at < read.value().size(); at = read.value().next_sentence(at)) {
        at = read.value().sentence_end(at);
        ++count;
    }
    CHECK(count == Line::max_sentences);
}

TEST_CASE("words: numbers, ordinals and directions", "[world][sentence][words]") {
    CHECK(whole_number("17") == 17);
    CHECK(whole_number("seventeen") == 17);
    CHECK(whole_number("an") == 1);
    CHECK(whole_number("999999999999999999") == 999'999'999'999'999'999);
    CHECK_FALSE(whole_number("1999999999999999999"));
    CHECK_FALSE(whole_number("1x"));
    CHECK_FALSE(whole_number(""));
    CHECK(ordinal("third") == 3);
    CHECK(ordinal("22nd") == 22);
    CHECK(ordinal("last") == -1);
    CHECK_FALSE(ordinal("0th"));
    CHECK_FALSE(ordinal("th"));
    CHECK(compass_direction("sw") == "southwest");
    CHECK(compass_direction("west") == "west");
    CHECK(compass_direction("wes").empty());
}

TEST_CASE("words: plurals", "[world][sentence][words]") {
    CHECK(is_plural_of("lamps", "Lamp"));
    CHECK(is_plural_of("boxes", "box"));
    CHECK(is_plural_of("berries", "berry"));
    CHECK(is_plural_of("knives", "knife"));
    CHECK(is_plural_of("wolves", "wolf"));
    CHECK(is_plural_of("men", "man"));
    CHECK_FALSE(is_plural_of("lamp", "lamp"));
    CHECK_FALSE(is_plural_of("s", ""));
    CHECK_FALSE(is_plural_of("lampss", "lamp"));
}

TEST_CASE("words: case is folded beyond ASCII", "[world][sentence][words]") {
    CHECK(equal_folded("ФОНАРЬ", "фонарь"));
    CHECK(equal_folded("фонарь", "ФОНАРЬ"));
    CHECK_FALSE(equal_folded("фонарь", "фонари"));
    CHECK_FALSE(equal_folded("\xD0", "\xD1"));
    CHECK_FALSE(equal_folded("\xD0\x9B", "\xD0"));
}
