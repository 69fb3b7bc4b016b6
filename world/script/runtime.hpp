#pragma once

#include "engine/base/result.hpp"
#include "world/class.hpp"
#include "world/script/singleton_spec.hpp"
#include "world/text/text.hpp"
#include "world/value.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {
class World;
}

namespace gyre::world::script {

class ClassStore;
class State;

/// What one call may use. Past any of them it is killed, and nothing in it can catch that.
struct Budget {
    std::int64_t steps = 1'000'000;
    std::chrono::milliseconds cpu{20};
    std::size_t allocated_bytes = 64U << 20;  ///< Volume, whether freed again or not.
    std::size_t output_bytes = 1U << 20;
    /// Account to which the time counts if the method is the library's; empty: to nobody.
    std::string_view account = {};
    bool may_wait = false;  ///< It may ask its player something, or wait (LUA.md: "yields").
    static Budget of_player() { return {}; }
    static Budget of_clock() { return {250'000, std::chrono::milliseconds{5}, 16U << 20, 256U << 10}; }
};

/// What a call waits for.
struct Question {
    enum class Kind : std::uint8_t {
        line,     ///< ask: any line.
        secret,   ///< ask_secret: a line that is not shown.
        text,     ///< edit: lines up to one with a full stop only.
        confirm,  ///< yes or no.
        choose,   ///< One of `options`, by number or words.
        time,     ///< wait: `seconds`.
        job,      ///< What the engine does meanwhile.
    };
    /// Begins it, on the reactor and outside of any call; it calls `done` once, there and outside of any
    /// call, with what the call gets.
    using Job = std::function<void(std::function<void(Value answer)> done)>;
    Kind kind = Kind::line;
    std::string prompt;                ///< What the player is asked, as he reads it.
    std::vector<std::string> options;  ///< As the player reads them.
    double seconds = 0;
    std::string old_text;  ///< text: what there is already.
    Job job;
    std::string author;  ///< Account whose code waits; empty: the library.
};

/// What went wrong in a call, for the owner of the code.
struct Fault {
    std::string error;                ///< "brass_lamp.lua:14: ..." without traceback.
    std::string traceback;            ///< Empty: there is none.
    Class* in = nullptr;              ///< Whose code was running, if known.
    ObjectId at = ObjectId::nothing;  ///< The innermost object whose method ran, if known.
};

/// How a call of a method ended. The transaction is the caller's: this neither commits nor rolls back.
struct CallResult {
    enum class Kind : std::uint8_t { done, declined, refused, failed, over_budget, waiting };
    Kind kind = Kind::done;
    Value value;     ///< done: the first result.
    Ref<Text> text;  ///< refused, declined: the reason, or null.
    // Apart, since every call of every method moves a result several times.
    std::shared_ptr<const Fault> fault;  ///< failed, over_budget; else null.
    // waiting: what it did so far is to be committed; then resume() or abandon() goes on with it.
    std::uint64_t waiting = 0;
    std::shared_ptr<Question> question;

    /// failed, over_budget; else empty.
    [[nodiscard]] const std::string& error() const {
        static const std::string none;
        return fault ? fault->error : none;
    }
};

/// Source of one class.
struct ClassSource {
    std::string name;  ///< File name without ".lua".
    std::string source;
    std::string owner;   ///< Account; empty: library.
    std::string origin;  ///< Path as shown in errors ("core/thing.lua"), or "database".
};

/// One class that did not load; the last good version goes on.
struct LoadFault {
    std::string origin;
    std::string message;  ///< "board.lua:11: ..."; may have further lines with a caret.
};

/// One thing that was tried for a sentence.
struct LineStep {
    bool is_rule = false;  ///< A `before` rule of a place, else a verb.
    ObjectId object = ObjectId::nothing;
    const Verb* verb = nullptr;  ///< Null: a rule.
    Atom method = Atom::none;
    CallResult::Kind result = CallResult::Kind::done;
    Ref<Text> words;  ///< Refused, declined: the reason, or null.
};

/// The Lua state of the world: loads classes, calls methods. The only code that includes Lua is in this
/// folder.
class Runtime {
  public:
    /// Longest class name, in bytes: `[a-z][a-z0-9_]*`.
    static constexpr std::size_t max_class_name = 32;
    static constexpr std::size_t max_source_bytes = 1U << 20;  ///< Of one class.
    /// Calls of methods by the engine inside calls of methods.
    static constexpr int max_nested_calls = 16;

    explicit Runtime(World& world);
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// Loads or reloads these classes, in any order given: parents and traits are found among them or among
    /// what is loaded. Those with a fault keep their last good version, with everything that depends on the
    /// new one. The atoms of the last run must have been restored before the first load.
    std::vector<LoadFault> load(std::span<const ClassSource> sources);
    /// After load(), inside a transaction of the caller: makes the singletons that are missing, puts new ones
    /// in their place, joins exits, and resolves `object "name"` in property defaults.
    std::vector<LoadFault> settle_singletons();
    /// What the file of a singleton says; null if the class is none.
    [[nodiscard]] const SingletonSpec* spec(const Class& of) const;
    /// Loads or reloads one class inside the running transaction: a rollback puts its last version back.
    /// Returns the fault; empty: it is in force.
    [[nodiscard]] std::string change(const ClassSource& source);
    /// Takes a class out of force, likewise. Returns what stands in the way: an instance, an heir; empty: it
    /// is gone.
    [[nodiscard]] std::string unload(std::string_view name);

    /// Calls a method inside the running transaction. An object without that method: failed.
    CallResult call(ObjectId target, Atom method, std::span<const Value> arguments, const Budget& budget);
    /// What a pure hook of an object (`visible_to`, `seen_as`) says to `about`: it may not change anything. A
    /// refusal is false; nil if it fails, which is reported.
    Value ask(ObjectId target, Atom hook, ObjectId about);
    /// Goes on with a call that waits, inside a new transaction. `answer` is what the player said; for
    /// `choose` the number of the option, from 1; nil for `time`.
    CallResult resume(std::uint64_t waiting, const Value& answer, const Budget& budget);
    /// It never goes on.
    void abandon(std::uint64_t waiting);
    [[nodiscard]] bool has_method(ObjectId target, Atom method) const;
    /// Whether the method declares more than so many parameters behind `self`: what it would not look at need
    /// not be made.
    [[nodiscard]] bool takes_more(ObjectId target, Atom method, std::size_t arguments) const;

    /// Asked to call `method` of `listener` right after the running transaction: `noticed`, `heard`, `told`.
    std::function<void(ObjectId listener, Atom method, std::vector<Value> arguments)> own_call;
    /// Runs a sentence as this person inside the running call (Commands::run); what it refuses is not undone.
    std::function<CallResult(ObjectId person, std::string_view line)> run_line;
    /// What `system` asks of those who run the world, once its call is committed (system_api.cpp).
    struct Operations {
        /// Ends all sessions of a player, who reads why.
        std::function<void(ObjectId player, const std::string& why)> boot;
        /// Ends the sessions of all who are banned by now.
        std::function<void()> enforce_bans;
        /// Stops the server after so many seconds; everybody is told now and then.
        std::function<void(std::int64_t seconds, const std::string& why)> close;
        /// It goes on after all.
        std::function<void()> stay_open;
        /// Whether it is going to stop.
        std::function<bool()> is_closing;
    };
    Operations operations;
    /// The same, and tells what was tried.
    std::function<CallResult(ObjectId person, std::string_view line, std::vector<LineStep>& steps)>
        trace_line;
    /// Where sources are kept; null: only what load() was given is known.
    ClassStore* class_store = nullptr;
    /// A pure hook failed.
    std::function<void(const CallResult& fault, Atom hook)> hook_failed;
    /// A line that a script wrote with `log`, after its call was committed. Default: the server's log.
    std::function<void(const Class& of, const std::string& line)> log_line;

    /// Makes random choices repeatable.
    void seed(std::uint64_t number);
    /// Bytes in use by the Lua state.
    [[nodiscard]] std::size_t live_bytes() const;
    /// For the rest of this folder.
    [[nodiscard]] State& state() { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

}  // namespace gyre::world::script
