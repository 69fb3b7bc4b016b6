#include "engine/reactor/reactor.hpp"

#include <asio/post.hpp>

#include <algorithm>
#include <utility>

namespace gyre::reactor {

// Everything that happens in one turn is sealed as one batch and leaves with one send per connection. That
// costs 4 % when there is little to do, and gives 11 times the deliveries when one line goes to 200 players.
// Whose own line was handled is answered at the end of the turn. Who hears others more often than once in a
// round hears them together: a send costs more than most lines that are said.
//
// Budgets and statistics are measured by the machine's clock, timers and limits by clock_, which tests turn
// by hand: each turn looks at it, and the one Asio timer only sees to it that a turn comes.

Reactor::Reactor(Durability& durability, const Clock& clock, const ConnectionLimits& limits)
    : durability_(durability),
      clock_(clock),
      admissions_(limits),
      wheel_(clock.steady()),
      shared_input_(new char[shared_input_size]),
      shared_plain_(new char[shared_plain_size]),
      context_(ASIO_CONCURRENCY_HINT_UNSAFE_IO),  // Only post() is called from other threads.
      work_(context_.get_executor()),
      wake_timer_(context_),
      ready_descriptor_(context_, ready_set_.descriptor()) {}

Reactor::~Reactor() {
    // Sockets must go before the context, and what Asio's handlers still hold goes with it.
    for (auto* list : {&participants_, &dirty_, &held_, &gathering_, &ended_}) list->clear();
    backlog_.clear();
    deferred_.clear();
    ready_descriptor_.release();  // The ready set closes it.
}

// --- The turn

int Reactor::run() {
    while (!exit_code_) turn(Waiting::until_event);
    return *exit_code_;
}

void Reactor::turn(Waiting waiting) {
    handle_ready(has_work() ? Waiting::no : waiting);
    run_backlog();
    run_timers();
    if (stopping_ && !told_stopping_) stop_participants();
    conclude_ended();
    settle();
    seal();
    flush();
    stats_.turn_time.add(
        static_cast<std::uint64_t>((std::chrono::steady_clock::now() - turn_began_).count()));
    ++stats_.turns;
    check_finished();
}

/// Whether a turn has something to do even without an event.
bool Reactor::has_work() const {
    const bool can_run = !backlog_.empty() && !stalled();
    return can_run || timers_left_ || ready_set_.has_changes() || !ended_.empty() || !dirty_.empty() ||
           !deferred_.empty() || (stopping_ && !told_stopping_) || exit_code_;
}

void Reactor::handle_ready(Waiting waiting) {
    turn_began_ = Instant{};
    bool asio_has_more = take_event(waiting);
    event_began();
    run_deferred();
    if (turn_began_ >= round_ends_) begin_round();
    const Instant until = turn_began_ + turn_time;
    std::size_t changes = 0;
    for (std::size_t handled = 1; handled < turn_handlers && std::chrono::steady_clock::now() < until;
         ++handled) {
        if (ready_set_.call_next()) {
            ++changes;
        } else {
            asio_has_more = asio_has_more && context_.poll_one() > 0;
            if (!asio_has_more) break;
        }
        run_deferred();
    }
    crowded_ = changes > 1;
}

/// One of Asio's handlers in any case, so that no crowd of connections shuts out the store and the timers.
/// Returns whether it is worth asking Asio for another one.
bool Reactor::take_event(Waiting waiting) {
    if (waiting == Waiting::no || crowded_ || ready_set_.has_changes()) ready_set_.fetch();
    if (waiting == Waiting::no || ready_set_.has_changes()) return context_.poll_one() > 0;
    watch_ready_set();
    arm_wake_timer();
    context_.run_one();
    return watching_ready_set_;  // It was something else than the connections.
}

/// One wait of Asio's, over when any of the connections has changed, serves them all.
void Reactor::watch_ready_set() {
    if (std::exchange(watching_ready_set_, true)) return;
    ready_descriptor_.async_wait(ReadyDescriptor::wait_read, [this](std::error_code error) {
        watching_ready_set_ = false;
        if (!error) ready_set_.fetch();
    });
}

void Reactor::begin_round() {
    ++round_;
    round_ends_ = turn_began_ + admissions_.limits().gather;
    // NOLINTNEXTLINE(modernize-loop-convert): it may grow meanwhile.
    for (std::size_t index = 0; index < gathering_.size(); ++index) {
        Participant& participant = *gathering_[index];
        participant.gathering_ = false;
        flush_later(participant);
    }
    gathering_.clear();
}

/// Each connection with input left gets one quantum, round robin across turns.
void Reactor::run_backlog() {
    if (backlog_.empty()) return;
    const Instant until = turn_began_ + turn_time;
    for (std::size_t left = backlog_.size(); left > 0 && !stalled(); --left) {
        const Shared participant = std::move(backlog_.front());
        backlog_.pop_front();
        participant->backlogged_ = false;
        if (participant->joined_) participant->run_quantum();
        run_deferred();
        if (std::chrono::steady_clock::now() >= until) return;
    }
}

void Reactor::run_timers() {
    timers_left_ = false;
    if (housekeeping_.empty() && timers_.empty()) return;
    // Timers have a turn's time of their own, so that busy players cannot stop the world's clocks.
    const Instant until = std::chrono::steady_clock::now() + turn_time;
    run_due(housekeeping_, until);
    if (!stalled()) run_due(timers_, until);
}

void Reactor::run_due(Timers& timers, Instant until) {
    const Clock::Steady now = clock_.steady();
    while (auto action = timers.take_due(now)) {
        action();
        run_deferred();
        if (stalled() && &timers == &timers_) return;
        if (std::chrono::steady_clock::now() < until) continue;
        timers_left_ = true;
        return;
    }
}

/// In order, including those added meanwhile. After a failure of the storage no reply counts any more.
void Reactor::run_all_deferred() {
    // NOLINTNEXTLINE(modernize-loop-convert): it may grow meanwhile.
    for (std::size_t index = 0; index < deferred_.size(); ++index) {
        const std::function<void()> action = std::move(deferred_[index]);
        if (!storage_has_failed()) action();
    }
    deferred_.clear();
}

void Reactor::conclude_ended() {
    // NOLINTNEXTLINE(modernize-loop-convert): it may grow meanwhile.
    for (std::size_t index = 0; index < ended_.size(); ++index) {
        const Shared participant = std::move(ended_[index]);
        participant->conclude();
        run_deferred();
    }
    ended_.clear();
}

void Reactor::settle() {
    // NOLINTNEXTLINE(modernize-loop-convert): it may grow meanwhile.
    for (std::size_t index = 0; index < dirty_.size(); ++index) {
        Participant& participant = *dirty_[index];
        if (participant.joined_) participant.settle();
        run_deferred();
    }
    stats_.most_held_bytes = std::max(stats_.most_held_bytes, held_bytes_);
}

void Reactor::seal() {
    if (durability_.newest() == durability_.durable() || storage_has_failed()) { return; }
    const Instant began = std::chrono::steady_clock::now();
    if (durability_.seal()) {
        stats_.storage_time.add(
            static_cast<std::uint64_t>((std::chrono::steady_clock::now() - began).count()));
    }
    watch_commit();
}

void Reactor::flush() {
    if (dirty_.empty()) return;
    const BatchNumber durable = durability_.durable();
    // NOLINTNEXTLINE(modernize-loop-convert): it may grow meanwhile.
    for (std::size_t index = 0; index < dirty_.size(); ++index) {
        const Shared participant = std::move(dirty_[index]);
        participant->dirty_ = false;
        if (!participant->joined_) continue;
        participant->sent_in_ = round_;
        if (!participant->flush(durable) && !std::exchange(participant->held_, true))
            held_.push_back(participant);
    }
    dirty_.clear();
}

/// Sees to it that a turn comes when the next timer is due, or what is gathered.
void Reactor::arm_wake_timer() {
    const bool any_timers = !housekeeping_.empty() || !timers_.empty();
    if (!any_timers && gathering_.empty()) return;
    Instant when = gathering_.empty() ? Instant::max() : round_ends_;
    if (any_timers) {
        std::optional<Clock::Steady> next = housekeeping_.earliest();
        if (const auto other = timers_.earliest(); other && !stalled())
            next = std::min(next.value_or(*other), *other);
        if (next) {
            const auto wait = std::max(*next - clock_.steady(), Clock::Steady::duration{0});
            when = std::min(when, std::chrono::steady_clock::now() + wait);
        }
    }
    if (when == Instant::max()) return;
    // The two clocks are read one after the other: a small difference is no reason to arm it again.
    if (wake_at_ && *wake_at_ <= when + std::chrono::microseconds{100}) return;
    wake_at_ = when;
    wake_timer_.expires_at(when);
    wake_timer_.async_wait([this](std::error_code error) {
        if (!error) wake_at_.reset();
    });
}

void Reactor::post(std::function<void()> action) { asio::post(context_, std::move(action)); }

TimerId Reactor::schedule(Clock::Steady when, std::function<void()> action) {
    return timers_.schedule(when, std::move(action));
}

TimerId Reactor::schedule_always(Clock::Steady when, std::function<void()> action) {
    return housekeeping_.schedule(when, std::move(action));
}

// --- Participants

void Reactor::join(Participant& participant) {
    participant.place_ = participants_.size();
    participant.joined_ = true;
    participants_.push_back(participant.shared_from_this());
    if (told_stopping_) participant.stop(ending_);
}

void Reactor::run_later(Participant& participant) {
    if (participant.joined_ && !std::exchange(participant.backlogged_, true)) {
        backlog_.push_back(participant.shared_from_this());
    }
}

void Reactor::flush_later(Participant& participant) {
    if (participant.joined_ && !std::exchange(participant.dirty_, true)) {
        dirty_.push_back(participant.shared_from_this());
    }
}

void Reactor::flush_soon(Participant& participant) {
    if (participant.sent_in_ != round_) return flush_later(participant);
    if (participant.joined_ && !participant.dirty_ && !std::exchange(participant.gathering_, true)) {
        gathering_.push_back(participant.shared_from_this());
    }
}

void Reactor::conclude_later(Participant& participant) {
    if (!std::exchange(participant.joined_, false)) return;
    ended_.push_back(std::move(participants_[participant.place_]));
    if (participant.place_ + 1 < participants_.size()) {
        participants_[participant.place_] = std::move(participants_.back());
        participants_[participant.place_]->place_ = participant.place_;
    }
    participants_.pop_back();
}

void Reactor::arm_silence(TimerWheel::Entry& entry, std::chrono::seconds limit) {
    if (limit.count() == 0) return wheel_.disarm(entry);
    wheel_.arm(entry, limit, clock_.steady());
    if (!std::exchange(ticking_, true)) tick();
}

/// Once a second, but only while there is somebody to watch: an idle server uses no CPU.
void Reactor::tick() {
    wheel_.advance(clock_.steady());
    ticking_ = !wheel_.empty();
    if (ticking_) schedule_always(clock_.steady() + std::chrono::seconds{1}, [this] { tick(); });
}

}  // namespace gyre::reactor
