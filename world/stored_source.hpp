#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::world {

/// A class as the database remembers it: the source that last loaded without a fault.
struct StoredSource {
    /// Begins the origin of a class that was made in the game.
    static constexpr std::string_view made_origin = "database/";

    std::string source;
    std::string origin;  ///< Path as shown in errors, or made_origin and its name.
    std::string owner;   ///< Account; empty: the library.
    std::int64_t version = 0;

    [[nodiscard]] bool is_made() const { return origin.starts_with(made_origin); }
};

}  // namespace gyre::world
