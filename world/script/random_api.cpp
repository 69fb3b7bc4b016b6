// Choices by chance. Repeatable from a seed, which tests set.

#include "world/script/containers.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <charconv>

namespace gyre::world::script {

namespace {

/// pick(list) -> entry | nil
/// One of the list, each as likely; nil if it is empty. What was destroyed is never picked.
int pick(lua_State* lua) {
    Random& random = state_of(lua).random;
    if (!is_container(lua, 1)) {
        luaL_checktype(lua, 1, LUA_TTABLE);
        const lua_Unsigned size = lua_rawlen(lua, 1);
        if (size == 0) {
            lua_pushnil(lua);
        } else {
            lua_rawgeti(lua, 1, static_cast<lua_Integer>(random.below(size)) + 1);
        }
        return 1;
    }
    const Container& list = container_at(lua, 1);
    const std::size_t size = list.list.size();
    const std::size_t start = size == 0 ? 0 : random.below(size);
    for (std::size_t tried = 0; tried < size; ++tried) {
        charge(lua, 1);
        push_stored(lua, list.list[(start + tried) % size]);
        if (!lua_isnil(lua, -1)) return 1;
        lua_pop(lua, 1);
    }
    lua_pushnil(lua);
    return 1;
}

/// shuffle(list) -> list [n]
/// A new list of the same entries in random order.
int shuffle(lua_State* lua) {
    Random& random = state_of(lua).random;
    if (is_container(lua, 1)) {
        push_loose(lua, to_value(lua, 1, "shuffle"));
    } else {
        luaL_checktype(lua, 1, LUA_TTABLE);
        const auto size = static_cast<lua_Integer>(lua_rawlen(lua, 1));
        charge(lua, 2 * size);
        lua_createtable(lua, static_cast<int>(size), 0);
        for (lua_Integer at = 1; at <= size; ++at) {
            lua_rawgeti(lua, 1, at);
            lua_rawseti(lua, -2, at);
        }
    }
    for (auto at = static_cast<lua_Integer>(lua_rawlen(lua, -1)); at > 1; --at) {
        charge(lua, 3);
        const auto other = static_cast<lua_Integer>(random.below(static_cast<std::uint64_t>(at))) + 1;
        lua_rawgeti(lua, -1, at);
        lua_rawgeti(lua, -2, other);
        lua_rawseti(lua, -3, at);
        lua_rawseti(lua, -2, other);
    }
    return 1;
}

/// chance(probability) -> boolean [E]
/// True with this probability, 0 to 1.
int chance(lua_State* lua) {
    const double probability = luaL_checknumber(lua, 1);
    lua_pushboolean(lua, state_of(lua).random.unit() < probability ? 1 : 0);
    return 1;
}

/// A dice expression: "2d6+1".
struct Dice {
    std::int64_t count = 1;
    std::int64_t sides = 0;
    std::int64_t bonus = 0;
};

bool read_dice(std::string_view words, Dice& dice) {
    constexpr std::int64_t most = 1'000'000;
    const char* at = words.data();
    const char* const end = at + words.size();
    const auto number = [&](std::int64_t& into) {
        const auto [stop, error] = std::from_chars(at, end, into);
        at = stop;
        return error == std::errc{} && into >= 0 && into <= most;
    };
    if (at != end && *at != 'd' && !number(dice.count)) return false;
    if (at == end || *at++ != 'd' || !number(dice.sides)) return false;
    if (at == end) return true;
    const char sign = *at++;
    if ((sign != '+' && sign != '-') || !number(dice.bonus)) return false;
    if (sign == '-') dice.bonus = -dice.bonus;
    return at == end;
}

/// roll "2d6+1" -> number [E]
/// The sum of so many dice, plus or minus a number. At most 1,000 dice.
int roll(lua_State* lua) {
    constexpr std::int64_t max_dice = 1000;
    const std::string_view words = check_string(lua, 1);
    Dice dice;
    if (!read_dice(words, dice) || dice.count < 1 || dice.count > max_dice || dice.sides < 1) {
        fail(lua,
             "roll takes something like \"2d6+1\", at most 1,000 dice (got " + describe_value(lua, 1) + ")");
    }
    charge(lua, dice.count);
    std::int64_t sum = dice.bonus;
    for (std::int64_t die = 0; die < dice.count; ++die) {
        sum +=
            static_cast<std::int64_t>(state_of(lua).random.below(static_cast<std::uint64_t>(dice.sides))) + 1;
    }
    lua_pushinteger(lua, sum);
    return 1;
}

}  // namespace

void open_random_api(lua_State* lua) {
    set_functions(lua, {{"pick", guarded<pick>},
                        {"shuffle", guarded<shuffle>},
                        {"chance", guarded<chance>},
                        {"roll", guarded<roll>}});
}

}  // namespace gyre::world::script
