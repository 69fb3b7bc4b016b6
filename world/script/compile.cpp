// A class file runs once, in an environment of its own, under a budget, and may call only what declares. What
// its methods could share between calls is refused here: state outside of properties would escape undo.

#include "world/script/compile.hpp"

#include "world/script/objects.hpp"
#include "world/script/unknown_names.hpp"
#include "world/script/values.hpp"

#include <algorithm>

namespace gyre::world::script {

namespace {

constexpr Budget load_budget{200'000, std::chrono::milliseconds{1000}, 32U << 20, 0};
/// Of a class made in the game: meanwhile everybody waits.
constexpr Budget made_load_budget{200'000, std::chrono::milliseconds{20}, 8U << 20, 0};

/// While a file loads: counts, and lets it call no function of its own, because that could do anything.
void watch_loading(lua_State* lua, lua_Debug* event) {
    if (event->event == LUA_HOOKCOUNT) return Watchdog::count(lua, event);
    lua_getinfo(lua, "S", event);
    if (*event->what != 'L') return;
    luaL_error(lua, "a class file calls none of its functions while it loads: it only declares");
}

/// Assignment to a global at file level: only a `local function`, which the preparation made global.
int assign_global(lua_State* lua) {
    State& state = state_of(lua);
    const std::string name{push_string_of(lua, 2)};
    const bool is_known = state.draft != nullptr && state.draft->source.functions.count(name) != 0;
    if (is_known && lua_isfunction(lua, 3)) {
        lua_settop(lua, 3);
        lua_rawset(lua, 1);
        return 0;
    }
    fail(lua, "'" + name + "' is not declared: write 'local " + name +
                  " <const> = ...' for a constant, or keep it in property." + name);
}

/// With what the method gave on the stack; it may have waited meanwhile.
int super_ended(lua_State* lua, int, lua_KContext) { return lua_gettop(lua); }

/// super.method(self, ...): upvalues are the class and the method's atom.
int call_super(lua_State* lua) {
    Object& object = check_object(lua, 1);
    const auto* of = static_cast<const Class*>(lua_touserdata(lua, lua_upvalueindex(1)));
    const auto method = static_cast<Atom>(lua_tointeger(lua, lua_upvalueindex(2)));
    const Member* member = object.of->find(method);
    const std::string& name = world_of(lua).atoms.name(method);
    if (member != nullptr && member->adds_up)
        fail(lua, "'" + name + "' adds up: every class's runs by itself, without super");
    if (!object.of->is_a(*of)) fail(lua, "super needs self: " + object.of->title + " is no " + of->title);
    if (!push_function_after(lua, object, *of, method))
        fail(lua, "nothing behind " + of->title + " has a method '" + name + "'");
    lua_insert(lua, 1);
    lua_callk(lua, lua_gettop(lua) - 1, LUA_MULTRET, 0, super_ended);
    return super_ended(lua, LUA_OK, 0);
}

/// `super.name`, the first time: upvalue 1 is the class. Later the table behind `super` has it.
int find_super(lua_State* lua) {
    if (lua_type(lua, 2) != LUA_TSTRING) fail(lua, "super has methods only");
    const Atom method = state_of(lua).atoms.find(lua, 2);
    if (method == Atom::none) fail(lua, "nothing has a method '" + std::string{check_string(lua, 2)} + "'");
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_pushinteger(lua, static_cast<lua_Integer>(method));
    lua_pushcclosure(lua, guarded<call_super>, 2);
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
    return 1;
}

/// Not a table, which scripts could fill with state.
void add_super(lua_State* lua, Class& of) {
    lua_newtable(lua);
    lua_createtable(lua, 0, 1);
    lua_pushlightuserdata(lua, &of);
    lua_pushcclosure(lua, guarded<find_super>, 1);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    make_read_only(lua, "super");
    lua_setfield(lua, -2, "super");
}

/// Pushes the environment of a class: its templates, `super`, and behind them what all classes see.
void push_environment(State& state, const Draft& draft) {
    lua_State* lua = state.lua;
    lua_newtable(lua);
    for (std::size_t index = 0; index < draft.source.templates.size(); ++index) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): templates are aligned, so their low bits are free.
        push_handle(lua, Handle::words,
                    reinterpret_cast<std::uintptr_t>(draft.source.templates[index]) >> 2U);
        lua_setfield(lua, -2, template_name(index).c_str());
    }
    add_super(lua, *draft.target);
    lua_createtable(lua, 0, 2);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state.declarations);
    lua_setfield(lua, -2, "__index");
    set_functions(lua, {{"__newindex", guarded<assign_global>}});
    lua_setmetatable(lua, -2);
}

// --- What methods may share

/// Checks what a function holds on to, and what those functions do.
class Captures {
  public:
    Captures(State& state, const Draft& draft) : lua_(state.lua), draft_(draft) {}

    /// The function on top of the stack. Empty if all is well.
    std::string check(int depth = 0) {
        if (depth > max_depth) return "functions hold on to each other too deeply";
        for (int index = 1; const char* name = lua_getupvalue(lua_, -1, index); ++index) {
            std::string fault = std::string_view{name} == "_ENV" ? std::string{} : check_upvalue(name, depth);
            lua_pop(lua_, 1);
            if (!fault.empty()) return fault;
        }
        return {};
    }

  private:
    static constexpr int max_depth = 20;

    std::string check_upvalue(const std::string& name, int depth) {
        const Source& source = draft_.source;
        if (source.constants.count(name) == 0 || source.locals.count(name) != 0) {
            const std::string keyword = lua_isfunction(lua_, -1) ? "local function " + name + "(...)'"
                                                                 : "local " + name + " <const> = ...'";
            return "a method uses the local '" + name + "', which would escape undo: write '" + keyword +
                   ", or keep it in property." + name;
        }
        if (lua_iscfunction(lua_, -1) != 0) return {};
        if (lua_isfunction(lua_, -1)) return check(depth + 1);
        const int type = lua_type(lua_, -1);
        const bool is_late = type == LUA_TLIGHTUSERDATA && handle_kind(lua_, -1) == Handle::text;
        if (is_late) return "the constant '" + name + "' is known only after loading: write it in the method";
        if (type != LUA_TTABLE) return {};
        return "a method uses the table '" + name +
               "', which would escape undo: make it inside the method, or keep it in property." + name;
    }

    lua_State* lua_;
    const Draft& draft_;
};

std::string line_of_function(lua_State* lua) {
    lua_Debug info;
    lua_pushvalue(lua, -1);
    lua_getinfo(lua, ">S", &info);
    return std::string{info.short_src} + ':' + std::to_string(info.linedefined) + ": ";
}

/// Empty if all is well.
std::string check_captures(State& state, const Draft& draft) {
    lua_State* lua = state.lua;
    const auto check_top = [&] {
        std::string fault = Captures{state, draft}.check();
        return fault.empty() ? fault : line_of_function(lua) + fault;
    };
    std::string fault;
    lua_rawgeti(lua, LUA_REGISTRYINDEX, draft.functions);
    const auto count = static_cast<lua_Integer>(lua_rawlen(lua, -1));
    for (lua_Integer index = 1; index <= count && fault.empty(); ++index) {
        lua_rawgeti(lua, -1, index);
        fault = check_top();
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, draft.environment);
    for (const std::string& name : draft.source.functions) {
        if (!fault.empty()) break;
        if (lua_getfield(lua, -1, name.c_str()) == LUA_TFUNCTION) fault = check_top();
        lua_pop(lua, 1);
    }
    lua_pop(lua, 1);
    return fault;
}

// --- Running the file

/// What a protected call left as its error.
std::string error_on_top(lua_State* lua) {
    State& state = state_of(lua);
    std::string message;
    if (state.meter.killed != Kill::none) {
        describe_kill(lua);
        message = state.meter.message;
    } else {
        message = lua_type(lua, -1) == LUA_TSTRING ? std::string{check_string(lua, -1)}
                                                   : std::string{"an error without a message"};
    }
    lua_pop(lua, 1);
    return message;
}

/// Runs the chunk on top of the stack; the error or nothing.
std::string run_chunk(State& state) {
    lua_State* lua = state.lua;
    state.meter.begin(state.draft->from.owner.empty() ? load_budget : made_load_budget);
    Watchdog::restart_clock();
    lua_sethook(lua, watch_loading, LUA_MASKCOUNT | LUA_MASKCALL, Meter::hook_period);
    const int status = lua_pcall(lua, 0, 0, 0);
    lua_sethook(lua, nullptr, 0, 0);
    std::string error = status == LUA_OK ? std::string{} : error_on_top(lua);
    state.meter.end();
    state.texts.clear();
    return error;
}

static_assert(Runtime::max_class_name + std::string_view{"@.lua"}.size() <= AtomCache::max_interned);

std::string load_chunk(State& state, Draft& draft) {
    lua_State* lua = state.lua;
    const std::string chunk = "@" + draft.file();
    if (luaL_loadbufferx(lua, draft.source.code.data(), draft.source.code.size(), chunk.c_str(), "t") !=
        LUA_OK)
        return error_on_top(lua);
    draft.globals = global_uses(lua);
    register_chunk(lua, *draft.target);
    push_environment(state, draft);
    lua_pushvalue(lua, -1);
    draft.environment = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_setupvalue(lua, -2, 1);
    lua_newtable(lua);
    draft.functions = luaL_ref(lua, LUA_REGISTRYINDEX);
    state.draft = &draft;
    std::string error = run_chunk(state);
    state.draft = nullptr;
    if (!error.empty()) return error;
    if (!draft.stacked.empty())
        return draft.file() + ": the last verb, before, every or daily has no method below it";
    if (std::string fault = check_unknown_names(state, draft); !fault.empty()) return fault;
    return check_captures(state, draft);
}

std::string check_names(const ClassSource& from) {
    if (!is_class_name(from.name))
        return from.name + ".lua: a class is named [a-z][a-z0-9_]*, at most 32 letters";
    if (from.source.size() > Runtime::max_source_bytes)
        return from.name + ".lua: the file is larger than 1 MiB";
    return {};
}

}  // namespace

Result<std::unique_ptr<Draft>> compile_class(State& state, const ClassSource& from) {
    if (std::string fault = check_names(from); !fault.empty()) return Error{Errc::script, std::move(fault)};
    auto draft = std::make_unique<Draft>();
    draft->from = from;
    const Atom name = state.world.atoms.intern(from.name);
    if (name == Atom::none)
        return Error{Errc::script, from.name + ".lua: the world has too many different names"};
    draft->target = &state.world.classes.obtain(name, from.name);
    Result<Source> source = prepare_source(from.source, draft->file());
    if (!source) return source.error();
    draft->source = std::move(source).value();
    if (std::string fault = load_chunk(state, *draft); !fault.empty()) {
        discard(state, *draft);
        return Error{Errc::script, std::move(fault)};
    }
    return draft;
}

void discard(State& state, Draft& draft) {
    luaL_unref(state.lua, LUA_REGISTRYINDEX, draft.functions);
    luaL_unref(state.lua, LUA_REGISTRYINDEX, draft.environment);
    draft.functions = draft.environment = LUA_NOREF;
}

}  // namespace gyre::world::script
