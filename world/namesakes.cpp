#include "world/namesakes.hpp"

#include "engine/base/utf8.hpp"
#include "world/world.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace gyre::world {

namespace {

/// What counts of a name.
std::string bare(std::string_view name) {
    std::string letters = utf8::fold_ascii(name);
    std::erase_if(letters, [](char byte) {
        const bool is_letter = (byte >= 'a' && byte <= 'z') || static_cast<unsigned char>(byte) >= 0x80;
        return !is_letter && (byte < '0' || byte > '9');
    });
    return letters;
}

bool is_character(const World& world, std::string_view name) {
    return world.names.peek(Names::Space::character, bare(name)) != ObjectId::nothing;
}

/// The name that its class gives an object; empty: none.
std::string_view standard_name(const Class& of) {
    const Member* member = of.find(atom(atoms::name));
    const bool is_given = member != nullptr && member->standard.tag() == Value::Tag::string;
    return is_given ? member->standard.string() : std::string_view{};
}

/// As it is called, outside calls.
std::string_view name_of(Object& object) {
    const Property* own = object.find(atom(atoms::name));
    const bool is_own = own != nullptr && own->value.tag() == Value::Tag::string;
    return is_own ? own->value.string() : standard_name(*object.of);
}

}  // namespace

std::string fault_of_name(Atom property, const Value& value) {
    const bool names =
        property == atom(atoms::name) || property == atom(atoms::plurals) || property == atom(atoms::article);
    if (!names || value.tag() != Value::Tag::string || value.string().size() <= max_object_name) return {};
    const std::string_view what = property == atom(atoms::name)      ? "name"
                                  : property == atom(atoms::plurals) ? "plurals"
                                                                     : "article";
    return fmt::format("{} has at most {} letters (got {})", what, max_object_name, value.string().size());
}

bool is_of_the_world(const Class& of) {
    return (of.kinds & Class::person) != 0 && (of.kinds & Class::player) == 0;
}

bool is_called_like_player(World& world, std::string_view name) {
    return world.names.find(Names::Space::character, bare(name), world.transaction) != ObjectId::nothing;
}

bool is_called_like_npc(World& world, std::string_view name) {
    const std::string wanted = bare(name);
    bool found = false;
    world.objects.each([&](Object& object) {
        found = found || (is_of_the_world(*object.of) && bare(name_of(object)) == wanted);
    });
    return found;
}

std::string fault_of_names(World& world, const Class& of) {
    if (!is_of_the_world(of)) return {};
    std::string taken;
    if (is_character(world, standard_name(of))) taken = standard_name(of);
    world.objects.each([&](Object& object) {
        if (taken.empty() && object.of->is_a(of) && is_of_the_world(*object.of) &&
            is_character(world, name_of(object)))
            taken = name_of(object);
    });
    return taken.empty() ? "" : "'" + taken + "' is the name of a player: call nobody else so";
}

}  // namespace gyre::world
