#include "world/script/runtime.hpp"

#include "world/schedules.hpp"
#include "world/script/loader.hpp"
#include "world/script/migration.hpp"
#include "world/script/objects.hpp"
#include "world/script/singletons.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <array>
#include <stdexcept>

namespace gyre::world::script {

State::State(World& its_world, Runtime& its_runtime) : world(its_world), runtime(its_runtime) {
    lua = lua_newstate(Meter::allocate, &meter);
    if (lua == nullptr) throw std::runtime_error("no memory for scripts");
    *static_cast<State**>(lua_getextraspace(lua)) = this;
    lua_atpanic(lua,
                [](lua_State*) -> int { throw std::runtime_error("Lua had an error outside of a call"); });
    for (int* table : {&functions, &threads, &event_callers}) {
        lua_newtable(lua);
        *table = luaL_ref(lua, LUA_REGISTRYINDEX);
    }
    // What stays is a few MB of classes; waiting until garbage is three times that makes cycles rare.
    lua_gc(lua, LUA_GCINC, 400, 200, 0);
    atoms.open(lua, world.atoms);
    strings.open(lua);
    open_handles(lua);
    lua_newtable(lua);
    for (const auto open : {open_base, open_strings, open_tables, open_numbers, open_world_api,
                            open_random_api, open_text_api, open_time_api, open_asking_api, open_json_api})
        open(lua);
    lua_pushvalue(lua, -1);
    base = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_newtable(lua);
    open_declarations(lua);
    lua_createtable(lua, 0, 1);
    lua_pushvalue(lua, -3);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, -2);
    declarations = luaL_ref(lua, LUA_REGISTRYINDEX);
    lua_createtable(lua, 0, 2);
    lua_insert(lua, -2);
    lua_setfield(lua, -2, "__index");
    set_functions(lua, {{"__newindex", guarded<refuse_global>}});
    frozen = luaL_ref(lua, LUA_REGISTRYINDEX);
}

State::~State() { lua_close(lua); }

void State::prepare() {
    if (prepared) return;
    prepared = true;
    for (const auto natives_of :
         {object_natives, thing_natives, place_natives, person_natives, social_natives, asking_natives,
          command_natives, workshop_natives, history_natives, dry_run_natives, exchange_natives})
        natives.add(natives_of(), world.atoms);
    Class& root = world.classes.obtain(world.atoms.intern(engine_class), engine_class);
    root.exists = true;
    root.origin = "engine";
    root.link();
}

namespace {

constexpr std::size_t few_sources = 16;

}  // namespace

Runtime::Runtime(World& world) : state_(std::make_unique<State>(world, *this)) {}
Runtime::~Runtime() = default;

std::vector<LoadFault> Runtime::load(std::span<const ClassSource> sources) {
    state_->prepare();
    std::vector<LoadFault> faults = LoadRun{*state_}.run(sources);
    // What a reload leaves behind goes as calls go on; a start leaves much.
    if (sources.size() > few_sources) lua_gc(state_->lua, LUA_GCCOLLECT);
    state_->world.schedules->classes_changed();
    return faults;
}

std::vector<LoadFault> Runtime::settle_singletons() { return settle(*state_); }

namespace {

Class* loaded_class(const World& world, std::string_view name) {
    Class* of = world.classes.find(world.atoms.find(name));
    return of != nullptr && of->exists ? of : nullptr;
}

/// From here on a rollback of the running transaction makes the class what it is now.
void keep_for_rollback(State& state, const std::string& name) {
    World& world = state.world;
    if (Class* of = loaded_class(world, name)) {
        world.transaction.derived([&world, last = std::make_shared<LastVersion>(state, *of)] {
            last->put_back();
            world.schedules->classes_changed();
        });
        return;
    }
    world.transaction.derived([&state, &world, name] {
        Class* made = loaded_class(world, name);
        if (made == nullptr) return;
        unload_class(state, *made);
        world.schedules->classes_changed();
    });
}

}  // namespace

std::string Runtime::change(const ClassSource& source) {
    keep_for_rollback(*state_, source.name);
    const std::vector<LoadFault> faults = load({&source, 1});
    return faults.empty() ? std::string{} : faults.front().message;
}

std::string Runtime::unload(std::string_view name) {
    World& world = state_->world;
    Class* of = loaded_class(world, name);
    if (of == nullptr) return {};
    for (const auto& heir : world.classes.all()) {
        if (heir.get() != of && heir->exists && heir->is_a(*of)) return heir->title + " builds on it";
    }
    std::size_t instances = 0;
    ObjectId example = ObjectId::nothing;
    world.objects.each([&](const Object& object) {
        if (object.of != of) return;
        example = object.id;
        ++instances;
    });
    if (instances > 0) {
        return with_commas(static_cast<std::int64_t>(instances)) +
               (instances == 1 ? " object is" : " objects are") + " of this class, such as #" +
               std::to_string(number(example));
    }
    keep_for_rollback(*state_, of->title);
    unload_class(*state_, *of);
    world.schedules->classes_changed();
    return {};
}

const SingletonSpec* Runtime::spec(const Class& of) const {
    const auto found = state_->loaded.find(&of);
    return found != state_->loaded.end() && found->second.singleton ? &*found->second.singleton : nullptr;
}

CallResult Runtime::call(ObjectId target, Atom method, std::span<const Value> arguments,
                         const Budget& budget) {
    return state_->call(target, method, arguments, budget);
}

Value Runtime::ask(ObjectId target, Atom hook, ObjectId about) {
    const PureScope scope{*state_, hook};
    const std::array<Value, 1> arguments{Value{about}};
    CallResult result = state_->call(target, hook, arguments, Budget::of_clock());
    if (result.kind == CallResult::Kind::done) return std::move(result.value);
    if (result.kind == CallResult::Kind::refused || result.kind == CallResult::Kind::declined)
        return Value{false};
    if (hook_failed) hook_failed(result, hook);
    return {};
}

CallResult Runtime::resume(std::uint64_t waiting, const Value& answer, const Budget& budget) {
    return state_->resume(waiting, answer, budget);
}

void Runtime::abandon(std::uint64_t waiting) { state_->abandon(waiting); }

bool Runtime::has_method(ObjectId target, Atom method) const {
    const Object* object = state_->world.objects.living(target);
    if (object == nullptr) return false;
    const Member* member = object->of->find(method);
    if (member != nullptr && member->kind != Member::Kind::property) return listens(*object, method);
    const Native* native = state_->natives.find(method, *object->of);
    return native != nullptr && !native->property;
}

bool Runtime::takes_more(ObjectId target, Atom method, std::size_t arguments) const {
    const Object* object = state_->world.objects.living(target);
    const Member* member = object == nullptr ? nullptr : object->of->find(method);
    if (member == nullptr || member->kind != Member::Kind::method || member->adds_up) return true;
    return state_->parameters(member->function) > arguments + 1;
}

void Runtime::seed(std::uint64_t number) { state_->random = Random{number}; }
std::size_t Runtime::live_bytes() const { return state_->meter.live_bytes; }

}  // namespace gyre::world::script
