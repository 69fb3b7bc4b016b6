#include "world/script/loader.hpp"

#include "world/script/migration.hpp"
#include "world/script/pure_hooks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::world::script {

std::vector<LoadFault> LoadRun::run(std::span<const ClassSource> sources) {
    std::vector<std::string> order;
    for (const ClassSource& from : sources) {
        if (entries_.count(from.name) != 0) {
            fault(from, from.name + ".lua: there is another class of this name");
            continue;
        }
        Result<std::unique_ptr<Draft>> draft = compile_class(state_, from);
        if (!draft) {
            fault(from, draft.error().text);
            continue;
        }
        order.push_back(from.name);
        renewed_.insert(draft.value()->target);
        entries_[from.name].draft = std::move(draft).value();
    }
    for (const std::string& name : order) visit(name);
    for (auto& [name, entry] : entries_) discard(state_, *entry.draft);
    return std::move(faults_);
}

void LoadRun::fault(const ClassSource& from, std::string message) {
    faults_.push_back({from.origin, std::move(message)});
}

/// Puts a class in force, after what it builds on.
void LoadRun::visit(const std::string& name) {
    Entry& entry = entries_.at(name);
    if (entry.mark != Mark::waiting) return;
    entry.mark = Mark::visiting;
    path_.push_back(name);
    Draft& draft = *entry.draft;
    visit_base(draft.parent);
    for (const std::string& trait : draft.traits) visit_base(trait);
    path_.pop_back();
    if (entry.mark == Mark::done) return;  // Part of a circle that was found further down.
    entry.mark = Mark::done;
    if (std::string message = put_in_force(draft); !message.empty())
        fault(draft.from, draft.file() + ": " + message);
}

void LoadRun::visit_base(const std::string& base) {
    const auto found = entries_.find(base);
    if (found == entries_.end()) return;
    if (found->second.mark != Mark::visiting) return visit(base);
    // A circle: everything on the way back to `base` is at fault.
    std::string circle;
    for (auto at = std::find(path_.begin(), path_.end(), base); at != path_.end(); ++at) {
        circle += *at;
        circle += " -> ";
    }
    for (auto at = std::find(path_.begin(), path_.end(), base); at != path_.end(); ++at) {
        Entry& entry = entries_.at(*at);
        if (entry.mark == Mark::done) continue;
        entry.mark = Mark::done;
        fault(entry.draft->from, fmt::format("{}: classes build on each other in a circle: {}{}",
                                             entry.draft->file(), circle, base));
    }
}

namespace {

/// The methods get their places in the table of functions; a reloaded one keeps its own.
void move_functions(State& state, Draft& draft, const Class& old) {
    state.parameter_counts.clear();
    lua_State* lua = state.lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state.functions);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, draft.functions);
    for (Member& member : draft.members) {
        if (member.function == 0) continue;
        lua_rawgeti(lua, -1, member.function);
        const std::string& name = state.world.atoms.name(member.name);
        if (is_pure_hook(name)) make_pure(lua, name);
        const auto known = std::find_if(old.own.begin(), old.own.end(), [&](const Member& each) {
            return each.name == member.name && each.function != 0;
        });
        member.function = known != old.own.end() ? known->function : state.next_function++;
        lua_rawseti(lua, -3, member.function);
    }
    lua_pop(lua, 2);
}

/// From now on the environment takes no assignments, and declarations are no longer seen.
void freeze_environment(State& state, const Draft& draft) {
    lua_rawgeti(state.lua, LUA_REGISTRYINDEX, draft.environment);
    lua_rawgeti(state.lua, LUA_REGISTRYINDEX, state.frozen);
    lua_setmetatable(state.lua, -2);
    lua_pop(state.lua, 1);
}

}  // namespace

/// Empty if it was done; else what stands in the way.
std::string LoadRun::put_in_force(Draft& draft) {
    DraftCheck check{state_, draft, renewed_};
    std::string message = check.run();
    if (message.empty() && check.misfits().empty()) {
        replace(draft, check);
    } else if (message.empty()) {
        LastVersion last{state_, *draft.target};
        replace(draft, check);
        message = migrate(state_, check);
        if (!message.empty()) last.put_back();
    }
    if (!message.empty()) renewed_.erase(draft.target);
    return message;
}

void LoadRun::replace(Draft& draft, const DraftCheck& check) {
    Class& target = *draft.target;
    move_functions(state_, draft, target);
    freeze_environment(state_, draft);
    target.owner = draft.from.owner;
    target.origin = draft.from.origin;
    target.doc = draft.source.class_doc;
    target.parent = check.parent();
    target.is_trait = target.parent == nullptr;
    target.is_shared = draft.is_shared;
    target.traits = check.traits();
    target.singleton =
        draft.singleton.name.empty() ? Atom::none : state_.world.atoms.intern(draft.singleton.name);
    target.own = std::move(draft.members);
    target.own_verbs = std::move(draft.verbs);
    target.own_before = std::move(draft.before);
    target.own_schedules = std::move(draft.schedules);
    target.exists = true;
    ++target.version;
    state_.any_owned = state_.any_owned || !target.owner.empty();
    state_.world.classes.relink(target);
    Loaded& loaded = state_.loaded[&target];
    loaded.singleton.reset();
    if (!draft.singleton.name.empty()) loaded.singleton = std::move(draft.singleton);
    loaded.late_defaults = std::move(draft.late_defaults);
    state_.shadows.clear();
}

void unload_class(State& state, Class& of) {
    lua_rawgeti(state.lua, LUA_REGISTRYINDEX, state.functions);
    for (const Member& member : of.own) {
        if (member.function == 0) continue;
        lua_pushnil(state.lua);
        lua_rawseti(state.lua, -2, member.function);
    }
    lua_pop(state.lua, 1);
    of.own.clear();
    of.own_verbs.clear();
    of.own_before.clear();
    of.own_schedules.clear();
    of.traits.clear();
    of.parent = nullptr;
    of.exists = false;
    ++of.version;
    state.loaded.erase(&of);
    state.world.classes.relink(of);
    state.shadows.clear();
}

}  // namespace gyre::world::script
