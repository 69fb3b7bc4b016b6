#include "world/sentence/vocabulary.hpp"

#include "world/sentence/pattern.hpp"

#include <algorithm>

namespace gyre::world::sentence {

void Vocabulary::rebuild(const Classes& classes) {
    clear();
    for (const auto& each : classes.all()) add(*each);
}

void Vocabulary::add(const Class& declaring) {
    for (const Verb& verb : declaring.own_verbs) {
        const Pattern& pattern = *verb.pattern;
        for (const std::string& word : pattern.first_words) {
            Entry& entry = entries_[word];
            entry.for_all = entry.for_all || verb.role.empty();
            if (!pattern.has_this) {
                entry.plain = true;
                continue;
            }
            entry.named = true;
            entry.tool = entry.tool || pattern.may_be_tool;
            entry.fewest_named = std::min(entry.fewest_named, pattern.fewest_named);
        }
    }
}

const Vocabulary::Entry* Vocabulary::find(std::string_view word) const {
    const auto found = entries_.find(word);
    return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace gyre::world::sentence
