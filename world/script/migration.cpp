// A class whose new version takes other values than its objects hold. The new version is put in force first,
// since it is its code that converts; if that fails, class and objects go back to what they were.

#include "world/script/migration.hpp"

namespace gyre::world::script {

namespace {

/// Copies what a class file declares, which link() completes.
void copy_declared(const Class& from, Class& to) {
    to.owner = from.owner;
    to.origin = from.origin;
    to.doc = from.doc;
    to.parent = from.parent;
    to.is_trait = from.is_trait;
    to.is_shared = from.is_shared;
    to.exists = from.exists;
    to.traits = from.traits;
    to.singleton = from.singleton;
    to.version = from.version;
    to.own = from.own;
    to.own_verbs = from.own_verbs;
    to.own_before = from.own_before;
    to.own_schedules = from.own_schedules;
}

/// Copies functions of these members from one table of functions on the stack to another.
void copy_functions(lua_State* lua, const std::vector<Member>& members, int from, int to) {
    for (const Member& member : members) {
        if (member.function == 0) continue;
        lua_rawgeti(lua, from, member.function);
        lua_rawseti(lua, to, member.function);
    }
}

/// Empty if it was done.
std::string migrate_one(State& state, ObjectId id, Atom method) {
    if (state.world.objects.living(id) == nullptr) return {};  // Another one's has destroyed it.
    const CallResult result = state.call(id, method, {}, Budget::of_player());
    if (result.kind == CallResult::Kind::done) return {};
    const std::string which = "migrate of #" + std::to_string(number(id));
    const bool is_no = result.kind == CallResult::Kind::refused || result.kind == CallResult::Kind::declined;
    return is_no ? which + " refuses" : which + " fails: " + result.error();
}

std::string migrate_all(State& state, DraftCheck& check) {
    const Atom method = state.world.atoms.find(migrate_method);
    const std::set<ObjectId> misfits = check.misfits();
    for (const ObjectId id : misfits) {
        if (std::string fault = migrate_one(state, id, method); !fault.empty()) return fault;
    }
    const std::string unfit = check.check_stored();
    return unfit.empty() ? unfit : unfit + ", also after migrate";
}

}  // namespace

LastVersion::LastVersion(State& state, Class& of) : state_(state), of_(of) {
    copy_declared(of, content_);
    const auto loaded = state.loaded.find(&of);
    if (loaded != state.loaded.end()) loaded_ = loaded->second;
    lua_State* lua = state.lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state.functions);
    lua_newtable(lua);
    copy_functions(lua, content_.own, lua_gettop(lua) - 1, lua_gettop(lua));
    functions_ = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_pop(lua, 1);
}

LastVersion::~LastVersion() { luaL_unref(state_.lua, LUA_REGISTRYINDEX, functions_); }

void LastVersion::put_back() {
    lua_State* lua = state_.lua;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, functions_);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state_.functions);
    copy_functions(lua, content_.own, lua_gettop(lua) - 1, lua_gettop(lua));
    lua_pop(lua, 2);
    copy_declared(content_, of_);
    state_.parameter_counts.clear();
    state_.loaded[&of_] = loaded_;
    state_.world.classes.relink(of_);
    state_.shadows.clear();
}

std::string migrate(State& state, DraftCheck& check) {
    Transaction& transaction = state.world.transaction;
    const bool is_own = !transaction.active();
    if (is_own) {
        Origin origin;
        origin.service = "library";
        origin.description = "migrate";
        transaction.begin(std::move(origin));
    }
    const Transaction::Savepoint savepoint = transaction.savepoint();
    std::string fault = migrate_all(state, check);
    if (!fault.empty()) transaction.rollback_to(savepoint);
    if (is_own) transaction.commit();
    return fault;
}

}  // namespace gyre::world::script
