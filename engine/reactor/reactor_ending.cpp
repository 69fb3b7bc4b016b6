// How a reactor follows the disk, and how it ends: asked to, or because the disk refuses.

#include "engine/reactor/reactor.hpp"

#include "engine/base/log.hpp"

#include <cassert>
#include <utility>

namespace gyre::reactor {

// --- The store

void Reactor::batch_durable(BatchNumber batch) {
    assert(batch <= durability_.durable());
    if (storage_has_failed()) return;
    static_cast<void>(batch);
    ++stats_.commits;
    commit_began_.reset();
    // All that is held needs this batch or the next one; flush() sorts them.
    for (const Shared& participant : std::exchange(held_, {})) {
        participant->held_ = false;
        flush_later(*participant);
    }
}

/// A timer for each commit would cost more than the commit's share of a turn, so one timer looks at whatever
/// commit is in flight when it fires.
void Reactor::watch_commit() {
    if (durability_.newest() == durability_.durable() || commit_began_) return;
    commit_began_ = clock_.steady();
    commit_reported_ = false;
    if (std::exchange(watching_commit_, true)) return;
    schedule_always(*commit_began_ + commit_slow, [this] { check_commit(); });
}

void Reactor::check_commit() {
    watching_commit_ = commit_began_.has_value() && !stopping_;
    if (!commit_began_) return;
    const auto waited = std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - *commit_began_);
    if (waited >= commit_failed) return storage_failed("a commit took longer than 60 seconds");
    if (waited >= commit_slow && !std::exchange(commit_reported_, true)) {
        log::warn("reactor", "the disk is slow", {{"waited_s", waited.count()}});
        if (slow_commit_) slow_commit_(waited);
    }
    const auto next = commit_reported_ ? commit_failed : commit_slow;
    watching_commit_ = true;
    schedule_always(*commit_began_ + next, [this] { check_commit(); });
}

// --- The end

void Reactor::storage_failed(std::string_view why) {
    if (storage_has_failed()) return;
    log::error("reactor", "the world cannot be saved; stopping", {{"reason", why}});
    begin_stopping(Protocol::Ending::storage_failed);
}

void Reactor::drain() {
    if (!stopping_) begin_stopping(Protocol::Ending::shutdown);
}

/// Protocols are told later in this turn: the one that caused this may be in the middle of a call.
void Reactor::begin_stopping(Protocol::Ending ending) {
    ending_ = ending;
    stopping_ = true;
    told_stopping_ = false;
    const bool failed = ending == Protocol::Ending::storage_failed;
    schedule_always(clock_.steady() + (failed ? failure_time : drain_time), [this, failed] {
        // A disk that did not finish in time is a failure too, though nobody was told what it holds back.
        const bool all_saved = durability_.newest() == durability_.durable();
        finish(failed || !all_saved ? exit_storage_failed : 0);
    });
}

void Reactor::stop_participants() {
    told_stopping_ = true;
    for (const auto& action : std::exchange(stopping_actions_, {})) action();
    const std::vector<Shared> all = participants_;
    for (const Shared& participant : all) {
        if (participant->joined_) participant->stop(ending_);
        run_deferred();
    }
}

void Reactor::check_finished() {
    if (!told_stopping_ || exit_code_ || !participants_.empty() || !ended_.empty() || !deferred_.empty())
        return;
    if (storage_has_failed()) return finish(exit_storage_failed);
    if (durability_.newest() == durability_.durable()) finish(0);
}

/// Whoever is still connected is no longer waited for.
void Reactor::finish(int code) {
    if (exit_code_ && *exit_code_ != 0) return;
    exit_code_ = code;
    const std::vector<Shared> all = participants_;
    for (const Shared& participant : all) conclude_later(*participant);
    conclude_ended();
}

}  // namespace gyre::reactor
