// Calls that wait for an answer, for time, or for a job of the engine.

#include "world/calls.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace gyre::world {

/// What it did so far is done; the rest follows with the answer.
Outcome Calls::wait(const script::CallResult& result, const Event& event) {
    WaitingCall call;
    call.number = result.waiting;
    call.question = std::move(*result.question);
    call.editor = LineEditor{call.question.old_text};
    call.service = event.service;
    call.session = event.session;
    call.actor = event.actor;
    call.target = event.target;
    call.method = event.method;
    call.description = world_.transaction.origin().description;
    call.cause = world_.transaction.origin().cause;
    Outcome outcome;
    outcome.needs = world_.transaction.commit();
    call.depends_on = outcome.needs;
    const std::uint64_t number = call.number;
    const script::Question::Kind kind = call.question.kind;
    script::Question::Job job = std::move(call.question.job);
    const auto seconds = std::chrono::duration<double>{call.question.seconds};
    if (const std::uint64_t before = waiting_.add(std::move(call))) world_.runtime->abandon(before);
    if (kind == script::Question::Kind::job) {
        job_ = number;
        defer_([this, number, job = std::move(job)] {
            job([this, number](const Value& answer) { came(number, answer); });
        });
        return outcome;
    }
    if (!schedule_) return outcome;
    if (kind == script::Question::Kind::time) {
        schedule_(std::chrono::duration_cast<std::chrono::milliseconds>(seconds),
                  [this, number] { came(number, {}); });
    } else {
        schedule_(patience, [this, number] { lapsed(number); });
    }
    return outcome;
}

Outcome Calls::answer(WaitingCall& call, std::string_view line) {
    const Answer answer = answer_to(call, line);
    Outcome outcome;
    switch (answer.kind) {
        case Answer::Kind::given:
            return go_on(*waiting_.take(call.number), answer.value);
        case Answer::Kind::more:
            if (answer.words.empty()) return outcome;
            [[fallthrough]];
        case Answer::Kind::unfit:
            outcome.kind = Outcome::Kind::refused;
            outcome.text = text::plain_tree(answer.words);
            return outcome;
        case Answer::Kind::no:
            break;
    }
    world_.runtime->abandon(waiting_.take(call.number)->number);
    outcome.kind = Outcome::Kind::refused;
    outcome.text = text::plain_tree("You leave it at that.");
    return outcome;
}

Outcome Calls::go_on(const WaitingCall& call, const Value& answer) {
    Origin origin;
    origin.service = call.service;
    origin.session = call.session;
    origin.actor = call.actor;
    origin.cause = call.cause;
    const script::Question::Kind kind = call.question.kind;
    // The answer may have been typed ahead. What the engine did meanwhile may not be on disk yet.
    origin.depends_on = kind == script::Question::Kind::job ? world_.ledger.newest() : call.depends_on;
    origin.description = call.description;
    world_.transaction.begin(std::move(origin));
    script::Budget budget =
        kind == script::Question::Kind::time ? script::Budget::of_clock() : script::Budget::of_player();
    budget.may_wait = true;
    const Event event{call.service, call.session, call.actor, call.target, call.method, {}};
    return conclude(world_.runtime->resume(call.number, answer, budget), event);
}

void Calls::lapsed(std::uint64_t number) {
    const std::optional<WaitingCall> call = waiting_.take(number);
    if (!call) return;
    world_.runtime->abandon(number);
    tell(call->actor, text::plain_tree("You were asked something too long ago; it is left at that."));
}

void Calls::came(std::uint64_t number, const Value& answer) {
    const WaitingCall* waiting = waiting_.find(number);
    const std::string_view author = waiting == nullptr ? std::string_view{} : waiting->question.author;
    const auto more = world_.owner_limits.wait_for(author);
    if (more.count() > 0) return schedule_(more, [this, number, answer] { came(number, answer); });
    const std::optional<WaitingCall> call = waiting_.take(number);
    auto owed = owed_.extract(number);
    job_ = 0;
    Outcome outcome;
    outcome.kind = Outcome::Kind::busy;
    if (call && !stopped_) {
        ++count_;
        generation_ = 0;
        outcome = go_on(*call, answer);
    }
    if (!owed.empty()) return give(std::move(owed.mapped()), std::move(outcome));
    if (!call || stopped_) return;
    if (outcome.kind != Outcome::Kind::done && outcome.text) tell(call->actor, outcome.text);
}

void Calls::session_left(SessionId session, ObjectId player) {
    if (const WaitingCall* call = waiting_.asked(session, player))
        world_.runtime->abandon(waiting_.take(call->number)->number);
}

/// How a call that waits for a job has ended is known when the job is done.
void Calls::give(Reply reply, Outcome outcome) {
    const std::uint64_t job = std::exchange(job_, 0);
    if (!reply) return;
    if (job != 0) {
        owed_.emplace(job, std::move(reply));
        return;
    }
    defer_([reply = std::move(reply), outcome = std::move(outcome)] { reply(outcome); });
}

/// The whole text that a waiting call asked for.
Outcome Calls::answer_whole(const Event& event) {
    const WaitingCall* call = waiting_.asked(event.session, event.actor);
    const bool is_text = event.arguments.size() == 1 && event.arguments[0].tag() == Value::Tag::string;
    if (call != nullptr && call->question.kind == script::Question::Kind::text && is_text)
        return go_on(*waiting_.take(call->number), event.arguments[0]);
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.text = text::plain_tree("No text was asked for.");
    return outcome;
}

}  // namespace gyre::world
