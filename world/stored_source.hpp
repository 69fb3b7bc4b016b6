#pragma once

#include "world/value.hpp"

#include <cstdint>
#include <optional>
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
    /// Another version of the same: whose it is and what it says.
    [[nodiscard]] bool is_like(const StoredSource& other) const {
        return origin == other.origin && owner == other.owner && source == other.source;
    }
};

/// How the journal keeps a class made in the game; null: there is none, which is nil.
Value source_record(const StoredSource* made);
/// Reads an encoded record of the class of that name; nullopt: there is none, or the bytes are damaged. Any
/// thread.
std::optional<StoredSource> source_in(std::string_view encoded, std::string_view name);

}  // namespace gyre::world
