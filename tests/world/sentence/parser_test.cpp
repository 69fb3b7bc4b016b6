#include "world/sentence/parser.hpp"

#include "tests/world/sentence/toy_scope.hpp"

#include "world/sentence/phrasing.hpp"
#include "world/sentence/reason.hpp"

#include <catch2/catch.hpp>

using namespace gyre;
using namespace gyre::world;
using namespace gyre::world::sentence;

namespace {

Line line_of(std::string_view typed) { return std::move(Line::read(typed)).value(); }

/// "object:method" of every match, in order.
std::vector<std::string> order(toy::ToyScope& scope, const toy::ToyClasses& classes, std::string_view typed) {
    Line line = line_of(typed);
    std::vector<std::string> names;
    for (const Match& match : Parser{classes.vocabulary}.parse(line, 0, scope).matches)
        names.push_back(scope.name(match.object) + ":" + classes.name(match.verb->method));
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("parser: candidates come in the order of LUA.md", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    Class& player = classes.add("player", nullptr, {"ability: polish thing", "longer: polish thing up"});
    Class& thing = classes.add("thing", nullptr, {"far: polish this"});
    Class& silver = classes.add("silver", &thing, {"near: polish this"});
    Class& cloth =
        classes.add("cloth", &thing, {"tool: polish thing [with this]", "(priority=3) urgent: polish floor"});
    Class& room = classes.add("room", nullptr, {"place: polish thing"});
    toy::ToyScope scope;
    scope.self = {object_id(1), &player};
    scope.self_name = "Alice";
    scope.room = {object_id(2), &room};
    scope.add(3, "spoon", &silver);
    scope.add(4, "cloth", &cloth).held = true;
    scope.add(5, "floor", &thing);
    CHECK(order(scope, classes, "polish spoon") ==
          Names{"spoon:near", "spoon:far", "Alice:ability", "room:place", "cloth:tool"});
    CHECK(order(scope, classes, "polish spoon up") == Names{"Alice:longer"});
    CHECK(order(scope, classes, "polish floor").front() == "cloth:urgent");
}

TEST_CASE("parser: verbs of other roles do not exist", "[world][sentence][parser]") {
    toy::Square square;
    CHECK(order(square.scope, square.classes, "dig north to cave") == Names{"Alice:dig"});
    CHECK(order(square.scope, square.classes, "boot bob").empty());
    Line line = line_of("boot bob");
    CHECK(explain(line, 0, square.scope, square.classes.vocabulary).kind == Reason::Kind::unknown_verb);
}

TEST_CASE("parser: plain lines build no nouns", "[world][sentence][parser]") {
    toy::Square square;
    for (const char* typed : {"look", "say hello", "north", "inventory"}) {
        INFO(typed);
        CHECK_FALSE(order(square.scope, square.classes, typed).empty());
        CHECK(square.scope.asked_for_candidates == 0);
    }
    CHECK_FALSE(order(square.scope, square.classes, "look at oil lamp").empty());
    CHECK(square.scope.asked_for_candidates == 1);
}

TEST_CASE("parser: a match says how it was asked for", "[world][sentence][parser]") {
    toy::Square square;
    Line line = line_of("look then Place the brass lamp INTO red box then look");
    const Parsed parsed = square.parser.parse(line, 2, square.scope);
    REQUIRE_FALSE(parsed.matches.empty());
    const Match& match = parsed.matches.front();
    CHECK(match.word == "place");
    CHECK(match.preposition == "in");
    CHECK(match.line == "Place the brass lamp INTO red box");
    CHECK(match.object == object_id(3));
    CHECK_FALSE(match.tool);
    CHECK(line.next_sentence(match.end) == line.size() - 1);
}

TEST_CASE("parser: only what has the verb is asked about", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    Class& lamp = classes.add("lamp", nullptr, {"light: light this"});
    Class& model = classes.add("model", nullptr, {});
    toy::ToyScope scope;
    scope.self = {object_id(1), &model};
    scope.room = {object_id(2), &model};
    scope.add(3, "toy lamp", &model);
    scope.add(4, "oil lamp", &lamp);
    Line line = line_of("light lamp");
    const Parsed parsed = Parser{classes.vocabulary}.parse(line, 0, scope);
    REQUIRE(parsed.matches.size() == 1);
    CHECK(parsed.matches.front().object == object_id(4));
    CHECK_FALSE(parsed.matches.front().question);
}

TEST_CASE("parser: an answered question is not asked again", "[world][sentence][parser]") {
    toy::Square square;
    Line line = line_of("take lamp and key");
    std::vector<Choice> choices;
    Parsed parsed = square.parser.parse(line, 0, square.scope, choices);
    REQUIRE(parsed.matches.front().question);
    CHECK(parsed.matches.front().question->argument == 0);
    CHECK(ask(line, *parsed.matches.front().question, square.scope).text ==
          "Which lamp do you mean: 1 the brass lamp, 2 the oil lamp?");
    choices.push_back(*answer(*parsed.matches.front().question, "2", square.scope));
    parsed = square.parser.parse(line, 0, square.scope, choices);
    REQUIRE(parsed.matches.front().question);
    choices.push_back(*answer(*parsed.matches.front().question, "iron", square.scope));
    parsed = square.parser.parse(line, 0, square.scope, choices);
    CHECK_FALSE(parsed.matches.front().question);
    CHECK(parsed.matches.front().arguments.front().objects == std::vector{object_id(128), object_id(10)});
}

TEST_CASE("parser: several tools are a question", "[world][sentence][parser]") {
    toy::Square square;
    Line line = line_of("unlock door");
    const Parsed parsed = square.parser.parse(line, 0, square.scope);
    REQUIRE(parsed.matches.front().question);
    const Question& question = *parsed.matches.front().question;
    CHECK(question.argument == Question::the_tool);
    CHECK(ask(line, question, square.scope).text == "Which do you mean: 1 the brass key, 2 the iron key?");
    const std::vector<Choice> choices{*answer(question, "the iron one", square.scope)};
    const Parsed again = square.parser.parse(line, 0, square.scope, choices);
    CHECK_FALSE(again.matches.front().question);
    CHECK(again.matches.front().object == object_id(10));
    CHECK(again.matches.front().tool);
}

TEST_CASE("parser: things of one name are told apart by where they are", "[world][sentence][parser]") {
    toy::Square square;
    const Class* lamp = square.scope.things.front().of;
    square.scope.add(201, "tin lamp", lamp).held = true;
    square.scope.add(202, "tin lamp", lamp);
    square.scope.add(203, "tin lamp", lamp);
    square.add_inner(204, "tin lamp", lamp, 19);
    square.scope.add(205, "tin lamp", lamp).location = object_id(6);
    square.scope.things.back().inner = square.scope.things.back().borne = true;
    for (Candidate& each : square.scope.things) {
        if (each.id == object_id(19)) each.surface = true;
        if (each.id == object_id(201)) each.location = object_id(7);
    }
    Line line = line_of("light tin lamp");
    const Parsed parsed = square.parser.parse(line, 0, square.scope);
    REQUIRE(parsed.matches.front().question);
    const Question& question = *parsed.matches.front().question;
    CHECK(ask(line, question, square.scope).text ==
          "Which tin lamp do you mean: 1 the tin lamp you have, 2 the tin lamp here, 3 the tin lamp on the "
          "bench?");
    const auto chosen = [&](std::string_view reply) {
        const auto choice = answer(question, reply, square.scope);
        return choice ? number(choice->object) : 0;
    };
    for (const char* reply : {"mine", "1", "my lamp", "the one I carry", "the lamp I'm holding", "in my hand",
                              "the one that I have", "lamp 1", "number one"}) {
        INFO(reply);
        CHECK(chosen(reply) == 201);
    }
    for (const char* reply : {"here", "the one here", "the lamp lying here", "the one on the floor", "2",
                              "the second one", "second lamp", "2.lamp"}) {
        INFO(reply);
        CHECK(chosen(reply) == 202);
    }
    for (const char* reply : {"on the bench", "the one on the bench", "lamp on bench", "the third"}) {
        INFO(reply);
        CHECK(chosen(reply) == 204);
    }
    const Question borne{{1, 3}, 0, {object_id(204), object_id(205)}};
    CHECK(ask(line, borne, square.scope).text ==
          "Which tin lamp do you mean: 1 the tin lamp on the bench, 2 the tin lamp the guard has?");
    CHECK(number(answer(borne, "the guard's lamp", square.scope)->object) == 205);
    for (const char* reply : {"i", "in", "look on bench", "light lamp", "take lamp on bench", "on the chest",
                              "give it to my guard", "bench", "lamp"}) {
        INFO(reply);
        CHECK(chosen(reply) == 0);
    }
    Line take = line_of("take tin lamp");
    const Parsed taken = square.parser.parse(take, 0, square.scope);
    CHECK(ask(take, taken.matches.front().question.value(), square.scope).text ==
          "Which tin lamp do you mean: 1 the tin lamp here, 2 the tin lamp on the bench?");
    Line some = line_of("take 2 tin lamps");
    CHECK(square.parser.parse(some, 0, square.scope).matches.front().arguments.front().objects ==
          std::vector{object_id(202), object_id(203)});
}

TEST_CASE("parser: answers are numbers, ordinals, names or what sets things apart",
          "[world][sentence][parser]") {
    toy::Square square;
    const Question question{{1, 2}, 0, {object_id(127), object_id(128)}};
    const auto chosen = [&](std::string_view reply) {
        const auto choice = answer(question, reply, square.scope);
        return choice ? number(choice->object) : 0;
    };
    CHECK(chosen("1") == 127);
    CHECK(chosen("two") == 128);
    CHECK(chosen("the second") == 128);
    CHECK(chosen("last") == 128);
    CHECK(chosen("oil") == 128);
    CHECK(chosen("the brass lamp") == 127);
    CHECK(chosen("the oil one.") == 128);
    CHECK(chosen("#128") == 128);
    CHECK(chosen("3") == 0);
    CHECK(chosen("0") == 0);
    CHECK(chosen("lamp") == 0);
    CHECK(chosen("lamps") == 0);
    CHECK(chosen("red box") == 0);
    CHECK(chosen("take brass lamp") == 0);
    CHECK(chosen("me") == 0);
    CHECK(chosen("") == 0);
    CHECK(chosen("the") == 0);
}

TEST_CASE("parser: explanations are kinds, not only texts", "[world][sentence][parser]") {
    toy::Square square;
    const auto why = [&](std::string_view typed) {
        Line line = line_of(typed);
        return explain(line, 0, square.scope, square.classes.vocabulary);
    };
    CHECK(why("").kind == Reason::Kind::silence);
    CHECK(why("lihgt lamp").suggestion == "light");
    CHECK(why("take the unicorn").kind == Reason::Kind::unseen);
    CHECK(why("take the unicorn").word == "unicorn");
    CHECK(why("take statue").kind == Reason::Kind::out_of_reach);
    CHECK(why("take statue").candidates == std::vector{object_id(13)});
    CHECK(why("light box").kind == Reason::Kind::cannot);
    CHECK(why("light box").candidates == std::vector{object_id(3)});
    CHECK(why("light").kind == Reason::Kind::needs_more);
    CHECK(why("tell dave hi").kind == Reason::Kind::unknown_player);
    CHECK(why("go florp").kind == Reason::Kind::unknown_direction);
    CHECK(why("roll lots").kind == Reason::Kind::needs_number);
    CHECK(why("inventory please").kind == Reason::Kind::too_many_words);
    CHECK(why("oil lamp").kind == Reason::Kind::verb_missing);
}

TEST_CASE("parser: what is repeated of a line is short", "[world][sentence][parser]") {
    toy::Square square;
    Line line = line_of("take " + std::string(1000, 'x'));
    const Reason reason = explain(line, 0, square.scope, square.classes.vocabulary);
    std::string cut(max_echo, 'x');
    cut += "...";
    CHECK(reason.word == cut);
    CHECK(reason.text == "You see no " + std::string(max_echo, 'x') + "... here.");
    std::string cyrillic;
    for (std::size_t letter = 0; letter < max_echo; ++letter) cyrillic += "ж";
    CHECK(shortened("x" + cyrillic).size() == max_echo - 1 + 3);
}

TEST_CASE("parser: long phrases, many objects and many calls are cut", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    Class& thing = classes.add("thing", nullptr, {"rub: rub this"});
    Class& player = classes.add("player", nullptr, {"take: take thing", "mix: mix thing with thing"});
    toy::ToyScope scope;
    scope.self = {object_id(1), &player};
    scope.room = {object_id(2), nullptr};
    for (std::uint64_t id = 10; id < 10 + 2 * Nouns::max_objects; ++id) scope.add(id, "pebble", &thing);
    const Parser parser{classes.vocabulary};

    Line all = line_of("take all");
    CHECK(parser.parse(all, 0, scope).matches.at(0).arguments.at(0).objects.size() == Nouns::max_objects);
    Line product = line_of("mix all with pebbles");
    CHECK(parser.parse(product, 0, scope).calls(0).size() == Parsed::max_calls);
    Line rubbed = line_of("rub pebbles");
    CHECK(parser.parse(rubbed, 0, scope).calls(0).size() == Parsed::max_calls);

    std::string list = "take pebble";
    for (std::size_t words = 1; words + 2 <= Nouns::max_words; words += 2) list += " and pebble";
    Line longest = line_of(list);
    CHECK_FALSE(parser.parse(longest, 0, scope).matches.empty());
    Line longer = line_of(list + " and pebble");
    CHECK(parser.parse(longer, 0, scope).matches.empty());
}

TEST_CASE("parser: a sentence that could be read in too many ways is given up", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    Class& player = classes.add(
        "player", nullptr, {"slow: act text in text in text in text in text at thing", "quick: act text"});
    toy::ToyScope scope;
    scope.self = {object_id(1), &player};
    scope.self_name = "Alice";
    scope.room = {object_id(2), nullptr};
    const auto typed = [](int words) {
        std::string text = "act";
        for (int word = 0; word < words; ++word) text += " x in";
        return text + " x at nothing";
    };
    CHECK(order(scope, classes, typed(5)) == Names{"Alice:quick"});
    CHECK(order(scope, classes, typed(120)).empty());
}

TEST_CASE("parser: what is taken from somebody is his, whatever else has the name",
          "[world][sentence][parser]") {
    toy::Square square;
    const Class* thing = square.scope.things.back().of;
    for (std::uint64_t id = 210; id < 213; ++id) square.scope.add(id, "fig", thing);
    for (std::uint64_t id = 213; id < 216; ++id) square.scope.add(id, "fig", thing).held = true;
    for (std::uint64_t id = 216; id < 219; ++id) square.add_inner(id, "fig", thing, 8);
    for (Candidate& each : square.scope.things) {
        if (each.name == "fig" && each.inner) each.borne = true;
        if (each.name == "fig" && each.held) each.location = object_id(7);
    }
    const auto taken = [&](std::string_view typed) {
        Line line = line_of(typed);
        const Parsed parsed = square.parser.parse(line, 0, square.scope);
        std::vector<std::uint64_t> ids;
        for (const Call& call : parsed.calls(0)) ids.push_back(number(call.arguments.front().object));
        return ids;
    };
    using Ids = std::vector<std::uint64_t>;
    CHECK(taken("take fig from marta") == Ids{216});
    CHECK(taken("take 2 figs from marta") == Ids{216, 217});
    CHECK(taken("take figs from marta") == Ids{216, 217, 218});
    CHECK(taken("take the last fig from marta") == Ids{218});
    CHECK(taken("take figs from guard").size() == 6);
    CHECK(taken("take 5 figs") == Ids{210, 211, 212});
    CHECK(taken("drop 5 figs") == Ids{213, 214, 215});
}

namespace {

/// What it takes to try all that anything in the square understands on one line, and then to explain it.
struct Effort {
    explicit Effort(std::string_view typed) {
        toy::Square square;
        Line line = line_of(typed);
        Nouns nouns{line, square.scope, {}};
        Matcher matcher{line, 0, square.scope, nouns};
        Obstacle obstacle;
        std::vector<const Pattern*> tried;
        const auto try_all = [&](const Class* of) {
            for (const Verb& verb : of->verbs) {
                const bool is_known = std::ranges::find(tried, verb.pattern.get()) != tried.end();
                if (is_known) continue;
                tried.push_back(verb.pattern.get());
                (void)matcher.match(*verb.pattern, reach_of(verb), Matcher::Use::any);
            }
        };
        const auto try_square = [&] {
            tried.clear();
            try_all(square.scope.self.of);
            for (const Candidate& each : square.scope.things) try_all(each.of);
        };
        try_square();
        steps = matcher.steps();
        matcher.observe(obstacle);
        try_square();
        steps_explained = matcher.steps() - steps;
        looks = nouns.looks();
    }
    int steps = 0;
    int steps_explained = 0;
    std::size_t looks = 0;
};

std::string repeated(std::string_view words, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) text += words;
    return text;
}

}  // namespace

TEST_CASE("parser: a line made to be hard takes few steps", "[world][sentence][parser]") {
    const std::vector<std::string> lines{"put " + repeated("lamp to ", 450),
                                         "put " + repeated("lamp in ", 450),
                                         "put " + repeated("\"a\" ", 1000),
                                         "give " + repeated("guard ", 650),
                                         "give " + repeated("guard lamp ", 350),
                                         "give " + repeated("\"a\" ", 1000),
                                         "take " + repeated("lamp from ", 400),
                                         "take " + repeated("lamp and ", 450),
                                         "take " + repeated("all but ", 450),
                                         "ask " + repeated("guard about ", 330),
                                         "tell " + repeated("bob ", 1000),
                                         "dig " + repeated("tavern to ", 400),
                                         "go " + repeated("x ", 1000)};
    for (const std::string& line : lines) {
        const Effort effort{line};
        INFO(line.substr(0, 20));
        CHECK(effort.steps <= 500);
        CHECK(effort.steps_explained <= 1500);
        CHECK(effort.looks <= 10'000);
    }
}

TEST_CASE("parser: no more matches are kept than the limit", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    Class& player = classes.add("player", nullptr, {});
    toy::ToyScope scope;
    scope.self = {object_id(1), &player};
    scope.room = {object_id(2), nullptr};
    for (std::uint64_t id = 10; id < 10 + Parser::max_matches + 10; ++id)
        scope.add(id, "pebble", &classes.add("pebble", nullptr, {"rub: rub this"}));
    Line line = line_of("rub pebbles");
    CHECK(Parser{classes.vocabulary}.parse(line, 0, scope).matches.size() <= Parser::max_matches);
}

TEST_CASE("parser: 700 verbs and 200 things in reach", "[world][sentence][parser]") {
    toy::ToyClasses classes;
    toy::ToyScope scope;
    Class& player = classes.add("player", nullptr, {"take: take thing"});
    scope.self = {object_id(1), &player};
    scope.room = {object_id(2), nullptr};
    std::deque<std::string> texts;
    for (std::uint64_t kind = 0; kind < 200; ++kind) {
        const std::string number = std::to_string(kind);
        const auto verb = [&](std::string_view word) -> std::string_view {
            return texts.emplace_back("do: " + std::string{word} + " this");
        };
        Class& of = classes.add("kind", nullptr,
                                {verb("light"), verb("rub" + number), verb("hit" + number), verb("mix")});
        scope.add(10 + kind, texts.emplace_back("strange brass lamp-" + number), &of);
    }
    Line line = line_of("light the brass lamp-77");
    const Parsed parsed = Parser{classes.vocabulary}.parse(line, 0, scope);
    REQUIRE(parsed.matches.size() == 1);
    CHECK(parsed.matches.front().object == object_id(87));
}
