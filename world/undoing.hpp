#pragma once

#include "world/history.hpp"
#include "world/world.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gyre::world {

/// Why a past call cannot be taken back.
struct UndoObstacle {
    enum class Kind : std::uint8_t {
        changed,   ///< Something else has happened to it since.
        gone,      ///< The object is not even in the trash any more.
        denied,    ///< It belongs to somebody else.
        account,   ///< It made an account's character.
        money,     ///< Coins changed hands or came into being.
        occupied,  ///< What the call made has something in it by now.
        damaged,   ///< The journal cannot be read there.
        inside,    ///< Its place then is inside it by now.
        no_place,  ///< Its place then is gone.
        namesake,  ///< A player is called as this person of the world was then.
        code,      ///< A class cannot be what it was: `why`.
    };
    Kind kind = Kind::changed;
    ObjectId object = ObjectId::nothing;
    std::string property;         ///< "" for what is no property of scripts.
    std::string class_name = {};  ///< Where a class made in the game stands in the way, and no object.
    std::string why = {};
};

/// What somebody may change.
struct UndoRights {
    std::function<bool(const Object&)> may_change;
    /// Classes made in the game that belong to this account.
    std::function<bool(const std::string& owner)> may_program;
};

/// Takes back what a past call changed, the newest change first, inside the running transaction. Everything
/// must still be as that call left it. What it made is destroyed, what it destroyed is alive again, classes
/// made in the game are what they were; timers and what people read stay as they are, and what is somebody
/// else's stays where it was put. With an obstacle the
/// transaction holds half of it: roll back to a savepoint.
class Undoing {
  public:
    Undoing(World& world, const UndoRights& rights) : world_(world), rights_(rights) {}
    [[nodiscard]] std::optional<UndoObstacle> run(const PastCall& call);

  private:
    using Kind = UndoObstacle::Kind;
    using Obstacle = std::optional<UndoObstacle>;
    Obstacle take_back_piece(const std::string& piece);
    Obstacle take_back(const Change& change);
    Obstacle take_back_source(const Change& change);
    Obstacle take_back_property(Object& object, Atom name, const Change& change);
    Obstacle take_back_entry(Object& object, Atom name, const Change& change);
    Obstacle take_back_list(Container& list, const Change& change, const UndoObstacle& changed);
    Obstacle take_back_map(Container& map, const Change& change, const UndoObstacle& changed);
    [[nodiscard]] Obstacle check(const Object& object, Atom name) const;
    [[nodiscard]] Obstacle check_place(const Object& object, const Value& place) const;
    [[nodiscard]] Obstacle check_name(Object& object) const;
    [[nodiscard]] Value standard_of(const Object& object, Atom name) const;

    World& world_;
    const UndoRights& rights_;
    std::vector<Change> sources_;  ///< Of classes made in the game, the newest first.
    Obstacle left_;                ///< Of somebody else's: not put back,
    bool has_taken_back_ = false;  ///< which is no more than an obstacle if nothing else was.
};

/// Who takes which call back.
struct UndoRequest {
    ObjectId actor = ObjectId::nothing;
    std::string_view service;
    PastCall call;
    UndoRights rights;
};
/// Does it in a transaction of its own; nothing has happened if there is an obstacle.
[[nodiscard]] std::optional<UndoObstacle> undo(World& world, const UndoRequest& request);

}  // namespace gyre::world
