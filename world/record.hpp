#pragma once

#include "world/container.hpp"
#include "world/value.hpp"

#include <string_view>
#include <utility>

namespace gyre::world {

/// A map with names for keys, put together field by field, as scripts get it from the engine.
class Record {
  public:
    Record() { fields_->kind = Container::Kind::map; }
    /// Precondition: the name is not set yet.
    void set(std::string_view name, Value value) {
        const Value key{name};
        fields_->map.insert(fields_->lower_bound(key), {key, std::move(value)});
    }
    /// Leaves it empty.
    [[nodiscard]] Value take() { return Value{std::move(fields_)}; }

  private:
    Ref<Container> fields_ = make_ref<Container>();
};

}  // namespace gyre::world
