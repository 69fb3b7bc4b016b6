#pragma once

#include "engine/base/ids.hpp"

namespace gyre {

/// What the reactor must know of the store: which batches are on disk, and how to hand over the next one.
/// A batch is open (collecting changes), sealed (handed over) or durable. One commit is in flight at a time;
/// what is sealed meanwhile becomes the next one, without waiting for the reactor.
class Durability {
  public:
    virtual ~Durability() = default;
    /// The last batch that is on disk.
    [[nodiscard]] virtual BatchNumber durable() const = 0;
    /// The last batch that holds a change; equals durable() when nothing is pending.
    [[nodiscard]] virtual BatchNumber newest() const = 0;
    /// Hand the open batch to the store if it holds anything; false if not. Never blocks.
    virtual bool seal() = 0;
    /// What waits for the next commit is so much that no further call may run until it shrinks.
    [[nodiscard]] virtual bool overfull() const = 0;
};

}  // namespace gyre
