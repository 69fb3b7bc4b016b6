// What a class file can say at file level (LUA.md section 2), but for what stands above a method
// (decorators.cpp) and what a property may be beside a value (special_defaults.cpp). Each declaration only
// writes into the Draft.

#include "world/script/declarations.hpp"
#include "world/namesakes.hpp"

#include "world/script/members.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::world::script {

bool is_class_name(std::string_view name) {
    return !name.empty() && name.size() <= Runtime::max_class_name && name[0] >= 'a' && name[0] <= 'z' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

Draft& draft_of(lua_State* lua) {
    Draft* draft = state_of(lua).draft;
    if (draft == nullptr) fail(lua, "this is a declaration: it belongs to file level");
    return *draft;
}

Atom declared_name(lua_State* lua, std::string_view name) {
    const Atom atom = world_of(lua).atoms.intern(name);
    if (atom == Atom::none) fail(lua, "the world has too many different names");
    return atom;
}

std::string declared_class_name(lua_State* lua, int index) {
    const std::string_view name = check_string(lua, index);
    if (!is_class_name(name)) fail(lua, "'" + std::string{name} + "' is no name of a class");
    return std::string{name};
}

namespace {

/// The line of the file that declares now.
int current_line(lua_State* lua) {
    lua_Debug frame;
    if (lua_getstack(lua, 1, &frame) == 0) return 0;
    lua_getinfo(lua, "l", &frame);
    return frame.currentline;
}

/// inherit "thing"
/// The one parent of the class. A file without it is a trait: it can only be used.
int inherit(lua_State* lua) {
    Draft& draft = draft_of(lua);
    if (!draft.parent.empty()) fail(lua, "a class inherits one class only: for more, use traits");
    draft.parent = declared_class_name(lua, 1);
    return 0;
}

/// use("openable", "lockable")
/// Traits, nearest first. Lookup goes through the class, its traits as written, then its parent.
int use(lua_State* lua) {
    Draft& draft = draft_of(lua);
    for (int index = 1; index <= lua_gettop(lua); ++index) {
        std::string name = declared_class_name(lua, index);
        if (std::find(draft.traits.begin(), draft.traits.end(), name) != draft.traits.end())
            fail(lua, "trait '" + name + "' is used twice");
        draft.traits.push_back(std::move(name));
    }
    return 0;
}

/// shared()
/// Others than its owner may build on this class, made in the game.
int share(lua_State* lua) {
    draft_of(lua).is_shared = true;
    return 0;
}

/// singleton "sea_chest"
/// The file is one object of that name, made at first load.
int singleton(lua_State* lua) {
    draft_of(lua).singleton.name = declared_class_name(lua, 1);
    return 0;
}

/// place "cabin"
/// Where a singleton is put first.
int place(lua_State* lua) {
    SingletonSpec& singleton = draft_of(lua).singleton;
    singleton.place = declared_class_name(lua, 1);
    singleton.place_line = current_line(lua);
    return 0;
}

/// join("square", "north", "tavern"[, "south"])
/// A singleton exit: the rooms that it joins, and the ways there and back.
int join(lua_State* lua) {
    SingletonSpec::Join join;
    join.from = declared_class_name(lua, 1);
    join.direction = check_string(lua, 2);
    join.to = declared_class_name(lua, 3);
    join.back = lua_isnoneornil(lua, 4) ? opposite_direction(join.direction) : check_string(lua, 4);
    if (join.back.empty())
        fail(lua, "join: '" + join.direction + "' has no opposite: name the direction back as well");
    join.line = current_line(lua);
    draft_of(lua).singleton.join = std::move(join);
    return 0;
}

// --- Members

std::string doc_of(const Draft& draft, std::string_view name) {
    const auto found = draft.source.docs.find(name);
    return found == draft.source.docs.end() ? std::string{} : found->second;
}

std::string member_name(lua_State* lua, int index) {
    if (lua_type(lua, index) != LUA_TSTRING) fail(lua, "properties and methods have names");
    std::string name{check_string(lua, index)};
    if (state_of(lua).natives.reserved(name))
        fail(lua, "'" + name + "' is the engine's: choose another name");
    return name;
}

/// Adds a member, or says what else has its name. An event may be declared and implemented.
void add_member(lua_State* lua, Member member) {
    Draft& draft = draft_of(lua);
    const std::string& name = world_of(lua).atoms.name(member.name);
    const auto kind_word = [](Member::Kind kind) {
        return kind == Member::Kind::property ? "a property"
               : kind == Member::Kind::method ? "a method"
                                              : "an event";
    };
    for (const Member& known : draft.members) {
        if (known.name != member.name) continue;
        const bool properties = known.kind == Member::Kind::property || member.kind == Member::Kind::property;
        if (!properties && known.kind != member.kind) continue;
        if (known.kind == member.kind) fail(lua, "'" + name + "' is declared twice");
        fail(lua, "'" + name + "' is " + kind_word(known.kind) + " already, so it cannot be " +
                      kind_word(member.kind));
    }
    member.declared_in = draft.target;
    member.doc = doc_of(draft, name);
    draft.members.push_back(std::move(member));
}

/// Vetoes, and what the engine tells objects.
bool always_adds_up(std::string_view name) {
    constexpr std::array<std::string_view, 13> events{
        "created",   "destroyed", "started", "left",  "moved", "entered",     "came_in",
        "connected", "link_lost", "noticed", "heard", "told",  "disconnected"};
    return name.substr(0, 4) == "can_" || std::find(events.begin(), events.end(), name) != events.end();
}

/// Only the engine calls these.
bool is_entry_point(std::string_view name) {
    return name == "connected" || name == "came_in" || name == "disconnected" || name == "link_lost" ||
           name == "mail_received" || name.substr(0, 5) == "http_";
}

void finish_stacked(lua_State* lua, Draft& draft, const Member& method) {
    const std::string& name = world_of(lua).atoms.name(method.name);
    for (Verb& verb : draft.stacked.verbs) {
        verb.method = method.name;
        if (verb.doc.empty()) verb.doc = doc_of(draft, name);
        draft.verbs.push_back(std::move(verb));
    }
    if (draft.stacked.before) {
        draft.stacked.before->method = method.name;
        draft.before.push_back(std::move(*draft.stacked.before));
    }
    for (Schedule& schedule : draft.stacked.schedules) {
        schedule.method = method.name;
        draft.schedules.push_back(schedule);
    }
    draft.stacked = {};
}

/// The function at `index` becomes a method.
void add_method(lua_State* lua, const std::string& name, int index, bool is_private) {
    Draft& draft = draft_of(lua);
    if (lua_iscfunction(lua, index) != 0) fail(lua, "'" + name + "' must be a function of this file");
    Member member;
    member.name = declared_name(lua, name);
    member.kind = Member::Kind::method;
    member.is_private = is_private;
    member.engine_only = is_entry_point(name);
    member.adds_up = always_adds_up(name);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, draft.functions);
    member.function = static_cast<int>(lua_rawlen(lua, -1)) + 1;
    lua_pushvalue(lua, index);
    lua_rawseti(lua, -2, member.function);
    lua_pop(lua, 1);
    add_member(lua, member);
    finish_stacked(lua, draft, member);
}

Member property_from(lua_State* lua, const std::string& name, int index) {
    Member member;
    const Draft::Special* special = special_at(lua, index);
    if (special != nullptr && special->object.empty()) member = special->property;
    member.name = declared_name(lua, name);
    if (special != nullptr && special->object.empty()) {
        if (member.type == Type::text) member.type = type_of_default(member.name, Value{""});
        return member;
    }
    if (lua_isnil(lua, index)) {
        fail(lua, "the default of '" + name + "' is nil: write property." + name +
                      " = optional \"text\", or another type");
    }
    member.standard = to_value(lua, index, name);
    member.type = special != nullptr ? Type::object : type_of_default(member.name, member.standard);
    if (member.type == Type::string && member.standard.tag() != Value::Tag::string)
        fail(lua, "'" + name + "' must be text without placeholders");
    if (const std::string fault = fault_of_name(member.name, member.standard); !fault.empty())
        fail(lua, fault);
    member.optional = special != nullptr;  // Until all files are loaded, it is nothing.
    return member;
}

enum class Section : int { property, transient, private_member, method };

/// `property.x = value` and the like; upvalue 1 says which.
int declare(lua_State* lua) {
    const auto section = static_cast<Section>(lua_tointeger(lua, lua_upvalueindex(1)));
    const std::string name = member_name(lua, 2);
    const bool is_function = lua_isfunction(lua, 3);
    const bool is_private = section == Section::private_member;
    if (is_function && (is_private || section == Section::method)) {
        add_method(lua, name, 3, is_private);
        return 0;
    }
    if (is_function)
        fail(lua, "property '" + name + "' cannot hold a function: write function self:" + name + "()");
    if (section == Section::method)
        fail(lua, "self." + name + " at file level declares a method: use property." + name + " for data");
    Draft& draft = draft_of(lua);
    if (!draft.stacked.empty())
        fail(lua, draft.stacked.what() + " must stand above its method, not above property '" + name + "'");
    Member member = property_from(lua, name, 3);
    member.is_private = is_private;
    member.transient = section == Section::transient;
    if (names_objects(member.standard))
        draft.late_defaults.emplace_back(member.name, std::exchange(member.standard, Value{}));
    add_member(lua, std::move(member));
    return 0;
}

int cannot_read(lua_State* lua) {
    fail(lua, "'" + std::string{push_string_of(lua, 2)} +
                  "' cannot be read here: file level only declares; read it in a method");
}

/// event "unlocked"
/// Declares an event that this class tells of by calling self:unlocked(who). All implementations in the chain
/// run, base class first; none is fine.
int event(lua_State* lua) {
    Member member;
    const std::string name = member_name(lua, 1);
    member.name = declared_name(lua, name);
    member.kind = Member::Kind::event;
    member.engine_only = is_entry_point(name);
    member.adds_up = true;
    add_member(lua, member);
    return 0;
}

void add_section(lua_State* lua, const char* name, Section section) {
    lua_newuserdatauv(lua, 0, 0);
    lua_createtable(lua, 0, 2);
    set_functions(lua, {{"__index", guarded<cannot_read>}});
    lua_pushinteger(lua, static_cast<lua_Integer>(section));
    lua_pushcclosure(lua, guarded<declare>, 1);
    lua_setfield(lua, -2, "__newindex");
    lua_setmetatable(lua, -2);
    lua_setfield(lua, -2, name);
}

}  // namespace

void open_declarations(lua_State* lua) {
    set_functions(lua, {{"inherit", guarded<inherit>},
                        {"use", guarded<use>},
                        {"shared", guarded<share>},
                        {"singleton", guarded<singleton>},
                        {"place", guarded<place>},
                        {"join", guarded<join>},
                        {"event", guarded<event>}});
    open_special_defaults(lua);
    open_decorators(lua);
    /// property.fuel = 100
    /// A property and its default, which fixes the type: boolean, integer, number (1.0), text, object or
    /// table.
    add_section(lua, "property", Section::property);
    /// transient.visits = 0
    /// A property that is rolled back like any other, but never stored.
    add_section(lua, "transient", Section::transient);
    /// private.floor = 0.7, function private:price()
    /// Seen and called only by code that may write the object, and by the engine.
    add_section(lua, "private", Section::private_member);
    /// function self:light(who)
    /// A method. `super.light(self, who)` calls the next one in lookup order.
    add_section(lua, "self", Section::method);
}

}  // namespace gyre::world::script
