// `table`, for Lua's tables and for the lists of objects alike. Scripts cannot give tables metatables, so
// everything here is plain access, charged first.

#include "world/script/containers.hpp"
#include "world/script/state.hpp"
#include "world/script/string_format.hpp"
#include "world/script/table_sort.hpp"
#include "world/script/values.hpp"

namespace gyre::world::script {

namespace {

/// The list at `index`, whichever kind it is, as it is read.
class List {
  public:
    List(lua_State* lua, int index) : lua_(lua), index_(index) {
        if (is_container(lua, index)) {
            container_ = &container_at(lua, index);
            size_ = static_cast<lua_Integer>(container_->list.size());
        } else {
            luaL_checktype(lua, index, LUA_TTABLE);
            size_ = static_cast<lua_Integer>(lua_rawlen(lua, index));
        }
    }
    [[nodiscard]] lua_Integer size() const { return size_; }
    void push(lua_Integer position) const {
        if (container_ == nullptr) {
            lua_rawgeti(lua_, index_, position);
        } else if (position >= 1 && position <= size_) {
            push_stored(lua_, container_->list[static_cast<std::size_t>(position) - 1]);
        } else {
            lua_pushnil(lua_);
        }
    }

  private:
    lua_State* lua_;
    int index_;
    const Container* container_ = nullptr;
    lua_Integer size_ = 0;
};

/// How many positions from `first` to `last` are; kills a call that asks for more than it could pay.
lua_Integer charged_range(lua_State* lua, lua_Integer first, lua_Integer last) {
    if (last < first) return 0;
    const lua_Unsigned count = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first) + 1;
    charge(lua, count == 0 || count > 1U << 30U ? -1 : static_cast<std::int64_t>(count));
    return static_cast<lua_Integer>(count);
}

/// A list of an object as it is changed; refuses maps.
Container& check_list(lua_State* lua) {
    Container& list = writable_container(lua, 1);
    if (list.kind == Container::Kind::map) fail(lua, "this table is a map, not a list");
    return list;
}

/// table.insert(list[, position], value) [E W n]
/// As in Lua; a list of an object may be given. Such lists have at most 10,000 entries.
int insert(lua_State* lua) {
    const int arguments = lua_gettop(lua);
    if (arguments != 2 && arguments != 3) fail(lua, "table.insert takes 2 or 3 arguments");
    if (lua_isnil(lua, arguments)) fail(lua, "nil cannot be inserted into a list");
    const lua_Integer size = List{lua, 1}.size();
    const lua_Integer position = arguments == 2 ? size + 1 : luaL_checkinteger(lua, 2);
    if (position < 1 || position > size + 1)
        fail(lua, "position out of bounds: the list has " + std::to_string(size) + " entries");
    if (is_container(lua, 1)) {
        list_insert(lua, check_list(lua), static_cast<std::size_t>(position), arguments);
        return 0;
    }
    charge(lua, (size - position + 1) / 4 + 1);
    for (lua_Integer at = size; at >= position; --at) {
        lua_rawgeti(lua, 1, at);
        lua_rawseti(lua, 1, at + 1);
    }
    lua_rawseti(lua, 1, position);
    return 0;
}

/// table.remove(list[, position]) -> value [W n]
/// As in Lua; a list of an object may be given.
int remove(lua_State* lua) {
    const List list{lua, 1};
    const lua_Integer size = list.size();
    const lua_Integer position = luaL_optinteger(lua, 2, size);
    const bool nothing = size == 0 && (position == 0 || position == 1);
    if (!nothing && (position < 1 || position > size))
        fail(lua, "position out of bounds: the list has " + std::to_string(size) + " entries");
    if (nothing) {
        lua_pushnil(lua);
        return 1;
    }
    if (is_container(lua, 1)) {
        Container& stored = check_list(lua);
        // What is taken out is a handle to nothing from now on, so it is given as a copy.
        push_loose(lua, stored.list[static_cast<std::size_t>(position) - 1]);
        list_remove(lua, stored, static_cast<std::size_t>(position));
        return 1;
    }
    charge(lua, (size - position) / 4 + 1);
    lua_rawgeti(lua, 1, position);
    for (lua_Integer at = position; at < size; ++at) {
        lua_rawgeti(lua, 1, at + 1);
        lua_rawseti(lua, 1, at);
    }
    lua_pushnil(lua);
    lua_rawseti(lua, 1, size);
    return 1;
}

/// table.concat(list[, separator[, first[, last]]]) -> string [E n]
/// As in Lua: strings and numbers only. Texts are joined with ".." or text.lines.
int concat(lua_State* lua) {
    const List list{lua, 1};
    const std::string_view separator = lua_isnoneornil(lua, 2) ? std::string_view{} : check_string(lua, 2);
    const lua_Integer first = luaL_optinteger(lua, 3, 1);
    const lua_Integer last = luaL_optinteger(lua, 4, list.size());
    const lua_Integer count = charged_range(lua, first, last);
    std::string result;
    for (lua_Integer done = 0; done < count; ++done) {
        list.push(first + done);
        if (lua_isstring(lua, -1) == 0) {
            fail(lua, "entry " + std::to_string(first + done) + " is no string (got " +
                          describe_value(lua, -1) + ")");
        }
        const std::string_view piece = check_string(lua, -1);
        if (result.size() + piece.size() + separator.size() > max_string) {
            fail(lua, "the string would be longer than " +
                          with_commas(static_cast<std::int64_t>(max_string)) + " bytes");
        }
        charge(lua, piece.size() / 32);
        charge_bytes(lua, piece.size() + separator.size());
        if (done > 0) result += separator;
        result += piece;
        lua_pop(lua, 1);
    }
    lua_pushlstring(lua, result.data(), result.size());
    return 1;
}

/// table.unpack(list[, first[, last]]) -> values [E n]
/// As in Lua, at most 1,000 values.
int unpack(lua_State* lua) {
    const List list{lua, 1};
    const lua_Integer first = luaL_optinteger(lua, 2, 1);
    const lua_Integer last = luaL_optinteger(lua, 3, list.size());
    if (last >= first &&
        static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first) >= lua_Unsigned{max_results})
        fail(lua, "too many results to unpack (at most 1,000)");
    const auto count = static_cast<int>(charged_range(lua, first, last));
    luaL_checkstack(lua, count, "too many results");
    for (int done = 0; done < count; ++done) list.push(first + done);
    return count;
}

/// table.pack(...) -> {n = count, values}
/// As in Lua.
int pack(lua_State* lua) {
    const int count = lua_gettop(lua);
    charge(lua, count);
    lua_createtable(lua, count, 1);
    lua_insert(lua, 1);
    for (int index = count; index >= 1; --index) lua_rawseti(lua, 1, index);
    lua_pushinteger(lua, count);
    lua_setfield(lua, 1, "n");
    return 1;
}

/// table.move(from, first, last, to_position[, to]) -> to [E n]
/// As in Lua; `to` is a plain table.
int move(lua_State* lua) {
    const List from{lua, 1};
    const lua_Integer first = luaL_checkinteger(lua, 2);
    const lua_Integer last = luaL_checkinteger(lua, 3);
    const lua_Integer target = luaL_checkinteger(lua, 4);
    const int into = lua_isnoneornil(lua, 5) ? 1 : 5;
    if (is_container(lua, into))
        fail(lua, "table.move cannot write into a table of an object: use table.insert");
    luaL_checktype(lua, into, LUA_TTABLE);
    const lua_Integer count = charged_range(lua, first, last);
    luaL_argcheck(lua, count == 0 || (first > 0 && target > 0 && target < LUA_MAXINTEGER - count), 4,
                  "positions out of bounds");
    const bool overlaps = into == 1 && target > first && target <= last;
    for (lua_Integer done = 0; done < count; ++done) {
        const lua_Integer offset = overlaps ? count - 1 - done : done;
        from.push(first + offset);
        lua_rawseti(lua, into, target + offset);
    }
    lua_pushvalue(lua, into);
    return 1;
}

/// table.sort(list[, before]) [E n]
/// As in Lua, and stable in what it charges; `before(a, b)` may not yield. A list of an object is sorted in
/// place.
int sort(lua_State* lua) {
    lua_settop(lua, 2);
    if (!lua_isnil(lua, 2)) luaL_checktype(lua, 2, LUA_TFUNCTION);
    const bool stored = is_container(lua, 1);
    if (stored) check_list(lua);
    const List list{lua, 1};
    const lua_Integer size = list.size();
    charge(lua, 2 * size);
    lua_createtable(lua, static_cast<int>(size), 0);
    for (lua_Integer at = 1; at <= size; ++at) {
        list.push(at);
        lua_rawseti(lua, 3, at);
    }
    const std::vector<std::uint32_t> order = sorted_order(lua, 3, static_cast<std::size_t>(size), 2);
    if (stored) {
        reorder(lua, check_list(lua), order);
        return 0;
    }
    for (std::size_t at = 0; at < order.size(); ++at) {
        lua_rawgeti(lua, 3, order[at]);
        lua_rawseti(lua, 1, static_cast<lua_Integer>(at) + 1);
    }
    return 0;
}

}  // namespace

void open_tables(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"concat", guarded<concat>},
                        {"insert", guarded<insert>},
                        {"move", guarded<move>},
                        {"pack", guarded<pack>},
                        {"remove", guarded<remove>},
                        {"sort", guarded<sort>},
                        {"unpack", guarded<unpack>}});
    make_read_only(lua, "table");
    lua_setfield(lua, -2, "table");
}

}  // namespace gyre::world::script
