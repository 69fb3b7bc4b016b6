#pragma once

#include "engine/base/ids.hpp"
#include "world/class.hpp"
#include "world/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace gyre::world::sentence {

/// How far the nouns of a verb may be: its option `reach`.
enum class Reach : std::uint8_t { touch, see, hear, anywhere };
/// What Verb::reach says; "touch" for anything unknown.
Reach reach_of(const Verb& verb);

/// Something that the actor may name: what the parser must know of it. Views need to live as long as the
/// scope's answer.
struct Candidate {
    ObjectId id = ObjectId::nothing;
    const Class* of = nullptr;
    ObjectId location = ObjectId::nothing;
    std::string_view name;         ///< "brass lamp": the last word is a noun, all are adjectives.
    std::span<const Value> names;  ///< More nouns, each with its adjectives if need be ("old man").
    std::span<const Value> adjectives;
    std::span<const Value> plurals;  ///< For nouns with a plural that English rules do not give.
    bool person = false;             ///< An npc or player: every word of its name is a noun.
    std::int64_t count = 0;          ///< A heap: how many things it stands for; 0: it is none.
    bool held = false;               ///< Directly carried or worn by the actor.
    bool fixed = false;              ///< `all` passes over it: what cannot be taken, exits, people.
    bool inner = false;    ///< Inside something else in sight: meant by "all from box", not by "all".
    bool borne = false;    ///< Somebody else has it on him: meant if nothing else is.
    bool surface = false;  ///< What is inside it lies on it.
    bool self = false;     ///< The actor: meant by name or "me", by nothing else.
    bool touched = true;   ///< Within reach "touch"; else "see" or "hear" only.
    bool seen = true;
    bool heard = true;
};

/// Whether no words can tell the two apart, and either will do.
inline bool are_interchangeable(const Candidate& one, const Candidate& other) {
    return one.of == other.of && one.location == other.location && one.name == other.name;
}

/// An object with its class: whose verbs may be meant.
struct VerbSource {
    ObjectId id = ObjectId::nothing;
    const Class* of = nullptr;
};

/// What surrounds the actor, as far as a sentence may refer to it. Asked lazily: a plain "look" asks for the
/// first three only, and candidates() is asked for once a noun must be found.
class Scope {
  public:
    virtual ~Scope() = default;

    [[nodiscard]] virtual VerbSource actor() = 0;
    /// What he carries and wears, not what is inside it.
    [[nodiscard]] virtual std::span<const VerbSource> carried() = 0;
    /// The places around him, innermost first; the last one is the room.
    [[nodiscard]] virtual std::span<const VerbSource> places() = 0;

    /// All he may name, nearest first; the actor himself last, or not at all. The same until the scope dies.
    [[nodiscard]] virtual std::span<const Candidate> candidates() = 0;
    /// Any character by name, in any case; nothing if there is none.
    [[nodiscard]] virtual ObjectId player(std::string_view name) = 0;
    /// What `go` is to be given for the name of an exit here, or a direction in which one leads (in lower
    /// case, articles removed): its direction or name; empty if there is no such exit. Compass words are
    /// known without asking.
    [[nodiscard]] virtual std::string_view exit_direction(std::string_view name) = 0;
    /// What "it", "him", "her" and "them" were last; several only for "them".
    [[nodiscard]] virtual std::span<const ObjectId> pronoun(std::string_view word) = 0;
    /// Whether the actor may use verbs with `role=`.
    [[nodiscard]] virtual bool has_role(std::string_view role) = 0;
    /// Whether #id may be named by a verb with reach "anywhere".
    [[nodiscard]] virtual bool exists(ObjectId id) = 0;
};

}  // namespace gyre::world::sentence
