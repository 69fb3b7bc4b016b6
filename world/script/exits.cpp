// An exit is one object in two rooms: it knows both and the direction in each, and each room lists it.

#include "world/script/exits.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

void set(World& world, Object& object, std::uint32_t property, Value value) {
    const Property* stored = object.find(atom(property));
    if (stored != nullptr && stored->value == value) return;
    world.transaction.set(object, atom(property), std::move(value));
}

/// The list of exits of a room, or null.
Container* exits(Object& room) {
    Property* stored = room.find(atom(atoms::exits));
    return stored != nullptr && stored->value.tag() == Value::Tag::container ? &stored->value.container()
                                                                             : nullptr;
}

void enter(World& world, Object& room, const Object& exit) {
    if (exits(room) == nullptr) world.transaction.set(room, atom(atoms::exits), Value{make_ref<Container>()});
    Container& list = *exits(room);
    if (std::find(list.list.begin(), list.list.end(), Value{exit.id}) == list.list.end())
        world.transaction.list_insert(list, list.list.size(), Value{exit.id});
}

void leave(World& world, Object& room, const Object& exit) {
    Container* list = exits(room);
    if (list == nullptr) return;
    const auto place = std::find(list->list.begin(), list->list.end(), Value{exit.id});
    if (place != list->list.end())
        world.transaction.list_remove(*list, static_cast<std::size_t>(place - list->list.begin()));
}

}  // namespace

void join_rooms(World& world, Object& exit, const Joint& joint) {
    for (const std::uint32_t end : {atoms::exit_from, atoms::exit_to}) {
        Object* old = world.objects.living(world.reference(exit, atom(end)));
        if (old != nullptr && old != joint.from && old != joint.to) leave(world, *old, exit);
    }
    set(world, exit, atoms::exit_from, Value{joint.from->id});
    set(world, exit, atoms::exit_to, Value{joint.to->id});
    set(world, exit, atoms::exit_direction, Value{joint.direction});
    set(world, exit, atoms::exit_back, Value{joint.back});
    enter(world, *joint.from, exit);
    enter(world, *joint.to, exit);
}

}  // namespace gyre::world::script
