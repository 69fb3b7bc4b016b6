#pragma once

#include "net/telnet/compressed_input.hpp"
#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"
#include "net/telnet/telnet_gmcp.hpp"
#include "net/terminal/edited_lines.hpp"
#include "net/terminal/terminal_session.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gyre::net {

/// One telnet connection: codec and options on one side, the session that all terminals share on the other.
/// What the options tell of the peer becomes its rendering; what the session shows is passed on, with IAC
/// doubled in the one charset that has that byte. A peer that wants its typing echoed gets the line editor;
/// that, GMCP and compressed input have memory of their own, which few connections take.
class TelnetProtocol final : public reactor::Protocol, private Terminal {
  public:
    explicit TelnetProtocol(Context& context) : context_(context), session_(context, *this) {}

    void connection_made(reactor::Transport& transport) override;
    void bytes_received(std::string_view bytes) override;
    bool handle_next() override;
    [[nodiscard]] bool answer_pending() const override { return session_.answer_pending(); }
    void about_to_flush() override;
    void say_goodbye(Ending ending) override { session_.say_goodbye(ending); }
    void connection_lost(std::string_view reason) override { session_.closed(reason); }

  private:
    // --- What comes
    void decode(std::string_view& bytes);
    void take_compressed(std::string_view& bytes, std::size_t& room);
    void take(const TelnetEvent& event);
    void follow_options(const TelnetEvent& event, std::string& out);
    void change_editing();
    [[nodiscard]] bool is_gmcp(const TelnetEvent& event) const;
    void take_gmcp(const TelnetEvent& event);
    void take_line(const TelnetEvent& event);
    void take_command(TelnetCommand command);
    void tell_session();
    [[nodiscard]] LineEditor::Terminal terminal_kind() const;
    [[nodiscard]] std::uint32_t second() const;

    // --- Terminal: what goes
    void send(std::string_view rendered, BatchNumber needs) override;
    void send_prompt(std::string_view prompt) override;
    void set_echo(Echo echo) override;
    [[nodiscard]] bool marks_prompts() const override {
        return edited_ != nullptr || options_.we_do(TelnetOption::eor);
    }
    [[nodiscard]] bool edits_lines() const override { return edited_ != nullptr; }
    void keep_alive() override;
    void entered_world(ObjectId player, world::Subscriber& session) override;
    void login_failed(std::string_view why) override;
    void noted(const world::text::Tree& tree, BatchNumber needs) override;
    void surroundings_changed() override;
    void line_done() override;
    void leaving(std::string_view words) override;
    [[nodiscard]] reactor::Transport& transport() override { return *transport_; }
    [[nodiscard]] std::string_view service() const override { return "telnet"; }
    void write(std::string_view bytes);
    void write_text(std::string_view rendered, BatchNumber needs = 0);

    Context& context_;
    reactor::Transport* transport_ = nullptr;
    TelnetCodec codec_;
    TelnetOptions options_;
    TerminalSession session_;
    std::unique_ptr<EditedLines> edited_;  ///< While the peer sends keys.
    std::unique_ptr<CompressedInput> compressed_input_;
    bool compresses_ = false;
    bool status_told_ = false;
    bool hides_ = false;                ///< What is typed may not be shown.
    std::unique_ptr<TelnetGmcp> gmcp_;  ///< From the first message on: others pay a pointer for it.
    bool first_byte_seen_ = false;
    bool first_line_seen_ = false;
};

/// Bytes of one connection on this side of its transport; with an empty backlog nothing else is allocated.
constexpr std::size_t most_telnet_memory = 576;
static_assert(sizeof(TelnetProtocol) <= most_telnet_memory);

}  // namespace gyre::net
