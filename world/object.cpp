#include "world/object.hpp"

#include <cassert>

namespace gyre::world {

Object* Objects::find(ObjectId id) const {
    // Behind next_ there may be slots of creations that were rolled back.
    if (id == ObjectId::nothing || id >= next_) return nullptr;
    const std::size_t page = number(id) / page_size;
    if (page >= pages_.size() || !pages_[page]) return nullptr;
    return &(*pages_[page])[number(id) % page_size];
}

Object* Objects::living(ObjectId id) const {
    Object* const object = find(id);
    return object != nullptr && object->alive() ? object : nullptr;
}

Object& Objects::slot(ObjectId id) {
    assert(id != ObjectId::nothing && number(id) < limit);
    const std::size_t page = number(id) / page_size;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (!pages_[page]) pages_[page] = std::make_unique<Page>();
    Object& object = (*pages_[page])[number(id) % page_size];
    object.id = id;
    return object;
}

}  // namespace gyre::world
