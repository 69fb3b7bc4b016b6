#include "world/container.hpp"

#include <algorithm>

namespace gyre::world {

namespace {

/// Calls `visit(Container&)` for each container directly in this one.
template <class Visit>
void each_child(const Container& container, Visit&& visit) {
    for (const Value& value : container.list) {
        if (value.tag() == Value::Tag::container) visit(value.container());
    }
    for (const Container::Pair& pair : container.map) {
        if (pair.value.tag() == Value::Tag::container) visit(pair.value.container());
    }
}

}  // namespace

Container::~Container() {
    // The store's thread makes containers too, and must not touch the table; scripts never hold those.
    if (slot != 0) Handles::instance().release(*this);
}

std::vector<Container::Pair>::iterator Container::find(const Value& key) {
    const auto place = lower_bound(key);
    return place != map.end() && !Value::key_less(key, place->key) ? place : map.end();
}

std::vector<Container::Pair>::iterator Container::lower_bound(const Value& key) {
    return std::lower_bound(map.begin(), map.end(), key, [](const Pair& pair, const Value& wanted) {
        return Value::key_less(pair.key, wanted);
    });
}

Ref<Container> Container::deep_copy() const {
    Ref<Container> copy = make_ref<Container>();
    copy->kind = kind;
    copy->list = list;
    copy->map = map;
    // Deeper ones belong to their parents already, since each level was copied by this function.
    each_child(*copy, [&](Container& child) { child.parent = copy.get(); });
    return copy;
}

void Container::adopt_children() {
    forget_kind_if_empty();
    each_child(*this, [&](Container& child) {
        child.parent = this;
        child.adopt_children();
    });
}

void Container::mark_tree(BatchNumber batch) {
    changed_in = std::max(changed_in, batch);
    each_child(*this, [&](Container& child) { child.mark_tree(batch); });
}

const Container& Container::root() const {
    const Container* top = this;
    while (top->parent != nullptr) top = top->parent;
    return *top;
}

int Container::depth() const {
    int depth = 1;
    for (const Container* above = parent; above != nullptr; above = above->parent) ++depth;
    return depth;
}

int Container::height() const {
    int below = 0;
    each_child(*this, [&](const Container& child) { below = std::max(below, child.height()); });
    return below + 1;
}

Handles& Handles::instance() {
    // Never destroyed: a container in a static may go later than any static table would.
    static auto* const table = new Handles;
    return *table;
}

std::uint64_t Handles::handle(Container& container) {
    if (container.slot == 0) {
        if (free_.empty()) {
            container.slot = static_cast<std::uint32_t>(slots_.size());
            slots_.emplace_back();
        } else {
            container.slot = free_.back();
            free_.pop_back();
        }
        slots_[container.slot].container = &container;
    }
    return container.slot | (std::uint64_t{slots_[container.slot].generation} << 32U);
}

Container* Handles::find(std::uint64_t handle) const {
    const auto slot = static_cast<std::uint32_t>(handle);
    if (slot >= slots_.size() || slots_[slot].generation != handle >> 32U) return nullptr;
    return slots_[slot].container;
}

void Handles::release(Container& container) {
    Slot& slot = slots_[container.slot];
    slot.container = nullptr;
    slot.generation = (slot.generation + 1) & generation_mask;
    free_.push_back(container.slot);
    container.slot = 0;
}

}  // namespace gyre::world
