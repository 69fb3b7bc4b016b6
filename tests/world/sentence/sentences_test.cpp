#include "tests/world/sentence/toy_scope.hpp"

#include "world/sentence/reason.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace gyre;
using namespace gyre::world::sentence;

namespace {

std::string quoted(std::string_view text) { return "\"" + std::string{text} + "\""; }

std::string say(const Argument& argument, const toy::ToyScope& scope) {
    switch (argument.kind) {
        case Argument::Kind::nil:
            return "nil";
        case Argument::Kind::object:
            return scope.name(argument.object);
        case Argument::Kind::objects:
            return "a list";
        case Argument::Kind::text:
            return quoted(argument.text);
        case Argument::Kind::integer:
            return std::to_string(argument.integer);
    }
    return {};
}

std::string say(const Call& call, const toy::Square& square) {
    std::string text = square.scope.name(call.object) + ":";
    if (call.verb == nullptr) return text + "no such verb";
    text += square.classes.name(call.verb->method) + "(";
    for (std::size_t number = 0; number < call.arguments.size(); ++number) {
        if (number > 0) text += ", ";
        text += say(call.arguments[number], square.scope);
    }
    return text + ")";
}

/// What the sentence at `from` means, in the notation of sentences.txt; `from` moves behind it.
std::string meaning(Line& line, std::size_t& from, toy::Square& square) {
    const Parsed parsed = square.parser.parse(line, from, square.scope);
    if (parsed.matches.empty()) {
        const std::string text = explain(line, from, square.scope, square.classes.vocabulary).text;
        from = line.size();
        return "? " + text;
    }
    const Match& best = parsed.matches.front();
    from = line.next_sentence(best.end);
    if (best.question) return "? " + ask(line, *best.question, square.scope).text;
    std::string text;
    for (const Call& call : parsed.calls(0)) text += (text.empty() ? "" : " & ") + say(call, square);
    if (!best.preposition.empty()) text += " " + std::string{best.preposition};
    if (best.tool) text += " tool";
    return text;
}

std::string meanings(std::string_view typed) {
    toy::Square square;
    auto line = Line::read(typed);
    if (!line) return line.error().text;
    std::size_t from = 0;
    std::string text = meaning(line.value(), from, square);
    while (from < line.value().size()) text += " ; " + meaning(line.value(), from, square);
    return text;
}

}  // namespace

TEST_CASE("sentences: each means what sentences.txt says", "[world][sentence]") {
    std::ifstream file{"tests/world/sentence/sentences.txt"};
    REQUIRE(file.is_open());
    int count = 0;
    for (std::string row; std::getline(file, row);) {
        const std::size_t arrow = row.find(" => ");
        if (row.empty() || row.front() == '#') continue;
        REQUIRE(arrow != std::string::npos);
        const std::string typed = row.substr(0, row.find_last_not_of(' ', arrow) + 1);
        ++count;
        INFO(typed);
        CHECK(meanings(typed) == row.substr(arrow + 4));
    }
    CHECK(count >= 250);
}
