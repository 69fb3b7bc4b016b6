#pragma once

#include "world/container.hpp"
#include "world/object.hpp"

#include <unordered_map>

namespace gyre::world {
class World;
}

namespace gyre::world::script {

/// Tables that are a class's default, as single objects see them. Reading one must not commit anything, yet
/// writing through it must change this object alone: so each object gets a copy that nothing refers to, which
/// becomes its property when it is first written.
class Shadows {
  public:
    /// Kept between calls at most; they only save copying again.
    static constexpr std::size_t max_kept = 512;

    /// The object's view of its default.
    Container& of(Object& object, Atom property, const Container& standard);
    /// Whether this root container is such a view, not (or no longer) written.
    [[nodiscard]] bool holds(const Container& root) const { return places_.count(&root) != 0; }
    struct Place {
        ObjectId object = ObjectId::nothing;
        Atom property = Atom::none;
    };
    /// Precondition: holds(root).
    [[nodiscard]] Place place(const Container& root) const { return places_.at(&root); }
    /// The counted pointer to it. Precondition: holds(root).
    [[nodiscard]] Ref<Container> share(const Container& root) const { return copies_.at(key(place(root))); }
    /// A call ended: forgets those that have become properties.
    void call_ended(World& world);
    void wrote() { wrote_ = true; }
    void clear();

  private:
    static std::uint64_t key(Place place) {
        return number(place.object) << 20U ^ static_cast<std::uint64_t>(place.property);
    }
    std::unordered_map<std::uint64_t, Ref<Container>> copies_;
    std::unordered_map<const Container*, Place> places_;
    bool wrote_ = false;
};

}  // namespace gyre::world::script
