#pragma once

#include "world/object.hpp"
#include "world/value.hpp"

#include <cstddef>

namespace gyre::world {

/// About what a value takes where it is stored.
[[nodiscard]] std::size_t stored_bytes(const Value& value);
/// What all objects of an owner take. Goes through all objects.
[[nodiscard]] std::size_t bytes_held_by(const Objects& objects, ObjectId owner);

}  // namespace gyre::world
