#include "world/script/atom_cache.hpp"

#include <bit>

namespace gyre::world::script {

void AtomCache::open(lua_State* lua, Atoms& atoms) {
    atoms_ = &atoms;
    lua_newtable(lua);
    anchors_ = luaL_ref(lua, LUA_REGISTRYINDEX);
}

Atom AtomCache::find_slowly(lua_State* lua, int index) {
    index = lua_absindex(lua, index);
    std::size_t size = 0;
    const char* name = lua_tolstring(lua, index, &size);
    const Atom atom = atoms_->find({name, size});
    if (atom == Atom::none || size > max_interned) return atom;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, anchors_);
    lua_pushvalue(lua, index);
    lua_pushboolean(lua, 1);
    lua_rawset(lua, -3);
    lua_pop(lua, 1);
    insert(name, atom);
    return atom;
}

void AtomCache::insert(const char* name, Atom atom) {
    if (2 * ++used_ > slots_.size()) grow();
    std::size_t at = place(name);
    while (slots_[at].name != nullptr) at = (at + 1) & mask_;
    slots_[at] = {name, atom};
}

void AtomCache::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    shift_ = 64U - static_cast<unsigned>(std::countr_zero(slots_.size()));
    for (const Slot& slot : old) {
        if (slot.name == nullptr) continue;
        std::size_t at = place(slot.name);
        while (slots_[at].name != nullptr) at = (at + 1) & mask_;
        slots_[at] = slot;
    }
}

}  // namespace gyre::world::script
