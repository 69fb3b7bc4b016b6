#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gyre::world {

/// The name of a property, method or class, interned for ever; the number is durable. 0 is no name.
enum class Atom : std::uint32_t { none = 0 };

/// Names that the engine itself uses, interned first and in this order in every world.
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
    first_free
};
}  // namespace atoms
constexpr Atom atom(std::uint32_t well_known) { return static_cast<Atom>(well_known); }

/// Both ways between names and atoms.
class Atoms {
  public:
    /// Far above any honest world; past it intern() answers Atom::none.
    static constexpr std::size_t limit = 1'000'000;

    Atoms();  ///< Knows the well-known names.
    Atom intern(std::string_view name);
    /// Atom::none if nobody has used that name yet.
    [[nodiscard]] Atom find(std::string_view name) const;
    [[nodiscard]] const std::string& name(Atom atom) const { return names_[static_cast<std::size_t>(atom)]; }
    /// While loading: `number` was `name` in the last run. The world's well-known ones agree by construction.
    void restore(std::uint32_t number, std::string_view name);
    /// How many there are; numbers below it are taken.
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> names_;
    std::unordered_map<std::string, Atom, Hash, std::equal_to<>> numbers_;
};

}  // namespace gyre::world
