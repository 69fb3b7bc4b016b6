#pragma once

#include "world/errors.hpp"
#include "world/gate.hpp"
#include "world/scheduler.hpp"
#include "world/script/runtime.hpp"
#include "world/waiting_calls.hpp"
#include "world/world.hpp"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace gyre::world {

class Commands;

/// The gate: runs every call of every door, clock and listener, one at a time, each as one transaction.
class Calls final : public Gate {
  public:
    /// Calls that a call may set off in turn (a listener that speaks, heard by a listener that speaks ...).
    static constexpr int max_generations = 6;
    /// Calls of their own that may wait at a time; what a flood of listeners adds beyond is dropped and
    /// logged.
    static constexpr std::size_t max_waiting = 10'000;
    /// A question that was not answered for so long lapses.
    static constexpr std::chrono::minutes patience{5};

    /// `defer` runs a function on the reactor after the current step and before the next.
    Calls(World& world, Commands& commands, std::function<void(std::function<void()>)> defer);

    void deliver(const Event& event, Reply reply) override;
    /// A timer is due: it is taken away and its method called in one transaction; if that fails, only taken
    /// away.
    void run_timer(const Scheduler::Timer& timer);
    /// The time of an `every` or `daily` method has come: calls it as nobody, in one transaction. An error is
    /// reported and changes nothing about its next time.
    void run_beat(ObjectId target, Atom method);
    /// Calls `method` of `target` right after the running transaction, if that commits; without a
    /// transaction, as soon as the current step ends. Nothing happens if the object has no such method.
    void own_call(ObjectId target, Atom method, std::vector<Value> arguments, ObjectId actor);
    [[nodiscard]] Asks asks(SessionId session, ObjectId player) const override {
        return waiting_.asks(session, player);
    }
    /// How calls wait for time: runs a function after that delay. Without it, no question lapses and `wait`
    /// never ends.
    using Schedule = std::function<void(std::chrono::milliseconds, std::function<void()>)>;
    void use_clock(Schedule schedule) { schedule_ = std::move(schedule); }
    /// A session is gone: nobody answers what it was asked.
    void session_left(SessionId session, ObjectId player);
    /// From now on every call is answered `busy`: the disk refused, or the server stops.
    void stop() { stopped_ = true; }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] const Errors& errors() const { return errors_; }

  private:
    struct OwnCall {
        ObjectId target;
        Atom method;
        std::vector<Value> arguments;
        ObjectId actor;
        BatchNumber depends_on;
        int generation;
    };
    Outcome run(const Event& event);
    Outcome conclude(script::CallResult result, const Event& event);
    Outcome apologise(const script::CallResult& result, const Event& event);
    void hook_failed(const script::CallResult& result, Atom hook);
    void tell_maker(const script::Fault& fault, const Errors::Report& report, std::string_view circumstances);
    [[nodiscard]] std::string circumstances(ObjectId actor) const;
    [[nodiscard]] std::string name_of(ObjectId actor) const;
    [[nodiscard]] Ref<const text::Tree> resolved(const Ref<Text>& text, ObjectId observer);
    Outcome wait(const script::CallResult& result, const Event& event);
    Outcome answer(WaitingCall& call, std::string_view line);
    Outcome go_on(const WaitingCall& call, const Value& answer);
    void lapsed(std::uint64_t number);
    Outcome answer_whole(const Event& event);
    void came(std::uint64_t number, const Value& answer);
    void give(Reply reply, Outcome outcome);
    void tell(ObjectId player, Ref<const text::Tree> words, BatchNumber depends_on = 0);
    void add_own(OwnCall call);
    void drop(const OwnCall& call) const;
    bool put_off(const OwnCall& call, const std::string& account);
    void call_again(const std::string& account);
    bool put_off(const Event& event, Reply& reply);
    void run_own();

    World& world_;
    Commands& commands_;
    std::function<void(std::function<void()>)> defer_;
    Errors errors_;
    WaitingCalls waiting_;
    Schedule schedule_;
    std::uint64_t job_ = 0;                          ///< That the last call began and waits for; 0: none.
    std::unordered_map<std::uint64_t, Reply> owed_;  ///< To whoever's call waits for a job, by its number.
    std::deque<OwnCall> own_;
    std::map<std::string, std::vector<OwnCall>> put_off_;  ///< By account.
    int generation_ = 0;                                   ///< Of the running call.
    bool own_scheduled_ = false;
    bool stopped_ = false;
    std::uint64_t count_ = 0;
};

}  // namespace gyre::world
