#include "world/script/members.hpp"

#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

Type type_of_default(Atom property, const Value& standard) {
    // The engine compares and counts by these, so they hold no templates.
    constexpr std::array<std::uint32_t, 4> plain{atoms::name, atoms::article, atoms::pronouns, atoms::role};
    const bool is_plain =
        std::find(plain.begin(), plain.end(), static_cast<std::uint32_t>(property)) != plain.end();
    switch (standard.tag()) {
        case Value::Tag::boolean:
            return Type::boolean;
        case Value::Tag::integer:
            return Type::integer;
        case Value::Tag::number:
            return Type::number;
        case Value::Tag::string:
        case Value::Tag::text:
            return is_plain ? Type::string : Type::text;
        case Value::Tag::object:
            return Type::object;
        case Value::Tag::container:
            return Type::table;
        case Value::Tag::nil:
            break;
    }
    return Type::any;
}

namespace {

/// Integers and numbers become each other where nothing is lost.
Value adjusted(lua_State* lua, int index, Type type) {
    if (lua_type(lua, index) == LUA_TNUMBER && type == Type::number) return Value{lua_tonumber(lua, index)};
    if (lua_type(lua, index) == LUA_TNUMBER && type == Type::integer) {
        int whole = 0;
        const lua_Integer number = lua_tointegerx(lua, index, &whole);
        if (whole != 0) return Value{std::int64_t{number}};
    }
    return {};
}

[[noreturn]] void does_not_fit(lua_State* lua, int index, const Member& property) {
    const Atoms& atoms = world_of(lua).atoms;
    std::string message = atoms.name(property.name) + " must be " + wanted(atoms, property) + " (got " +
                          describe_value(lua, index) + ")";
    if (property.type == Type::integer && lua_type(lua, index) == LUA_TNUMBER)
        message += ": use `//`, or declare the default as a number like `100.0`";
    fail(lua, message);
}

}  // namespace

Value to_property(lua_State* lua, int index, const Member& property) {
    Value value = adjusted(lua, index, property.type);
    if (value.is_nil()) value = to_value(lua, index, world_of(lua).atoms.name(property.name));
    if (!fits(world_of(lua), property, value)) does_not_fit(lua, index, property);
    return value;
}

void no_such_member(lua_State* lua, const Class& of, std::string_view what, std::string_view name) {
    State& state = state_of(lua);
    std::vector<std::string> known = state.natives.names(of);
    for (const Class* each : of.chain) {
        for (const Member& member : each->own) known.push_back(state.world.atoms.name(member.name));
    }
    charge(lua, known.size() * 10);
    std::string message = of.title + " has no " + std::string{what} + " '" + std::string{name} + "'";
    const std::string near = closest(name, known);
    if (!near.empty()) message += " (did you mean '" + near + "'?)";
    fail(lua, message);
}

}  // namespace gyre::world::script
