#pragma once

#include "world/atoms.hpp"
#include "world/value.hpp"

#include <vector>

namespace gyre::world {

/// A list or a map: data, a tree, owned by one property or one other container. Which of both it is shows
/// with its first entry. Maps are kept in key order (Value::key_less), so that walking them is the same after
/// a rollback and after a restart.
class Container final : public Counted {
  public:
    enum class Kind : std::uint8_t { empty, list, map };
    static constexpr std::size_t max_entries = 10'000;
    static constexpr int max_depth = 16;
    struct Pair {
        Value key;  ///< Integer, string or object.
        Value value;
    };

    ~Container() override;

    Kind kind = Kind::empty;
    std::vector<Value> list;
    std::vector<Pair> map;

    /// Where it hangs; null parent and no owner: nowhere (a plain value, or replaced a moment ago).
    Container* parent = nullptr;
    ObjectId owner = ObjectId::nothing;  ///< Of the root container.
    Atom property = Atom::none;          ///< Of the root container.
    BatchNumber changed_in = 0;          ///< The batch that last changed this container's own entries.
    std::uint32_t slot = 0;              ///< In Handles; 0: no script holds it.

    [[nodiscard]] std::size_t size() const { return kind == Kind::map ? map.size() : list.size(); }
    /// The pair with this key, or end of map.
    [[nodiscard]] std::vector<Pair>::iterator find(const Value& key);
    [[nodiscard]] Ref<Container> deep_copy() const;
    /// Sets `parent` in all containers below.
    void adopt_children();
};

/// Scripts hold containers by slot and generation, so that a handle to one that is gone is noticed.
class Handles {
  public:
    /// slot | generation << 32; 62 bits at most are used. Gives the container a slot if it has none.
    std::uint64_t handle(Container& container);
    /// Null when it is gone.
    [[nodiscard]] Container* find(std::uint64_t handle) const;
    void release(Container& container);

    /// The one table: containers free their own slots when they go.
    static Handles& instance();

  private:
    struct Slot {
        Container* container = nullptr;
        std::uint32_t generation = 1;
    };
    static constexpr std::uint32_t generation_mask = 0x3FFF'FFFF;
    std::vector<Slot> slots_{1};  ///< Slot 0 is nobody's.
    std::vector<std::uint32_t> free_;
};

}  // namespace gyre::world
