// Where the objects of an import are, and where its exits lead.

#include "engine/base/utf8.hpp"
#include "world/importing_run.hpp"
#include "world/script/exits.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <span>
#include <utility>

namespace gyre::world {

namespace {

/// What a player can type.
bool is_direction(std::string_view words) {
    constexpr std::size_t longest = 40;
    return !words.empty() && words.size() <= longest && utf8::is_printable_ascii(words) &&
           words == utf8::fold_ascii(words) && words.front() != ' ' && words.back() != ' ';
}

}  // namespace

// --- Exits

/// How one goes from this room by that exit of its list.
std::string_view ImportRun::way_from(Object& room, Object& exit) {
    const bool is_from = world_.reference(exit, atom(atoms::exit_from)) == room.id;
    return world_.string(exit, atom(is_from ? atoms::exit_direction : atoms::exit_back));
}

/// Why the exit may not lead that way from this room; empty: it may.
std::string ImportRun::fault_of_join(Object& exit, Object& room, std::string_view direction) {
    if ((room.of->kinds & Class::room) == 0) return title(room) + " is no room to lead to";
    const Value* listed = world_.transaction.read(room, atom(atoms::exits));
    const bool has_list = listed != nullptr && listed->tag() == Value::Tag::container;
    bool is_listed = false;
    for (const Value& each : has_list ? std::span{listed->container().list} : std::span<const Value>{}) {
        Object* other = world_.objects.living(each.object());
        if (other == &exit) is_listed = true;
        if (other == nullptr || other == &exit || direction.empty()) continue;
        if (way_from(room, *other) == direction)
            return fmt::format("a way {} from {} is there already", direction, title(room));
    }
    if (!direction.empty() && !is_direction(direction))
        return fmt::format("\"{}\" is no direction: one or a few words in small letters", direction);
    const bool may_build =
        is_listed || request_.rights.may_write(room) || world_.flag(room, world_.atoms.find("buildable"));
    return may_build ? std::string{} : title(room) + " is not yours to lead a way to";
}

void ImportRun::set_join(ObjectOf& of) {
    if (of.object == nullptr) return;
    const bool is_exit = (of.object->of->kinds & Class::exit) != 0;
    if (is_exit && !of.part.join && of.part.key.starts_with('@')) {
        return fault(of.file, of.part.line,
                     "an exit needs to know its rooms: join(object \"...\", \"north\", object \"...\")");
    }
    if (!of.part.join) return;
    const FileObject::Join& join = *of.part.join;
    if (!is_exit) return fault(of.file, join.line, "join is for exits: inherit \"exit\"");
    Object* from = reference(of, join.from, join.line);
    Object* to = reference(of, join.to, join.line);
    if (from == nullptr || to == nullptr) return;
    if (join.direction.empty())
        return fault(of.file, join.line, "an exit leads in a direction from its first room");
    std::string why = fault_of_join(*of.object, *from, join.direction);
    if (why.empty()) why = fault_of_join(*of.object, *to, join.back);
    if (!why.empty()) return fault(of.file, join.line, std::move(why));
    const std::size_t before = world_.transaction.changes();
    script::join_rooms(world_, *of.object, {from, to, join.direction, join.back});
    of.is_changed = of.is_changed || world_.transaction.changes() != before;
}

// --- Places

/// One that is still inside of what is to go into it waits for that to move.
void ImportRun::set_places() {
    std::vector<ObjectOf*> left;
    for (ObjectOf& each : objects_) {
        if (each.object != nullptr) left.push_back(&each);
    }
    for (bool goes_on = true; goes_on && !left.empty();) {
        std::vector<ObjectOf*> failed;
        for (ObjectOf* each : left) {
            if (!set_place(*each)) failed.push_back(each);
        }
        goes_on = failed.size() < left.size();
        left = std::move(failed);
    }
    for (const ObjectOf* each : left)
        fault(each->file, each->part.place_line, "it would be inside of itself");
}

/// Who has it, at any depth; null: nobody.
Object* ImportRun::holder_of(Object& object) const {
    Object* outer = world_.objects.living(object.location);
    for (int depth = 0; outer != nullptr && depth < Object::max_nesting; ++depth) {
        if ((outer->of->kinds & Class::player) != 0) return outer;
        outer = world_.objects.living(outer->location);
    }
    return nullptr;
}

void ImportRun::put_into_hands(ObjectOf& of) {
    constexpr std::uint8_t unheld = Class::room | Class::exit;
    const bool can_be_held = (of.object->of->kinds & unheld) == 0;
    if (can_be_held && world_.objects.living(request_.importer) != nullptr)
        write(of, atom(atoms::location), Value{request_.importer});
}

/// False: it is still in the way of itself.
bool ImportRun::set_place(ObjectOf& of) {
    Object& object = *of.object;
    if (of.part.place.empty()) {
        if (of.is_new) put_into_hands(of);
        return true;
    }
    constexpr std::uint8_t placeless = Class::room | Class::exit;
    Object* place = reference(of, of.part.place, of.part.place_line);
    if (place == nullptr || place->id == object.location) return true;
    if ((object.of->kinds & placeless) != 0) {
        fault(of.file, of.part.place_line, "rooms and exits are in no place");
        return true;
    }
    const Object* holder = of.is_new ? nullptr : holder_of(object);
    if (holder != nullptr && holder->id != request_.importer) {
        result_.notes.push_back(title(object) + " stays where it is: somebody has it");
        return true;
    }
    const bool is_open =
        (place->of->kinds & Class::room) != 0 && world_.flag(*place, world_.atoms.find("buildable"));
    if (!is_open && !request_.rights.may_write(*place)) {
        result_.notes.push_back(
            fmt::format("{} is not put into {}, which is not yours", title(object), title(*place)));
        if (of.is_new) put_into_hands(of);
        return true;
    }
    const Object* outer = place;
    for (int depth = 0; outer != nullptr; outer = world_.objects.living(outer->location)) {
        if (outer == &object || ++depth > Object::max_nesting) return false;
    }
    write(of, atom(atoms::location), Value{place->id});
    return true;
}

}  // namespace gyre::world
