#pragma once

#include "engine/base/ids.hpp"

namespace gyre {

/// What the reactor must know of the store: which batches are on disk, and how to hand over the next one.
/// A batch is open (collecting changes), in flight (being written) or durable; one is in flight at a time.
class Durability {
  public:
    virtual ~Durability() = default;
    /// The last batch that is on disk.
    [[nodiscard]] virtual BatchNumber durable() const = 0;
    /// The last batch that holds a change; equals durable() when nothing is pending.
    [[nodiscard]] virtual BatchNumber newest() const = 0;
    /// Hand the open batch to the store if it holds anything and none is in flight. Never blocks.
    virtual void seal() = 0;
    /// The open batch is so large that no further call may run until it shrinks.
    [[nodiscard]] virtual bool overfull() const = 0;
};

}  // namespace gyre
