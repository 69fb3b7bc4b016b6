#pragma once

#include "world/atoms.hpp"
#include "world/value.hpp"

#include <vector>

namespace gyre::world {

/// A list or a map: data, a tree, owned by one property or one other container. Which of both it is shows
/// with its first entry, and is forgotten with its last. Maps are kept in key order (Value::key_less), so
/// that walking them is the same after a rollback and after a restart.
class Container final : public Counted {
  public:
    enum class Kind : std::uint8_t { empty, list, map };
    static constexpr std::size_t max_entries = 10'000;
    static constexpr int max_depth = 16;  ///< depth() of a container plus height() of what goes into it.
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
    bool transient = false;              ///< Of the root container: the property is never stored.

    [[nodiscard]] std::size_t size() const { return kind == Kind::map ? map.size() : list.size(); }
    /// The pair with this key, or end of map.
    [[nodiscard]] std::vector<Pair>::iterator find(const Value& key);
    /// Where the pair with this key is, or would be.
    [[nodiscard]] std::vector<Pair>::iterator lower_bound(const Value& key);
    /// A plain value: without owner, marks and handles.
    [[nodiscard]] Ref<Container> deep_copy() const;
    /// Sets `parent` in all containers below, and forgets the kind of those that are empty.
    void adopt_children();
    void forget_kind_if_empty() {
        if (size() == 0) kind = Kind::empty;
    }
    /// Raises `changed_in` to `batch` in this and all containers below.
    void mark_tree(BatchNumber batch);
    /// The one on top, which a property or nobody owns.
    [[nodiscard]] const Container& root() const;
    /// Levels from the root down to this one, which included; 1 for a root.
    [[nodiscard]] int depth() const;
    /// Levels from this one down to the deepest, this one included.
    [[nodiscard]] int height() const;
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
