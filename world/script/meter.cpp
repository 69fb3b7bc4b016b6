// Budgets. Instructions are counted by Lua's count hook, which is armed late (Watchdog); what C functions do
// is charged by themselves, before they do it. Allocation is counted by volume, so that a loop of large
// short-lived strings ends too. A kill is sticky: it is an error that none of our functions that catch errors
// lets anyone see.

#include "world/script/meter.hpp"

#include "world/script/blame.hpp"
#include "world/script/state.hpp"

#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <system_error>

namespace gyre::world::script {

void Meter::begin(const Budget& given) {
    running = true;
    killed = Kill::none;
    budget = given;
    steps = given.steps;
    allocation = static_cast<std::int64_t>(given.allocated_bytes);
    output = static_cast<std::int64_t>(given.output_bytes);
    message.clear();
    traceback.clear();
    in = nullptr;
    at = ObjectId::nothing;
    busiest = nullptr;
    lead = 0;
}

void Meter::end() {
    running = false;
    killed = Kill::none;
    steps = allocation = output = INT64_MAX;
}

void* Meter::allocate(void* meter, void* block, std::size_t old_size, std::size_t size) {
    auto& self = *static_cast<Meter*>(meter);
    const std::size_t before = block == nullptr ? 0 : old_size;
    if (size == 0) {
        if (block != nullptr) self.blocks.release(block, before);
        self.live_bytes -= before;
        return nullptr;
    }
    if (size > before && self.running) {
        self.allocation -= static_cast<std::int64_t>(size);
        if (self.allocation < 0) {
            if (self.killed == Kill::none) self.killed = Kill::memory;
            return nullptr;
        }
    }
    void* const moved =
        block == nullptr ? self.blocks.allocate(size) : self.blocks.resize(block, before, size);
    if (moved == nullptr) {
        // Lua takes it for granted that shrinking works.
        if (size <= before) return block;
        if (self.killed == Kill::none) self.killed = Kill::memory;
        return nullptr;
    }
    self.live_bytes += size - before;
    return moved;
}

std::string with_commas(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

namespace {

std::string reason(const Meter& meter) {
    switch (meter.killed) {
        case Kill::steps:
            return "stopped after " + with_commas(meter.budget.steps) + " steps";
        case Kill::cpu:
            return "stopped after " + std::to_string(meter.budget.cpu.count()) + " ms";
        case Kill::memory:
            return "stopped after allocating " +
                   with_commas(static_cast<std::int64_t>(meter.budget.allocated_bytes >> 20U)) + " MiB";
        case Kill::output:
            return "stopped after " + with_commas(static_cast<std::int64_t>(meter.budget.output_bytes)) +
                   " bytes of output";
        case Kill::depth:
            return "stopped at " + with_commas(Meter::max_depth) + " calls inside each other";
        case Kill::internal:
            return "stopped by a fault of the engine";
        case Kill::none:
            break;
    }
    return "stopped";
}

}  // namespace

void describe_kill(lua_State* lua) {
    Meter& meter = state_of(lua).meter;
    if (!meter.message.empty()) return;
    const Place place = blamed(lua);
    meter.in = place.in;
    meter.at = place.at;
    meter.message = place.file.empty() ? "" : place.file + ":" + std::to_string(place.first_line) + ": ";
    meter.message += reason(meter);
    if (!place.function.empty()) meter.message += " in " + place.function;
    const bool ran_long = meter.killed == Kill::steps || meter.killed == Kill::cpu;
    if (place.line > 0)
        meter.message += (ran_long ? " (loop at line " : " (at line ") + std::to_string(place.line) + ")";
    meter.message += "; everything it did is undone";
    meter.traceback = traceback(lua);
}

void kill(lua_State* lua, Kill why) {
    Meter& meter = state_of(lua).meter;
    if (meter.killed == Kill::none) meter.killed = why;
    describe_kill(lua);
    raise_kill(lua);
}

void raise_kill(lua_State* lua) {
    // No string: there may be no memory left for one.
    lua_pushlightuserdata(lua, &state_of(lua).kill_mark);
    lua_error(lua);
    std::abort();
}

void note_exception(lua_State* lua, const char* what) {
    Meter& meter = state_of(lua).meter;
    meter.killed = Kill::internal;
    meter.message = what;
}

namespace {

/// What the signal handler sees. One for each thread that ever called a script.
struct Watched {
    lua_State* volatile lua = nullptr;
    volatile bool ticked = false;             ///< Since the outermost call began.
    volatile std::int64_t first_tick_ns = 0;  ///< CPU time of the thread then.
};
constinit thread_local Watched watched;

std::int64_t thread_cpu_ns() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// Runs on the thread whose time it was. lua_sethook and clock_gettime are allowed in a signal handler. How
/// many periods the kernel says have passed is of no use: it looks at such timers only now and then, and most
/// of that time was gone before this call began.
void on_tick(int, siginfo_t*, void*) {
    if (!watched.ticked) {
        watched.first_tick_ns = thread_cpu_ns();
        watched.ticked = true;
    }
    if (lua_State* lua = watched.lua) lua_sethook(lua, Watchdog::count, LUA_MASKCOUNT, Meter::hook_period);
}

/// Ticks while this thread uses its CPU, and only then: an idle server has none.
class Timer {
  public:
    Timer() {
        struct sigaction action {};
        action.sa_sigaction = on_tick;
        action.sa_flags = SA_RESTART | SA_SIGINFO;
        sigevent event{};
        event.sigev_notify = SIGEV_THREAD_ID;
        event.sigev_signo = SIGVTALRM;
        event._sigev_un._tid = static_cast<pid_t>(::syscall(SYS_gettid));
        itimerspec period{};
        period.it_interval.tv_nsec = period.it_value.tv_nsec = Watchdog::tick_ns;
        if (sigaction(SIGVTALRM, &action, nullptr) != 0 ||
            timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer_) != 0 ||
            timer_settime(timer_, 0, &period, nullptr) != 0)
            throw std::system_error(errno, std::generic_category(), "cannot watch over scripts");
    }
    ~Timer() { timer_delete(timer_); }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

  private:
    timer_t timer_{};
};

}  // namespace

Watchdog::Watchdog(lua_State* lua) : lua_(lua), outer_(watched.lua) {
    thread_local const Timer timer;
    static_cast<void>(timer);
    if (outer_ == nullptr) watched.ticked = false;
    watched.lua = lua;
    // A nested call of one that is counted already is counted from its beginning.
    if (watched.ticked) lua_sethook(lua, count, LUA_MASKCOUNT, Meter::hook_period);
}

Watchdog::~Watchdog() {
    watched.lua = outer_;
    if (!watched.ticked) return;
    lua_sethook(lua_, nullptr, 0, 0);
    if (outer_ != nullptr) lua_sethook(outer_, count, LUA_MASKCOUNT, Meter::hook_period);
}

void Watchdog::restart_clock() { watched.ticked = false; }

std::int64_t Watchdog::cpu_ns() {
    return watched.ticked ? tick_ns + thread_cpu_ns() - watched.first_tick_ns : 0;
}

namespace {

void vote(lua_State* lua, Meter& meter) {
    const Class* code = author(lua).code;
    if (code == nullptr || code->owner.empty()) return;
    if (meter.lead == 0) meter.busiest = code;
    meter.lead += meter.busiest->owner == code->owner ? 1 : -1;
}

}  // namespace

void Watchdog::count(lua_State* lua, lua_Debug*) {
    Meter& meter = state_of(lua).meter;
    if (!meter.running) return;
    if (meter.killed != Kill::none) raise_kill(lua);
    vote(lua, meter);
    meter.steps -= Meter::hook_period;
    if (meter.steps < 0) kill(lua, Kill::steps);
    if (std::chrono::nanoseconds{cpu_ns()} > meter.budget.cpu) kill(lua, Kill::cpu);
    lua_Debug frame;
    if (lua_getstack(lua, Meter::max_depth, &frame) != 0) kill(lua, Kill::depth);
}

}  // namespace gyre::world::script
