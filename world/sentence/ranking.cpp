#include "world/sentence/ranking.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gyre::world::sentence {

namespace {

void add_missing(std::vector<ObjectId>& objects, ObjectId object) {
    if (std::find(objects.begin(), objects.end(), object) == objects.end()) objects.push_back(object);
}

bool same_standing(const Match& left, const Match& right) {
    return left.verb->priority == right.verb->priority && left.literals == right.literals &&
           left.rank == right.rank && left.named == right.named;
}

bool before(const Match& left, const Match& right) {
    const auto key = [](const Match& match) {
        // Of two objects named in one sentence the first comes first: "unlock chest with key".
        return std::tuple{-match.verb->priority, -match.literals, match.rank,    match.named.first,
                          match.named.end,       match.distance,  -match.weight, match.sequence};
    };
    return key(left) < key(right);
}

}  // namespace

void rank(std::vector<Match>& matches) {
    if (!std::is_sorted(matches.begin(), matches.end(), before))
        std::sort(matches.begin(), matches.end(), before);
    if (matches.size() > Parser::max_matches) matches.resize(Parser::max_matches);
}

void ask_about_equals(std::vector<Match>& matches) {
    for (std::size_t first = 0; first < matches.size();) {
        std::size_t end = first + 1;
        std::vector<ObjectId> objects = matches[first].objects;
        for (; end < matches.size() && same_standing(matches[first], matches[end]); ++end) {
            for (const ObjectId object : matches[end].objects) add_missing(objects, object);
        }
        if (objects.size() > 1 && !matches[first].group) {
            const int about = matches[first].tool ? Question::the_tool : Question::the_object;
            if (!matches[first].question)
                matches[first].question = Question{matches[first].named, about, std::move(objects)};
        }
        first = end;
    }
}

}  // namespace gyre::world::sentence
