#pragma once

#include "world/stored_source.hpp"
#include "world/world.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// What an object is known by in files, wherever it is: a property that the engine keeps, made when it is
/// first exported or named in an export, and carried by imports.
constexpr std::string_view export_id_property = "#export";

/// What somebody may see and change.
struct ExchangeRights {
    std::function<bool(const Object&)> may_write;
    std::function<bool(const StoredSource& made, const Class& of)> may_read;
};

struct Exported {
    std::string text;
    std::size_t objects = 0;
    std::size_t classes = 0;
    std::vector<std::string> left_out;  ///< "the stool (#12), which is not yours": what `text` is without.
    std::vector<std::string> faults;    ///< Not empty: there is no text.
};

/// Objects as a file (object_file.hpp) inside the running transaction, which gives export ids to those that
/// have none: each with its class if that was made in the game, its properties, and what is in it; a room
/// with its exits and without the people. The same objects give the same bytes in any world.
[[nodiscard]] Exported export_objects(World& world, const std::vector<ObjectId>& objects,
                                      const ExchangeRights& rights);
/// The same in a transaction of its own that is nobody's: exporting changes nothing that anybody would undo.
[[nodiscard]] Exported export_by_engine(World& world, const std::vector<ObjectId>& objects,
                                        const ExchangeRights& rights);

/// Whether a class of this name is special to a single thing: its name ends in a number (programming.lua).
[[nodiscard]] bool is_own_class_name(std::string_view name);

}  // namespace gyre::world
