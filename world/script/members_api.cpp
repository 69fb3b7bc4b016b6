// `o:properties()` and `o:methods()`: what an object has, with its help.

#include "world/script/api_calls.hpp"
#include "world/script/members.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <vector>

namespace gyre::world::script {

namespace {

/// The nearest declarations of an object's class chain that the running code may know, by name.
template <class Wanted>
std::vector<const Member*> members_of(lua_State* lua, const Object& object, Wanted&& wanted) {
    World& world = world_of(lua);
    world.transaction.saw(object.existence_changed_in);
    world.transaction.saw(object.of->changed_in);
    const bool may_know_all = may_write(lua, object);
    std::vector<const Member*> found;
    for (const Class* of : object.of->chain) {
        charge(lua, 2 + 2 * of->own.size());
        for (const Member& own : of->own) {
            const Member* member = object.of->find(own.name);
            if (member->declared_in == of && wanted(*member) && (may_know_all || !member->is_private))
                found.push_back(member);
        }
    }
    std::ranges::sort(found, {}, [&](const Member* member) -> const std::string& {
        return world.atoms.name(member->name);
    });
    return found;
}

/// {name, doc, class}, and what `add` puts into it, for each.
template <class Add>
int push_members(lua_State* lua, const std::vector<const Member*>& members, Add&& add) {
    lua_createtable(lua, static_cast<int>(members.size()), 0);
    lua_Integer index = 0;
    for (const Member* member : members) {
        charge(lua, 15);
        lua_createtable(lua, 0, 4);
        set_string(lua, "name", world_of(lua).atoms.name(member->name));
        set_string(lua, "doc", member->doc);
        set_string(lua, "class", member->declared_in->title);
        add(*member);
        lua_rawseti(lua, -2, ++index);
    }
    return 1;
}

}  // namespace

/// o:properties() -> list of {name, doc, class, takes} [n]
/// What the running code may know of its properties, by name; `takes` says which values one accepts.
int properties_of(lua_State* lua) {
    const auto properties = members_of(lua, check_object(lua, 1), [](const Member& member) {
        return member.kind == Member::Kind::property;
    });
    return push_members(lua, properties, [&](const Member& member) {
        set_string(lua, "takes", wanted(world_of(lua).atoms, member));
    });
}

/// o:methods() -> list of {name, doc, class} [n]
/// What the running code may call, by name.
int methods_of(lua_State* lua) {
    const auto methods = members_of(lua, check_object(lua, 1), [](const Member& member) {
        return member.kind != Member::Kind::property;
    });
    return push_members(lua, methods, [&](const Member& member) {
        lua_pushboolean(lua, member.adds_up || member.engine_only ? 1 : 0);
        lua_setfield(lua, -2, "event");
    });
}

}  // namespace gyre::world::script
