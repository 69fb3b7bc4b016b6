#include "world/script/shadows.hpp"

#include "world/world.hpp"

#include <cstdint>

namespace gyre::world::script {

static_assert(Atoms::limit <= std::size_t{1} << 20U, "an atom fits beside an object in a key");

Container& Shadows::of(Object& object, Atom property, const Container& standard) {
    const Place place{object.id, property};
    Ref<Container>& copy = copies_[key(place)];
    if (!copy) {
        copy = standard.deep_copy();
        places_.emplace(copy.get(), place);
    }
    return *copy;
}

void Shadows::call_ended(World& world) {
    if (copies_.size() > max_kept) return clear();
    if (!wrote_) return;
    wrote_ = false;
    for (auto each = copies_.begin(); each != copies_.end();) {
        const Place place = places_.at(each->second.get());
        Object* object = world.objects.find(place.object);
        if (object == nullptr || object->find(place.property) == nullptr) {
            ++each;
            continue;
        }
        places_.erase(each->second.get());
        each = copies_.erase(each);
    }
}

void Shadows::clear() {
    copies_.clear();
    places_.clear();
    wrote_ = false;
}

}  // namespace gyre::world::script
