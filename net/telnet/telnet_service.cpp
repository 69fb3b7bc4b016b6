#include "net/telnet/telnet_service.hpp"

#include "engine/base/log.hpp"
#include "net/telnet/compressed_input.hpp"
#include "net/telnet/options_codec.hpp"
#include "net/telnet/peer_settings.hpp"
#include "net/telnet/server_status.hpp"
#include "net/telnet/telnet_codec.hpp"
#include "net/telnet/telnet_gmcp.hpp"
#include "net/terminal/edited_lines.hpp"
#include "net/terminal/terminal_session.hpp"

#include <array>
#include <memory>
#include <string>
#include <utility>

// Codec and options on one side, the session that all terminals share on the other. What the options tell of
// the peer becomes its rendering; what the session shows is passed on, with IAC doubled in the one charset
// that has that byte. A peer that wants its typing echoed gets the line editor; that and compressed input
// have memory of their own, which few connections take.

namespace gyre::net {
namespace {

/// Bytes of one connection on this side of its transport; with an empty backlog nothing else is allocated.
constexpr std::size_t most_memory = 576;
/// What a crawler of lists types that does not negotiate. The name of nobody: it has a hyphen.
constexpr std::string_view status_request = "MSSP-REQUEST";
/// The first byte of a TLS handshake record. RFC 8446 §5.1.
constexpr char tls_handshake = '\x16';

/// "GET / HTTP/1.1" and the like: a browser, perhaps made to talk to us by a hostile page.
bool looks_like_http(std::string_view line) {
    const auto version = line.rfind(" HTTP/");
    const auto method = line.find(' ');
    if (version == std::string_view::npos || method == 0 || method >= version) return false;
    return line.substr(0, method).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

class TelnetProtocol final : public reactor::Protocol, private Terminal {
  public:
    explicit TelnetProtocol(Context& context) : context_(context), session_(context, *this) {}

    void connection_made(reactor::Transport& transport) override {
        transport_ = &transport;
        std::string out;
        if (transport.compression_possible()) options_.allow_compression();
        options_.start(second(), out);
        transport.write(out);
        session_.opened();
    }

    void bytes_received(std::string_view bytes) override {
        if (bytes.empty() || session_.ending()) return;
        if (!first_byte_seen_ && bytes.front() == tls_handshake)
            return transport_->abort_connection("tls on a plain port");
        first_byte_seen_ = true;
        session_.input_arrived();
        std::size_t room = CompressedInput::max_plain;
        while (!bytes.empty() && !session_.ending())
            compressed_input_ != nullptr ? take_compressed(bytes, room) : decode(bytes);
    }

    bool handle_next() override {
        if (session_.handle_next()) return true;
        const bool finished = edited_ != nullptr && edited_->ended();
        if (finished && !session_.ending() && !session_.answer_pending()) session_.quit();
        return false;
    }
    [[nodiscard]] bool answer_pending() const override { return session_.answer_pending(); }
    void about_to_flush() override {
        if (gmcp_ != nullptr && !session_.ending()) gmcp_->session().settle();
        session_.about_to_flush();
        if (edited_ != nullptr) write_text(edited_->settled());
    }
    void say_goodbye(Ending ending) override { session_.say_goodbye(ending); }
    void connection_lost(std::string_view reason) override { session_.closed(reason); }

  private:
    /// Up to the end, or to where the peer begins to compress.
    void decode(std::string_view& bytes) {
        const bool is_plain = compressed_input_ == nullptr;
        TelnetEvent event;
        while (!session_.ending() && codec_.next(bytes, event)) {
            take(event);
            if (is_plain && compressed_input_ != nullptr) return;
        }
    }

    void take_compressed(std::string_view& bytes, std::size_t& room) {
        const CompressedInput::State state =
            compressed_input_->read(bytes, room, [this](std::string_view plain) {
                decode(plain);
                return !session_.ending();
            });
        if (state == CompressedInput::State::ended) compressed_input_.reset();
        if (state != CompressedInput::State::failed) return;
        bytes = {};
        const std::string_view fault = compressed_input_->fault();
        log::warn("telnet", fault, {{"address", transport_->peer().address}});
        transport_->abort_connection(fault);
    }

    void take(const TelnetEvent& event) {
        switch (event.kind) {
            case TelnetEvent::Kind::keys:
                if (edited_ != nullptr) write_text(edited_->typed(event.bytes));
                return;
            case TelnetEvent::Kind::line:
                return take_line(event);
            case TelnetEvent::Kind::command:
                return take_command(event.command);
            case TelnetEvent::Kind::negotiation:
            case TelnetEvent::Kind::subnegotiation:
                break;
        }
        if (is_gmcp(event)) return take_gmcp(event);
        std::string out;
        const bool told = options_.received(event, second(), out);
        options_.retry(second(), out);
        follow_options(event, out);
        if (told) tell_session();
    }

    /// Sends `out`, and does what an option that came or went asks for. What ends a stream goes before `out`.
    void follow_options(const TelnetEvent& event, std::string& out) {
        const bool compresses = options_.we_do(TelnetOption::compress2);
        const bool begins = compresses && !compresses_;
        if (compresses_ && !compresses) transport_->end_compression();
        if (options_.we_do(TelnetOption::mssp) && !std::exchange(status_told_, true)) {
            TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(TelnetOption::mssp),
                                               status_parameters(context_), out);
        }
        constexpr auto compress2 = static_cast<std::uint8_t>(TelnetOption::compress2);
        if (begins) TelnetCodec::encode_subnegotiation(compress2, {}, out);
        write(out);
        if (begins) transport_->start_compression();
        compresses_ = compresses;
        const bool their_stream = event.kind == TelnetEvent::Kind::subnegotiation &&
                                  event.option == static_cast<std::uint8_t>(TelnetOption::compress3);
        if (their_stream && options_.we_do(TelnetOption::compress3) && compressed_input_ == nullptr)
            compressed_input_ = std::make_unique<CompressedInput>();
        if (options_.echoes_on_request() != (edited_ != nullptr)) change_editing();
    }

    /// The peer sends keys from now on, or lines again.
    void change_editing() {
        const bool keys = edited_ == nullptr;
        codec_.tell_keys(keys);
        if (!keys) {
            edited_.reset();
            if (hides_) set_echo(Echo::hidden);
            return;
        }
        edited_ = std::make_unique<EditedLines>(session_);
        edited_->set_secret(hides_);
        write_text(edited_->resized(session_.settings().rendering().width));
        write_text(edited_->typed(codec_.take_unfinished()));
        session_.write_prompt_again();
    }

    [[nodiscard]] bool is_gmcp(const TelnetEvent& event) const {
        return event.kind == TelnetEvent::Kind::subnegotiation &&
               event.option == static_cast<std::uint8_t>(TelnetOption::gmcp) &&
               options_.we_do(TelnetOption::gmcp);
    }

    void take_gmcp(const TelnetEvent& event) {
        if (event.too_long) return;
        if (gmcp_ == nullptr) gmcp_ = std::make_unique<TelnetGmcp>(session_, *transport_);
        gmcp_->session().received(event.bytes);
    }

    void take_line(const TelnetEvent& event) {
        if (!first_line_seen_ && looks_like_http(event.bytes)) {
            transport_->write("This is a telnet port, not a web server.\r\n");
            return session_.hang_up();
        }
        const bool asks_status = !std::exchange(first_line_seen_, true) && event.bytes == status_request;
        if (asks_status) return write(status_lines(context_));
        session_.line_typed(event.bytes, event.too_long);
    }

    void take_command(TelnetCommand command) {
        if (command != TelnetCommand::are_you_there || !options_.may_answer(second())) return;
        if (edited_ == nullptr) return write("\r\n[yes]\r\n");
        send("[yes]\r\n", 0);
        session_.write_prompt_again();
    }

    /// The peer has told something of itself.
    void tell_session() {
        take_facts(options_.facts(), session_.settings());
        if (edited_ != nullptr) write_text(edited_->resized(session_.settings().rendering().width));
    }

    // --- Terminal

    void send(std::string_view rendered, BatchNumber needs) override {
        if (edited_ == nullptr) return write_text(rendered, needs);
        std::string screen = edited_->hidden();
        screen += rendered;
        write_text(screen, needs);
    }

    /// Telnet commands among it, if any.
    void write(std::string_view bytes) {
        if (!bytes.empty()) transport_->write(bytes);
    }

    void write_text(std::string_view rendered, BatchNumber needs = 0) {
        if (rendered.empty()) return;
        // In UTF-8 and ASCII there is no byte 255.
        if (session_.settings().rendering().charset != Charset::latin1 ||
            !TelnetCodec::needs_encoding(rendered))
            return transport_->write(rendered, needs);
        std::string encoded;
        TelnetCodec::encode(rendered, encoded);
        transport_->write(encoded, needs);
    }

    void send_prompt(std::string_view prompt) override {
        if (edited_ != nullptr) return write_text(edited_->shown(prompt));
        std::string out{prompt};
        if (marks_prompts()) {
            TelnetCodec::encode_command(TelnetCommand::eor, out);
        } else if (!options_.we_do(TelnetOption::sga)) {
            TelnetCodec::encode_command(TelnetCommand::go_ahead, out);
        }
        transport_->write(out);
    }

    void set_echo(Echo echo) override {
        hides_ = echo == Echo::hidden;
        if (edited_ != nullptr) return edited_->set_secret(hides_);
        std::string out;
        if (hides_) {
            options_.enable(TelnetOption::echo, second(), out);
        } else {
            options_.disable(TelnetOption::echo, out);
        }
        transport_->write(out);
    }

    [[nodiscard]] bool marks_prompts() const override {
        return edited_ != nullptr || options_.we_do(TelnetOption::eor);
    }
    [[nodiscard]] bool edits_lines() const override { return edited_ != nullptr; }

    void keep_alive() override {
        if (!options_.peer_negotiates()) return;  // It would see two strange characters.
        std::string out;
        TelnetCodec::encode_command(TelnetCommand::nop, out);
        transport_->write(out);
    }

    void entered_world(ObjectId player, world::Subscriber& session) override {
        if (gmcp_ != nullptr) gmcp_->session().entered_world(player, session);
    }
    void login_failed(std::string_view why) override {
        if (gmcp_ != nullptr) gmcp_->session().login_failed(why);
    }
    void noted(const world::text::Tree& tree, BatchNumber needs) override {
        if (gmcp_ != nullptr) gmcp_->session().noted(tree, needs);
    }
    void surroundings_changed() override {
        if (gmcp_ == nullptr) return;
        gmcp_->session().surroundings_changed();
        transport_->wake();
    }
    void line_done() override {
        if (gmcp_ != nullptr) gmcp_->session().line_done();
    }
    void leaving(std::string_view words) override {
        if (gmcp_ != nullptr) gmcp_->session().leaving(words);
    }

    [[nodiscard]] reactor::Transport& transport() override { return *transport_; }
    [[nodiscard]] std::string_view service() const override { return "telnet"; }

    [[nodiscard]] std::uint32_t second() const {
        const auto passed = context_.clock.steady().time_since_epoch();
        return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(passed).count());
    }

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

static_assert(sizeof(TelnetProtocol) <= most_memory);

std::unique_ptr<reactor::Protocol> make_telnet(Context& context) {
    return std::make_unique<TelnetProtocol>(context);
}

constexpr std::string_view busy_words =
    "Too many people are connected from where you are. Try again later.\r\n";
constexpr std::array calls{
    CallRow{"a line", "player:command(line) -> sentence -> the verb's method"},
    CallRow{"session opens", "player:connected(session)"},
    CallRow{"session closes", "player:disconnected(session, reason)"},
};

}  // namespace

Service telnet_service() {
    return {.scheme = "telnet",
            .description = "Telnet with the options that game clients know",
            .default_port = 4000,
            .tls = false,
            .busy_words = busy_words,
            .calls = calls,
            .make = make_telnet};
}

Service telnets_service() {
    Service service = telnet_service();
    service.scheme = "telnets";
    service.description = "Telnet inside TLS";
    service.default_port = 4443;
    service.tls = true;
    return service;
}

}  // namespace gyre::net
