#pragma once

#include "engine/base/ids.hpp"

#include <string>
#include <string_view>
#include <unordered_map>

namespace gyre::world {

class Transaction;

/// The directory: which object a character's or a singleton's name means. Names are ASCII, compared in lower
/// case. A failed lookup reveals something too, so each answer counts as read, found or not.
class Names {
  public:
    enum class Space : std::uint8_t { character, singleton };
    static constexpr std::size_t min_length = 2;
    static constexpr std::size_t max_length = 16;

    /// `[A-Za-z][A-Za-z0-9]{1,15}`.
    [[nodiscard]] static bool well_formed(std::string_view name);
    /// Names that nobody may take: gyre, root, here, guest7, directions, core verbs ...
    [[nodiscard]] static bool reserved(std::string_view name);

    /// ObjectId::nothing if there is none. Counts as read.
    [[nodiscard]] ObjectId find(Space space, std::string_view name, Transaction& transaction) const;
    /// Undone with the transaction.
    void add(Space space, std::string_view name, ObjectId object, Transaction& transaction);
    void remove(Space space, std::string_view name, Transaction& transaction);
    /// While loading.
    void restore(Space space, std::string_view name, ObjectId object);
    /// Outside calls, for doors; does not count as read.
    [[nodiscard]] ObjectId peek(Space space, std::string_view name) const;
    template <class Visit>
    void each(Space space, Visit&& visit) const {
        for (const auto& [key, entry] : entries_) {
            if (key.front() == prefix(space) && entry.object != ObjectId::nothing)
                visit(key.substr(1), entry.object);
        }
    }

  private:
    struct Entry {
        ObjectId object = ObjectId::nothing;  ///< nothing: once taken, now free; kept for its mark.
        BatchNumber changed_in = 0;
    };
    static char prefix(Space space) { return space == Space::character ? 'c' : 's'; }
    static std::string key(Space space, std::string_view name);
    void change(std::string key, ObjectId object, Transaction& transaction);
    std::unordered_map<std::string, Entry> entries_;
    BatchNumber any_changed_in_ = 0;  ///< For a lookup that found no entry at all.
};

}  // namespace gyre::world
