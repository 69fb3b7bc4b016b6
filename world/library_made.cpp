// Classes made in the game: checked, put in force and kept, each in a transaction of its own.

#include "world/library.hpp"
#include "world/namesakes.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace gyre::world {

const StoredSource* Library::find(const std::string& name) const {
    const auto found = good_.find(name);
    return found == good_.end() ? nullptr : &found->second;
}

std::vector<std::string> Library::made_by(std::string_view owner) const {
    std::vector<std::string> names;
    for (const auto& [name, kept] : good_) {
        if (kept.is_made() && kept.owner == owner) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

/// Empty if it may be made under this name.
std::string Library::check_made(const script::ClassSource& made) const {
    const StoredSource* known = find(made.name);
    if (known != nullptr && !known->is_made())
        return fmt::format("{} is a file of the world: choose another name", made.name);
    if (known != nullptr && known->owner != made.owner)
        return fmt::format("{} belongs to {}: choose another name", made.name, known->owner);
    if (tried_.contains(made.name))
        return fmt::format("{} is a file of the world: choose another name", made.name);
    if (made.source.size() > max_made_bytes)
        return fmt::format("a class made in the game has at most {} KiB of source", max_made_bytes >> 10U);
    if (known == nullptr && made_by(made.owner).size() >= max_made_per_owner)
        return fmt::format("you have made {} classes already: take some away", max_made_per_owner);
    return {};
}

std::string Library::put(const std::string& name, const std::string& source, const std::string& owner) {
    const script::ClassSource made{name, source, owner, std::string{StoredSource::made_origin} + name};
    if (std::string fault = check_made(made); !fault.empty()) return fault;
    const std::vector<script::LoadFault> faults = world_.runtime->load({&made, 1});
    if (!faults.empty()) return faults.front().message;
    if (std::string fault = fault_of_names(world_, *world_.classes.find(world_.atoms.find(name)));
        !fault.empty()) {
        put_back(name);
        return fault;
    }
    begin("make a class");
    remember({&made, 1}, {});
    world_.transaction.commit();
    if (on_made) on_made();
    return {};
}

/// The version before the one that was just loaded is in force again, or none.
void Library::put_back(const std::string& name) const {
    const StoredSource* known = find(name);
    if (known == nullptr) {
        static_cast<void>(world_.runtime->unload(name));
        return;
    }
    const script::ClassSource before{name, known->source, known->owner,
                                     std::string{StoredSource::made_origin} + name};
    static_cast<void>(world_.runtime->load({&before, 1}));
}

std::string Library::remove(const std::string& name) {
    const StoredSource* known = find(name);
    if (known == nullptr || !known->is_made()) return fmt::format("{} was not made in the game", name);
    if (std::string obstacle = world_.runtime->unload(name); !obstacle.empty()) return obstacle;
    begin("take a class away");
    forget(name);
    world_.transaction.commit();
    if (on_made) on_made();
    return {};
}

}  // namespace gyre::world
