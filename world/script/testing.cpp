// A test is a coroutine beside the calls that it sets off. What it does itself to the world (making a lamp,
// setting a property) is in a transaction that ends whenever a player types or time passes: those are calls
// of their own, through the gate, as in a world that is played.

#include "world/script/testing.hpp"

#include "world/script/blame.hpp"
#include "world/script/source.hpp"
#include "world/script/state.hpp"
#include "world/script/test_api.hpp"
#include "world/script/values.hpp"

#include <utility>

namespace gyre::world::script {

namespace {

/// A test may take its time; the calls in it may not.
constexpr Budget test_budget{100'000'000, std::chrono::seconds{60}, std::size_t{4} << 30U, 64U << 20};

/// Functions of a test file may call each other; anything else it assigns would be shared between tests.
int keep_function(lua_State* lua) {
    if (!lua_isfunction(lua, 3)) {
        const std::string name{push_string_of(lua, 2)};
        fail(lua, "'" + name + "' is not declared: write 'local " + name + " = ...'");
    }
    lua_settop(lua, 3);
    lua_rawset(lua, 1);
    return 0;
}

void push_environment(State& state, const Source& source) {
    lua_State* lua = state.lua;
    lua_newtable(lua);
    for (std::size_t index = 0; index < source.templates.size(); ++index) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): templates are aligned, so their low bits are free.
        push_handle(lua, Handle::words, reinterpret_cast<std::uintptr_t>(source.templates[index]) >> 2U);
        lua_setfield(lua, -2, template_name(index).c_str());
    }
    open_test_api(lua);
    lua_createtable(lua, 0, 2);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, state.base);
    lua_setfield(lua, -2, "__index");
    set_functions(lua, {{"__newindex", guarded<keep_function>}});
    lua_setmetatable(lua, -2);
}

void begin_metering(State& state, lua_State* thread) {
    state.meter.begin(test_budget);
    Watchdog::restart_clock();
    lua_sethook(thread, Watchdog::count, LUA_MASKCOUNT, Meter::hook_period);
}

}  // namespace

/// What the calls in between would take away.
struct Tests::Resting {
    lua_State* thread = nullptr;
    TextArena texts;
};

Tests::Tests(Runtime& runtime, TestStage& stage)
    : runtime_(runtime), stage_(stage), resting_(std::make_unique<Resting>()) {
    State& state = runtime.state();
    state.tests = this;
    state.natives.add(test_natives(), state.world.atoms);
}

Tests::~Tests() { runtime_.state().tests = nullptr; }

void Tests::add(std::string name, int function) {
    names_.push_back(std::move(name));
    functions_.push_back(function);
}

Status Tests::load(const std::string& name, std::string_view source) {
    const std::string file = name + ".lua";
    if (name.size() > max_name)
        return Error{Errc::script, file + ": the name of a test file has at most 32 letters"};
    const Result<Source> prepared = prepare_source(source, file);
    if (!prepared) return prepared.error();
    State& state = runtime_.state();
    lua_State* lua = state.lua;
    const std::string& code = prepared.value().code;
    int status = luaL_loadbufferx(lua, code.data(), code.size(), ("@" + file).c_str(), "t");
    begin_metering(state, lua);
    if (status == LUA_OK) {
        files_.push_back(std::make_unique<Class>());
        files_.back()->title = name;
        register_chunk(lua, *files_.back());
        push_environment(state, prepared.value());
        lua_setupvalue(lua, -2, 1);
        status = lua_pcall(lua, 0, 0, 0);
    }
    Status loaded = done();
    if (status != LUA_OK) {
        loaded = Error{Errc::script, state.outcome(lua, status, {}).error()};
        lua_pop(lua, 1);
    }
    lua_sethook(lua, nullptr, 0, 0);
    state.meter.end();
    state.texts.clear();
    return loaded;
}

CallResult Tests::run(std::size_t index) {
    State& state = runtime_.state();
    running_ = names_[index];
    lua_State* thread = state.acquire();
    resting_->thread = thread;
    resume();
    lua_rawgeti(thread, LUA_REGISTRYINDEX, functions_[index]);
    push_test_table(thread);
    int results = 0;
    const int status = lua_resume(thread, nullptr, 1, &results);
    lua_settop(thread, status == LUA_OK ? 0 : lua_gettop(thread));
    CallResult result = state.outcome(thread, status, {});
    pause();
    lua_sethook(thread, nullptr, 0, 0);
    state.release(thread);
    return result;
}

void Tests::pause() {
    State& state = runtime_.state();
    if (state.world.transaction.active()) state.world.transaction.commit();
    state.shadows.call_ended(state.world);
    state.meter.end();
    std::swap(state.texts, resting_->texts);
}

void Tests::resume() {
    State& state = runtime_.state();
    std::swap(state.texts, resting_->texts);
    Origin origin;
    origin.service = "test";
    origin.description = running_;
    state.now = 0;
    state.world.transaction.begin(std::move(origin));
    begin_metering(state, resting_->thread);
}

}  // namespace gyre::world::script
