#pragma once

#include "engine/base/ids.hpp"
#include "engine/reactor/transport.hpp"
#include "world/audience.hpp"

#include <cstdint>
#include <string_view>

namespace gyre::net {

/// Whether what is typed may be seen.
enum class Echo : std::uint8_t { shown, hidden };

/// What carries a TerminalSession: one person's terminal at the far end of telnet, SSH or a WebSocket.
class Terminal {
  public:
    virtual ~Terminal() = default;
    /// Queue what render() made, marked with `needs`.
    virtual void send(std::string_view rendered, BatchNumber needs) = 0;
    /// Queue a question or "> ", and whatever tells the terminal that a line is awaited.
    virtual void send_prompt(std::string_view prompt) = 0;
    virtual void set_echo(Echo echo) = 0;
    /// The terminal knows prompts from text, so text behind a prompt need not begin with a new line.
    [[nodiscard]] virtual bool marks_prompts() const = 0;
    /// Its lines were edited on our side: they come in UTF-8, and the end of each is on the screen already.
    [[nodiscard]] virtual bool edits_lines() const { return false; }
    /// Somebody looks at it; else it is a pipe, and what was chosen for terminals does not count.
    [[nodiscard]] virtual bool has_screen() const { return true; }
    /// A sign of life, if it can be sent without being seen.
    virtual void keep_alive() = 0;
    // --- What a terminal with a channel beside the text (GMCP) hears of; others need not.

    /// `player` hears the world through `session` from now on.
    virtual void entered_world(ObjectId player, world::Subscriber& session) {
        static_cast<void>(player);
        static_cast<void>(session);
    }
    virtual void login_failed(std::string_view why) { static_cast<void>(why); }
    /// What was just shown is more than words.
    virtual void noted(const world::text::Tree& tree, BatchNumber needs) {
        static_cast<void>(tree);
        static_cast<void>(needs);
    }
    /// As world::Subscriber says.
    virtual void surroundings_changed() {}
    /// A line of the player was acted upon.
    virtual void line_done() {}
    /// The session ends, with these words.
    virtual void leaving(std::string_view words) { static_cast<void>(words); }

    [[nodiscard]] virtual reactor::Transport& transport() = 0;
    /// "telnet": a literal.
    [[nodiscard]] virtual std::string_view service() const = 0;
};

}  // namespace gyre::net
