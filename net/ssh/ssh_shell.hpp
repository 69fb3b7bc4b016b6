#pragma once

#include "net/service.hpp"
#include "net/ssh/ssh_protocol.hpp"
#include "net/terminal/edited_lines.hpp"
#include "net/terminal/terminal.hpp"
#include "net/terminal/terminal_session.hpp"

#include <string>
#include <string_view>

namespace gyre::net {

/// A shell: with a terminal (pty) lines are edited here, whatever it can show; without one they come as they
/// are, as from a pipe.
class SshShell final : public SshProtocol, private Terminal {
  public:
    /// Longest line of a pipe in bytes, as of a telnet client; the rest of a longer one is dropped.
    static constexpr std::size_t max_line = LineEditor::max_line;

    SshShell(Context& context, ObjectId player, SshChannel& channel);

    void connection_made(reactor::Transport& transport) override;
    void bytes_received(std::string_view bytes) override;
    bool handle_next() override;
    [[nodiscard]] bool answer_pending() const override { return session_.answer_pending(); }
    void about_to_flush() override;
    void say_goodbye(Ending ending) override { session_.say_goodbye(ending); }
    void connection_lost(std::string_view reason) override { session_.closed(reason); }

    void resized() override;
    void input_ended() override;
    [[nodiscard]] std::string_view last_bytes() const override;
    [[nodiscard]] int exit_status() const override { return 0; }

  private:
    // Terminal
    void send(std::string_view rendered, BatchNumber needs) override;
    void send_prompt(std::string_view prompt) override;
    void set_echo(Echo echo) override;
    [[nodiscard]] bool marks_prompts() const override { return true; }
    [[nodiscard]] bool edits_lines() const override { return edits_; }
    [[nodiscard]] bool has_screen() const override { return channel_.terminal().has_terminal; }
    void keep_alive() override { channel_.keep_alive(); }
    [[nodiscard]] reactor::Transport& transport() override { return channel_; }
    [[nodiscard]] std::string_view service() const override { return "ssh"; }

    void show(std::string_view screen);
    void take_lines(std::string_view bytes);

    SshChannel& channel_;
    TerminalSession session_;
    EditedLines lines_;
    ObjectId player_;
    std::string line_;  ///< Of a pipe: what has no end yet.
    bool line_too_long_ = false;
    bool edits_ = false;
    bool marks_pastes_ = false;
    bool input_ended_ = false;
};

}  // namespace gyre::net
