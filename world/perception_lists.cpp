// What one perceives all at once: contents of a place, what may be named, who hears of something; and how
// things are called.

#include "world/facts.hpp"
#include "world/perception.hpp"
#include "world/world.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

/// What grammar and sight ask of a thing.
using NounFacts = Facts<atoms::name, atoms::plurals, atoms::article, atoms::pronouns, atoms::proper,
                        atoms::plural, atoms::count, atoms::hidden, atoms::location>;

}  // namespace

std::vector<ObjectId> Perception::visible_contents(ObjectId observer, ObjectId place) {
    std::vector<ObjectId> visible;
    Object* holder = world_.objects.living(place);
    if (holder == nullptr) return visible;
    const bool by_touch = place == observer;
    if (!by_touch && !is_lit(place)) return visible;
    const std::vector<ObjectId>& inside = world_.transaction.contents(*holder);
    visible.reserve(inside.size());
    for (const ObjectId id : inside) {
        Object* thing = world_.objects.living(id);
        if (thing == nullptr || id == observer || !shows_itself(observer, *thing)) continue;
        visible.push_back(id);
    }
    return visible;
}

std::vector<ObjectId> Perception::in_reach(ObjectId observer) {
    std::vector<ObjectId> found;
    collect(observer, observer, found, 0);
    Object* eyes = world_.objects.living(observer);
    if (eyes == nullptr) return found;
    const ObjectId space = space_around(*eyes);
    if (space == ObjectId::nothing || !is_lit(space)) return found;
    collect(observer, space, found, 0);
    collect_exits(observer, space, found);
    // What the observer is in, and what lies in there, also where that is hidden from others.
    for (Object* at = world_.objects.living(location_of(*eyes)); at != nullptr && !is_room(*at);
         at = world_.objects.living(location_of(*at))) {
        std::vector<ObjectId> near;
        collect(observer, at->id, near, 0);
        near.push_back(at->id);
        for (const ObjectId each : near) {
            if (std::find(found.begin(), found.end(), each) == found.end()) found.push_back(each);
        }
        if (at->id == space) break;
    }
    return found;
}

void Perception::collect_exits(ObjectId observer, ObjectId room, std::vector<ObjectId>& found) {
    Object* place = world_.objects.living(room);
    const Value* exits = place == nullptr ? nullptr : world_.transaction.read(*place, atom(atoms::exits));
    if (exits == nullptr || exits->tag() != Value::Tag::container) return;
    world_.transaction.saw(exits->container().changed_in);
    for (const Value& exit : exits->container().list) {
        Object* object = exit.tag() == Value::Tag::object ? world_.objects.living(exit.object()) : nullptr;
        if (object != nullptr && shows_itself(observer, *object)) found.push_back(object->id);
    }
}

/// What lies in `place`, then what lies open in that.
void Perception::collect(ObjectId observer, ObjectId place, std::vector<ObjectId>& found, int depth) {
    if (depth > Object::max_nesting_seen) return;
    Object* holder = world_.objects.living(place);
    if (holder == nullptr) return;
    const std::vector<ObjectId>& inside = world_.transaction.contents(*holder);
    const std::size_t first = found.size();
    for (const ObjectId id : inside) {
        Object* thing = world_.objects.living(id);
        if (thing == nullptr || id == observer || !shows_itself(observer, *thing)) continue;
        found.push_back(id);
    }
    const std::size_t end = found.size();
    for (std::size_t index = first; index < end; ++index) {
        Object* thing = world_.objects.living(found[index]);
        if (thing != nullptr && thing->contents && is_open_to_view(*thing))
            collect(observer, found[index], found, depth + 1);
    }
}

std::vector<ObjectId> Perception::audience_of(ObjectId source) {
    std::vector<ObjectId> audience;
    Object* object = world_.objects.living(source);
    if (object == nullptr) return audience;
    if ((object->of->kinds & Class::exit) != 0) {  // A door is heard on both sides.
        add_audience(world_.reference(*object, atom(atoms::exit_from)), audience, 0);
        add_audience(world_.reference(*object, atom(atoms::exit_to)), audience, 0);
        return audience;
    }
    add_audience(room_of(source), audience, 0);
    return audience;
}

void Perception::add_audience(ObjectId place, std::vector<ObjectId>& audience, int depth) {
    Object* holder = world_.objects.living(place);
    if (holder == nullptr || depth > Object::max_nesting_seen) return;
    const std::vector<ObjectId>& inside = world_.transaction.contents(*holder);
    if (depth == 0) audience.reserve(audience.size() + inside.size());
    for (const ObjectId id : inside) {
        const Object* thing = world_.objects.living(id);
        if (thing == nullptr) continue;
        if ((thing->of->kinds & Class::person) != 0) audience.push_back(id);
        if (thing->contents) add_audience(id, audience, depth + 1);
    }
}

text::Noun Perception::noun(ObjectId thing, ObjectId observer) {
    text::Noun noun;
    Object* object = world_.objects.living(thing);
    if (object == nullptr) {
        noun.perceived = false;
        return noun;
    }
    Object* eyes = world_.objects.living(observer);
    // Most often: two things in one room.
    const bool together = eyes != nullptr && object->location != ObjectId::nothing &&
                          location_of(*eyes) == object->location && thing != observer;
    const NounFacts facts(world_, *object);
    noun.person = (object->of->kinds & Class::person) != 0;
    noun.perceived =
        together ? !facts.flag(atoms::hidden) && lets_see(observer, *object) && is_lit(object->location)
                 : sees(observer, thing);
    if (!noun.perceived) return noun;
    const auto describe = [&noun](const Object& shown, const NounFacts& its) {
        noun.person = (shown.of->kinds & Class::person) != 0;
        noun.name = its.string(atoms::name);
        noun.plurals = its.string(atoms::plurals);
        noun.article = its.string(atoms::article);
        noun.pronouns = its.string(atoms::pronouns);
        noun.proper = its.flag(atoms::proper);
        noun.plural = its.flag(atoms::plural);
        noun.count = its.integer(atoms::count, 1);
    };
    const Object& shown = seen_as(observer, *object);
    if (&shown == object) {
        describe(*object, facts);
    } else {
        describe(shown, NounFacts(world_, shown));
    }
    return noun;
}

/// No hook may have a word in it.
ObjectId Perception::common_place(std::span<const ObjectId> things) {
    const ObjectId here = place_of(things.front());
    const bool is_common = std::ranges::all_of(things, [&](ObjectId id) {
        const Object* thing = world_.objects.living(id);
        return thing != nullptr && !thing->of->shows_itself && !thing->of->disguises_itself &&
               place_of(id) == here;
    });
    return is_common ? here : ObjectId::nothing;
}

ObjectId Perception::place_of(ObjectId thing) {
    Object* object = world_.objects.living(thing);
    return object == nullptr ? ObjectId::nothing : location_of(*object);
}

}  // namespace gyre::world
