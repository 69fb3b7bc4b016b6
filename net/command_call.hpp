#pragma once

#include "net/service.hpp"
#include "world/value.hpp"

#include <string_view>

namespace gyre::net {

/// Hands a typed line to the world, as player:command(line); the session numbered `id` gets the reply.
inline void deliver_command(Context& context, std::string_view service, SessionId id, ObjectId player,
                            std::string_view line) {
    const world::Value argument{line};
    context.gate.deliver({.service = service,
                          .session = id,
                          .actor = player,
                          .target = player,
                          .method = "command",
                          .arguments = {&argument, 1}},
                         context.sessions.reply_to(id));
}

/// Hands over a whole text at once, which a call of this session asked for.
inline void deliver_answer(Context& context, std::string_view service, SessionId id, ObjectId player,
                           std::string_view text) {
    const world::Value argument{text};
    context.gate.deliver({.service = service,
                          .session = id,
                          .actor = player,
                          .target = player,
                          .method = "answer",
                          .arguments = {&argument, 1}},
                         context.sessions.reply_to(id));
}

}  // namespace gyre::net
