#pragma once

#include "world/script/block_pool.hpp"
#include "world/script/runtime.hpp"

#include <cstddef>
#include <cstdint>
#include <lua.hpp>
#include <string>

namespace gyre::world::script {

class State;

/// Why a call was killed.
enum class Kill : std::uint8_t { none, steps, cpu, memory, output, depth, internal };

/// What the running call has left, and the allocator of the Lua state.
struct Meter {
    static constexpr int hook_period = 1000;  ///< Instructions between two looks at the budget.
    static constexpr int max_depth = 10'000;  ///< Frames; Lua's own limit on C frames is 200.

    bool running = false;  ///< Inside a call: allocation is limited.
    Kill killed = Kill::none;
    std::int64_t steps = INT64_MAX;
    std::int64_t allocation = INT64_MAX;
    std::int64_t output = INT64_MAX;
    std::size_t live_bytes = 0;
    BlockPool blocks;
    Budget budget;  ///< What the call began with, for messages.
    /// Whose code ran most of the time, among those that the hook found running: the candidate of a majority
    /// vote, which needs no list, and its lead.
    const Class* busiest = nullptr;
    int lead = 0;
    // Set where the call was killed, if that is known.
    std::string message;
    std::string traceback;
    Class* in = nullptr;
    ObjectId at = ObjectId::nothing;

    void begin(const Budget& given);
    void end();
    /// lua_Alloc; `meter` is a Meter.
    static void* allocate(void* meter, void* block, std::size_t old_size, std::size_t size);
};

/// Ends the running call; no script can catch it. Raises a Lua error.
[[noreturn, gnu::cold]] void kill(lua_State* lua, Kill why);
/// Raises the Lua error of a call that was killed already.
[[noreturn, gnu::cold]] void raise_kill(lua_State* lua);
/// An exception of ours reached a C function: that call is over.
void note_exception(lua_State* lua, const char* what);
/// "1,000,000"
std::string with_commas(std::int64_t number);

/// Every C function that Lua can call goes through this: an exception of ours ends the call instead of
/// passing through Lua. Lua's own errors are exceptions of another kind and pass.
template <lua_CFunction function>
int guarded(lua_State* lua) {
    try {
        return function(lua);
    } catch (const std::exception& error) { note_exception(lua, error.what()); }
    raise_kill(lua);
}

/// Stops calls that run too long. Until its first tick of thread CPU time (2 ms) a call runs without a hook,
/// which would cost every call a factor of 3.5; then the count hook is armed, which looks at the budget.
class Watchdog {
  public:
    static constexpr std::int64_t tick_ns = 2'000'000;

    /// Watches `lua` until the end of the scope, instead of what was watched before.
    explicit Watchdog(lua_State* lua);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// Thread CPU time since the outermost call began, as far as ticks tell.
    [[nodiscard]] static std::int64_t cpu_ns();
    /// Counts CPU time from now on, for code that runs without a Watchdog.
    static void restart_clock();
    /// The hook, for code that is to be counted from its first instruction on.
    static void count(lua_State* lua, lua_Debug* event);

  private:
    lua_State* lua_;
    lua_State* outer_;
};

}  // namespace gyre::world::script
