#include "world/text/company.hpp"

#include <unordered_map>

namespace gyre::world::text {

Company::Company(std::span<const Value> members, ObjectId observer, Nouns& nouns) {
    entries_.reserve(members.size());  // The keys below are views into the entries.
    std::unordered_map<std::string_view, std::size_t> counted;
    for (const Value& member : members) {
        if (member.tag() != Value::Tag::object) continue;  // A reference to what was destroyed is nil.
        const bool is_first = members_++ == 0;
        if (member.object() == observer) {
            if (is_first) first_ = agreement_of_self();
            has_self_ = true;
            continue;
        }
        const Noun noun = nouns.noun(member.object(), observer);
        if (is_first) first_ = agreement_of(noun);
        const bool countable = noun.perceived && !noun.proper && !noun.plural;
        if (const auto known = countable ? counted.find(noun.name) : counted.end(); known != counted.end()) {
            entries_[known->second].noun.count += noun.count;
            continue;
        }
        add(noun);
        if (countable) counted.emplace(entries_.back().name, entries_.size() - 1);
    }
}

void Company::add(const Noun& noun) {
    Entry& entry = entries_.emplace_back();
    entry.name = noun.name;
    entry.plurals = noun.plurals;
    entry.article = noun.article;
    entry.pronouns = noun.pronouns;
    entry.noun = noun;
    // A heap of nothing still counts as one thing when it joins others.
    if (entry.noun.count < 1) entry.noun.count = 1;
}

Noun Company::view(const Entry& entry) {
    Noun noun = entry.noun;
    noun.name = entry.name;
    noun.plurals = entry.plurals;
    noun.article = entry.article;
    noun.pronouns = entry.pronouns;
    return noun;
}

Agreement Company::agreement() const {
    if (members_ == 1) return first_;
    if (has_self_) return {english::Pronouns::you_many, true, true, true};
    return {english::Pronouns::they_many, members_ > 1, true, true};
}

void Company::append(std::string& out, Form form) const {
    if (members_ == 0) out += form == Form::possessive ? "nothing's" : "nothing";
    if (has_self_) out += form == Form::possessive ? "your" : "you";
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        const bool is_last = index + 1 == entries_.size();
        if (index != 0 || has_self_) out += is_last ? " and " : ", ";
        const Noun noun = view(entries_[index]);
        append_noun(out, noun, form);
        if (is_last && form == Form::possessive) append_possessive_end(out, is_many(noun));
    }
}

}  // namespace gyre::world::text
