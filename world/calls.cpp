#include "world/calls.hpp"

#include "engine/base/log.hpp"
#include "world/commands.hpp"

#include <utility>

namespace gyre::world {

namespace {

constexpr std::size_t max_description = 256;  // Bytes of a typed line that the history keeps.
/// Of what the maker of failing code reads of the error and of the traceback, each, in bytes: what others
/// hand to his code may stand in it, and must not flood him.
constexpr std::size_t max_told_error = 1'000;

/// Compiled once; the literals are correct.
const text::Template& words(std::string_view source) { return *text::compile(source).value(); }

}  // namespace

Calls::Calls(World& world, Commands& commands, std::function<void(std::function<void()>)> defer)
    : world_(world), commands_(commands), defer_(std::move(defer)) {
    world_.runtime->own_call = [this](ObjectId listener, Atom method, std::vector<Value> arguments) {
        own_call(listener, method, std::move(arguments), world_.transaction.origin().actor);
    };
    world_.runtime->hook_failed = [this](const script::CallResult& fault, Atom hook) {
        hook_failed(fault, hook);
    };
    world_.runtime->run_line = [this](ObjectId person, std::string_view line) {
        return commands_.run(person, line);
    };
    world_.runtime->trace_line = [this](ObjectId person, std::string_view line,
                                        std::vector<script::LineStep>& steps) {
        return commands_.trace(person, line, steps);
    };
}

void Calls::deliver(const Event& event, Reply reply) {
    if (!stopped_ && put_off(event, reply)) return;
    Outcome outcome;
    if (stopped_) {
        outcome.kind = Outcome::Kind::busy;
    } else {
        generation_ = 0;
        outcome = run(event);
    }
    give(std::move(reply), std::move(outcome));
}

Outcome Calls::run(const Event& event) {
    ++count_;
    job_ = 0;
    if (event.method == "answer") return answer_whole(event);
    Origin origin;
    origin.service = event.service;
    origin.session = event.session;
    origin.actor = event.actor;
    const bool is_line = event.method == "command" && event.arguments.size() == 1 &&
                         event.arguments[0].tag() == Value::Tag::string;
    origin.description = is_line ? event.arguments[0].string().substr(0, max_description) : event.method;
    if (is_line) {
        if (WaitingCall* call = waiting_.asked(event.session, event.actor))
            return answer(*call, event.arguments[0].string());
    }
    world_.transaction.begin(std::move(origin));
    if (is_line) return conclude(commands_.run(event.target, event.arguments[0].string()), event);
    const Atom method = world_.atoms.find(event.method);
    return conclude(world_.runtime->call(event.target, method, event.arguments, script::Budget::of_player()),
                    event);
}

/// Ends the transaction as the call ended.
Outcome Calls::conclude(script::CallResult result, const Event& event) {
    Outcome outcome;
    switch (result.kind) {
        case script::CallResult::Kind::done:
            outcome.value = std::move(result.value);
            outcome.needs = world_.transaction.commit();
            return outcome;
        case script::CallResult::Kind::waiting:
            return wait(result, event);
        case script::CallResult::Kind::declined:
        case script::CallResult::Kind::refused:
            outcome.kind = result.kind == script::CallResult::Kind::refused ? Outcome::Kind::refused
                                                                            : Outcome::Kind::declined;
            // Resolved before everything is undone: it may speak of what the call saw.
            outcome.text = resolved(result.text, event.actor);
            outcome.needs = world_.transaction.rollback();
            return outcome;
        case script::CallResult::Kind::failed:
        case script::CallResult::Kind::over_budget:
            return apologise(result, event);
    }
    return outcome;
}

Outcome Calls::apologise(const script::CallResult& result, const Event& event) {
    Outcome outcome;
    const bool slow = result.kind == script::CallResult::Kind::over_budget;
    outcome.kind = slow ? Outcome::Kind::over_budget : Outcome::Kind::failed;
    outcome.needs = world_.transaction.rollback();
    const Errors::Report report = errors_.report(result, {event.method, event.service, name_of(event.actor)});
    outcome.error_id = report.name;
    if (report.is_news) tell_maker(*result.fault, report, circumstances(event.actor));
    const ObjectId culprit = result.fault->at != ObjectId::nothing ? result.fault->at : event.target;
    std::vector<Text::Argument> arguments;
    arguments.push_back({"id", Value{outcome.error_id}});
    if (culprit != event.actor) arguments.push_back({"it", Value{culprit}});
    const std::string_view sentence =
        culprit == event.actor ? (slow ? "That took too long and was stopped; its maker has been told. [{id}]"
                                       : "Something is wrong with that; its maker has been told. [{id}]")
        : slow                 ? "{it} took too long and was stopped; its maker has been told. [{id}]"
                               : "Something is wrong with {it}; its maker has been told. [{id}]";
    outcome.text = resolved(Text::of_template(words(sentence), std::move(arguments)), event.actor);
    return outcome;
}

/// A pure hook was asked inside the running call, which goes on: its maker hears of it afterwards.
void Calls::hook_failed(const script::CallResult& result, Atom hook) {
    const ObjectId actor = world_.transaction.origin().actor;
    const Errors::Report report = errors_.report(result, {world_.atoms.name(hook), "world", name_of(actor)});
    if (!report.is_news) return;
    defer_(
        [this, fault = result.fault, report, at = circumstances(actor)] { tell_maker(*fault, report, at); });
}

std::string Calls::name_of(ObjectId actor) const {
    Object* object = world_.objects.living(actor);
    return object == nullptr ? std::string{} : std::string{world_.string(*object, atom(atoms::name))};
}

/// Of the running call; empty if nobody began it.
std::string Calls::circumstances(ObjectId actor) const {
    const std::string name = name_of(actor);
    return name.empty() ? name : "\nIt was " + name + ", with: " + world_.transaction.origin().description;
}

/// Whoever wrote the code reads what is wrong with it, if he is there: LUA.md section 7.
void Calls::tell_maker(const script::Fault& fault, const Errors::Report& report,
                       std::string_view circumstances) {
    if (fault.in == nullptr || fault.in->owner.empty()) return;
    Origin origin;
    origin.service = "engine";
    world_.transaction.begin(std::move(origin));
    const ObjectId maker = world_.names.find(Names::Space::character, fault.in->owner, world_.transaction);
    std::string words = fault.error.substr(0, max_told_error);
    words += circumstances;
    if (!fault.traceback.empty() && report.count == 1)
        words += '\n' + fault.traceback.substr(0, max_told_error);
    words += "\n[" + report.name + (report.count > 1 ? ", " + std::to_string(report.count) + " times]" : "]");
    const Object* reader = world_.objects.living(maker);
    if (reader != nullptr && Audience::sessions_of(*reader) > 0)
        world_.transaction.tell(maker, text::plain_tree(words));
    world_.transaction.commit();
}

Ref<const text::Tree> Calls::resolved(const Ref<Text>& text, ObjectId observer) {
    if (!text) return text::plain_tree("That does not work.");
    auto tree = text::resolve(*text, observer, world_.perception);
    if (tree) return std::move(tree).value();
    log::warn("script", "refusal with a bad template", {{"error", tree.error().text}});
    return text::plain_tree("That does not work.");
}

void Calls::run_timer(const Scheduler::Timer& timer) {
    if (stopped_) return;
    ++count_;
    generation_ = 0;
    Event event;
    event.service = "timer";
    event.target = timer.object;
    event.method = world_.atoms.name(timer.method);
    const auto begin = [&] {
        Origin origin;
        origin.service = "timer";
        origin.cause = timer.cause;
        origin.description = event.method;
        world_.transaction.begin(std::move(origin));
        world_.scheduler->remove(timer.id);
    };
    begin();
    Outcome outcome;
    if (world_.objects.living(timer.object) != nullptr) {
        script::Budget budget = script::Budget::of_clock();
        budget.may_wait = true;
        budget.account = timer.author;
        outcome = conclude(world_.runtime->call(timer.object, timer.method, timer.arguments, budget), event);
        if (outcome.kind == Outcome::Kind::done) return;
        begin();  // What it did is undone, so it is still pending: a timer runs once, also when it fails.
    }
    world_.transaction.commit();
}

void Calls::run_beat(ObjectId target, Atom method) {
    if (stopped_) return;
    ++count_;
    generation_ = 0;
    Event event;
    event.service = "timer";
    event.target = target;
    event.method = world_.atoms.name(method);
    Origin origin;
    origin.service = event.service;
    origin.description = event.method;
    // That it runs tells that the object is there, and with `near` that somebody is.
    origin.depends_on = world_.ledger.newest();
    world_.transaction.begin(std::move(origin));
    script::Budget budget = script::Budget::of_clock();
    budget.may_wait = true;
    budget.account = world_.account_for(target, method);
    conclude(world_.runtime->call(target, method, {}, budget), event);
}

void Calls::tell(ObjectId player, Ref<const text::Tree> words, BatchNumber depends_on) {
    if (world_.objects.living(player) == nullptr) return;
    Origin origin;
    origin.service = "engine";
    origin.actor = player;
    origin.depends_on = depends_on;
    world_.transaction.begin(std::move(origin));
    world_.transaction.tell(player, std::move(words));
    world_.transaction.commit();
}

}  // namespace gyre::world
