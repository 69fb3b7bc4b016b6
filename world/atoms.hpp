#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// The name of a property, method or class, interned for as long as the process runs. 0 is no name.
enum class Atom : std::uint32_t { none = 0 };

/// The number that stands for a name in the file of a world, for ever. Mostly it is the Atom's, but not where
/// the file was begun by a version of the server that knew other names.
enum class StoredAtom : std::uint32_t { none = 0 };

/// Names that the engine itself uses, interned first and in this order in every process. Later versions may
/// add to them, in any place but before `#destroyed`, and take away.
/// Those with '#' cannot be written in Lua: they are an object's own record, kept like properties so that one
/// write path, one journal and one undo serve all.
namespace atoms {
enum : std::uint32_t {
    none,
    class_,
    owner,
    created_at,
    destroyed_at,
    singleton,
    account,
    name,
    location,
    exits,
    is_open,
    lit,
    dark,
    hidden,
    fixed,
    proper,
    plural,
    article,
    pronouns,
    names,
    adjectives,
    plurals,
    description,
    count,
    surface,
    transparent,
    connected,
    is_worn,
    exit_from,
    exit_to,
    exit_direction,
    exit_back,
    capacity,
    role,
    resting,
    visible_to,
    seen_as,
    told,
    noticed,
    heard,
    muted_until,
    ignored,
    terminal,
    source,
    first_free
};
}  // namespace atoms
constexpr Atom atom(std::uint32_t well_known) { return static_cast<Atom>(well_known); }

/// `#destroyed` in every file: the one name that the store itself understands.
constexpr StoredAtom stored_destroyed_at{4};

/// Both ways between names and atoms, and between atoms and what stands for them in the world's file.
/// The engine's own names have numbers of the program, all others those of the file as far as these are free:
/// a file that knows `fuel` by a number that the program gave to a name of its own keeps that number, and
/// `fuel` is another one here.
class Atoms {
  public:
    /// Far above any honest world; past it intern() answers Atom::none.
    static constexpr std::size_t limit = 1'000'000;

    Atoms();  ///< Knows the well-known names.
    Atom intern(std::string_view name);
    /// Atom::none if nobody has used that name yet.
    [[nodiscard]] Atom find(std::string_view name) const;
    [[nodiscard]] const std::string& name(Atom atom) const {
        return entries_[static_cast<std::size_t>(atom)].name;
    }
    /// While loading, for each name in the file. Then what size() says is the first number that is free in
    /// the file and here: an atom of that number or above is not in the file yet, and will stand there as
    /// itself.
    void restore(StoredAtom number, std::string_view name);
    /// What stands for it in the file; one of the engine's names that the file does not know gets the next
    /// free number.
    StoredAtom stored(Atom atom);
    /// What a number of the file stands for; Atom::none: nothing.
    [[nodiscard]] Atom loaded(StoredAtom number) const {
        const auto place = static_cast<std::size_t>(number);
        return place < entries_.size() ? entries_[place].loaded : Atom::none;
    }
    /// Numbers below it are taken.
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    /// Stands for two things that have the same number: an atom, and a number of the file.
    struct Entry {
        std::string name;                      ///< Of the atom; empty: there is none.
        StoredAtom stored = StoredAtom::none;  ///< The atom's number in the file; none: not in it.
        Atom loaded = Atom::none;              ///< The atom for this number of the file.
    };
    Atom add(std::string_view name);

    std::vector<Entry> entries_;
    bool is_loading_ = false;  ///< There is a file, which says what it knows.
    std::unordered_map<std::string, Atom, Hash, std::equal_to<>> numbers_;
};

}  // namespace gyre::world
