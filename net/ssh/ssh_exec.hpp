#pragma once

#include "net/service.hpp"
#include "net/sessions.hpp"
#include "net/ssh/ssh_protocol.hpp"
#include "world/audience.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace gyre::net {

/// One command of somebody who is in the world only for it: what it tells goes to the client's output, plain,
/// and the client ends with 0, with 1 if the world refused, with 2 if the command could not be carried out.
/// If it asks, lines of the client's input are the answers. Of what is about the session itself only `keys`
/// and `quit` work: the rest has no meaning, or asks for a password.
///
/// `export` and `import` are for files: what the first returns is all of the output, byte by byte; the whole
/// input is the text that the second asks for. What is told goes to the client's standard error.
class SshExec final : public SshProtocol, public world::Subscriber, private Session {
  public:
    static constexpr int done = 0;
    static constexpr int refused = 1;
    static constexpr int failed = 2;
    static constexpr std::size_t max_command = 4096;     ///< Bytes. Ours: that of a typed line.
    static constexpr std::size_t max_input = 64U << 10;  ///< Bytes that wait to be answers.
    static constexpr std::size_t max_file = 1'000'000;   ///< Bytes of a file to import.

    SshExec(Context& context, ObjectId player, SshChannel& channel, std::string command);
    ~SshExec() override;

    void connection_made(reactor::Transport& transport) override;
    void bytes_received(std::string_view bytes) override;
    bool handle_next() override;
    [[nodiscard]] bool answer_pending() const override { return waiting_; }
    void say_goodbye(Ending ending) override;
    void connection_lost(std::string_view reason) override;
    void input_ended() override;
    [[nodiscard]] int exit_status() const override { return exit_status_; }

    void told(const world::text::Tree& tree, BatchNumber needs) override;
    void detached(const world::text::Tree& why, BatchNumber needs) override;
    [[nodiscard]] world::SessionFacts facts() const override;

  private:
    void answered(const world::Outcome& outcome) override;
    void beat() override { channel_.keep_alive(); }
    void deliver(std::string_view line);
    void show(const world::text::Tree& tree, BatchNumber needs);
    void finish();
    void say(std::string_view words, BatchNumber needs);
    bool act_on_session(std::string_view line);
    bool hand_over_file();
    enum class Kind : std::uint8_t { command, export_file, import_file };
    [[nodiscard]] static Kind kind_of(std::string_view command);
    [[nodiscard]] bool next_line(std::string& line);

    Context& context_;
    SshChannel& channel_;
    ObjectId player_;
    SessionId id_;
    std::int64_t since_;
    std::string command_;
    std::string input_;
    Kind kind_;
    int exit_status_ = failed;
    bool begun_ = false;  ///< The command was delivered: from now on what is told is its output.
    bool waiting_ = false;
    bool handed_over_ = false;  ///< The file to import.
    bool input_ended_ = false;
    bool finished_ = false;
};

}  // namespace gyre::net
