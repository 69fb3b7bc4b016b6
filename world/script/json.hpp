#pragma once

#include "engine/base/result.hpp"
#include "world/container.hpp"
#include "world/value.hpp"

#include <string>
#include <string_view>

namespace gyre::world::script {

/// RFC 8259, as far as it fits values: an empty table is `[]`, integer keys become strings, a `null` member
/// of an object is left out. Whole numbers that fit 64 bits are integers.

/// Fails with bad_input for objects of the world, texts, and numbers that are infinite or none.
Result<std::string> to_json(const Value& value);
/// Fails with bad_input: no JSON, `null` in a list, nested more than Container::max_depth deep, more than
/// Container::max_entries in one list or object. Of equal names in an object the last one counts.
Result<Value> from_json(std::string_view json);

}  // namespace gyre::world::script
