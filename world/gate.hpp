#pragma once

#include "engine/base/ids.hpp"
#include "world/atoms.hpp"
#include "world/text/tree.hpp"
#include "world/value.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace gyre::world {

/// Something a door saw, addressed to an object of the world.
struct Event {
    std::string_view service;  ///< "telnet", "irc", "timer", "console" ...: a literal.
    SessionId session = SessionId::none;
    ObjectId actor = ObjectId::nothing;   ///< Who does it; nothing for a clock or a passer-by.
    ObjectId target = ObjectId::nothing;  ///< Whose method is called.
    /// Of the target; "command": a line that somebody typed, also as an answer. "answer": a whole text at
    /// once, for a call that asked this session for one.
    std::string_view method;
    std::span<const Value> arguments;  ///< UTF-8, already limited by the codec.
};

/// How a call ended. Each door has one table from these six to its own words.
struct Outcome {
    enum class Kind : std::uint8_t {
        done,         ///< `value` is what the method returned.
        declined,     ///< It does not apply; `text` may say why.
        refused,      ///< The world says no; `text` says why. Everything was undone.
        failed,       ///< A bug; `error_id` ("e-4f2") is in the log. Everything was undone.
        over_budget,  ///< It ran too long; `error_id` as above. Everything was undone.
        busy,         ///< It was not run: the server has no room now.
    };
    Kind kind = Kind::done;
    Value value;
    Ref<const text::Tree> text;  ///< For the actor to read; never null for refused, failed and over_budget.
    std::string error_id;
    BatchNumber needs = 0;  ///< Nothing of this may be shown before that batch is durable.
};

/// Called exactly once, never before deliver() has returned, in the same turn or later.
using Reply = std::function<void(const Outcome&)>;

/// The single place where anything in the server calls into the world: resolve, permit, budget, begin, run,
/// commit or roll back, log, count, reply.
class Gate {
  public:
    virtual ~Gate() = default;
    virtual void deliver(const Event& event, Reply reply) = 0;
    /// What the next line of a session answers: a door passes it on as it is, and does not show a secret.
    enum class Asks : std::uint8_t { nothing, line, secret };
    [[nodiscard]] virtual Asks asks(SessionId, ObjectId) const { return Asks::nothing; }
};

}  // namespace gyre::world
