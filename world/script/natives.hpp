#pragma once

#include "world/atoms.hpp"
#include "world/class.hpp"

#include <lua.hpp>
#include <span>
#include <string>
#include <vector>

namespace gyre::world::script {

/// A method or a read-only property that the engine gives to objects. What a class declares by that name
/// comes first.
struct Native {
    const char* name = nullptr;
    lua_CFunction function = nullptr;
    std::uint8_t kinds = 0;  ///< Class::Kinds of which the object must be one; 0: any object.
    bool property = false;   ///< Read, not called: `function` gets the object and gives the value.
};

/// All of them by atom.
class Natives {
  public:
    void add(std::span<const Native> natives, Atoms& atoms);
    /// Null if there is none of this name for such objects.
    [[nodiscard]] const Native* find(Atom name, const Class& of) const {
        const auto at = static_cast<std::size_t>(name);
        if (at >= by_atom_.size() || by_atom_[at] == nullptr) return nullptr;
        const Native* native = by_atom_[at];
        return native->kinds == 0 || (native->kinds & of.kinds) != 0 ? native : nullptr;
    }
    /// A property of the engine that no class may declare.
    [[nodiscard]] bool reserved(std::string_view name) const;
    /// Names for objects of this class, for "did you mean".
    [[nodiscard]] std::vector<std::string> names(const Class& of) const;

  private:
    std::vector<const Native*> by_atom_;
};

std::span<const Native> object_natives();
std::span<const Native> thing_natives();
std::span<const Native> place_natives();
std::span<const Native> person_natives();
std::span<const Native> social_natives();
std::span<const Native> asking_natives();
std::span<const Native> command_natives();
std::span<const Native> workshop_natives();
std::span<const Native> history_natives();
std::span<const Native> dry_run_natives();
std::span<const Native> exchange_natives();

}  // namespace gyre::world::script
