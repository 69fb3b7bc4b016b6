#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace gyre {

/// Names a world object for ever: 48 bits, dense, never reused.
enum class ObjectId : std::uint64_t { nothing = 0 };
constexpr std::uint64_t number(ObjectId id) { return static_cast<std::uint64_t>(id); }
constexpr ObjectId object_id(std::uint64_t number) { return static_cast<ObjectId>(number); }

/// Names a connected session of one process; never reused.
enum class SessionId : std::uint64_t { none = 0 };

/// Numbers group commits from 1. What is marked with a batch may be seen once that batch is durable; 0 needs
/// none.
using BatchNumber = std::uint64_t;

}  // namespace gyre
