#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/durability.hpp"
#include "engine/base/histogram.hpp"
#include "engine/reactor/admissions.hpp"
#include "engine/reactor/ready_set.hpp"
#include "engine/reactor/timer_wheel.hpp"
#include "engine/reactor/timers.hpp"
#include "engine/reactor/transport.hpp"

#include <asio/basic_waitable_timer.hpp>
#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/basic_stream_descriptor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::reactor {

class Reactor;

/// What takes part in the reactor's turns: a connection of any kind. The reactor keeps it from join() until
/// conclude() was called; none of these is called from within another.
class Participant : public std::enable_shared_from_this<Participant> {
  public:
    virtual ~Participant() = default;
    /// Handle input that has arrived, up to the quantum.
    virtual void run_quantum() = 0;
    /// The turn's calls are over: a last chance to write, before the batch is sealed.
    virtual void settle() = 0;
    /// Send what may leave. Must not call a Protocol. False: part of it waits for a batch later than
    /// `durable`.
    [[nodiscard]] virtual bool flush(BatchNumber durable) = 0;
    /// Tell the protocol that it is over; the last call.
    virtual void conclude() = 0;
    /// Say goodbye and lose the connection.
    virtual void stop(Protocol::Ending ending) = 0;

  private:
    friend class Reactor;
    std::size_t place_ = 0;  ///< In Reactor::participants_.
    bool joined_ = false;
    bool dirty_ = false;         ///< In Reactor::dirty_.
    bool backlogged_ = false;    ///< In Reactor::backlog_.
    bool held_ = false;          ///< In Reactor::held_.
    bool gathering_ = false;     ///< In Reactor::gathering_.
    std::uint16_t sent_in_ = 0;  ///< The last round in which it was flushed; the count may begin again.
};

/// Figures since the start, for metrics. Times in nanoseconds.
struct TurnStats {
    Histogram turn_time;     ///< From the first event of a turn to its last flush; waiting does not count.
    Histogram storage_time;  ///< Per turn that had changes: what sealing them took.
    std::uint64_t turns = 0;
    std::uint64_t steps = 0;  ///< Protocol::handle_next() calls that found something to do.
    std::uint64_t commits = 0;
    std::size_t most_held_bytes = 0;
};

/// The loop, its turns and all that its thread owns. A turn: wait for an event (only when nothing else is to
/// do), handle what is ready, give those with left-over input a quantum, run due timers, seal the batch,
/// flush every connection that has something to say, once. Who only hears others, and hears them all the
/// time, is flushed once in a round of several turns.
class Reactor {
  public:
    static constexpr std::size_t turn_handlers = 256;
    static constexpr std::chrono::milliseconds turn_time{2};
    static constexpr std::size_t quantum_steps = 16;
    static constexpr std::chrono::milliseconds quantum_time{1};
    /// How long one commit may take until on_slow_commit is called, and until it counts as failed.
    static constexpr std::chrono::seconds commit_slow{10};
    static constexpr std::chrono::seconds commit_failed{60};
    /// How long drain() waits for peers and disk, and how long a failed storage waits for peers.
    static constexpr std::chrono::seconds drain_time{5};
    static constexpr std::chrono::seconds failure_time{1};
    static constexpr int exit_storage_failed = 74;

    /// All three outlive the reactor.
    Reactor(Durability& durability, const Clock& clock, const ConnectionLimits& limits = {});
    /// Connections still open go without a word to their protocols; run() leaves none.
    ~Reactor();
    Reactor(const Reactor&) = delete;
    Reactor& operator=(const Reactor&) = delete;

    /// Turns until it has drained (0) or the storage failed (74).
    int run();
    enum class Waiting : std::uint8_t { until_event, no };
    /// One turn, for tests and for run().
    void turn(Waiting waiting);
    /// What run() will return, once that is known.
    [[nodiscard]] std::optional<int> exit_code() const { return exit_code_; }

    /// Runs `action` on the reactor's thread in a later handler. The only function for other threads.
    void post(std::function<void()> action);
    /// Runs `action` after the current step (a handler, a handle_next(), a timer) and before the next one.
    void defer(std::function<void()> action) { deferred_.push_back(std::move(action)); }

    /// The world's timers and whatever else calls the world: they rest while the reactor is stalled.
    TimerId schedule(Clock::Steady when, std::function<void()> action);
    bool cancel(TimerId timer) { return timers_.cancel(timer); }
    /// Timers that run even then, and while draining; they must not call the world.
    TimerId schedule_always(Clock::Steady when, std::function<void()> action);
    bool cancel_always(TimerId timer) { return housekeeping_.cancel(timer); }

    /// Too much waits for the disk, or the server stops: no call may start now.
    [[nodiscard]] bool stalled() const {
        return stopping_ || held_bytes_ > admissions_.limits().held_bytes || durability_.overfull();
    }
    [[nodiscard]] bool storage_has_failed() const { return ending_ == Protocol::Ending::storage_failed; }
    /// The store has `batch` on disk; Durability::durable() already says so.
    void batch_durable(BatchNumber batch);
    /// The store cannot go on. Nothing that is held is ever sent, protocols say goodbye, run() returns 74.
    void storage_failed(std::string_view why);
    /// Stop accepting, say goodbye to all, return from run() when all is told and on disk.
    void drain();

    /// Called with how long a commit has taken so far, once for each that passes commit_slow.
    void on_slow_commit(std::function<void(std::chrono::seconds)> action) {
        slow_commit_ = std::move(action);
    }
    /// Called once when the server begins to stop (either way), to close what accepts connections.
    void on_stopping(std::function<void()> action) { stopping_actions_.push_back(std::move(action)); }

    [[nodiscard]] const TurnStats& stats() const { return stats_; }
    [[nodiscard]] std::size_t held_bytes() const { return held_bytes_; }
    [[nodiscard]] std::size_t connection_count() const { return participants_.size(); }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] Admissions& admissions() { return admissions_; }

    // For connections.
    [[nodiscard]] asio::io_context& context() { return context_; }
    [[nodiscard]] ReadySet& ready_set() { return ready_set_; }
    /// Valid within one handler.
    [[nodiscard]] std::span<char> shared_input() { return {shared_input_.get(), shared_input_size}; }
    /// For one decrypted record; valid within one handler.
    [[nodiscard]] std::span<char> shared_plain() { return {shared_plain_.get(), shared_plain_size}; }
    void join(Participant& participant);
    void run_later(Participant& participant);
    /// It is flushed when this turn ends.
    void flush_later(Participant& participant);
    /// The same for what it did not ask for: when it was flushed in this round already (ConnectionLimits::
    /// gather), it waits until that is over, or until something else flushes it.
    void flush_soon(Participant& participant);
    /// It is over: conclude() is called before this turn ends, or in the next one.
    void conclude_later(Participant& participant);
    void count_held(std::size_t before, std::size_t now) { held_bytes_ += now - before; }
    void run_deferred() {
        if (!deferred_.empty()) run_all_deferred();
    }
    /// For the first handler of a turn, so that turn_time includes it.
    void event_began() {
        if (turn_began_ == std::chrono::steady_clock::time_point{})
            turn_began_ = std::chrono::steady_clock::now();
    }
    void count_step() { ++stats_.steps; }
    void arm_silence(TimerWheel::Entry& entry, std::chrono::seconds limit);
    void disarm_silence(TimerWheel::Entry& entry) { wheel_.disarm(entry); }
    void heard_from(TimerWheel::Entry& entry) const { wheel_.touch(entry); }

  private:
    using Instant = std::chrono::steady_clock::time_point;
    using Shared = std::shared_ptr<Participant>;
    using ReadyDescriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;
    using WakeTimer =
        asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                   asio::io_context::executor_type>;
    static constexpr std::size_t shared_input_size = 64U << 10;
    static constexpr std::size_t shared_plain_size = 16U << 10;

    void handle_ready(Waiting waiting);
    [[nodiscard]] bool take_event(Waiting waiting);
    void watch_ready_set();
    void begin_round();
    void run_backlog();
    void run_timers();
    void run_due(Timers& timers, Instant until);
    void run_all_deferred();
    void conclude_ended();
    void settle();
    void seal();
    void flush();
    [[nodiscard]] bool has_work() const;
    void arm_wake_timer();
    void tick();
    void watch_commit();
    void check_commit();
    void begin_stopping(Protocol::Ending ending);
    void stop_participants();
    void check_finished();
    void finish(int code);

    Durability& durability_;
    const Clock& clock_;
    Admissions admissions_;
    Timers timers_;
    Timers housekeeping_;
    TimerWheel wheel_;
    TurnStats stats_;
    std::unique_ptr<char[]> shared_input_;  // NOLINT(modernize-avoid-c-arrays): not zeroed, of fixed size.
    std::unique_ptr<char[]> shared_plain_;  // NOLINT(modernize-avoid-c-arrays)

    std::vector<Shared> participants_;
    std::vector<Shared> dirty_;
    std::vector<Shared> held_;
    std::vector<Shared> gathering_;  ///< What they are to hear waits for the end of this round.
    std::vector<Shared> ended_;
    std::deque<Shared> backlog_;
    std::vector<std::function<void()>> deferred_;
    std::vector<std::function<void()>> stopping_actions_;
    std::function<void(std::chrono::seconds)> slow_commit_;
    std::size_t held_bytes_ = 0;

    Instant turn_began_{};
    Instant round_ends_{};
    std::uint16_t round_ = 1;
    bool crowded_ = false;  ///< Several connections had changed in the last turn: others may have by now.
    bool ticking_ = false;
    bool timers_left_ = false;  ///< More are due than one turn's time allowed.
    bool watching_commit_ = false;
    bool commit_reported_ = false;
    std::optional<Clock::Steady> commit_began_;  ///< Of the commit in flight.

    bool stopping_ = false;
    bool told_stopping_ = false;
    Protocol::Ending ending_ = Protocol::Ending::shutdown;
    std::optional<int> exit_code_;

    // Below all that handlers may refer to: what they hold goes when the context does.
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    WakeTimer wake_timer_;
    std::optional<Instant> wake_at_;
    ReadySet ready_set_;
    ReadyDescriptor ready_descriptor_;  ///< Of ready_set_.
    bool watching_ready_set_ = false;
};

}  // namespace gyre::reactor
