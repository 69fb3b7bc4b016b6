// One call: a coroutine from the pool runs the method, under a budget and under the watchdog's eye.
// Coroutines rather than protected calls, because a call that waits for a player is to be resumed later.

#include "world/script/blame.hpp"
#include "world/script/objects.hpp"
#include "world/script/pure_hooks.hpp"
#include "world/script/state.hpp"
#include "world/script/values.hpp"

#include <algorithm>
#include <utility>

namespace gyre::world::script {

lua_State* State::acquire() {
    if (!idle.empty()) {
        lua_State* thread = idle.back();
        idle.pop_back();
        return thread;
    }
    lua_rawgeti(lua, LUA_REGISTRYINDEX, threads);
    lua_State* thread = lua_newthread(lua);
    lua_rawsetp(lua, -2, thread);
    lua_pop(lua, 1);
    return thread;
}

void State::release(lua_State* thread) {
    if (meter.killed != Kill::none) {
        // Killed from within its hook, it would never run a hook again: Lua keeps them off until the hook
        // returns, which it did not, and resetting the thread does not change that.
        lua_rawgeti(lua, LUA_REGISTRYINDEX, threads);
        lua_pushnil(lua);
        lua_rawsetp(lua, -2, thread);
        lua_pop(lua, 1);
        return;
    }
    if (lua_status(thread) != LUA_OK) lua_resetthread(thread);
    lua_settop(thread, 0);
    idle.push_back(thread);
}

std::size_t State::parameters(int function) {
    constexpr std::uint8_t any_number = 255;
    const auto index = static_cast<std::size_t>(function);
    if (index >= parameter_counts.size()) parameter_counts.resize(index + 1);
    std::uint8_t& known = parameter_counts[index];
    if (known == 0) {  // 0: never asked; else one more than there are.
        lua_rawgeti(lua, LUA_REGISTRYINDEX, functions);
        lua_rawgeti(lua, -1, function);
        unwrap_pure(lua);
        lua_Debug info{};
        lua_getinfo(lua, ">u", &info);
        lua_pop(lua, 1);
        known = info.isvararg != 0 ? any_number : static_cast<std::uint8_t>(info.nparams + 1);
    }
    return known - std::size_t{1};
}

namespace {

struct Begin {
    Object* object;
    Atom method;
    std::span<const Value> arguments;
};

/// Pushes the method for the engine; false if there is none. `connected` is a property of the engine too, and
/// here the event of that name is meant.
bool push_called(lua_State* thread, const Object& object, Atom method) {
    const Member* member = object.of->find(method);
    if (member != nullptr && member->kind != Member::Kind::property && !listens(object, method)) return false;
    return push_function(thread, object, method);
}

/// Pushes the method, its object and the arguments; nothing if there is no such method. Called protected,
/// since there may be no memory left for it.
int push_call(lua_State* thread) {
    const Begin begin = *static_cast<const Begin*>(lua_touserdata(thread, 1));
    lua_settop(thread, 0);
    luaL_checkstack(thread, static_cast<int>(begin.arguments.size()) + 8, "too many arguments");
    if (!push_called(thread, *begin.object, begin.method)) return 0;
    push_handle(thread, Handle::object, number(begin.object->id));
    for (const Value& argument : begin.arguments) push_loose(thread, argument);
    return lua_gettop(thread);
}

Entered entered(const Object& object, Atom method) {
    const Member* member = object.of->find(method);
    if (member == nullptr) return {nullptr, method, 0, object.id};
    return {member->declared_in, method, member->function, object.id};
}

int take_result(lua_State* thread) {
    auto* result = static_cast<Value*>(lua_touserdata(thread, 1));
    // A function or other thing that cannot leave Lua is no result.
    const int type = lua_type(thread, 2);
    if (type != LUA_TFUNCTION && type != LUA_TTHREAD) *result = to_value(thread, 2, "result");
    return 0;
}

}  // namespace

CallResult State::no_call(std::string error) {
    CallResult result;
    result.kind = CallResult::Kind::failed;
    result.fault = std::make_shared<Fault>(Fault{std::move(error), {}, nullptr, ObjectId::nothing});
    return result;
}

CallResult State::fault(lua_State* thread, const Entered& entered) {
    CallResult result;
    if (meter.killed != Kill::none) {
        describe_kill(thread);
        result.kind = CallResult::Kind::over_budget;
        result.fault = std::make_shared<Fault>(Fault{meter.message, meter.traceback, meter.in, meter.at});
        return result;
    }
    if (lua_touserdata(thread, -1) == &refusal_mark) {
        Refusal refused = std::exchange(refusal, std::nullopt).value_or(Refusal{});
        result.kind = refused.declines ? CallResult::Kind::declined : CallResult::Kind::refused;
        result.text = std::move(refused.text);
        return result;
    }
    std::string error = lua_type(thread, -1) == LUA_TSTRING ? std::string{check_string(thread, -1)}
                                                            : std::string{"an error without a message"};
    result.kind = CallResult::Kind::failed;
    result.fault = std::make_shared<Fault>(fault_of(thread, std::move(error), entered));
    return result;
}

CallResult State::outcome(lua_State* thread, int status, const Entered& entered) {
    if (status != LUA_OK) return fault(thread, entered);
    CallResult result;
    if (lua_gettop(thread) == 0 || lua_isnil(thread, 1)) return result;
    lua_settop(thread, 1);
    lua_pushcfunction(thread, guarded<take_result>);
    lua_pushlightuserdata(thread, &result.value);
    lua_pushvalue(thread, 1);
    const int taken = lua_pcall(thread, 2, 0, 0);
    return taken == LUA_OK ? std::move(result) : fault(thread, entered);
}

CallResult State::run(lua_State* thread, Object& object, Atom method, std::span<const Value> arguments) {
    const Watchdog watchdog{thread};
    Begin begin{&object, method, arguments};
    lua_pushcfunction(thread, guarded<push_call>);
    lua_pushlightuserdata(thread, &begin);
    if (lua_pcall(thread, 1, LUA_MULTRET, 0) != LUA_OK) return fault(thread, {});
    if (lua_gettop(thread) == 0)
        return no_call(object.of->title + " has no method '" + world.atoms.name(method) + "'");
    return go_on(thread, lua_gettop(thread) - 1, entered(object, method));
}

/// Runs until the end, or until it waits.
CallResult State::go_on(lua_State* thread, int arguments, const Entered& entered) {
    int results = 0;
    running.push_back(thread);
    const int status = lua_resume(thread, nullptr, arguments, &results);
    running.pop_back();
    if (status != LUA_YIELD) return outcome(thread, status, entered);
    lua_pop(thread, results);
    CallResult result;
    result.kind = CallResult::Kind::waiting;
    result.question = std::make_shared<Question>(*std::exchange(question, std::nullopt));
    return result;
}

CallResult State::call(ObjectId target, Atom method, std::span<const Value> arguments, const Budget& budget) {
    Object* object = world.objects.living(target);
    if (object == nullptr) return no_call("object #" + std::to_string(number(target)) + " no longer exists");
    if (nested_calls >= Runtime::max_nested_calls)
        return no_call("the engine called methods inside methods too deeply");
    const Member* member = object->of->find(method);
    const Class* code = member == nullptr ? nullptr : member->declared_in;
    begin_call(budget, code == nullptr ? std::string{} : code->owner);
    lua_State* thread = acquire();
    return end_call(thread, {nullptr, method, 0, target}, run(thread, *object, method, arguments));
}

void State::begin_call(const Budget& budget, const std::string& author) {
    if (nested_calls++ > 0) return;
    began = world.clock.steady();
    charged_to = author.empty() ? std::string{budget.account} : author;
    may_wait = budget.may_wait;
    usual_cpu = budget.cpu;
    Budget granted = budget;
    granted.cpu = world.owner_limits.at_once(charged_to, budget.cpu);
    meter.begin(granted);
    now = 0;
    refusal.reset();
}

/// To whoever wrote most of what ran, if that is known, and at most what it could have used: on a busy
/// machine time passes for other reasons. What it told others costs too. Where somebody's code runs in calls
/// that are not his (a room that is looked at), a tick finds few of these when they are short: those that it
/// finds stand for the others, each for the time between two ticks.
void State::charge_owner() {
    const bool is_sample = meter.busiest != nullptr && meter.busiest->owner != charged_to;
    const std::string& account = meter.busiest != nullptr ? meter.busiest->owner : charged_to;
    if (account.empty()) return;
    auto took = std::min<std::chrono::nanoseconds>(world.clock.steady() - began, usual_cpu);
    if (is_sample)
        took = std::max<std::chrono::nanoseconds>(took, std::chrono::nanoseconds{Watchdog::tick_ns});
    const std::int64_t told = static_cast<std::int64_t>(meter.budget.output_bytes) - meter.output;
    world.owner_limits.charge(account, took + told * OwnerLimits::per_output_byte);
}

/// The coroutine of a call that waits stays as it is, with the texts that it holds; that of a dry run never
/// goes on.
CallResult State::end_call(lua_State* thread, const Entered& entered, CallResult result) {
    --nested_calls;
    if (result.kind == CallResult::Kind::waiting && rehearsed == 0) {
        result.waiting = ++last_suspended;
        Suspended& call = suspended[last_suspended];
        call.thread = thread;
        call.target = entered.target;
        call.method = entered.method;
        call.actor = world.transaction.origin().actor;
        call.author = result.question->author;
        std::swap(call.texts, texts);
    } else {
        release(thread);
    }
    if (nested_calls == 0) {
        may_wait = false;
        charge_owner();
        meter.end();
        shadows.call_ended(world);
        texts.clear();
    }
    return result;
}

namespace {

/// How a call ends whose object was destroyed while it waited: there is nothing to go on with, and nobody to
/// blame. Whoever answered something reads so.
CallResult left(const Value& answer) {
    CallResult result;
    if (answer.is_nil()) return result;
    result.kind = CallResult::Kind::refused;
    result.text = Text::of_data("That is no longer there.");
    return result;
}

int push_answer(lua_State* thread) {
    push_loose(thread, *static_cast<const Value*>(lua_touserdata(thread, -1)));
    return 1;
}

}  // namespace

CallResult State::resume(std::uint64_t waiting, const Value& answer, const Budget& budget) {
    const auto found = suspended.find(waiting);
    if (found == suspended.end()) return no_call("the call no longer waits");
    Suspended call = std::move(found->second);
    suspended.erase(found);
    begin_call(budget, call.author);
    std::swap(call.texts, texts);
    Entered began_with{nullptr, call.method, 0, call.target};
    const Object* target = world.objects.living(call.target);
    if (target == nullptr || !all_exist(call.thread)) return end_call(call.thread, began_with, left(answer));
    began_with = entered(*target, call.method);
    const Watchdog watchdog{call.thread};
    // By way of the main coroutine, for pushing may need memory, and this one may only be resumed.
    Value given = answer;
    lua_pushcfunction(lua, guarded<push_answer>);
    lua_pushlightuserdata(lua, &given);
    if (lua_pcall(lua, 1, 1, 0) != LUA_OK) {
        CallResult result = fault(lua, began_with);
        lua_pop(lua, 1);
        return end_call(call.thread, began_with, std::move(result));
    }
    lua_xmove(lua, call.thread, 1);
    return end_call(call.thread, began_with, go_on(call.thread, 1, began_with));
}

void State::abandon(std::uint64_t waiting) {
    const auto found = suspended.find(waiting);
    if (found == suspended.end()) return;
    release(found->second.thread);
    suspended.erase(found);
}

}  // namespace gyre::world::script
