#pragma once

#include "net/service.hpp"
#include "world/value.hpp"

#include <string_view>

namespace gyre::net {

/// Calls the method of an event of somebody's own with one text; the session gets the reply.
inline void deliver_text(Context& context, world::Event event, std::string_view text) {
    const world::Value argument{text};
    event.target = event.actor;
    event.arguments = {&argument, 1};
    context.gate.deliver(event, context.sessions.reply_to(event.session));
}

/// Hands a typed line to the world, as player:command(line).
inline void deliver_command(Context& context, std::string_view service, SessionId id, ObjectId player,
                            std::string_view line) {
    deliver_text(context,
                 {.service = service, .session = id, .actor = player, .method = "command", .arguments = {}},
                 line);
}

/// Hands over a whole text at once, which a call of this session asked for.
inline void deliver_answer(Context& context, std::string_view service, SessionId id, ObjectId player,
                           std::string_view text) {
    deliver_text(context,
                 {.service = service, .session = id, .actor = player, .method = "answer", .arguments = {}},
                 text);
}

}  // namespace gyre::net
