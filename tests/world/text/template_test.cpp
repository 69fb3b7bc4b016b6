#include "tests/world/text/fake_nouns.hpp"

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::text;

TEST_CASE("template: a subject named again by another argument becomes reflexive", "[world][text]") {
    Stage s;
    const std::string_view hits = "{who} {who:hits} {target}.";
    CHECK(s.read(hits, {{"who", s.alice}, {"target", s.alice}}, s.alice) == "You hit yourself.");
    CHECK(s.read(hits, {{"who", s.alice}, {"target", s.alice}}, s.bob) == "Alice hits herself.");
    CHECK(s.read(hits, {{"who", s.sam}, {"target", s.sam}}, s.sam) == "You hit yourself.");
    CHECK(s.read(hits, {{"who", s.sam}, {"target", s.sam}}, s.bob) == "Sam hits themself.");
    CHECK(s.read(hits, {{"who", s.sam}, {"target", s.sam}}, s.dora) == "Someone hits themself.");
    const Arguments both = {{"who", list_of({s.alice, s.bob})}, {"target", list_of({s.alice, s.bob})}};
    CHECK(s.read(hits, both, s.carl) == "Alice and Bob hit themselves.");
    CHECK(s.read(hits, both, s.bob) == "You and Alice hit yourselves.");
    CHECK(s.read("{who} {who:waves}. {target} {who:sees}.", {{"who", s.bob}, {"target", s.bob}}, s.carl) ==
          "Bob waves. Bob sees.");
    CHECK(s.read("{who} {who:looks} at {who}.", {{"who", s.bob}}, s.carl) == "Bob looks at Bob.");
    CHECK(s.read("{who} {who:gives} {a target} away.", {{"who", s.bob}, {"target", s.bob}}, s.carl) ==
          "Bob gives Bob away.");
}

TEST_CASE("template: pronouns and possessives", "[world][text]") {
    Stage s;
    const std::string_view opens =
        "{who} {who:opens} {their who} bag. {they who} {who:is} looking for {who's} key.";
    CHECK(s.read(opens, {{"who", s.alice}}, s.alice) == "You open your bag. You are looking for your key.");
    CHECK(s.read(opens, {{"who", s.alice}}, s.bob) == "Alice opens her bag. She is looking for Alice's key.");
    CHECK(s.read(opens, {{"who", s.sam}}, s.bob) == "Sam opens their bag. They are looking for Sam's key.");
    CHECK(s.read("{who} {who:carries} it. {they who} {who:carries} it.", {{"who", s.sam}}, s.bob) ==
          "Sam carries it. They carry it.");
    CHECK(s.read("{x's} swords", {{"x", s.guards}}, s.bob) == "The guards' swords");
    CHECK(s.read("{x's} swords", {{"x", list_of({s.alice, s.guards})}}, s.bob) ==
          "Alice and the guards' swords");
    CHECK(s.read("{x's} house", {{"x", list_of({s.alice, s.bob})}}, s.alice) == "Your and Bob's house");
    CHECK(s.read("It is {theirs x}; she likes {them x}. {they x} {x:does} it {themself x}.", {{"x", s.alice}},
                 s.bob) == "It is hers; she likes her. She does it herself.");
    CHECK(s.read("{the x}: {they x} {x:is} {theirs x}.", {{"x", s.lamp}}, s.bob) ==
          "The brass lamp: it is its.");
    CHECK(s.read("{they x} {x:burns}; {the x} {x:burns}.", {{"x", s.guards}}, s.bob) ==
          "They burn; the guards burn.");
}

TEST_CASE("template: lists, heaps, articles", "[world][text]") {
    Stage s;
    CHECK(s.read("{who} {who:leaves}.", {{"who", list_of({s.bob, s.alice})}}, s.alice) ==
          "You and Bob leave.");
    CHECK(s.read("{who} {who:leaves}.", {{"who", list_of({s.alice})}}, s.sam) == "Alice leaves.");
    CHECK(s.read("{who} {who:leaves}.", {{"who", list_of({s.alice})}}, s.alice) == "You leave.");
    CHECK(s.read("You see {a things}.", {{"things", list_of({s.lamp, s.key, s.coins, s.boots, s.other_key})}},
                 s.bob) == "You see a brass lamp, two keys, three gold coins and some boots.");
    CHECK(s.read("You see {the things}.", {{"things", list_of({s.key, s.other_key})}}, s.bob) ==
          "You see the two keys.");
    CHECK(s.read("You see {a things}.", {{"things", list_of({})}}, s.bob) == "You see nothing.");
    CHECK(s.read("{x} {x:glitters}.", {{"x", s.coins}}, s.bob) == "The three gold coins glitter.");
    CHECK(s.read("{a x} lies here. {the x} {x:is} rusty; {they x} {x:cuts} nothing.", {{"x", s.shears}},
                 s.bob) == "A pair of shears lies here. The shears are rusty; they cut nothing.");
    CHECK(s.read("{a x}.", {{"x", list_of({s.hourglass, s.unicorn, s.old_lamp})}}, s.bob) ==
          "An hourglass, a unicorn and an old lamp.");
    CHECK(s.read("A sign says {name x}.", {{"x", s.lamp}}, s.bob) == "A sign says brass lamp.");
    auto holes = make_ref<Container>();
    holes->kind = Container::Kind::list;
    holes->list.resize(2);
    holes->list.emplace_back(s.lamp);
    CHECK(s.read("You see {a x}.", {{"x", Value(holes)}}, s.bob) == "You see a brass lamp.");
}

TEST_CASE("template: counts and numbers", "[world][text]") {
    Stage s;
    CHECK(s.read("{count a goose}, {count b coin}, {count c mouse} and {count d coin}.",
                 {{"a", 3}, {"b", 1}, {"c", 0}, {"d", 13}},
                 s.bob) == "Three geese, one coin, no mice and 13 coins.");
    CHECK(s.read("{count n ox/oxen}, {count m ox/oxen}", {{"n", 2}, {"m", 1.0}}, s.bob) ==
          "Two oxen, one ox");
    CHECK(s.read("It costs {price}.", {{"price", 50.0}}, s.bob) == "It costs 50.");
    CHECK(s.read("It costs {price}.", {{"price", 2.5}}, s.bob) == "It costs 2.5.");
    CHECK(s.read("It costs {price}.", {{"price", -1}}, s.bob) == "It costs -1.");
    CHECK(s.read("{count n mile}", {{"n", 1.5}}, s.bob) == "1.5 miles");
}

TEST_CASE("template: data is never markup", "[world][text]") {
    Stage s;
    const std::string text = "{who} {#red x} \\{!quit|look}";
    CHECK(s.read("{who} {who:says}, \"{text}\"", {{"who", s.alice}, {"text", text}}, s.bob) ==
          "Alice says, \"" + text + "\"");
    CHECK(s.read("{who} {who:says}, {text}", {{"who", s.alice}, {"text", std::string("\x1b[31mh\0i", 8)}},
                 s.bob) == "Alice says, [31mhi");
    const ObjectId mallory = s.nouns.person(66, "Mallory{#red}\x1b[1m\n", "he");
    CHECK(s.read("{who} {who:waves}.", {{"who", mallory}}, s.bob) == "Mallory{#red}[1m  waves.");
    CHECK(s.read("{!say {text}|click}", {{"text", "hi then drop all"}}, s.bob) ==
          "error: a command link takes objects and whole numbers, not text ('text')");
    CHECK(s.read("{text} wrote it.", {{"text", "e.e. cummings"}}, s.bob) == "e.e. cummings wrote it.");
    CHECK(s.read("A sign: {text}", {{"text", "one\r\ntwo\n\n\n\nthree\n"}}, s.bob) ==
          "A sign: one\ntwo\n\nthree");
}

TEST_CASE("template: links, styles and braces", "[world][text]") {
    Stage s;
    CHECK(s.read("Say {!take {lamp}} or {!go north|north}.", {{"lamp", s.lamp}}, s.bob) ==
          "Say <take #127|take the brass lamp> or <go north|north>.");
    CHECK(s.read("Try {!help {who}}.", {{"who", s.alice}}, s.dora) == "Try help someone.");
    CHECK(s.read("{!page {n}|the {#em next} page}", {{"n", 2}}, s.bob) == "<page 2|the [em:next] page>");
    CHECK(s.read("{#warn The bridge {#em creaks}.}", {}, s.bob) == "[warn:The bridge [em:creaks].]");
    CHECK(s.read("{#em {#red {who}}} is here.", {{"who", s.bob}}, s.alice) == "[em:[red:Bob]] is here.");
    CHECK(s.read("A {{brace}} and }}.", {}, s.bob) == "A {brace} and }.");
    CHECK(s.read("{#code a {{b}} c} d", {}, s.bob) == "[code:a {b} c] d");
    CHECK(s.read("{!put {{x}}|{{y}}}", {}, s.bob) == "<put {x}|{y}>");
}

TEST_CASE("template: objects get a capital where a sentence starts", "[world][text]") {
    Stage s;
    CHECK(s.read("\"{lamp} is mine!\" {who} {who:shouts}. \"You lie.\"", {{"who", s.alice}, {"lamp", s.lamp}},
                 s.bob) == "\"The brass lamp is mine!\" Alice shouts. \"You lie.\"");
    CHECK(s.read("Look: {the x}. {#em {the x} shines.} ({the x} again.)", {{"x", s.lamp}}, s.bob) ==
          "Look: the brass lamp. [em:The brass lamp shines.] (The brass lamp again.)");
    CHECK(s.read("\xE2\x80\x9C{the x}!\xE2\x80\x9D {the x}", {{"x", s.lamp}}, s.bob) ==
          "\xE2\x80\x9CThe brass lamp!\xE2\x80\x9D The brass lamp");
    CHECK(s.read("Hello\n\n{the x} shines.", {{"x", s.lamp}}, s.bob) == "Hello\n\nThe brass lamp shines.");
    CHECK(s.read("\"{text}\" {who} {who:asks}.", {{"who", s.alice}, {"text", "Who?"}}, s.alice) ==
          "\"Who?\" you ask.");
    const ObjectId elan = s.nouns.person(67, "\xC3\xA9lan", "");
    CHECK(s.read("{who} waits.", {{"who", elan}}, s.bob) == "\xC3\x89lan waits.");
}

TEST_CASE("template: line breaks and paragraphs", "[world][text]") {
    Stage s;
    CHECK(s.read("One\n  two  \n \n three\n", {}, s.bob) == "One two\n\nthree");
    CHECK(s.read("\nOne\n", {}, s.bob) == "One");
    CHECK(s.read("One\n\n\n\n\n", {}, s.bob) == "One");
    CHECK(s.read("{who}\n\n{who}", {{"who", s.bob}}, s.alice) == "Bob\n\nBob");
}

TEST_CASE("template: mistakes are found when it is compiled", "[world][text]") {
    CHECK(mistake("{who lights") == "template column 1: this '{' is never closed (write '{{' for a brace)");
    CHECK(mistake("a {#em b") == "template column 3: this '{' is never closed (write '{{' for a brace)");
    CHECK(mistake("a {!go") == "template column 3: this '{' is never closed (write '{{' for a brace)");
    CHECK(mistake("a } b") == "template column 3: a lone '}' (write '}}' for a brace)");
    CHECK(mistake("{his who} hat") == "template column 1: write 'their' instead of 'his'");
    CHECK(mistake("{her who} hat") == "template column 1: write 'them' or 'their' instead of 'her'");
    CHECK(mistake("{an owl}") == "template column 1: write 'a' instead of 'an'");
    CHECK(mistake("{foo owl}") == "template column 1: no word 'foo' here");
    CHECK(mistake("{who:lit}") ==
          "template column 1: write the verb as after he or she: {who:lights}; past tense needs no braces");
    CHECK(mistake("{#blink x}") == "template column 1: no style 'blink'");
    CHECK(mistake("{#em}") == "template column 1: write '{#em words}'");
    CHECK(mistake("{2}") == "template column 1: cannot read '{2}'");
    CHECK(mistake("{}") == "template column 1: cannot read '{}'");
    CHECK(mistake("{count n}") == "template column 1: write '{count n coin}' or '{count n ox/oxen}'");
    CHECK(mistake("{!|x}") == "template column 1: a command link needs a command");
    CHECK(mistake("{!a|{!b}}") == "template column 5: a link inside a link");
    for (const char* command : {"{!look {who's}}", "{!look {#em x}}", "{!look {they x}}", "{!x {a:is}}"})
        CHECK(mistake(command) == "template column 1: a command link may hold words and {objects} only");
    const auto compiled = compile("Hello, {his who} hat");
    REQUIRE_FALSE(compiled.ok());
    CHECK(compiled.error().text ==
          "template column 8: write 'their' instead of 'his'\n  Hello, {his who} hat\n         ^");
    CHECK(mistake("One\n\xC3\xA9 {his who}") == "template line 2 column 3: write 'their' instead of 'his'");
}

TEST_CASE("template: mistakes of arguments are found when it is read", "[world][text]") {
    Stage s;
    CHECK(s.read("{whom} waves", {{"who", s.alice}}, s.bob) ==
          "error: the template needs 'whom', which was not passed");
    CHECK(s.read("{who} waves", {{"who", Value()}}, s.bob) ==
          "error: the template needs 'who', which was not passed");
    CHECK(s.read("{the text}", {{"text", "x"}}, s.bob) == "error: 'text' is text; 'the' needs an object");
    CHECK(s.read("{text's}", {{"text", "x"}}, s.bob) == "error: 'text' is text; ''s' needs an object");
    CHECK(s.read("{their text}", {{"text", "x"}}, s.bob) == "error: 'text' is text; 'their' needs an object");
    CHECK(s.read("{text:is}", {{"text", "x"}}, s.bob) ==
          "error: 'text' must be an object, to agree with 'is'");
    CHECK(s.read("{f}", {{"f", true}}, s.bob) == "error: cannot show a boolean ('f')");
    CHECK(s.read("{count f x}", {{"f", "a"}}, s.bob) == "error: 'f' must be a number, to be counted");
    auto words = make_ref<Container>();
    words->kind = Container::Kind::list;
    words->list.emplace_back("x");
    CHECK(s.read("{f}", {{"f", Value(words)}}, s.bob) == "error: cannot show a table ('f')");
}

TEST_CASE("template: its limits", "[world][text]") {
    CHECK(mistake(std::string(65'537, 'x')) == "template column 1: longer than 65536 bytes");
    CHECK(mistake(std::string(65'536, 'x')).empty());
    std::string deep = "x", many;
    for (int level = 0; level < 16; ++level) deep = "{#em " + deep + "}";
    CHECK(mistake(deep).empty());
    CHECK(mistake("{#em " + deep + "}") ==
          "template column 81: more than 16 styles and links inside each other");
    for (int index = 0; index < 32; ++index) many += "{a" + std::to_string(index) + "}";
    CHECK(mistake(many).empty());
    CHECK(mistake(many + "{b}").find("more than 32 different arguments") != std::string::npos);
    CHECK(mistake(std::string(1000, ' ') + "{his x}" + std::string(1000, ' ')).size() < 100);
}

TEST_CASE("template: a literal that is one is told from one that is not", "[world][text]") {
    for (const char* yes : {"{x}", "a {the x}", "{#em x}", "{!look}", "{{", "}}"})
        CHECK(looks_like_template(yes));
    for (const char* no : {"", "{", "}", "{ x }", "{1}", "a, b", "{\"json\": 1}", "{}"})
        CHECK_FALSE(looks_like_template(no));
}

TEST_CASE("template: compiled once for ever", "[world][text]") {
    const auto first = compile("{who} {who:nods}.");
    CHECK(first.value() == compile("{who} {who:nods}.").value());
    CHECK(source_of(*first.value()) == "{who} {who:nods}.");
    CHECK_FALSE(has_links(*first.value()));
    CHECK(has_links(*compile("{!look}").value()));
}
