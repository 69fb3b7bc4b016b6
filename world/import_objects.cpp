// Which objects an import is about: those that are here already are known by their export ids.

#include "world/fitting.hpp"
#include "world/importing_run.hpp"

#include <fmt/format.h>
#include <utility>

namespace gyre::world {

namespace {

/// What an object stays, whatever its class becomes.
constexpr std::uint8_t lasting = Class::room | Class::exit | Class::person | Class::player;

}  // namespace

/// One walk through all objects for all ids.
void ImportRun::find_known() {
    const Atom name = world_.atoms.find(export_id_property);
    if (name == Atom::none) return;
    world_.objects.each([&](Object& object) {
        const Property* id = object.find(name);
        if (id == nullptr || id->value.tag() != Value::Tag::string) return;
        world_.transaction.saw(id->changed_in);
        known_[std::string{id->value.string()}].push_back(object.id);
    });
}

void ImportRun::find_or_make(ObjectOf& of) {
    if (!of.part.key.starts_with('@')) return take_singleton(of);
    const auto found = known_.find(of.part.key.substr(1));
    if (found != known_.end()) return take_known(of, found->second);
    make(of);
}

void ImportRun::take_known(ObjectOf& of, const std::vector<ObjectId>& found) {
    Object& object = *world_.objects.living(found.front());
    if (found.size() > 1) {
        return fault(of.file, of.part.line,
                     fmt::format("#{} and #{} have this export id both: destroy one of them",
                                 number(found[0]), number(found[1])));
    }
    if (!request_.rights.may_write(object)) {
        return fault(of.file, of.part.line,
                     title(object) + " has this export id, and is not yours to change");
    }
    if (is_money(*object.of) && !request_.is_wizard)
        return fault(of.file, of.part.line, "money is for wizards to change");
    of.object = &object;
}

void ImportRun::take_singleton(ObjectOf& of) {
    const ObjectId id = world_.names.find(Names::Space::singleton, of.part.key, world_.transaction);
    Object* object = world_.objects.living(id);
    if (object == nullptr) {
        static_cast<void>(reference(of, of.part.key, of.part.line));  // Says so.
    } else if (!request_.rights.may_write(*object)) {
        fault(of.file, of.part.line, title(*object) + " is the world's, and not yours to change");
    } else {
        of.object = object;
    }
}

bool ImportRun::has_room(const ObjectOf& of) {
    const bool is_limited = world_.owner_limits.holds_for(request_.account);
    if (!is_limited || world_.holdings.count(request_.importer) < OwnerLimits::max_objects) return true;
    if (!std::exchange(is_full_, true)) {
        fault(of.file, of.part.line,
              fmt::format("{} would own more than {} objects", request_.account, OwnerLimits::max_objects));
    }
    return false;
}

/// As a plain thing, until its class is known.
void ImportRun::make(ObjectOf& of) {
    Class* plain = world_.classes.find(world_.atoms.find("thing"));
    if (plain == nullptr || !has_room(of)) return;
    of.object = &world_.transaction.create(*plain, request_.importer);
    of.is_new = true;
    world_.transaction.set(*of.object, world_.atoms.intern(export_id_property), Value{of.part.key.substr(1)});
}

void ImportRun::settle_class(ObjectOf& of) {
    if (of.object == nullptr) return;
    const bool is_told = !of.part.inherit.empty() || !of.part.source.empty();
    const bool is_singleton = !of.part.key.starts_with('@');
    if (!is_told && !is_singleton)
        fault(of.file, of.part.line, "its class is missing: inherit \"thing\", or another");
    if (is_told && is_singleton)
        fault(of.file, of.part.line, "its class is the world's file: it has no inherit and no source here");
    Class* wanted = is_told && !is_singleton ? class_for(of) : nullptr;
    if (is_singleton && !is_told) wanted = of.object->of;
    if (wanted != nullptr && !of.is_new && ((wanted->kinds ^ of.object->of->kinds) & lasting) != 0) {
        fault(of.file, of.part.line,
              fmt::format("{} is a {} and cannot become a {}", title(*of.object), of.object->of->title,
                          wanted->title));
        wanted = nullptr;
    }
    if (wanted == nullptr) {
        of.object = of.is_new ? of.object : nullptr;
        of.part.properties.clear();
        of.part.join.reset();
        return;
    }
    if (wanted != of.object->of) write(of, atom(atoms::class_), Value{wanted->title});
}

}  // namespace gyre::world
