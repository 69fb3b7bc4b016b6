#include "world/sentence/parser.hpp"

#include "world/sentence/search.hpp"
#include "world/sentence/words.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

/// Whether the sentence from token `from` on is only a direction or an exit.
bool is_direction(const Line& line, std::size_t from, Scope& scope) {
    Span words{static_cast<std::uint16_t>(from), line.sentence_end(from)};
    if (words.size() == 1 && !compass_direction(line.word(from)).empty()) return true;
    while (!words.empty() && is_article(line.word(words.first))) ++words.first;
    const std::string_view name = line.words(words);
    return !name.empty() && !scope.exit_direction(name).empty();
}

/// The call for one of several things. Of a heap that the list names by a number it is the verb's that takes
/// one.
Call call_about(const Call& call, const Match& match, std::size_t number, std::size_t which) {
    Call one = call;
    Argument& argument = one.arguments[number];
    const std::int64_t amount = which < argument.amounts.size() ? argument.amounts[which] : 0;
    const ObjectId object = argument.objects[which];
    argument.kind = Argument::Kind::object;
    argument.object = object;
    argument.objects.clear();
    argument.amounts.clear();
    if (one.about == ObjectId::nothing) one.about = object;
    if (amount == 0 || match.counted == nullptr || match.counted_argument != number) return one;
    Argument how_many;
    how_many.kind = Argument::Kind::integer;
    how_many.integer = amount;
    one.arguments.insert(one.arguments.begin() + static_cast<std::ptrdiff_t>(number), how_many);
    one.verb = match.counted;
    return one;
}

/// `call`, and behind it in `calls` as often as there are objects in its lists, with one of them each.
void expand(const Call& call, const Match& match, std::size_t from, std::vector<Call>& calls) {
    for (std::size_t number = from; number < call.arguments.size(); ++number) {
        if (call.arguments[number].kind != Argument::Kind::objects) continue;
        for (std::size_t which = 0; which < call.arguments[number].objects.size(); ++which) {
            if (calls.size() >= Parsed::max_calls) return;
            const Call one = call_about(call, match, number, which);
            expand(one, match, number + 1 + one.arguments.size() - call.arguments.size(), calls);
        }
        return;
    }
    if (calls.size() < Parsed::max_calls) calls.push_back(call);
}

}  // namespace

std::vector<Call> Parsed::calls(std::size_t match) const {
    std::vector<Call> calls;
    const Match& chosen = matches[match];
    if (!chosen.group) {
        expand({chosen.object, chosen.verb, chosen.arguments, ObjectId::nothing}, chosen, 0, calls);
        return calls;
    }
    const Group& group = groups[*chosen.group];
    for (const ObjectId object : group.objects) {
        const auto own = std::find_if(
            matches.begin() + static_cast<std::ptrdiff_t>(match), matches.end(), [&](const Match& other) {
                return other.group == chosen.group &&
                       std::find(other.objects.begin(), other.objects.end(), object) != other.objects.end();
            });
        if (own != matches.end()) {
            expand({object, own->verb, own->arguments, object}, *own, 0, calls);
        } else if (!group.all && calls.size() < max_calls) {
            calls.push_back({object, nullptr, {}, object});
        }
    }
    return calls;
}

Parsed Parser::parse(Line& line, std::size_t from, Scope& scope, std::span<const Choice> choices) const {
    Parsed parsed;
    parsed.begin = line.next_sentence(from);
    if (parsed.begin >= line.size()) return parsed;
    if (const Vocabulary::Entry* known = vocabulary_.find(line.word(parsed.begin))) {
        Search{line, parsed.begin, scope, choices}.run(*known, parsed);
        if (!parsed.matches.empty()) return parsed;
    }
    const Vocabulary::Entry* go = vocabulary_.find("go");
    if (go == nullptr || line.size() >= Line::max_tokens || !is_direction(line, parsed.begin, scope))
        return parsed;
    line.insert_word(parsed.begin, "go");
    Search{line, parsed.begin, scope, choices}.run(*go, parsed);
    return parsed;
}

}  // namespace gyre::world::sentence
