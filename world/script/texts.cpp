#include "world/script/texts.hpp"

#include "world/script/containers.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

constexpr std::size_t max_arguments = 100;  // Of one template.

Text::Argument argument_at(lua_State* lua, int name_index, int value_index) {
    if (lua_type(lua, name_index) != LUA_TSTRING)
        fail(lua, "the arguments of a template have names (got " + describe_value(lua, name_index) + ")");
    const std::string_view name = check_string(lua, name_index);
    if (lua_type(lua, value_index) == LUA_TBOOLEAN || lua_type(lua, value_index) == LUA_TFUNCTION) {
        fail(lua, "'" + std::string{name} + "' is " + describe_value(lua, value_index) +
                      ": a template takes objects, texts, strings, numbers and lists of objects");
    }
    return {std::string{name}, to_value(lua, value_index, name)};
}

/// In order of name, so that equal texts are equal.
void add_argument(lua_State* lua, std::vector<Text::Argument>& arguments, Text::Argument argument) {
    if (arguments.size() >= max_arguments) fail(lua, "a template takes at most 100 arguments");
    const auto place = std::lower_bound(
        arguments.begin(), arguments.end(), argument,
        [](const Text::Argument& left, const Text::Argument& right) { return left.name < right.name; });
    arguments.insert(place, std::move(argument));
}

std::vector<Text::Argument> arguments_at(lua_State* lua, int index) {
    std::vector<Text::Argument> arguments;
    arguments.reserve(4);
    if (is_container(lua, index)) {
        for (const Container::Pair& pair : container_at(lua, index).map) {
            if (pair.key.tag() != Value::Tag::string) fail(lua, "the arguments of a template have names");
            charge(lua, 5);
            add_argument(lua, arguments, {std::string{pair.key.string()}, pair.value});
        }
        return arguments;
    }
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        charge(lua, 5);
        add_argument(lua, arguments, argument_at(lua, -2, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
    return arguments;
}

bool has_argument(const std::vector<Text::Argument>& arguments, const std::string& name) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const Text::Argument& each) { return each.name == name; });
}

/// The same text with arguments for those of its templates that have none of these names.
Ref<Text> with_arguments(lua_State* lua, const Text& text, const std::vector<Text::Argument>& arguments) {
    charge_bytes(lua, TextArena::bytes_of(text));
    Ref<Text> filled = make_ref<Text>();
    filled->pieces = text.pieces;
    for (Text::Piece& piece : filled->pieces) {
        if (piece.kind != Text::Piece::Kind::words) continue;
        charge(lua, 1 + arguments.size());
        for (const Text::Argument& argument : arguments) {
            if (!has_argument(piece.arguments, argument.name)) add_argument(lua, piece.arguments, argument);
        }
    }
    filled->measure();
    return filled;
}

/// The template of a bare handle, or null.
const text::Template* words_at(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TLIGHTUSERDATA || handle_kind(lua, index) != Handle::words)
        return nullptr;
    const void* words = static_cast<const char*>(lua_touserdata(lua, index)) - 3;
    return static_cast<const text::Template*>(words);
}

}  // namespace

Ref<Text> text_of(lua_State* lua, int index) {
    const int type = lua_type(lua, index);
    if (type == LUA_TSTRING) {
        const std::string_view data = check_string(lua, index);
        charge(lua, 3 + data.size() / 16);
        charge_bytes(lua, sizeof(Text) + sizeof(Text::Piece) + data.size());
        return Text::of_data(data);
    }
    if (type == LUA_TNUMBER) {
        const std::string_view digits = push_string_of(lua, index);
        Ref<Text> text = Text::of_data(digits);
        lua_pop(lua, 1);
        return text;
    }
    if (Ref<Text> text = text_at(lua, index)) return text;
    if (object_at(lua, index) != ObjectId::nothing) {
        check_object(lua, index);
        return words_about("{x}", "x", object_at(lua, index));
    }
    fail(lua, "a text is needed (got " + describe_value(lua, index) + ")");
}

Ref<Text> text_with_arguments(lua_State* lua, int index) {
    const bool has_arguments = !lua_isnoneornil(lua, index + 1);
    charge(lua, 5);
    if (const text::Template* words = words_at(lua, index)) {
        std::vector<Text::Argument> arguments;
        if (has_arguments) arguments = arguments_at(lua, index + 1);
        charge_bytes(lua, sizeof(Text) + sizeof(Text::Piece) + arguments.size() * sizeof(Text::Argument));
        return Text::of_template(*words, std::move(arguments));
    }
    Ref<Text> text = text_of(lua, index);
    return has_arguments ? with_arguments(lua, *text, arguments_at(lua, index + 1)) : text;
}

void charge_output(lua_State* lua, const text::Tree& tree) {
    charge(lua, 10 + tree.text.size() / 16);
    Meter& meter = state_of(lua).meter;
    meter.output -= static_cast<std::int64_t>(tree.text.size());
    if (meter.output < 0) kill(lua, Kill::output);
}

namespace {

Ref<const text::Tree> resolve_with(lua_State* lua, const Text& text, ObjectId observer, text::Nouns& nouns) {
    charge(lua, 20 * text.pieces.size());
    Result<Ref<const text::Tree>> tree = text::resolve(text, observer, nouns);
    if (!tree) fail(lua, tree.error().text);
    charge_output(lua, *tree.value());
    return std::move(tree).value();
}

/// What somebody calls things, whoever hears it: what he perceives, and every player who shows himself to
/// him, wherever he is.
class Spoken final : public text::Nouns {
  public:
    Spoken(World& world, ObjectId speaker) : world_(world), speaker_(speaker) {}
    text::Noun noun(ObjectId thing, ObjectId /*observer*/) override {
        text::Noun seen = world_.perception.noun(thing, speaker_);
        Object* object = world_.objects.living(thing);
        if (seen.perceived || object == nullptr || (object->of->kinds & Class::player) == 0) return seen;
        if (!world_.perception.shows_itself(speaker_, *object)) return seen;
        return world_.perception.noun(thing, thing);  // His name, as he has it himself.
    }

  private:
    World& world_;
    ObjectId speaker_;
};

}  // namespace

Ref<const text::Tree> resolve_for(lua_State* lua, const Text& text, ObjectId observer) {
    return resolve_with(lua, text, observer, world_of(lua).perception);
}

Ref<const text::Tree> resolve_spoken(lua_State* lua, const Text& text, ObjectId observer, ObjectId speaker) {
    Spoken names(world_of(lua), speaker);
    return resolve_with(lua, text, observer, names);
}

Ref<Text> words_about(const char* words, const char* argument, ObjectId object) {
    const Result<const text::Template*> compiled = text::compile(words);
    std::vector<Text::Argument> arguments;
    arguments.push_back({argument, Value{object}});
    return Text::of_template(*compiled.value(), std::move(arguments));
}

}  // namespace gyre::world::script
