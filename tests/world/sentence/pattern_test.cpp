#include "world/sentence/pattern.hpp"

#include "tests/world/sentence/toy_scope.hpp"

#include "world/sentence/parser.hpp"

#include <catch2/catch.hpp>

#include <optional>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::sentence;

namespace {

constexpr std::uint64_t lamp = 127;
constexpr std::uint64_t oil = 128;
constexpr std::uint64_t box = 3;
constexpr std::uint64_t chest = 4;
constexpr std::uint64_t key = 5;
constexpr std::uint64_t guard = 6;
constexpr std::uint64_t nobody = 0;

/// A pattern on one object (or two lamps), or on the actor, against one line.
struct Trial {
    Trial(std::string_view pattern, std::uint64_t object) {
        static const std::string method = "act: ";
        of = &classes.add("tried", nullptr, {method + std::string{pattern}});
        blank = &classes.add("blank", nullptr, {});
        scope.self = {object_id(7), object == nobody ? of : blank};
        scope.self_name = "Alice";
        scope.room = {object_id(2), blank};
        add(lamp, "brass lamp", object).held = true;
        add(oil, "oil lamp", object == lamp ? oil : object);
        add(box, "red box", object);
        add(chest, "oak chest", object).fixed = true;
        add(key, "brass key", object).held = true;
        add(10, "iron key", object);
        add(9, "bag", object).location = object_id(7);
        Candidate& man = add(guard, "guard", object);
        man.person = true;
        man.names = scope.list({"man"});
        add(7, "Alice", object).person = true;
        scope.players = {{"Alice", object_id(7)}, {"Bob", object_id(8)}};
        scope.exits = {{"tavern", "tavern"}};
        scope.pronouns = {{"it", {object_id(box)}}, {"him", {object_id(guard)}}};
    }
    Candidate& add(std::uint64_t id, std::string_view name, std::uint64_t object) {
        return scope.add(id, name, id == object ? of : blank);
    }

    toy::ToyClasses classes;
    toy::ToyScope scope;
    const Class* of = nullptr;
    const Class* blank = nullptr;
};

std::string shown(const Argument& argument, const toy::ToyScope& scope) {
    if (argument.kind == Argument::Kind::nil) return "nil";
    if (argument.kind == Argument::Kind::object) return scope.name(argument.object);
    if (argument.kind == Argument::Kind::text) return std::string{argument.text};
    if (argument.kind == Argument::Kind::integer) return std::to_string(argument.integer);
    std::string list;
    for (const ObjectId object : argument.objects) list += (list.empty() ? "(" : "+") + scope.name(object);
    return list + ")";
}

/// The arguments, and " tool", " ask" with the number of objects; or "no".
std::string read(std::string_view pattern, std::string_view typed, std::uint64_t object = nobody) {
    Trial trial{pattern, object};
    Parser parser{trial.classes.vocabulary};
    auto line = Line::read(typed);
    const Parsed parsed = parser.parse(line.value(), 0, trial.scope);
    if (parsed.matches.empty()) return "no";
    const Match& match = parsed.matches.front();
    std::string text;
    for (const Argument& argument : match.arguments)
        text += (text.empty() ? "" : ", ") + shown(argument, trial.scope);
    if (match.tool) text += " tool";
    if (match.question) text += " ask" + std::to_string(match.question->objects.size());
    return text;
}

std::string complaint(std::string_view pattern) {
    const auto compiled = Pattern::compile(pattern);
    return compiled ? "none" : compiled.error().text;
}

}  // namespace

TEST_CASE("pattern: `this` is the object whose verb it is", "[world][sentence][pattern]") {
    CHECK(read("light|ignite this", "light the brass lamp", lamp) == "");
    CHECK(read("light|ignite this", "IGNITE brass lamp", lamp) == "");
    CHECK(read("light|ignite this", "light lamp", lamp) == " ask2");
    CHECK(read("light|ignite this", "light box", lamp) == "no");
    CHECK(read("light|ignite this", "light", lamp) == "no");
    CHECK(read("turn on this", "turn on brass lamp", lamp) == "");
    CHECK(read("turn this on", "turn the brass lamp on", lamp) == "");
    CHECK(read("turn this on", "turn the brass lamp off", lamp) == "no");
}

TEST_CASE("pattern: nouns are found among what the slot allows", "[world][sentence][pattern]") {
    CHECK(read("put|place held in this", "put the brass lamp into the red box", box) == "brass lamp");
    CHECK(read("put held in|on this", "put lamp on top of red box", box) == "brass lamp");
    CHECK(read("put thing in this", "put brass lamp in it", box) == "brass lamp");
    CHECK(read("put thing in this", "put lamps in box", box) == "(brass lamp+oil lamp)");
    CHECK(read("put held in this", "put all in box", box) == "(brass lamp+brass key)");
    CHECK(read("take thing", "take all but the keys") == "(oil lamp+red box+bag+guard+Alice)");
    CHECK(read("take thing", "take brass lamp, red box") == "(brass lamp+red box)");
    CHECK(read("take thing", "take two lamps") == "(oil lamp)");
    CHECK(read("take thing", "take second key") == "iron key");
    CHECK(read("take thing", "take alice's bag") == "bag");
    CHECK(read("take thing", "take #128") == "oil lamp");
    CHECK(read("take thing", "take \"brass lamp\"") == "no");
}

TEST_CASE("pattern: a word of a long name is found wherever it begins", "[world][sentence][pattern]") {
    for (std::size_t size = 50; size < 140; ++size) {
        const std::string long_word(size, 'y');
        const std::string separate = long_word + " lever", grown = long_word + "lever";
        for (const std::string& name : {separate, grown}) {
            Trial trial{"take thing", nobody};
            trial.add(20, name, nobody);
            Parser parser{trial.classes.vocabulary};
            auto line = Line::read("take lever");
            CHECK(parser.parse(line.value(), 0, trial.scope).matches.empty() == (name == grown));
        }
    }
}

TEST_CASE("pattern: text is as typed, up to the next literal or the end", "[world][sentence][pattern]") {
    CHECK(read("ask person about text", "ask guard about the old king") == "guard, the old king");
    CHECK(read("ask person about text", "ask him about what is about to happen") ==
          "guard, what is about to happen");
    CHECK(read("say text", "say hello, World in a box") == "hello, World in a box");
    CHECK(read("write text in thing", "write \"in the box\" in red box") == "in the box, red box");
    CHECK(read("tell player text", "tell bob hi there") == "Bob, hi there");
}

TEST_CASE("pattern: what stands in brackets may be left out", "[world][sentence][pattern]") {
    CHECK(read("unlock this [with held]", "unlock chest with brass key", chest) == "brass key");
    CHECK(read("unlock this [with held]", "unlock chest", chest) == "nil");
    CHECK(read("unlock thing [with this]", "unlock chest with brass key", key) == "oak chest");
    CHECK(read("unlock thing [with this]", "unlock chest", key) == "oak chest tool");
    CHECK(read("sit [down] [on this]", "sit down on chest", chest) == "");
    CHECK(read("sit [down] [on this]", "sit", chest) == " tool");
    CHECK(read("mix [thing [with thing]] in this", "mix in box", box) == "nil, nil");
}

TEST_CASE("pattern: directions, numbers and words", "[world][sentence][pattern]") {
    CHECK(read("go|walk [to] direction", "go n") == "north");
    CHECK(read("go|walk [to] direction", "walk to tavern") == "tavern");
    CHECK(read("dig number word", "dig three Kitchen") == "3, Kitchen");
    CHECK(read("dig direction to text", "dig north to Old Kitchen") == "north, Old Kitchen");
}

TEST_CASE("pattern: a mistake is named", "[world][sentence][pattern]") {
    CHECK(complaint("give thing person") == "verb \"give thing person\": two nouns need a word between them");
    CHECK(complaint("write text thing") ==
          "verb \"write text thing\": text must be followed by a word or by the end");
    CHECK(complaint("put any in this") ==
          "verb \"put any in this\": no slot 'any': use thing, held, person, player, direction, number, word "
          "or "
          "text");
    CHECK(complaint("put thing into this") ==
          "verb \"put thing into this\": write 'in', which also takes 'into'");
    CHECK(complaint("this lights") == "verb \"this lights\": must begin with the verb itself");
    CHECK(complaint("") == "verb \"\": must begin with the verb itself");
    CHECK(complaint("[really] jump") == "verb \"[really] jump\": must begin with the verb itself");
    CHECK(complaint("put this in this") == "verb \"put this in this\": 'this' twice");
    CHECK(complaint("put [this] in this") == "verb \"put [this] in this\": 'this' twice");
    CHECK(complaint("sit [on this") == "verb \"sit [on this\": '[' is never closed");
    CHECK(complaint("sit on] this") == "verb \"sit on] this\": ']' without '['");
    CHECK(complaint("sit []") == "verb \"sit []\": '[]' is empty");
    CHECK(complaint("look this|at") ==
          "verb \"look this|at\": 'this' is a slot and cannot stand beside words");
    CHECK(complaint("Look this") == "verb \"Look this\": 'Look' must be lower-case letters");
    CHECK(complaint("look| this") == "verb \"look| this\": there is a word missing beside '|'");
}

TEST_CASE("pattern: length and number of variants are limited", "[world][sentence][pattern]") {
    const std::string longest = "say " + std::string(Pattern::max_length - 4, 'x');
    CHECK(complaint(longest) == "none");
    CHECK(complaint(longest + "x").find("longer than 200 bytes") != std::string::npos);
    std::string brackets = "say";
    for (int bracket = 0; bracket < 6; ++bracket) brackets += " [a]";
    CHECK(Pattern::compile(brackets).value()->variants.size() == Pattern::max_variants);
    CHECK(complaint(brackets + " [a]").find("more than 64 ways") != std::string::npos);
}

TEST_CASE("pattern: knows its shape", "[world][sentence][pattern]") {
    const auto plain = Pattern::compile("look|l").value();
    CHECK(plain->first_words == std::vector<std::string>{"look", "l"});
    CHECK_FALSE(plain->has_this);
    CHECK(plain->fewest_tokens == 1);
    const auto tool = Pattern::compile("unlock thing [with this]").value();
    CHECK(tool->has_this);
    CHECK(tool->may_be_tool);
    CHECK(tool->fewest_tokens == 2);
    CHECK(tool->fewest_named == 4);
    CHECK_FALSE(Pattern::compile("light this").value()->may_be_tool);
}
