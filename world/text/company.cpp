#include "world/text/company.hpp"

#include <algorithm>
#include <bit>
#include <functional>

namespace gyre::world::text {

namespace {

/// Up to so many, looking at each is quicker than a table.
constexpr std::size_t few = 16;

bool is_countable(const Noun& noun) { return noun.perceived && !noun.proper && !noun.plural; }

}  // namespace

Company::Company(std::span<const Value> members, ObjectId observer, Nouns& nouns) {
    entries_.reserve(members.size());
    are_many_ = members.size() > few;
    if (are_many_) by_name_.resize(std::bit_ceil(2 * members.size() + 1));
    for (const Value& member : members) {
        if (member.tag() != Value::Tag::object) continue;  // A reference to what was destroyed is nil.
        const bool is_first = members_++ == 0;
        if (member.object() == observer) {
            if (is_first) first_ = agreement_of_self();
            has_self_ = true;
            continue;
        }
        Noun noun = nouns.noun(member.object(), observer);
        if (is_first) first_ = agreement_of(noun);
        const bool countable = is_countable(noun);
        std::uint32_t* const slot = are_many_ && countable ? slot_of(noun) : nullptr;
        if (Noun* known = countable ? equal_to(noun, slot) : nullptr) {
            known->count += noun.count;
            continue;
        }
        // A heap of nothing still counts as one thing when it joins others.
        noun.count = std::max<std::int64_t>(noun.count, 1);
        entries_.push_back(noun);
        if (slot != nullptr) *slot = static_cast<std::uint32_t>(entries_.size());
    }
}

/// The place of this name in the table.
std::uint32_t* Company::slot_of(const Noun& noun) {
    const std::size_t mask = by_name_.size() - 1;
    std::size_t at = std::hash<std::string_view>{}(noun.name) & mask;
    while (by_name_[at] != 0 && entries_[by_name_[at] - 1].name != noun.name) at = (at + 1) & mask;
    return &by_name_[at];
}

Noun* Company::equal_to(const Noun& noun, const std::uint32_t* slot) {
    if (slot != nullptr) return *slot == 0 ? nullptr : &entries_[*slot - 1];
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Noun& each) {
        return each.name == noun.name && is_countable(each);
    });
    return known == entries_.end() ? nullptr : &*known;
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
        const Noun& noun = entries_[index];
        append_noun(out, noun, form);
        if (is_last && form == Form::possessive) append_possessive_end(out, is_many(noun));
    }
}

}  // namespace gyre::world::text
