#pragma once

#include "world/stored_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// Where the sources of classes are kept, and made in the game.
class ClassStore {
  public:
    static constexpr std::size_t max_made_bytes = 64U << 10;  ///< Source of one class made in the game.
    static constexpr std::size_t max_made_per_owner = 500;

    virtual ~ClassStore() = default;
    /// Null if there is no such class.
    [[nodiscard]] virtual const StoredSource* find(const std::string& name) const = 0;
    /// Names of the classes that this account made in the game, in order.
    [[nodiscard]] virtual std::vector<std::string> made_by(std::string_view owner) const = 0;
    /// Puts a class made in the game in force and keeps it. Not inside a call. Returns what is wrong with it:
    /// "lamp.lua:3: ...", more lines may follow; empty: it runs.
    [[nodiscard]] virtual std::string put(const std::string& name, const std::string& source,
                                          const std::string& owner) = 0;
    /// Takes a class away that nothing is and nothing builds on. Not inside a call. Returns what stands in
    /// the way.
    [[nodiscard]] virtual std::string remove(const std::string& name) = 0;
};

}  // namespace gyre::world::script
