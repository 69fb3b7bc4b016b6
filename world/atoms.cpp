#include "world/atoms.hpp"

#include <array>

namespace gyre::world {

namespace {

/// In the order of namespace atoms.
constexpr std::array<std::string_view, atoms::first_free> well_known{
    "",        "#class",      "#owner",     "#created", "#destroyed",  "#singleton", "#account",
    "name",    "location",    "#exits",     "is_open",  "lit",         "dark",       "hidden",
    "fixed",   "proper",      "plural",     "article",  "pronouns",    "names",      "adjectives",
    "plurals", "description", "count",      "surface",  "transparent", "connected",  "is_worn",
    "#from",   "#to",         "#direction", "#back",    "capacity",    "role",       "#resting"};
static_assert(well_known.back() == "#resting");

}  // namespace

Atoms::Atoms() {
    for (const std::string_view name : well_known) {
        numbers_.emplace(name, static_cast<Atom>(names_.size()));
        names_.emplace_back(name);
    }
}

Atom Atoms::intern(std::string_view name) {
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) return known->second;
    if (names_.size() >= limit) return Atom::none;
    const auto fresh = static_cast<Atom>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(name, fresh);
    return fresh;
}

Atom Atoms::find(std::string_view name) const {
    const auto known = numbers_.find(name);
    return known == numbers_.end() ? Atom::none : known->second;
}

void Atoms::restore(std::uint32_t number, std::string_view name) {
    if (number < atoms::first_free || number >= limit) return;
    if (number >= names_.size()) names_.resize(number + std::size_t{1});
    names_[number] = name;
    numbers_.insert_or_assign(std::string{name}, static_cast<Atom>(number));
}

}  // namespace gyre::world
