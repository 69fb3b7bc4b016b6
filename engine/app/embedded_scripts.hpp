#pragma once

#include <span>
#include <string_view>

namespace gyre::app {

/// A class file of scripts/ that is built into the program.
struct EmbeddedScript {
    std::string_view folder;  ///< "core", which every world has, "town", the demo world, or "town/tests".
    std::string_view name;    ///< Without ".lua".
    std::string_view source;
};

/// In order of folder and name. The file behind it is made by tools/embed_scripts.cmake.
std::span<const EmbeddedScript> embedded_scripts();

}  // namespace gyre::app
