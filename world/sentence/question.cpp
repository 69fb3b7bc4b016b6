#include "world/sentence/phrasing.hpp"
#include "world/sentence/reason.hpp"

#include <algorithm>

namespace gyre::world::sentence {
namespace {

/// A question lists at most so many objects.
constexpr std::size_t max_listed = 20;

/// Where it is, for somebody who must tell two of one name apart: " you have", " on the table".
std::string whereabouts(const Candidate& candidate, Nouns& nouns, ObjectId here) {
    if (candidate.held) return " you have";
    if (candidate.location == here) return " here";
    const Candidate* place = nouns.candidate(candidate.location);
    if (place == nullptr) return {};
    if (place->person) return " " + with_article(*place) + " has";
    return (place->surface ? " on " : " in ") + with_article(*place);
}

/// What is listed: " the brass lamp", and where it is if others are called the same.
std::vector<std::string> names_of(const Question& question, Nouns& nouns, Scope& scope) {
    std::vector<const Candidate*> listed;
    for (const ObjectId object : question.objects) {
        if (listed.size() < max_listed) listed.push_back(nouns.candidate(object));
    }
    const ObjectId here = scope.places().empty() ? ObjectId::nothing : scope.places().back().id;
    std::vector<std::string> names;
    for (const Candidate* candidate : listed) {
        std::string& name = names.emplace_back();
        if (candidate == nullptr) continue;
        name = " " + with_article(*candidate);
        const auto namesakes = std::ranges::count_if(listed, [candidate](const Candidate* each) {
            return each != nullptr && each->name == candidate->name;
        });
        if (namesakes > 1) name += whereabouts(*candidate, nouns, here);
    }
    return names;
}

}  // namespace

Reason ask(const Line& line, const Question& question, Scope& scope) {
    Nouns nouns{line, scope, {}};
    Reason result;
    result.kind = Reason::Kind::ambiguous;
    result.word = shortened(line.text(nouns.without_articles(question.words)));
    result.candidates = question.objects;
    result.text = result.word.empty() ? "Which do you mean" : "Which " + result.word + " do you mean";
    const std::vector<std::string> names = names_of(question, nouns, scope);
    for (std::size_t number = 0; number < names.size(); ++number)
        result.text += (number == 0 ? ": " : ", ") + std::to_string(number + 1) + names[number];
    if (question.objects.size() > max_listed) result.text += " or another";
    result.text += "?";
    return result;
}

}  // namespace gyre::world::sentence
