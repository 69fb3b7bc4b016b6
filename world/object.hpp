#pragma once

#include "world/atoms.hpp"
#include "world/class.hpp"
#include "world/container.hpp"
#include "world/value.hpp"

#include <array>
#include <memory>
#include <vector>

namespace gyre::world {

class Subscribers;  // audience.hpp

/// One stored value of an object, and the batch that wrote it last.
struct Property {
    Value value;
    BatchNumber changed_in = 0;
    Atom name = Atom::none;
};

/// The things directly inside an object, kept in step with their `location` by Transaction. In order of id.
struct Contents {
    std::vector<ObjectId> ids;
    BatchNumber changed_in = 0;  ///< An index is read like a property, so it has a mark too.
};

/// A world object: an id, a class and a flat array of properties. Only Transaction and loading change it.
class Object {
  public:
    /// How far perception, events and rights look into places inside places; deeper is out of sight. Nobody
    /// can build a ring, but a loop must end.
    static constexpr int max_nesting_seen = 32;
    /// Places inside places that an import or an undo may leave; moving allows fewer.
    static constexpr int max_nesting = 100;

    ObjectId id = ObjectId::nothing;
    Class* of = nullptr;                 ///< Follows `#class`; null: no such object (not made, or destroyed).
    ObjectId owner = ObjectId::nothing;  ///< Follows `#owner`.
    ObjectId location = ObjectId::nothing;  ///< Follows `location`.
    std::vector<Property> properties;
    std::unique_ptr<Contents> contents;    ///< Once there was something inside.
    Subscribers* subscribers = nullptr;    ///< Sessions attached to a player; owned by Audience.
    BatchNumber existence_changed_in = 0;  ///< Made or destroyed in this batch.

    [[nodiscard]] bool alive() const { return of != nullptr; }
    [[nodiscard]] Property* find(Atom name) {
        for (Property& property : properties) {
            if (property.name == name) return &property;
        }
        return nullptr;
    }
};

/// All objects, in pages indexed by id. Pointers stay valid for the life of the world.
class Objects {
  public:
    /// Ids below it can be stored; a bound for damaged data, which a world never comes near.
    static constexpr std::uint64_t limit = std::uint64_t{1} << 32U;

    /// Null if this id was never given out. A destroyed object is still there, not alive().
    [[nodiscard]] Object* find(ObjectId id) const {
        // Behind next_ there may be slots of creations that were rolled back.
        if (id == ObjectId::nothing || id >= next_) return nullptr;
        const std::size_t page = number(id) / page_size;
        if (page >= pages_.size() || !pages_[page]) return nullptr;
        return &(*pages_[page])[number(id) % page_size];
    }
    /// The same, but null unless alive().
    [[nodiscard]] Object* living(ObjectId id) const {
        Object* const object = find(id);
        return object != nullptr && object->alive() ? object : nullptr;
    }
    /// While loading and in Transaction: the slot of this id, made if need be.
    Object& slot(ObjectId id);
    /// The id that the next new object gets; durable through the store.
    [[nodiscard]] ObjectId next_id() const { return next_; }
    void set_next_id(ObjectId id) { next_ = id; }
    [[nodiscard]] std::size_t living_count() const { return living_count_; }
    void count_living(int change) { living_count_ += static_cast<std::size_t>(change); }

    template <class Visit>
    void each(Visit&& visit) const {
        for (const auto& page : pages_) {
            if (!page) continue;
            for (Object& object : *page) {
                if (object.alive()) visit(object);
            }
        }
    }

  private:
    static constexpr std::size_t page_size = 1024;
    using Page = std::array<Object, page_size>;
    std::vector<std::unique_ptr<Page>> pages_;
    ObjectId next_ = object_id(1);
    std::size_t living_count_ = 0;
};

}  // namespace gyre::world
