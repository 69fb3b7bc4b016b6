// What tests of a world call (LUA.md section 8).

#include "world/script/test_api.hpp"

#include "world/script/state.hpp"
#include "world/script/testing.hpp"
#include "world/script/texts.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace gyre::world::script {

namespace {

using Lines = std::vector<std::string>;

/// Longest time that may pass at once.
constexpr double max_advance_seconds = 366.0 * 86'400;
/// In the place of any number of lines.
constexpr std::string_view skip = "...";

Tests& tests_of(lua_State* lua) { return *state_of(lua).tests; }

/// test(name, function(t) ... end)
/// A test of a file tests/*_test.lua: runs in a fresh world that is thrown away.
int declare_test(lua_State* lua) {
    std::string name{check_string(lua, 1)};
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_settop(lua, 2);
    const int function = luaL_ref(lua, LUA_REGISTRYINDEX);
    tests_of(lua).add(std::move(name), function);
    return 0;
}

/// check(condition[, note]) [E]
/// Ends the test as failed if the condition does not hold.
int test_check(lua_State* lua) {
    if (lua_toboolean(lua, 1) != 0) return 0;
    lua_settop(lua, 2);
    fail(lua,
         lua_isnil(lua, 2) ? std::string{"the check does not hold"} : std::string{push_string_of(lua, 2)});
}

// --- t:...; argument 1 is `t`.

/// t:room(properties) -> room
/// A new room.
int test_room(lua_State* lua) {
    lua_settop(lua, 2);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_of(lua).base);
    lua_getfield(lua, -1, "create");
    lua_pushliteral(lua, "room");
    lua_pushnil(lua);
    lua_pushvalue(lua, 2);
    lua_call(lua, 3, 1);
    return 1;
}

TestStage::Part part_at(lua_State* lua, int index) {
    TestStage::Part part;
    if (lua_isnoneornil(lua, index)) return part;
    luaL_checktype(lua, index, LUA_TTABLE);
    if (lua_getfield(lua, index, "role") != LUA_TNIL) part.role = check_string(lua, -1);
    lua_pop(lua, 1);
    if (lua_getfield(lua, index, "width") != LUA_TNIL) {
        part.width =
            static_cast<std::uint16_t>(std::clamp<lua_Integer>(luaL_checkinteger(lua, -1), 20, 1000));
    }
    lua_pop(lua, 1);
    part.rights = lua_getfield(lua, index, "rights") == LUA_TNIL || lua_toboolean(lua, -1) != 0;
    lua_pop(lua, 1);
    return part;
}

/// t:player(name, place[, {role=, width=, rights=}]) -> player
/// A connected test player, who keeps what he reads. A wizard's rights are on, but with `rights = false`.
int player(lua_State* lua) {
    lua_settop(lua, 4);
    const ObjectId place = check_object(lua, 3).id;
    TestStage::Part part = part_at(lua, 4);
    part.name = check_string(lua, 2);
    Result<ObjectId> made = ObjectId::nothing;
    Tests& tests = tests_of(lua);
    tests.between_calls([&] { made = tests.stage().make_player(part); });
    if (!made) fail(lua, "there can be no player " + part.name + ": " + made.error().text);
    World& world = world_of(lua);
    if (Object* person = world.objects.living(made.value()))
        world.transaction.set(*person, atom(atoms::location), Value{place});
    push_object(lua, made.value());
    return 1;
}

/// t:advance(seconds)
/// Lets time pass: timers and schedules run.
int advance(lua_State* lua) {
    const lua_Number seconds = luaL_checknumber(lua, 2);
    if (!(seconds >= 0 && seconds <= max_advance_seconds))
        fail(lua, "time goes on by 0 seconds to a year at once");
    const std::chrono::milliseconds time{std::llround(seconds * 1000)};
    Tests& tests = tests_of(lua);
    tests.between_calls([&] { tests.stage().advance(time); });
    return 0;
}

/// t:seed(number)
/// Makes random choices repeatable in another way.
int seed(lua_State* lua) {
    state_of(lua).runtime.seed(static_cast<std::uint64_t>(luaL_checkinteger(lua, 2)));
    return 0;
}

// --- What players do

/// p:types(line)
/// Types a line as this test player.
int types(lua_State* lua) {
    const ObjectId who = check_object(lua, 1).id;
    const std::string line{check_string(lua, 2)};
    Tests& tests = tests_of(lua);
    tests.between_calls([&] { tests.stage().type(who, line); });
    return 0;
}

/// p:answers(line) [E]
/// Types it where a question stands.
int answers(lua_State* lua) {
    const ObjectId who = check_object(lua, 1).id;
    if (!tests_of(lua).stage().is_asked(who)) fail(lua, "nobody has asked anything");
    return types(lua);
}

Lines take_lines(lua_State* lua, ObjectId who) {
    Lines lines;
    Tests& tests = tests_of(lua);
    tests.between_calls([&] { lines = tests.stage().take_lines(who); });
    return lines;
}

void add_lines(Lines& lines, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0) lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Strings from argument `first` on; a template is read as this player reads it.
Lines expected_lines(lua_State* lua, ObjectId who, int first) {
    Lines lines;
    for (int index = first; index <= lua_gettop(lua); ++index) {
        if (const Ref<Text> text = text_at(lua, index)) {
            add_lines(lines, text::plain(*resolve_for(lua, *text, who)));
        } else {
            add_lines(lines, check_string(lua, index));
        }
    }
    return lines;
}

bool match(std::span<const std::string> expected, std::span<const std::string> seen) {
    if (expected.empty()) return seen.empty();
    if (expected.front() != skip) {
        return !seen.empty() && expected.front() == seen.front() &&
               match(expected.subspan(1), seen.subspan(1));
    }
    for (std::size_t left = 0; left <= seen.size(); ++left) {
        if (match(expected.subspan(1), seen.subspan(left))) return true;
    }
    return false;
}

std::string listed(const char* title, const Lines& lines) {
    std::string list;
    if (lines.empty()) return std::string{"\n  "} + title + "nothing";
    for (const std::string& line : lines) {
        list += std::string{"\n  "} + title + line;
        title = "          ";
    }
    return list;
}

void expect(lua_State* lua, ObjectId who, const Lines& expected, const Lines& seen,
            const std::string& where = {}) {
    if (match(expected, seen)) return;
    World& world = world_of(lua);
    const Value& name = world.get_or_nil(*world.objects.find(who), atom(atoms::name));
    fail(lua, std::string{name.tag() == Value::Tag::string ? name.string() : "the player"} +
                  " did not see what was expected" + where + listed("expected  ", expected) +
                  listed("saw       ", seen));
}

/// p:sees(line, ...) [E]
/// The test player has read exactly these lines since last asked; "..." stands for any. With an object it is
/// p:sees of section "person".
int test_sees(lua_State* lua) {
    const ObjectId who = check_object(lua, 1).id;
    if (object_at(lua, 2) != ObjectId::nothing) {
        charge(lua, 20);
        lua_pushboolean(lua, world_of(lua).perception.sees(who, check_object(lua, 2).id) ? 1 : 0);
        return 1;
    }
    expect(lua, who, expected_lines(lua, who, 2), take_lines(lua, who));
    return 0;
}

/// p:sees_nothing() [E]
/// The test player has read nothing since last asked.
int sees_nothing(lua_State* lua) {
    const ObjectId who = check_object(lua, 1).id;
    expect(lua, who, {}, take_lines(lua, who));
    return 0;
}

/// p:hears_on(channel, text, ...) [E]
/// What was said on the channel (or that of this name) since last asked, as the test player has read it, is
/// exactly this; "..." stands for any. What he has read elsewhere stays for `sees`.
int hears_on(lua_State* lua) {
    const ObjectId who = check_object(lua, 1).id;
    World& world = world_of(lua);
    const bool is_name = lua_type(lua, 2) == LUA_TSTRING;
    const std::string channel{is_name ? check_string(lua, 2)
                                      : world.string(check_object(lua, 2), atom(atoms::name))};
    const Lines expected = expected_lines(lua, who, 3);
    Lines heard;
    Tests& tests = tests_of(lua);
    tests.between_calls([&] { heard = tests.stage().take_lines_on(who, channel); });
    expect(lua, who, expected, heard, " on " + channel);
    return 0;
}

}  // namespace

void open_test_api(lua_State* lua) {
    set_functions(lua, {{"test", guarded<declare_test>}, {"check", guarded<test_check>}});
}

void push_test_table(lua_State* lua) {
    lua_newtable(lua);
    set_functions(lua, {{"room", guarded<test_room>},
                        {"player", guarded<player>},
                        {"advance", guarded<advance>},
                        {"seed", guarded<seed>}});
}

std::span<const Native> test_natives() {
    static constexpr std::array<Native, 5> natives{{{"types", guarded<types>, Class::player},
                                                    {"answers", guarded<answers>, Class::player},
                                                    {"sees", guarded<test_sees>, Class::person},
                                                    {"sees_nothing", guarded<sees_nothing>, Class::player},
                                                    {"hears_on", guarded<hears_on>, Class::player}}};
    return natives;
}

}  // namespace gyre::world::script
