#pragma once

#include "engine/base/ids.hpp"
#include "world/atoms.hpp"
#include "world/text/text.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace gyre::world {

class World;
class Object;

/// The one answer, for every door, to what somebody perceives. Everything it looks at counts as read.
/// - Light: a dark room shows its contents only if something in sight in it is lit (its own `lit`, or a lit
///   thing in it or carried by somebody in it, not inside a closed opaque container).
/// - A closed container hides what is inside unless it is transparent; `surface`s never do. Whoever is shut
/// in
///   one sees nothing outside of it, and nothing in it without light.
/// - `hidden` things are not perceived, nor what is in them; disconnected players are nowhere. One always
///   perceives oneself, and what one carries, by touch, in the dark too.
/// - The hooks `visible_to(who)` and `seen_as(who)` of a thing's class have the last word. While one runs,
///   none is asked, so that it may ask what is perceived.
class Perception final : public text::Nouns {
  public:
    explicit Perception(World& world) : world_(world) {}

    [[nodiscard]] bool sees(ObjectId observer, ObjectId thing);
    /// In the same room, lids or not.
    [[nodiscard]] bool hears(ObjectId observer, ObjectId source);
    /// Close enough to touch: in the same room, held, or in something open in reach.
    [[nodiscard]] bool reaches(ObjectId observer, ObjectId thing);
    /// What is in the way of sees() or reaches() when they say no: one clause for whoever writes code.
    [[nodiscard]] const char* why_unseen(ObjectId observer, ObjectId thing);
    [[nodiscard]] const char* why_unreached(ObjectId observer, ObjectId thing);
    /// Whether the thing itself lets `observer` perceive it, wherever it is: `hidden`, `visible_to`.
    [[nodiscard]] bool shows_itself(ObjectId observer, Object& thing);
    /// What `observer` takes it for: the answer of `seen_as`, or the thing itself.
    [[nodiscard]] Object& seen_as(ObjectId observer, Object& thing);
    /// Whether there is light in `place`, or in whatever one sees from there.
    [[nodiscard]] bool is_lit(ObjectId place);
    /// All that `thing` could see if there were light: its room, or the shut thing that it is in; nothing if
    /// it is nowhere.
    [[nodiscard]] ObjectId space_around(Object& thing);
    /// The room around a thing: the outermost thing that has no place itself; nothing if it is nowhere.
    [[nodiscard]] ObjectId room_of(ObjectId thing);
    /// What `observer` may name: what he carries, the room's contents, what is open to view in or on those,
    /// exits; nearest first. Not the observer himself.
    [[nodiscard]] std::vector<ObjectId> in_reach(ObjectId observer);
    /// Directly inside `place` and perceived, in order of id; not the observer.
    [[nodiscard]] std::vector<ObjectId> visible_contents(ObjectId observer, ObjectId place);
    /// Everybody (npc or player) who perceives that something happens at `source`: in its room, at any depth.
    [[nodiscard]] std::vector<ObjectId> audience_of(ObjectId source);

    [[nodiscard]] text::Noun noun(ObjectId thing, ObjectId observer) override;
    [[nodiscard]] ObjectId common_place(std::span<const ObjectId> things) override;
    [[nodiscard]] ObjectId place_of(ObjectId thing) override;

  private:
    [[nodiscard]] ObjectId location_of(Object& object);
    [[nodiscard]] bool is_room(const Object& object) const;
    [[nodiscard]] bool is_open(Object& holder);
    [[nodiscard]] bool is_open_to_view(Object& holder);
    [[nodiscard]] bool can_reach_into(Object& holder);
    [[nodiscard]] ObjectId outermost_in_reach(ObjectId space);
    [[nodiscard]] bool is_in_hands_reach(ObjectId observer, Object& thing, std::array<ObjectId, 2> spaces);
    [[nodiscard]] bool gives_light(Object& holder, int depth);
    [[nodiscard]] ObjectId space_of(ObjectId place);
    [[nodiscard]] bool holds(ObjectId observer, ObjectId holder, Object& thing);
    [[nodiscard]] bool is_hidden_away(ObjectId observer, Object& thing);
    [[nodiscard]] bool joins(Object& exit, ObjectId room);
    [[nodiscard]] bool is_apart(ObjectId observer, Object& thing);
    [[nodiscard]] bool lets_see(ObjectId observer, Object& thing);
    [[nodiscard]] Value ask(Object& thing, Atom hook, ObjectId observer);
    void collect(ObjectId observer, ObjectId place, std::vector<ObjectId>& found, int depth);
    void collect_exits(ObjectId observer, ObjectId room, std::vector<ObjectId>& found);
    void add_audience(ObjectId place, std::vector<ObjectId>& audience, int depth);

    World& world_;
    bool is_asking_ = false;  ///< A hook runs.
};

}  // namespace gyre::world
