// Calls that follow others, and what waits because its owner's code has used up its time.

#include "engine/base/log.hpp"
#include "world/calls.hpp"

#include <memory>
#include <utility>

namespace gyre::world {

void Calls::own_call(ObjectId target, Atom method, std::vector<Value> arguments, ObjectId actor) {
    OwnCall call{target, method, std::move(arguments), actor, 0, generation_ + 1};
    if (!world_.transaction.active()) return add_own(std::move(call));
    world_.transaction.at_commit([this, call = std::move(call)](BatchNumber needs) mutable {
        call.depends_on = needs;
        add_own(std::move(call));
    });
}

void Calls::drop(const OwnCall& call) const {
    log::warn("script", "dropped a listener's call",
              {{"method", world_.atoms.name(call.method)}, {"object", std::to_string(number(call.target))}});
}

void Calls::add_own(OwnCall call) {
    if (call.generation > max_generations || own_.size() >= max_waiting) return drop(call);
    own_.push_back(std::move(call));
    if (std::exchange(own_scheduled_, true)) return;
    defer_([this] { run_own(); });
}

void Calls::run_own() {
    own_scheduled_ = false;
    // Those that these set off wait for their own turn.
    for (std::size_t left = own_.size(); left > 0 && !stopped_; --left) {
        const OwnCall call = std::move(own_.front());
        own_.pop_front();
        if (!world_.runtime->has_method(call.target, call.method)) continue;
        const std::string account{world_.account_for(call.target, call.method)};
        if (put_off(call, account)) continue;
        ++count_;
        generation_ = call.generation;
        Event event;
        event.service = "listener";
        event.actor = call.actor;
        event.target = call.target;
        event.method = world_.atoms.name(call.method);
        Origin origin;
        origin.service = event.service;
        origin.actor = call.actor;
        origin.description = event.method;
        origin.depends_on = call.depends_on;
        world_.transaction.begin(std::move(origin));
        script::Budget budget = script::Budget::of_clock();
        budget.account = account;
        const Outcome outcome =
            conclude(world_.runtime->call(call.target, call.method, call.arguments, budget), event);
        // What somebody began who is what failed reads so, as after a line of his.
        const bool is_failed =
            outcome.kind == Outcome::Kind::failed || outcome.kind == Outcome::Kind::over_budget;
        if (is_failed && call.actor == call.target) tell(call.actor, outcome.text, outcome.needs);
    }
    generation_ = 0;
}

// --- Owners that have used up their time

/// Waits with the others of that owner; false if it may run now.
bool Calls::put_off(const OwnCall& call, const std::string& account) {
    if (!schedule_) return false;
    const auto found = put_off_.find(account);
    const auto wait = world_.owner_limits.wait_for(account);
    if (wait.count() == 0 && found == put_off_.end()) return false;
    if (found == put_off_.end()) {
        schedule_(std::max(wait, std::chrono::milliseconds{1}), [this, account] { call_again(account); });
    }
    std::vector<OwnCall>& waiting = put_off_[account];
    if (waiting.size() >= OwnerLimits::max_waiting_listeners) {
        drop(call);
    } else {
        waiting.push_back(call);
    }
    return true;
}

void Calls::call_again(const std::string& account) {
    const auto waiting = put_off_.extract(account);
    if (waiting.empty()) return;
    for (OwnCall& call : waiting.mapped()) add_own(std::move(call));
}

/// A line of somebody whose own code has used up its time waits, once. False: it may run now.
bool Calls::put_off(const Event& event, Reply& reply) {
    if (!schedule_ || event.method != "command" || world_.owner_limits.all_are_rested()) return false;
    const auto wait = world_.owner_limits.wait_for(world_.account_of(event.actor));
    if (wait.count() == 0) return false;
    if (wait >= std::chrono::seconds{1})
        tell(event.actor, text::plain_tree("Your own code has used up its time; this takes a moment."));
    struct Line {
        Event event;
        std::vector<Value> arguments;
        Reply reply;
    };
    const auto line = std::make_shared<Line>(
        Line{event, {event.arguments.begin(), event.arguments.end()}, std::move(reply)});
    line->event.method = "command";
    line->event.arguments = line->arguments;
    schedule_(wait, [this, line] {
        const Object* actor = world_.objects.living(line->event.actor);
        Outcome outcome;
        outcome.kind = Outcome::Kind::busy;
        const bool is_here = actor != nullptr && Audience::sessions_of(*actor) > 0;
        if (is_here && !stopped_) {
            generation_ = 0;
            outcome = run(line->event);
        }
        give(std::move(line->reply), std::move(outcome));
    });
    return true;
}

}  // namespace gyre::world
