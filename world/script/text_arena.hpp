#pragma once

#include "world/text/text.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace gyre::world::script {

/// The texts that the running call holds. Scripts name them by number, so a text costs Lua no allocation and
/// no collection, and all of them go when the call ends. `a .. b .. c` is only noted: the pieces are put
/// together once, when the text is used.
class TextArena {
  public:
    /// A number that scripts hold; fits a handle, and is never that of a text of another call.
    using Number = std::uint64_t;
    /// Joins noted on top of each other, after which whoever joins more should put them together first.
    static constexpr std::uint16_t max_joins_deep = 64;

    /// For a text that was just made.
    Number add(Ref<Text> text);
    /// For a text that something in the world holds: the same number each time, so that it is equal to
    /// itself.
    Number add_stored(const Ref<Text>& text);
    /// left .. right. Precondition: holds() both.
    Number join(Number left, Number right);
    [[nodiscard]] bool holds(Number number) const {
        return number >> 32U == serial_ && static_cast<std::uint32_t>(number) < entries_.size();
    }
    /// Precondition: holds(number). Valid until the next add() or join().
    const Ref<Text>& text(Number number);
    // What text() would have to do. Precondition of each: holds(number).
    [[nodiscard]] bool is_together(Number number) const { return static_cast<bool>(entry(number).text); }
    [[nodiscard]] std::size_t pieces(Number number) const { return entry(number).pieces; }
    [[nodiscard]] std::size_t bytes(Number number) const { return entry(number).bytes; }
    [[nodiscard]] bool is_deep(Number number) const { return entry(number).joins_deep >= max_joins_deep; }
    /// Memory of all of them.
    [[nodiscard]] std::size_t held_bytes() const;
    /// The call has ended.
    void clear();
    /// Memory that a copy of this text takes, texts inside it not counted.
    static std::size_t bytes_of(const Text& text);

  private:
    struct Entry {
        Ref<Text> text;  ///< Null: `left` and `right` are still to be joined.
        std::uint32_t left = 0;
        std::uint32_t right = 0;
        std::uint32_t pieces = 0;  ///< At least 1, so that joining nothing with nothing comes to an end.
        std::uint16_t joins_deep = 0;
        std::size_t bytes = 0;
    };
    [[nodiscard]] const Entry& entry(Number number) const {
        return entries_[static_cast<std::uint32_t>(number)];
    }
    [[nodiscard]] Number number_of(std::size_t index) const { return serial_ << 32U | index; }
    static void measure(Entry& entry);
    void put_together(std::uint32_t index);

    std::vector<Entry> entries_;
    std::unordered_map<const Text*, std::uint32_t> stored_;
    std::uint64_t serial_ = 1;  ///< Of the call; 0 is for what is no text.
};

}  // namespace gyre::world::script
