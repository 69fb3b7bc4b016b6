#pragma once

#include "engine/base/random.hpp"
#include "world/script/atom_cache.hpp"
#include "world/script/frames.hpp"
#include "world/script/meter.hpp"
#include "world/script/natives.hpp"
#include "world/script/runtime.hpp"
#include "world/script/shadows.hpp"
#include "world/script/storage_quota.hpp"
#include "world/script/string_cache.hpp"
#include "world/script/text_arena.hpp"
#include "world/world.hpp"

#include <concepts>
#include <lua.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace gyre::world::script {

struct Draft;
struct Entered;
class Tests;

/// The class of the engine that all others go back to: what every object has, and nothing in Lua.
constexpr const char* engine_class = "object";

/// A `refuse` or `decline` on its way up.
struct Refusal {
    bool declines = false;
    Ref<Text> text;
};

/// A call that waits for its player or for time to pass.
struct Suspended {
    lua_State* thread = nullptr;
    ObjectId target = ObjectId::nothing;
    ObjectId actor = ObjectId::nothing;
    std::string author;        ///< Account whose code waits; empty: the library.
    Atom method = Atom::none;  ///< With which it began.
    TextArena texts;           ///< Those that it holds.
};

/// What a loaded class has beside world::Class.
struct Loaded {
    std::optional<SingletonSpec> singleton;
    int environment = LUA_NOREF;
    /// Own properties whose default names singletons, with that default; it is nil until they exist.
    std::vector<std::pair<Atom, Value>> late_defaults;
};

/// In the order of their names, so that singletons are made in the same order everywhere.
struct ByTitle {
    bool operator()(const Class* left, const Class* right) const { return left->title < right->title; }
};

/// The Lua state and everything that belongs to it. Free functions of this folder work on it.
class State {
  public:
    State(World& its_world, Runtime& its_runtime);
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// Before the first load: by now the atoms have the numbers of the last run.
    void prepare();

    World& world;
    Runtime& runtime;
    Meter meter;
    lua_State* lua = nullptr;
    Random random;
    AtomCache atoms;
    StringCache strings;
    Natives natives;
    Shadows shadows;
    StorageQuota storage;
    TextArena texts;
    Chunks chunks;
    std::map<const Class*, Loaded, ByTitle> loaded;

    std::optional<Refusal> refusal;
    std::shared_ptr<const Fault>
        raised;  ///< What the error on its way up says beside its words, if it is one.
    std::string
        acting_for;        ///< Account for which the library's code runs, see `as_actor`; empty: for nobody.
    std::int64_t now = 0;  ///< Of the running call; 0: not asked yet.
    /// What `text.parse` made, by the account whose code did; empty: the library.
    std::map<std::string, std::set<std::string, std::less<>>> parsed_templates;
    Clock::Steady began;                    ///< The outermost call.
    std::chrono::milliseconds usual_cpu{};  ///< What it may use at most, and is charged at most.
    std::string charged_to;                 ///< The account that its time counts to; empty: nobody's.
    Draft* draft = nullptr;                 ///< While a class file runs.
    Tests* tests = nullptr;                 ///< In a world that is being tested.
    std::vector<lua_State*> idle;           ///< Coroutines for calls.
    std::vector<lua_State*> running;        ///< Those that calls run in, the outermost first.
    std::optional<Question> question;       ///< What the running call is about to wait for.
    std::unordered_map<std::uint64_t, Suspended> suspended;
    std::uint64_t last_suspended = 0;
    std::vector<std::uint8_t> parameter_counts;  ///< By Member::function; see parameters().

    // Tables in the registry.
    int functions = LUA_NOREF;     ///< Methods by Member::function.
    int threads = LUA_NOREF;       ///< Keeps the coroutines.
    int base = LUA_NOREF;          ///< What class files see.
    int declarations = LUA_NOREF;  ///< What they see in addition while they load.
    int event_callers = LUA_NOREF;
    int frozen = LUA_NOREF;  ///< Metatable of environments after loading.
    int next_function = 1;

    int nested_calls = 0;
    Atom pure = Atom::none;  ///< The `can_*` that runs now and may not change anything.
    char refusal_mark = 0;   ///< Its address is the error value of `refuse`; scripts never see it.
    char kill_mark = 0;      ///< The same for a killed call.
    bool any_owned = false;  ///< Some class was not written by a wizard: permissions matter.
    /// Whose sentence runs that he did not type: code that may not write him gave it to him.
    ObjectId pressed = ObjectId::nothing;
    bool may_wait = false;  ///< Of the running call.
    int rehearsed = 0;      ///< `nested_calls` inside a dry run, which ends where it would wait; else 0.
    bool prepared = false;

    CallResult call(ObjectId target, Atom method, std::span<const Value> arguments, const Budget& budget);
    /// How many parameters that function declares, `self` included; a function with `...` takes any number.
    std::size_t parameters(int function);
    CallResult resume(std::uint64_t waiting, const Value& answer, const Budget& budget);
    void abandon(std::uint64_t waiting);
    /// A coroutine to run in; goes back with release().
    lua_State* acquire();
    void release(lua_State* thread);
    /// How what ran in `thread` has ended, by the status that Lua gave.
    CallResult outcome(lua_State* thread, int status, const Entered& entered);

  private:
    CallResult run(lua_State* thread, Object& object, Atom method, std::span<const Value> arguments);
    static CallResult no_call(std::string error);
    void begin_call(const Budget& budget, const std::string& author);
    void charge_owner();
    CallResult end_call(lua_State* thread, const Entered& entered, CallResult result);
    CallResult go_on(lua_State* thread, int arguments, const Entered& entered);
    CallResult fault(lua_State* thread, const Entered& entered);
};

inline State& state_of(lua_State* lua) { return **static_cast<State**>(lua_getextraspace(lua)); }
inline World& world_of(lua_State* lua) { return state_of(lua).world; }

/// Pays for work that a C function is about to do; one unit is about an instruction of Lua. A negative number
/// is more than any call could pay.
template <std::integral Count>
void charge(lua_State* lua, Count steps) {
    Meter& meter = state_of(lua).meter;
    const auto cost = static_cast<std::int64_t>(steps);
    if (cost < 0 || (meter.steps -= cost) < 0) kill(lua, Kill::steps);
}
/// Pays for memory outside of Lua.
inline void charge_bytes(lua_State* lua, std::size_t bytes) {
    Meter& meter = state_of(lua).meter;
    if ((meter.allocation -= static_cast<std::int64_t>(bytes)) < 0) kill(lua, Kill::memory);
}

/// Raises an error with file and line of the nearest Lua frame. `message` may hold anything.
[[noreturn, gnu::cold]] void fail(lua_State* lua, const std::string& message);

/// For functions with an effect: an error while a class file loads.
void needs_call(lua_State* lua);
/// Does it within this scope, also when a Lua error passes.
class PureScope {
  public:
    PureScope(State& state, Atom hook) : state_(state), outer_(state.pure) { state.pure = hook; }
    ~PureScope() { state_.pure = outer_; }
    PureScope(const PureScope&) = delete;
    PureScope& operator=(const PureScope&) = delete;

  private:
    State& state_;
    Atom outer_;
};

/// __newindex of environments: methods have no globals to assign.
int refuse_global(lua_State* lua);

// Parts of what scripts see; each fills the table on top of the stack.
void open_base(lua_State* lua);
void open_strings(lua_State* lua);
void open_tables(lua_State* lua);
void open_numbers(lua_State* lua);
void open_world_api(lua_State* lua);
void open_random_api(lua_State* lua);
void open_text_api(lua_State* lua);
void open_time_api(lua_State* lua);
void open_asking_api(lua_State* lua);
void open_json_api(lua_State* lua);
void open_declarations(lua_State* lua);
void open_decorators(lua_State* lua);
void open_special_defaults(lua_State* lua);
/// The table `world`.
void open_world_table(lua_State* lua);
/// The table `system`.
void open_system(lua_State* lua);
/// The metatable of handles.
void open_handles(lua_State* lua);

/// Sets the field `name` of the table on top to a guarded function.
struct NamedFunction {
    const char* name;
    lua_CFunction function;
};
void set_functions(lua_State* lua, std::initializer_list<NamedFunction> functions);
/// Replaces the table on top by something that can be read through but not changed.
void make_read_only(lua_State* lua, const char* name);

}  // namespace gyre::world::script
