#pragma once

#include "world/atoms.hpp"

#include <lua.hpp>
#include <vector>

namespace gyre::world::script {

/// Atoms of the names that scripts use. Lua keeps one copy of each short string, so the address of a property
/// name, once known and kept alive, names its atom: no hashing on the way to a property.
class AtomCache {
  public:
    /// Longest string of which Lua keeps one copy.
    static constexpr std::size_t max_interned = 40;

    void open(lua_State* lua, Atoms& atoms);
    /// The atom of the string at `index`; Atom::none if no such name is known to the world.
    Atom find(lua_State* lua, int index) {
        const char* name = lua_tostring(lua, index);
        for (std::size_t at = place(name);; at = (at + 1) & mask_) {
            if (slots_[at].name == name) return slots_[at].atom;
            if (slots_[at].name == nullptr) return find_slowly(lua, index);
        }
    }

  private:
    struct Slot {
        const char* name = nullptr;
        Atom atom = Atom::none;
    };
    [[nodiscard]] std::size_t place(const char* name) const {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the other way round.
        const auto address = reinterpret_cast<std::uintptr_t>(name);
        return (address >> 3U) * 0x9E37'79B9'7F4A'7C15U >> shift_;
    }
    Atom find_slowly(lua_State* lua, int index);
    void insert(const char* name, Atom atom);
    void grow();

    Atoms* atoms_ = nullptr;
    std::vector<Slot> slots_{16};
    std::size_t mask_ = 15;
    unsigned shift_ = 60;
    std::size_t used_ = 0;
    int anchors_ = LUA_NOREF;  ///< Keeps the strings alive.
};

}  // namespace gyre::world::script
