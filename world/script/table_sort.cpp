#include "world/script/table_sort.hpp"

#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <numeric>

namespace gyre::world::script {

namespace {

class MergeSort {
  public:
    MergeSort(lua_State* lua, int list, std::size_t size, int less)
        : lua_(lua), list_(list), less_(lua_isnil(lua, less) ? 0 : less), order_(size) {
        charge_bytes(lua, 2 * order_.size() * sizeof(std::uint32_t));
        std::iota(order_.begin(), order_.end(), 1U);
    }

    std::vector<std::uint32_t> run() {
        std::vector<std::uint32_t> merged(order_.size());
        for (std::size_t width = 1; width < order_.size(); width *= 2) {
            for (std::size_t from = 0; from < order_.size(); from += 2 * width) merge(from, width, merged);
            order_.swap(merged);
        }
        return std::move(order_);
    }

  private:
    /// Merges the runs of `width` at `from` and behind it.
    void merge(std::size_t from, std::size_t width, std::vector<std::uint32_t>& into) {
        const std::size_t middle = std::min(from + width, order_.size());
        const std::size_t end = std::min(middle + width, order_.size());
        std::size_t left = from;
        std::size_t right = middle;
        for (std::size_t to = from; to < end; ++to) {
            const bool take_right = left == middle || (right < end && is_less(order_[right], order_[left]));
            into[to] = order_[take_right ? right++ : left++];
        }
    }
    bool is_less(std::uint32_t left, std::uint32_t right) {
        charge(lua_, 4);
        if (less_ == 0) {
            lua_rawgeti(lua_, list_, left);
            lua_rawgeti(lua_, list_, right);
            const bool less = lua_compare(lua_, -2, -1, LUA_OPLT) != 0;
            lua_pop(lua_, 2);
            return less;
        }
        lua_pushvalue(lua_, less_);
        lua_rawgeti(lua_, list_, left);
        lua_rawgeti(lua_, list_, right);
        lua_call(lua_, 2, 1);
        const bool less = lua_toboolean(lua_, -1) != 0;
        lua_pop(lua_, 1);
        return less;
    }

    lua_State* lua_;
    int list_;
    int less_;
    std::vector<std::uint32_t> order_;
};

}  // namespace

std::vector<std::uint32_t> sorted_order(lua_State* lua, int list, std::size_t size, int less) {
    return MergeSort{lua, list, size, less}.run();
}

void reorder(lua_State* lua, Container& list, const std::vector<std::uint32_t>& order) {
    if (list.list.size() != order.size()) fail(lua, "the list changed while it was being sorted");
    // Copied, since entries that are containers belong to their place.
    charge_bytes(lua, order.size() * sizeof(Value));
    const std::vector<Value> before = list.list;
    Transaction& transaction = world_of(lua).transaction;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (order[at] == at + 1) continue;
        charge(lua, 5);
        transaction.list_set(list, at, before[order[at] - 1]);
    }
}

}  // namespace gyre::world::script
