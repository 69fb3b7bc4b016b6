#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {

/// A declaration of a class that differs between two versions of its source.
struct SourceDifference {
    enum class Kind : std::uint8_t { added, changed, removed };
    Kind kind = Kind::changed;
    std::string name;   ///< Of the method, property or event; "" for the rest.
    std::string label;  ///< As told: "verb ring this", "method tick", "property fuel", "event rung".
};

/// What differs, in the order of the declarations; for telling people, so it looks at how lines begin and
/// does not parse. Comments count to the declaration that they stand above. Any thread.
std::vector<SourceDifference> compare_sources(std::string_view before, std::string_view after);

/// A change of a class made in the game.
struct ClassChange {
    std::string class_name;
    std::int64_t version = 0;  ///< That it made; 0: the class was taken away.
    bool is_new = false;       ///< There was none before.
    std::vector<SourceDifference> differences;
};

}  // namespace gyre::world
