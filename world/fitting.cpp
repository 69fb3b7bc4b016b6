#include "world/fitting.hpp"

#include "engine/base/nearest.hpp"
#include "world/world.hpp"

#include <algorithm>

namespace gyre::world {

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

}  // namespace

bool fits(const World& world, const Member& property, const Value& value) {
    if (value.is_nil()) return property.optional;
    if (!property.one_of.empty() &&
        std::find(property.one_of.begin(), property.one_of.end(), value) == property.one_of.end())
        return false;
    if (!fits_type(property.type, value)) return false;
    if (property.instance_of == Atom::none) return true;
    const Object* object = world.objects.living(value.object());
    return object != nullptr && world.is_a(*object, property.instance_of);
}

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

}  // namespace gyre::world
