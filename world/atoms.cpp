#include "world/atoms.hpp"

#include <array>

namespace gyre::world {

namespace {

/// In the order of namespace atoms.
constexpr std::array<std::string_view, atoms::first_free> well_known{
    "",           "#class",      "#owner",     "#created", "#destroyed",  "#singleton",  "#account",
    "name",       "location",    "#exits",     "is_open",  "lit",         "dark",        "hidden",
    "fixed",      "proper",      "plural",     "article",  "pronouns",    "names",       "adjectives",
    "plurals",    "description", "count",      "surface",  "transparent", "connected",   "is_worn",
    "#from",      "#to",         "#direction", "#back",    "capacity",    "role",        "#resting",
    "visible_to", "seen_as",     "told",       "noticed",  "heard",       "muted_until", "ignored",
    "#terminal",  "#source"};
static_assert(well_known.back() == "#source");
static_assert(atoms::destroyed_at == static_cast<std::uint32_t>(stored_destroyed_at));

}  // namespace

Atoms::Atoms() {
    for (const std::string_view name : well_known) add(name);
}

/// In a new file it stands as itself, in an old one too: its number is above all that are taken there.
Atom Atoms::add(std::string_view name) {
    const std::uint32_t fresh = size();
    entries_.push_back({std::string{name}, StoredAtom{fresh}, Atom{fresh}});
    numbers_.emplace(name, Atom{fresh});
    return Atom{fresh};
}

Atom Atoms::intern(std::string_view name) {
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) return known->second;
    return entries_.size() < limit ? add(name) : Atom::none;
}

Atom Atoms::find(std::string_view name) const {
    const auto known = numbers_.find(name);
    return known == numbers_.end() ? Atom::none : known->second;
}

void Atoms::restore(StoredAtom number, std::string_view name) {
    // The engine's names that a file had to be told later stand behind all others.
    constexpr std::size_t highest = limit + atoms::first_free;
    const auto place = static_cast<std::size_t>(number);
    if (place == 0 || place > highest || name.empty()) return;
    if (!is_loading_) {
        is_loading_ = true;
        for (Entry& entry : entries_) entry = {std::move(entry.name), StoredAtom::none, Atom::none};
    }
    if (place >= entries_.size()) entries_.resize(place + 1);
    Atom here = find(name);
    if (here == Atom::none && entries_[place].name.empty()) {
        here = Atom{static_cast<std::uint32_t>(place)};
        entries_[place].name = name;
        numbers_.emplace(name, here);
    }
    if (here == Atom::none) {
        // The number is another name's here.
        here = intern(name);
        if (here == Atom::none) return;
        entries_[static_cast<std::size_t>(here)].loaded = Atom::none;
    }
    entries_[place].loaded = here;
    entries_[static_cast<std::size_t>(here)].stored = number;
}

StoredAtom Atoms::stored(Atom atom) {
    const auto place = static_cast<std::size_t>(atom);
    if (entries_[place].stored == StoredAtom::none && atom != Atom::none) {
        const StoredAtom fresh{size()};
        // Of the name, so that the number is written to the file with it.
        entries_.push_back({entries_[place].name, fresh, atom});
        entries_[place].stored = fresh;
    }
    return entries_[place].stored;
}

}  // namespace gyre::world
