#pragma once

#include "world/object_file.hpp"
#include "world/text/text.hpp"
#include "world/world.hpp"

#include <string>

namespace gyre::world {

/// Values of the world as object files have them, inside the running transaction. What they name gets an
/// export id if it has none.
class ExportValues {
  public:
    explicit ExportValues(World& world) : world_(world) {}
    /// The fixed name of an object, or '@' and its export id.
    std::string key(Object& object);
    /// nil: it is gone, or nobody's character.
    FileValue reference(ObjectId id);
    FileValue value(const Value& value);

  private:
    FileValue container(const Container& container);
    FileValue text(const Text& text);
    FileValue piece(const Text::Piece& piece);

    World& world_;
};

}  // namespace gyre::world
