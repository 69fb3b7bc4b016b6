// What stands where a default would: optional "thing", one_of{...}, object "sea_chest". While a file loads,
// scripts hold the number of such a declaration in the Draft.

#include "world/script/declarations.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::world::script {

namespace {

constexpr std::string_view object_mark = "\x01object\x01";

int push_special(lua_State* lua, Draft::Special special) {
    Draft& draft = draft_of(lua);
    draft.specials.push_back(std::move(special));
    push_handle(lua, Handle::text, draft.specials.size());
    return 1;
}

/// property.x = optional "thing"
/// A property that starts as nil and then takes only that: "text", "integer", "number", "boolean", "table",
/// "object", or instances of that class.
int optional(lua_State* lua) {
    constexpr std::array<std::pair<std::string_view, Type>, 6> types{{{"text", Type::text},
                                                                      {"integer", Type::integer},
                                                                      {"number", Type::number},
                                                                      {"boolean", Type::boolean},
                                                                      {"table", Type::table},
                                                                      {"object", Type::object}}};
    const std::string name = declared_class_name(lua, 1);
    Draft::Special special;
    special.property.optional = true;
    special.property.type = Type::object;
    const auto* type =
        std::find_if(types.begin(), types.end(), [&](const auto& each) { return each.first == name; });
    if (type != types.end()) {
        special.property.type = type->second;
    } else {
        special.property.instance_of = declared_name(lua, name);
    }
    return push_special(lua, std::move(special));
}

/// property.x = one_of{"calm", "cross"}
/// A property that takes only these strings or integers; the first is the default.
int one_of(lua_State* lua) {
    luaL_checktype(lua, 1, LUA_TTABLE);
    const Value choices = to_value(lua, 1, "one_of");
    Draft::Special special;
    if (choices.container().list.empty()) fail(lua, "one_of takes a list with at least one value");
    for (const Value& choice : choices.container().list) {
        if (choice.tag() != Value::Tag::string && choice.tag() != Value::Tag::integer)
            fail(lua, "one_of takes strings or integers");
        special.property.one_of.push_back(choice);
    }
    special.property.standard = special.property.one_of.front();
    special.property.type =
        special.property.standard.tag() == Value::Tag::string ? Type::text : Type::integer;
    return push_special(lua, std::move(special));
}

/// property.x = object "sea_chest"
/// A property whose default is that singleton; it is looked up when all files are loaded.
int late_object(lua_State* lua) {
    Draft::Special special;
    special.object = declared_class_name(lua, 1);
    return push_special(lua, std::move(special));
}

}  // namespace

Draft::Special* special_at(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TLIGHTUSERDATA || handle_kind(lua, index) != Handle::text) return nullptr;
    Draft& draft = draft_of(lua);
    const std::uint64_t position = handle_bits(lua, index);
    return position >= 1 && position <= draft.specials.size() ? &draft.specials[position - 1] : nullptr;
}

Value declared_object(lua_State* lua, int index, std::string_view what) {
    if (state_of(lua).draft != nullptr) {
        const Draft::Special* special = special_at(lua, index);
        if (special != nullptr && !special->object.empty())
            return Value{std::string{object_mark} + special->object};
    }
    fail(lua, "'" + std::string{what} +
                  "' cannot hold this: optional, one_of and object at file level give defaults only");
}

std::string_view named_object(const Value& value) {
    if (value.tag() != Value::Tag::string || value.string().substr(0, object_mark.size()) != object_mark)
        return {};
    return value.string().substr(object_mark.size());
}

bool names_objects(const Value& value) {
    if (value.tag() != Value::Tag::container) return !named_object(value).empty();
    const Container& container = value.container();
    return std::any_of(container.list.begin(), container.list.end(), names_objects) ||
           std::any_of(container.map.begin(), container.map.end(),
                       [](const Container::Pair& pair) { return names_objects(pair.value); });
}

void open_special_defaults(lua_State* lua) {
    set_functions(
        lua,
        {{"optional", guarded<optional>}, {"one_of", guarded<one_of>}, {"object", guarded<late_object>}});
}

}  // namespace gyre::world::script
