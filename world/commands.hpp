#pragma once

#include "engine/base/ids.hpp"
#include "world/script/runtime.hpp"

#include <string_view>

namespace gyre::world {

class World;

/// Runs a sentence as a character: finds the verbs it may mean, and calls them until one does not decline.
class Commands {
  public:
    explicit Commands(World& world) : world_(world) {}
    /// In a transaction. Refused, with a helpful sentence, when nothing fits.
    script::CallResult run(ObjectId who, std::string_view line);

  private:
    World& world_;
};

}  // namespace gyre::world
