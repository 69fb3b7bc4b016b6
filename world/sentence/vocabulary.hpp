#pragma once

#include "world/class.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gyre::world::sentence {

/// Every word with which a verb of some class begins, and in what ways an object can come into its sentences.
/// Made anew after classes were loaded. It spares most lines the walk over what is in reach: nobody has to
/// look for a tool for "look" if no class in the world offers one.
class Vocabulary {
  public:
    struct Entry {
        bool plain = false;    ///< Some verb has no `this`.
        bool named = false;    ///< Some verb has `this`,
        bool tool = false;     ///< or has it in a bracket.
        bool for_all = false;  ///< Some needs no role: its word is no secret.
        std::size_t fewest_named = static_cast<std::size_t>(-1);  ///< Tokens of the shortest with `this`.
    };

    void rebuild(const Classes& classes);
    void clear() { entries_.clear(); }
    /// Adds what this class itself declares.
    void add(const Class& declaring);
    /// Null if no verb begins so.
    [[nodiscard]] const Entry* find(std::string_view word) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
};

}  // namespace gyre::world::sentence
