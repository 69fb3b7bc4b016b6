// Perception looks things up instead of keeping them: a room's contents are an index, and a flag is a scan of
// a few properties. What it reads counts as read, so an answer that rests on a change which is not yet on
// disk holds back the output that shows it.

#include "world/perception.hpp"

#include "world/script/runtime.hpp"
#include "world/world.hpp"

namespace gyre::world {

namespace {

/// Whether `thing` is what somebody is in, at any depth up to `space`.
bool is_around(World& world, Object& somebody, ObjectId thing, ObjectId space) {
    Object* at = &somebody;
    for (int depth = 0; depth < Object::max_nesting_seen && at != nullptr && at->id != space; ++depth) {
        world.transaction.read(*at, atom(atoms::location));
        if (at->location == thing) return thing != ObjectId::nothing;
        at = world.objects.living(at->location);
    }
    return false;
}

}  // namespace

// --- Places

ObjectId Perception::room_of(ObjectId thing) {
    ObjectId at = thing;
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        Object* object = world_.objects.living(at);
        if (object == nullptr) return ObjectId::nothing;
        const ObjectId place = location_of(*object);
        if (place == ObjectId::nothing) return at == thing && !is_room(*object) ? ObjectId::nothing : at;
        at = place;
    }
    return ObjectId::nothing;
}

ObjectId Perception::location_of(Object& object) {
    world_.transaction.read(object, atom(atoms::location));
    return object.location;
}

ObjectId Perception::space_around(Object& thing) { return space_of(location_of(thing)); }

/// `place`, or what one sees around it: outwards up to a lid that is shut.
ObjectId Perception::space_of(ObjectId place) {
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        Object* holder = world_.objects.living(place);
        if (holder == nullptr) return ObjectId::nothing;
        if (is_room(*holder) || !is_open_to_view(*holder)) return place;
        const ObjectId outer = location_of(*holder);
        if (outer == ObjectId::nothing) return place;
        place = outer;
    }
    return ObjectId::nothing;
}

bool Perception::is_room(const Object& object) const { return (object.of->kinds & Class::room) != 0; }

/// Whether what is inside can be seen, and its light gets out.
bool Perception::is_open_to_view(Object& holder) {
    if ((holder.of->kinds & Class::container) == 0) return true;
    if (world_.flag(holder, atom(atoms::surface)) || world_.flag(holder, atom(atoms::transparent)))
        return true;
    return is_open(holder);
}

/// Containers without a lid are always open.
bool Perception::is_open(Object& holder) {
    const Value* open = world_.get(holder, atom(atoms::is_open));
    return open == nullptr || open->tag() != Value::Tag::boolean || open->boolean();
}

bool Perception::joins(Object& exit, ObjectId room) {
    return world_.reference(exit, atom(atoms::exit_from)) == room ||
           world_.reference(exit, atom(atoms::exit_to)) == room;
}

// --- Light

bool Perception::is_lit(ObjectId place) {
    Object* space = world_.objects.living(place);
    if (space != nullptr && !is_room(*space)) space = world_.objects.living(space_of(place));
    if (space == nullptr) return true;
    // It is dark under a lid, unless something shines there.
    const bool is_dark = is_room(*space) ? world_.flag(*space, atom(atoms::dark)) : !is_open_to_view(*space);
    return !is_dark || gives_light(*space, 0);
}

/// Whether a lit thing is in it or on somebody in it, not shut away.
bool Perception::gives_light(Object& holder, int depth) {
    if (depth > Object::max_nesting_seen) return false;
    for (const ObjectId id : world_.transaction.contents(holder)) {
        Object* inside = world_.objects.living(id);
        if (inside == nullptr) continue;
        if (world_.flag(*inside, atom(atoms::lit))) return true;
        if (inside->contents && is_open_to_view(*inside) && gives_light(*inside, depth + 1)) return true;
    }
    return false;
}

// --- What things say of themselves

/// The answer of a hook that its class has; nil if it fails.
Value Perception::ask(Object& thing, Atom hook, ObjectId observer) {
    if (is_asking_) return {};
    is_asking_ = true;
    Value answer = world_.runtime->ask(thing.id, hook, observer);
    is_asking_ = false;
    return answer;
}

/// What `visible_to` says.
bool Perception::lets_see(ObjectId observer, Object& thing) {
    if (!thing.of->shows_itself) return true;
    const Value answer = ask(thing, atom(atoms::visible_to), observer);
    return answer.tag() != Value::Tag::boolean || answer.boolean();
}

bool Perception::shows_itself(ObjectId observer, Object& thing) {
    return !world_.flag(thing, atom(atoms::hidden)) && lets_see(observer, thing);
}

Object& Perception::seen_as(ObjectId observer, Object& thing) {
    if (!thing.of->disguises_itself || observer == thing.id) return thing;
    const Value answer = ask(thing, atom(atoms::seen_as), observer);
    Object* other = answer.tag() == Value::Tag::object ? world_.objects.living(answer.object()) : nullptr;
    return other == nullptr ? thing : *other;
}

// --- Seeing

bool Perception::sees(ObjectId observer, ObjectId thing) {
    if (observer == thing) return true;
    Object* seen = world_.objects.living(thing);
    Object* eyes = world_.objects.living(observer);
    if (seen == nullptr || eyes == nullptr) return false;
    // Most often: two things in one room that needs no lamp.
    const ObjectId here = location_of(*eyes);
    if (thing == here) return is_lit(here);
    if (location_of(*seen) == here && here != ObjectId::nothing)
        return shows_itself(observer, *seen) && is_lit(here);
    const ObjectId space = space_of(here);
    // What one is in shows itself to whoever is inside.
    if (here != space && is_around(world_, *eyes, thing, space)) return is_lit(space);
    if (!shows_itself(observer, *seen)) return false;
    if (holds(observer, observer, *seen)) return true;
    if (space == ObjectId::nothing) return false;
    const bool is_exit = (seen->of->kinds & Class::exit) != 0;
    return (is_exit ? joins(*seen, space) : holds(observer, space, *seen)) && is_lit(space);
}

/// Inside `holder` at any depth, with nothing between that hides it.
bool Perception::holds(ObjectId observer, ObjectId holder, Object& thing) {
    Object* at = &thing;
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        const ObjectId place = location_of(*at);
        if (place == holder) return place != ObjectId::nothing;
        at = world_.objects.living(place);
        if (at == nullptr || is_room(*at) || !is_open_to_view(*at)) return false;
        if (at->id != observer && !shows_itself(observer, *at) && is_hidden_away(observer, *at)) return false;
    }
    return false;
}

/// It, or something that it is in, does not show itself. What the observer is in himself does not count.
bool Perception::is_hidden_away(ObjectId observer, Object& thing) {
    Object* at = &thing;
    Object* eyes = world_.objects.living(observer);
    for (int depth = 0; depth < Object::max_nesting_seen && at != nullptr && !is_room(*at); ++depth) {
        if (at->id == observer || is_around(world_, *eyes, at->id, ObjectId::nothing)) return false;
        if (!shows_itself(observer, *at)) return true;
        at = world_.objects.living(location_of(*at));
    }
    return false;
}

/// In another room than the observer, or in none.
bool Perception::is_apart(ObjectId observer, Object& thing) {
    const ObjectId room = room_of(observer);
    if (room == ObjectId::nothing) return true;
    return (thing.of->kinds & Class::exit) != 0 ? !joins(thing, room) : room_of(thing.id) != room;
}

const char* Perception::why_unseen(ObjectId observer, ObjectId thing) {
    Object* seen = world_.objects.living(thing);
    Object* eyes = world_.objects.living(observer);
    if (seen == nullptr || eyes == nullptr) return "it is gone";
    if (is_apart(observer, *seen)) return "it is somewhere else";
    if (is_hidden_away(observer, *seen)) return "it is hidden";
    const ObjectId space = space_around(*eyes);
    const bool is_exit = (seen->of->kinds & Class::exit) != 0;
    const bool in_view =
        is_exit ? joins(*seen, space)
                : thing == space || is_around(world_, *eyes, thing, space) || holds(observer, space, *seen);
    return in_view ? "it is too dark" : "a lid is in the way";
}

// --- Hearing and touching

bool Perception::hears(ObjectId observer, ObjectId source) {
    if (observer == source) return true;
    Object* sound = world_.objects.living(source);
    return sound != nullptr && !is_apart(observer, *sound);
}

/// Hands get as far out of `space` as they would get in: the outermost place that they are in.
ObjectId Perception::outermost_in_reach(ObjectId space) {
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        Object* holder = world_.objects.living(space);
        if (holder == nullptr || is_room(*holder) || !can_reach_into(*holder)) break;
        const ObjectId outer = location_of(*holder);
        if (outer == ObjectId::nothing) break;
        space = outer;
    }
    return space;
}

bool Perception::reaches(ObjectId observer, ObjectId thing) {
    Object* wanted = world_.objects.living(thing);
    Object* hands = world_.objects.living(observer);
    if (wanted == nullptr || hands == nullptr) return false;
    if (observer == thing) return true;
    const ObjectId here = location_of(*hands);
    if (thing == here && here != ObjectId::nothing) return true;
    const ObjectId space = outermost_in_reach(here);
    if (thing == space && space != ObjectId::nothing) return true;
    if (!shows_itself(observer, *wanted)) return false;
    if ((wanted->of->kinds & Class::exit) != 0) return joins(*wanted, space);
    return is_in_hands_reach(observer, *wanted, {here, space});
}

/// Whether hands get to it from one of these spaces, or from the observer's own pockets, through all that it
/// is in.
bool Perception::is_in_hands_reach(ObjectId observer, Object& thing, std::array<ObjectId, 2> spaces) {
    Object* at = &thing;
    for (int depth = 0; depth < Object::max_nesting_seen; ++depth) {
        const ObjectId place = location_of(*at);
        if (place == ObjectId::nothing) return false;
        if (place == observer) return true;
        if (place == spaces.front() || place == spaces.back()) return depth == 0 || is_lit(spaces.back());
        at = world_.objects.living(place);
        if (at == nullptr || !can_reach_into(*at)) return false;
        if (!shows_itself(observer, *at) && is_hidden_away(observer, *at)) return false;
    }
    return false;
}

/// A shut lid keeps hands out, glass too; other people's pockets are theirs.
bool Perception::can_reach_into(Object& holder) {
    if ((holder.of->kinds & Class::person) != 0) return false;
    if ((holder.of->kinds & Class::container) == 0) return true;
    return world_.flag(holder, atom(atoms::surface)) || is_open(holder);
}

const char* Perception::why_unreached(ObjectId observer, ObjectId thing) {
    Object* wanted = world_.objects.living(thing);
    if (wanted == nullptr || world_.objects.living(observer) == nullptr) return "it is gone";
    if (is_apart(observer, *wanted)) return "it is somewhere else";
    if (is_hidden_away(observer, *wanted)) return "it is hidden";
    Object* at = world_.objects.living(location_of(*wanted));
    for (int depth = 0; depth < Object::max_nesting_seen && at != nullptr && !is_room(*at); ++depth) {
        if (at->id != observer && (at->of->kinds & Class::person) != 0) return "somebody else has it";
        if (!can_reach_into(*at) && at->id != observer) return "a lid is in the way";
        at = world_.objects.living(location_of(*at));
    }
    return is_lit(location_of(*world_.objects.living(observer))) ? "a lid is in the way" : "it is too dark";
}

}  // namespace gyre::world
