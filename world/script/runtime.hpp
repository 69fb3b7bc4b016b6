#pragma once

#include "engine/base/result.hpp"
#include "world/class.hpp"
#include "world/text/text.hpp"
#include "world/value.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::world {
class World;
}

namespace gyre::world::script {

/// What one call may use. Past any of them it is killed, and nothing in it can catch that.
struct Budget {
    std::int64_t steps = 1'000'000;
    std::chrono::milliseconds cpu{20};
    std::size_t allocated_bytes = 64U << 20;  ///< Volume, whether freed again or not.
    std::size_t output_bytes = 1U << 20;
    static Budget of_player() { return {}; }
    static Budget of_clock() { return {250'000, std::chrono::milliseconds{5}, 16U << 20, 256U << 10}; }
};

/// How a call of a method ended. The transaction is the caller's: this neither commits nor rolls back.
struct CallResult {
    enum class Kind : std::uint8_t { done, declined, refused, failed, over_budget };
    Kind kind = Kind::done;
    Value value;            ///< done: the first result.
    Ref<Text> text;         ///< refused, declined: the reason, or null.
    std::string error;      ///< failed, over_budget: "brass_lamp.lua:14: ..." without traceback.
    std::string traceback;  ///< failed, over_budget: for the owner of the code.
    Class* in = nullptr;    ///< failed, over_budget: class whose code was running.
    ObjectId at = ObjectId::nothing;  ///< failed, over_budget: the innermost object whose method ran, if known.
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

/// The Lua state of the world: loads classes, calls methods. The only code that includes Lua is in this
/// folder.
class Runtime {
  public:
    explicit Runtime(World& world);
    ~Runtime();
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;

    /// Loads or reloads these classes, in any order given: parents and traits are found among them or among
    /// what is loaded. Those with a fault keep their last good version, with everything that depends on the
    /// new one. Singletons are made or updated by World, afterwards.
    std::vector<LoadFault> load(std::span<const ClassSource> sources);

    /// Calls a method inside the running transaction. An object without that method: failed.
    CallResult call(ObjectId target, Atom method, std::span<const Value> arguments, const Budget& budget);
    [[nodiscard]] bool has_method(ObjectId target, Atom method) const;

    /// Bytes in use by the Lua state.
    [[nodiscard]] std::size_t live_bytes() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace gyre::world::script
