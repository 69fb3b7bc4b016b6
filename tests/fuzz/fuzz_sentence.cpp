// The first line of the input is a verb pattern, the rest a line typed by a player. Whatever they are,
// nothing breaks, spans stay inside the line, and a pattern that compiles has variants.

#include "tests/world/sentence/toy_scope.hpp"
#include "world/sentence/reason.hpp"

#include <cstdlib>

using namespace gyre;
using namespace gyre::world::sentence;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

void check_match(const Line& line, const Parsed& parsed, std::size_t number, toy::Square& square) {
    const Match& match = parsed.matches[number];
    require(match.verb != nullptr && match.end <= line.size() && match.end > parsed.begin);
    require(parsed.calls(number).size() <= Parsed::max_calls);
    if (!match.question) return;
    require(match.question->objects.size() > 1);
    require(!ask(line, *match.question, square.scope).text.empty());
    require(answer(*match.question, "2", square.scope)->object == match.question->objects[1]);
}

void check_line(std::string_view typed) {
    static toy::Square square;
    auto read = Line::read(typed);
    if (!read) return;
    Line& line = read.value();
    std::size_t from = 0;
    while (from < line.size()) {
        const Parsed parsed = square.parser.parse(line, from, square.scope);
        if (parsed.matches.empty()) {
            require(!explain(line, from, square.scope, square.classes.vocabulary).text.empty());
            return;
        }
        for (std::size_t number = 0; number < parsed.matches.size(); ++number)
            check_match(line, parsed, number, square);
        from = line.next_sentence(parsed.matches.front().end);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t end = std::min(input.find('\n'), input.size());
    const auto pattern = Pattern::compile(input.substr(0, end));
    require(!pattern || !pattern.value()->variants.empty());
    require(pattern || !pattern.error().text.empty());
    check_line(input.substr(std::min(end + 1, input.size())));
    return 0;
}
