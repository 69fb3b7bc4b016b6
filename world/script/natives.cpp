#include "world/script/natives.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

void Natives::add(std::span<const Native> natives, Atoms& atoms) {
    for (const Native& native : natives) {
        const auto at = static_cast<std::size_t>(atoms.intern(native.name));
        if (at >= by_atom_.size()) by_atom_.resize(at + 1);
        by_atom_[at] = &native;
    }
}

bool Natives::reserved(std::string_view name) const {
    constexpr std::array<std::string_view, 4> names{"id", "class", "owner", "created_at"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> Natives::names(const Class& of) const {
    std::vector<std::string> found;
    for (const Native* native : by_atom_) {
        if (native != nullptr && (native->kinds == 0 || (native->kinds & of.kinds) != 0))
            found.emplace_back(native->name);
    }
    return found;
}

}  // namespace gyre::world::script
