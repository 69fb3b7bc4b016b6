#pragma once

#include "engine/base/ids.hpp"
#include "world/text/text.hpp"

#include <string>
#include <vector>

namespace gyre::world {

class World;
class Object;

/// The one answer, for every door, to what somebody perceives. Everything it looks at counts as read.
/// - Light: a dark room shows its contents only if something in sight in it is lit (its own `lit`, or a lit
///   thing in it or carried by somebody in it, not inside a closed opaque container).
/// - A closed container hides what is inside unless it is transparent; `surface`s never do.
/// - `hidden` things are not perceived; disconnected players are nowhere. One always perceives oneself, what
/// one
///   carries (by touch, in the dark too).
class Perception final : public text::Nouns {
  public:
    explicit Perception(World& world) : world_(world) {}

    [[nodiscard]] bool sees(ObjectId observer, ObjectId thing);
    [[nodiscard]] bool hears(ObjectId observer, ObjectId source);
    /// Close enough to touch: in the same room, held, or in something open in reach.
    [[nodiscard]] bool reaches(ObjectId observer, ObjectId thing);
    /// Whether there is light in the room around `place`.
    [[nodiscard]] bool is_lit(ObjectId place);
    /// The room around a thing: the outermost thing that has no place itself; nothing if it is nowhere.
    [[nodiscard]] ObjectId room_of(ObjectId thing);
    /// What `observer` may name: the room's contents, what he carries, what open containers among those hold,
    /// exits; nearest first. Not the observer himself.
    [[nodiscard]] std::vector<ObjectId> in_reach(ObjectId observer);
    /// Directly inside `place` and perceived, in order of id; not the observer.
    [[nodiscard]] std::vector<ObjectId> visible_contents(ObjectId observer, ObjectId place);
    /// Everybody (npc or player) who perceives what happens at `source`: in its room, not asleep behind a
    /// lid.
    [[nodiscard]] std::vector<ObjectId> audience_of(ObjectId source);

    [[nodiscard]] text::Noun noun(ObjectId thing, ObjectId observer) override;

  private:
    [[nodiscard]] ObjectId location_of(Object& object);
    [[nodiscard]] bool is_room(const Object& object) const;
    [[nodiscard]] bool is_open(Object& holder);
    [[nodiscard]] bool is_open_to_view(Object& holder);
    [[nodiscard]] bool can_reach_into(Object& holder);
    [[nodiscard]] bool gives_light(Object& holder, int depth);
    [[nodiscard]] bool holds(ObjectId holder, Object& thing);
    [[nodiscard]] bool in_plain_view(Object& thing, ObjectId room);
    [[nodiscard]] bool joins(Object& exit, ObjectId room);
    void collect(ObjectId observer, ObjectId place, std::vector<ObjectId>& found, int depth);
    void add_audience(ObjectId room, std::vector<ObjectId>& audience);

    World& world_;
};

}  // namespace gyre::world
