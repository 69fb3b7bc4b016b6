#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gyre::world::script {

/// What the file of a singleton says beyond its class; names of other singletons stay names, because those
/// may be loaded later.
struct SingletonSpec {
    struct Join {
        std::string from;
        std::string direction;
        std::string to;
        std::string back;  ///< Never empty: the opposite direction if the file does not say.
        int line = 0;      ///< Of the file.
    };
    std::string name;
    std::string place;   ///< Where it is put when it is made; empty: nowhere.
    int place_line = 0;  ///< Of the file.
    std::optional<Join> join;
};

/// The direction back, or empty if there is none by nature.
std::string_view opposite_direction(std::string_view direction);

}  // namespace gyre::world::script
