#include "world/object.hpp"

#include <cassert>

namespace gyre::world {

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
