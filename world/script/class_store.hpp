#pragma once

#include "world/stored_source.hpp"
#include "world/transaction.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gyre::world::script {

/// A class that is to be made in the game, or changed.
struct MadeClass {
    std::string name;
    std::string source;
    std::string owner;                   ///< Account.
    ObjectId thing = ObjectId::nothing;  ///< What becomes an instance of it, if anything does.
};

/// Where the sources of classes are kept, and made in the game.
class ClassStore {
  public:
    static constexpr std::size_t max_made_bytes = 64U << 10;  ///< Source of one class made in the game.
    static constexpr std::size_t max_made_per_owner = 500;
    static constexpr std::size_t max_made_bytes_per_owner = 4U << 20;  ///< All their sources.
    /// Classes made in the game, one built on the other.
    static constexpr std::size_t max_made_chain = 16;
    /// Properties, methods and verbs of one, with what it inherits.
    static constexpr std::size_t max_made_members = 1'000;

    virtual ~ClassStore() = default;
    /// Null if there is no such class.
    [[nodiscard]] virtual const StoredSource* find(const std::string& name) const = 0;
    /// Names of the classes that this account made in the game, in order.
    [[nodiscard]] virtual std::vector<std::string> made_by(std::string_view owner) const = 0;
    /// Puts a class made in the game in force and keeps it, as a piece of the call `origin`. Outside of
    /// calls. Returns what is wrong with it: "lamp.lua:3: ...", more lines may follow; empty: it runs.
    [[nodiscard]] virtual std::string put(const MadeClass& made, const Origin& origin) = 0;
    /// Takes a class away that nothing is and nothing builds on, likewise. Returns what stands in the way.
    [[nodiscard]] virtual std::string remove(const std::string& name, const Origin& origin) = 0;
    /// Inside the running transaction, with which it can be rolled back: makes a class what it was; null: it
    /// was not there. Returns what stands in the way.
    [[nodiscard]] virtual std::string put_back(const std::string& name, const StoredSource* before) = 0;
};

}  // namespace gyre::world::script
