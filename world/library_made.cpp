// Classes made in the game: checked, put in force and kept, each change as a piece of the call that made it,
// so that history tells it and undo takes it back.

#include "world/library.hpp"
#include "world/namesakes.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace gyre::world {

namespace {

constexpr std::string_view delete_source = "delete from class_source where name = ?1";

}  // namespace

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
    return check_share(made);
}

/// Empty if its owner has room for it.
std::string Library::check_share(const script::ClassSource& made) const {
    std::size_t classes = 0;
    std::size_t bytes = 0;
    for (const auto& [name, kept] : good_) {
        if (!kept.is_made() || kept.owner != made.owner || name == made.name) continue;
        ++classes;
        bytes += kept.source.size();
    }
    if (classes >= max_made_per_owner)
        return fmt::format("{} has made {} classes already: forget some", made.owner, max_made_per_owner);
    if (bytes + made.source.size() > max_made_bytes_per_owner) {
        return fmt::format("the classes of {} have {} MiB of source already: forget some", made.owner,
                           max_made_bytes_per_owner >> 20U);
    }
    return {};
}

/// What it costs others: each class holds all that it inherits, and a change of it goes through its heirs.
/// Empty if that is within bounds for it and for all that builds on it.
std::string Library::check_size(const std::string& name) const {
    const Class& changed = *world_.classes.find(world_.atoms.find(name));
    for (const auto& each : world_.classes.all()) {
        if (each->owner.empty() || !each->exists || !each->is_a(changed)) continue;
        std::size_t made = 0;
        std::size_t members = each->verbs.size();
        for (const Class* base : each->chain) {
            made += base->owner.empty() ? 0U : 1U;
            members += base->own.size();
        }
        if (made > max_made_chain) {
            return fmt::format("{} would build on more than {} classes made in the game, one on the other",
                               each->title, max_made_chain - 1);
        }
        if (members > max_made_members) {
            return fmt::format(
                "{} would have {} properties, methods and verbs with what it inherits: {} is "
                "the most",
                each->title, members, max_made_members);
        }
    }
    return {};
}

std::string Library::put(const script::MadeClass& made, const Origin& origin) {
    world_.transaction.begin(origin);
    std::string fault = put_in_force(made, 0);
    if (fault.empty() && made.thing != ObjectId::nothing) fault = make_instance(made.thing, made.name);
    return finish(std::move(fault));
}

std::string Library::remove(const std::string& name, const Origin& origin) {
    world_.transaction.begin(origin);
    return finish(take_away(name));
}

std::string Library::put_back(const std::string& name, const StoredSource* before) {
    if (before == nullptr) return take_away(name);
    return put_in_force({name, before->source, before->owner}, before->version);
}

/// Its version is above `least_version` and what it has now.
std::string Library::put_in_force(const script::MadeClass& made, std::int64_t least_version) {
    const script::ClassSource source{made.name, made.source, made.owner,
                                     std::string{StoredSource::made_origin} + made.name};
    if (std::string fault = check_made(source); !fault.empty()) return fault;
    const Clock::Steady begun = world_.clock.steady();
    std::string fault = world_.runtime->change(source);
    if (fault.empty()) fault = check_size(made.name);
    if (fault.empty()) fault = fault_of_names(world_, *world_.classes.find(world_.atoms.find(made.name)));
    world_.owner_limits.charge(made.owner, world_.clock.steady() - begun);
    if (!fault.empty()) return fault;
    tell_of_change();
    const StoredSource* known = find(made.name);
    StoredSource after{source.source, source.origin, source.owner, least_version + 1};
    if (known != nullptr) after.version = std::max(after.version, known->version + 1);
    if (known == nullptr || !known->is_like(after)) keep(made.name, std::move(after));
    return {};
}

std::string Library::take_away(const std::string& name) {
    const StoredSource* known = find(name);
    if (known == nullptr || !known->is_made()) return fmt::format("{} was not made in the game", name);
    if (std::string obstacle = world_.runtime->unload(name); !obstacle.empty()) return obstacle;
    tell_of_change();
    forget(name);
    return {};
}

/// A thing becomes one of a class that builds on its own, or on which its own builds.
std::string Library::make_instance(ObjectId thing, const std::string& name) {
    Object* object = world_.objects.living(thing);
    if (object == nullptr) return "the thing is gone";
    const Class& of = *world_.classes.find(world_.atoms.find(name));
    if (object->of == &of) return {};
    if (!of.is_a(*object->of) && !object->of->is_a(of)) {
        return fmt::format("a {} cannot become a {}: begin with inherit \"{}\"", object->of->title, name,
                           object->of->title);
    }
    world_.transaction.set(*object, atom(atoms::class_), Value{of.title});
    return fault_of_names(world_, of);
}

void Library::tell_of_change() {
    world_.transaction.at_commit([this](BatchNumber) {
        if (on_made) on_made();
    });
}

std::string Library::finish(std::string fault) {
    if (fault.empty()) {
        world_.transaction.commit();
    } else {
        world_.transaction.rollback();
    }
    return fault;
}

/// Inside a transaction: drops what is kept of a class.
void Library::forget(const std::string& name) {
    StoredSource before = std::move(good_.at(name));
    good_.erase(name);
    Statement statement{delete_source, {name}};
    const auto undo = [this, name, before] { good_[name] = before; };
    if (!before.is_made()) return world_.transaction.native(std::move(statement), undo);
    world_.transaction.native(std::move(statement), {atom(atoms::source), name, source_record(&before), {}},
                              undo);
}

}  // namespace gyre::world
