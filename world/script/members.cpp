#include "world/script/members.hpp"

#include "engine/base/nearest.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>

namespace gyre::world::script {

std::string_view type_word(Type type) {
    switch (type) {
        case Type::any:
            return "anything";
        case Type::boolean:
            return "boolean";
        case Type::integer:
            return "integer";
        case Type::number:
            return "number";
        case Type::string:
        case Type::text:
            return "text";
        case Type::object:
            return "object";
        case Type::table:
            return "table";
    }
    return "anything";
}

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

std::string with_article(std::string_view noun) {
    const bool vowel = !noun.empty() && std::string_view{"aeiou"}.find(noun[0]) != std::string_view::npos;
    return (vowel ? "an " : "a ") + std::string{noun};
}

std::string quoted(const Value& value) {
    if (value.tag() == Value::Tag::string) return '"' + std::string{value.string()} + '"';
    if (value.tag() == Value::Tag::integer) return std::to_string(value.integer());
    return std::string{tag_name(value.tag())};
}

std::string choices(const std::vector<Value>& values) {
    std::string list;
    for (const Value& value : values) list += (list.empty() ? "one of " : ", ") + quoted(value);
    return list;
}

bool fits_type(Type type, const Value& value) {
    switch (type) {
        case Type::any:
            return true;
        case Type::boolean:
            return value.tag() == Value::Tag::boolean;
        case Type::integer:
            return value.tag() == Value::Tag::integer;
        case Type::number:
            return value.tag() == Value::Tag::number;
        case Type::string:
            return value.tag() == Value::Tag::string;
        case Type::text:
            return value.tag() == Value::Tag::string || value.tag() == Value::Tag::text;
        case Type::object:
            return value.tag() == Value::Tag::object;
        case Type::table:
            return value.tag() == Value::Tag::container;
    }
    return false;
}

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

bool fits(lua_State* lua, const Member& property, const Value& value) {
    if (value.is_nil()) return property.optional;
    if (!property.one_of.empty() &&
        std::find(property.one_of.begin(), property.one_of.end(), value) == property.one_of.end())
        return false;
    if (!fits_type(property.type, value)) return false;
    if (property.instance_of == Atom::none) return true;
    const Object* object = world_of(lua).objects.living(value.object());
    return object != nullptr && world_of(lua).is_a(*object, property.instance_of);
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

std::string wanted(const Atoms& atoms, const Member& property) {
    std::string words;
    if (!property.one_of.empty()) {
        words = choices(property.one_of);
    } else if (property.instance_of != Atom::none) {
        words = with_article(atoms.name(property.instance_of));
    } else if (property.type == Type::boolean) {
        words = "true or false";
    } else if (property.type == Type::text) {
        words = "text";
    } else if (property.type == Type::string) {
        words = "text without placeholders";
    } else if (property.type == Type::any) {
        words = "anything";
    } else {
        words = with_article(type_word(property.type));
    }
    return property.optional ? words + " or nil" : words;
}

Value to_property(lua_State* lua, int index, const Member& property) {
    Value value = adjusted(lua, index, property.type);
    if (value.is_nil()) value = to_value(lua, index, world_of(lua).atoms.name(property.name));
    if (!fits(lua, property, value)) does_not_fit(lua, index, property);
    return value;
}

std::string closest(std::string_view word, const std::vector<std::string>& words) {
    std::size_t best = std::min<std::size_t>(2, word.size() / 3 + 1) + 1;
    std::string found;
    for (const std::string& each : words) {
        const std::size_t longer = std::max(word.size(), each.size());
        if (longer - std::min(word.size(), each.size()) >= best) continue;
        const std::size_t apart = edit_distance(word, each);
        if (apart >= best) continue;
        best = apart;
        found = each;
    }
    return found;
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
