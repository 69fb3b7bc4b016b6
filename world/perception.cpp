// Perception looks things up instead of keeping them: a room's contents are an index, and a flag is a scan of
// a few properties. What it reads counts as read, so an answer that rests on a change which is not yet on
// disk holds back the output that shows it.

#include "world/perception.hpp"

#include "world/world.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gyre::world {

namespace {

/// What grammar and sight ask of a thing, found in one walk over its properties instead of one each.
class Facts {
  public:
    Facts(World& world, const Object& object) : standards_(object.of->standards()) {
        world.transaction.saw(object.existence_changed_in);
        world.transaction.saw(object.of->changed_in);
        for (const Property& property : object.properties) {
            const auto name = static_cast<std::size_t>(property.name);
            if (name >= places.size() || places[name] == 0) continue;
            world.transaction.saw(property.changed_in);
            stored_[places[name]] = &property.value;
        }
    }
    [[nodiscard]] std::string_view string(std::uint32_t name) const {
        const Value* value = find(name);
        return value != nullptr && value->tag() == Value::Tag::string ? value->string() : std::string_view{};
    }
    [[nodiscard]] bool flag(std::uint32_t name) const {
        const Value* value = find(name);
        return value != nullptr && value->tag() == Value::Tag::boolean && value->boolean();
    }
    [[nodiscard]] std::int64_t integer(std::uint32_t name, std::int64_t otherwise) const {
        const Value* value = find(name);
        return value != nullptr && value->tag() == Value::Tag::integer ? value->integer() : otherwise;
    }

  private:
    static constexpr std::array asked{atoms::name,     atoms::plurals, atoms::article,
                                      atoms::pronouns, atoms::proper,  atoms::plural,
                                      atoms::count,    atoms::hidden,  atoms::location};
    /// By atom: its place in `stored_`; 0: nobody asks.
    static constexpr std::array<std::uint8_t, atoms::first_free> places = [] {
        std::array<std::uint8_t, atoms::first_free> made{};
        for (std::size_t at = 0; at < asked.size(); ++at) made[asked[at]] = static_cast<std::uint8_t>(at + 1);
        return made;
    }();
    [[nodiscard]] const Value* find(std::uint32_t name) const {
        const Value* stored = stored_[places[name]];
        return stored != nullptr ? stored : standards_[name];
    }

    const Class::Standards& standards_;
    std::array<const Value*, asked.size() + 1> stored_{};
};

/// Deeper nesting than this counts as out of sight; scripts cannot build a ring, but a loop must end.
constexpr int max_nesting = 32;

}  // namespace

ObjectId Perception::room_of(ObjectId thing) {
    ObjectId at = thing;
    for (int depth = 0; depth < max_nesting; ++depth) {
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

bool Perception::is_lit(ObjectId place) {
    Object* room = world_.objects.living(room_of(place));
    if (room == nullptr) return true;
    if (!world_.flag(*room, atom(atoms::dark))) return true;
    return gives_light(*room, 0);
}

/// Whether a lit thing is in it or on somebody in it, not shut away.
bool Perception::gives_light(Object& holder, int depth) {
    if (depth > max_nesting) return false;
    for (const ObjectId id : world_.transaction.contents(holder)) {
        Object* inside = world_.objects.living(id);
        if (inside == nullptr) continue;
        if (world_.flag(*inside, atom(atoms::lit))) return true;
        if (inside->contents && is_open_to_view(*inside) && gives_light(*inside, depth + 1)) return true;
    }
    return false;
}

bool Perception::sees(ObjectId observer, ObjectId thing) {
    if (observer == thing) return true;
    Object* seen = world_.objects.living(thing);
    Object* eyes = world_.objects.living(observer);
    if (seen == nullptr || eyes == nullptr) return false;
    // Most often: two things in one room that needs no lamp.
    const ObjectId here = location_of(*eyes);
    if (thing == here) return is_lit(here);
    if (location_of(*seen) == here && here != ObjectId::nothing) {
        return !world_.flag(*seen, atom(atoms::hidden)) && is_lit(here);
    }
    if (world_.flag(*seen, atom(atoms::hidden))) return false;
    if (holds(observer, *seen)) return true;
    const ObjectId room = room_of(observer);
    if (room == ObjectId::nothing) return false;
    if ((seen->of->kinds & Class::exit) != 0) return joins(*seen, room) && is_lit(room);
    return thing == room || (in_plain_view(*seen, room) && is_lit(room));
}

/// Carried by `holder`, at any depth that is open to view.
bool Perception::holds(ObjectId holder, Object& thing) {
    Object* at = &thing;
    for (int depth = 0; depth < max_nesting; ++depth) {
        const ObjectId place = location_of(*at);
        if (place == holder) return true;
        at = world_.objects.living(place);
        if (at == nullptr || is_room(*at) || !is_open_to_view(*at)) return false;
    }
    return false;
}

bool Perception::in_plain_view(Object& thing, ObjectId room) { return holds(room, thing); }

bool Perception::joins(Object& exit, ObjectId room) {
    return world_.reference(exit, atom(atoms::exit_from)) == room ||
           world_.reference(exit, atom(atoms::exit_to)) == room;
}

bool Perception::hears(ObjectId observer, ObjectId source) {
    const ObjectId room = room_of(observer);
    return observer == source || (room != ObjectId::nothing && room == room_of(source));
}

bool Perception::reaches(ObjectId observer, ObjectId thing) {
    Object* wanted = world_.objects.living(thing);
    if (wanted == nullptr) return false;
    if (observer == thing) return true;
    const ObjectId room = room_of(observer);
    if (thing == room) return true;
    if ((wanted->of->kinds & Class::exit) != 0) return joins(*wanted, room);
    Object* at = wanted;
    for (int depth = 0; depth < max_nesting; ++depth) {
        const ObjectId place = location_of(*at);
        if (place == observer) return true;
        if (place == room && place != ObjectId::nothing) return depth == 0 || is_lit(room);
        at = world_.objects.living(place);
        if (at == nullptr || !can_reach_into(*at)) return false;
    }
    return false;
}

/// A shut lid keeps hands out, glass too; other people's pockets are theirs.
bool Perception::can_reach_into(Object& holder) {
    if ((holder.of->kinds & Class::person) != 0) return false;
    if ((holder.of->kinds & Class::container) == 0) return true;
    return world_.flag(holder, atom(atoms::surface)) || is_open(holder);
}

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
        if (thing == nullptr || id == observer || world_.flag(*thing, atom(atoms::hidden))) continue;
        visible.push_back(id);
    }
    return visible;
}

std::vector<ObjectId> Perception::in_reach(ObjectId observer) {
    std::vector<ObjectId> found;
    collect(observer, observer, found, 0);
    const ObjectId room = room_of(observer);
    if (room == ObjectId::nothing || !is_lit(room)) return found;
    collect(observer, room, found, 0);
    if (Object* place = world_.objects.living(room)) {
        const Value* exits = world_.transaction.read(*place, atom(atoms::exits));
        if (exits != nullptr && exits->tag() == Value::Tag::container) {
            for (const Value& exit : exits->container().list) {
                Object* object =
                    exit.tag() == Value::Tag::object ? world_.objects.living(exit.object()) : nullptr;
                if (object != nullptr && !world_.flag(*object, atom(atoms::hidden)))
                    found.push_back(object->id);
            }
        }
    }
    return found;
}

/// What lies in `place`, then what lies open in that.
void Perception::collect(ObjectId observer, ObjectId place, std::vector<ObjectId>& found, int depth) {
    if (depth > max_nesting) return;
    Object* holder = world_.objects.living(place);
    if (holder == nullptr) return;
    const std::vector<ObjectId>& inside = world_.transaction.contents(*holder);
    const std::size_t first = found.size();
    for (const ObjectId id : inside) {
        Object* thing = world_.objects.living(id);
        if (thing == nullptr || id == observer || world_.flag(*thing, atom(atoms::hidden))) continue;
        found.push_back(id);
    }
    const std::size_t end = found.size();
    for (std::size_t index = first; index < end; ++index) {
        Object* thing = world_.objects.living(found[index]);
        if (thing->contents && (thing->of->kinds & Class::person) == 0 && is_open_to_view(*thing)) {
            collect(observer, found[index], found, depth + 1);
        }
    }
}

std::vector<ObjectId> Perception::audience_of(ObjectId source) {
    std::vector<ObjectId> audience;
    Object* object = world_.objects.living(source);
    if (object == nullptr) return audience;
    if ((object->of->kinds & Class::exit) != 0) {  // A door is heard on both sides.
        add_audience(world_.reference(*object, atom(atoms::exit_from)), audience);
        add_audience(world_.reference(*object, atom(atoms::exit_to)), audience);
        return audience;
    }
    add_audience(room_of(source), audience);
    return audience;
}

void Perception::add_audience(ObjectId room, std::vector<ObjectId>& audience) {
    Object* place = world_.objects.living(room);
    if (place == nullptr) return;
    for (const ObjectId id : world_.transaction.contents(*place)) {
        const Object* thing = world_.objects.living(id);
        if (thing != nullptr && (thing->of->kinds & Class::person) != 0) audience.push_back(id);
    }
}

text::Noun Perception::noun(ObjectId thing, ObjectId observer) {
    text::Noun noun;
    Object* object = world_.objects.living(thing);
    if (object == nullptr) {
        noun.perceived = false;
        return noun;
    }
    const Facts facts(world_, *object);
    noun.person = (object->of->kinds & Class::person) != 0;
    Object* eyes = world_.objects.living(observer);
    // Most often: two things in one room.
    const bool together = eyes != nullptr && object->location != ObjectId::nothing &&
                          location_of(*eyes) == object->location && thing != observer;
    noun.perceived =
        together ? !facts.flag(atoms::hidden) && is_lit(object->location) : sees(observer, thing);
    if (!noun.perceived) return noun;
    noun.name = facts.string(atoms::name);
    noun.plurals = facts.string(atoms::plurals);
    noun.article = facts.string(atoms::article);
    noun.pronouns = facts.string(atoms::pronouns);
    noun.proper = facts.flag(atoms::proper);
    noun.plural = facts.flag(atoms::plural);
    noun.count = facts.integer(atoms::count, 1);
    return noun;
}

}  // namespace gyre::world
