#include "net/telnet/telnet_service.hpp"

#include "net/gmcp/gmcp_session.hpp"
#include "net/telnet/options_codec.hpp"
#include "net/telnet/telnet_codec.hpp"
#include "net/terminal/terminal_session.hpp"

#include <array>
#include <string>

// Codec and options on one side, the session that all terminals share on the other. What the options tell of
// the peer becomes its rendering; what the session shows is passed on, with IAC doubled in the one charset
// that has that byte.

namespace gyre::net {
namespace {

constexpr std::uint16_t default_width = 80;
/// Bytes of one connection on this side of its transport; with an empty backlog nothing else is allocated.
constexpr std::size_t most_memory = 576;
/// The first byte of a TLS handshake record. RFC 8446 §5.1.
constexpr char tls_handshake = '\x16';

/// "GET / HTTP/1.1" and the like: a browser, perhaps made to talk to us by a hostile page.
bool looks_like_http(std::string_view line) {
    const auto version = line.rfind(" HTTP/");
    const auto method = line.find(' ');
    if (version == std::string_view::npos || method == 0 || method >= version) return false;
    return line.substr(0, method).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

Colours colours_of(const TelnetFacts& facts) {
    if ((facts.abilities & mtts::true_colour) != 0) return Colours::truecolour;
    if ((facts.abilities & mtts::colours_256) != 0) return Colours::ansi256;
    return (facts.abilities & mtts::ansi) != 0 ? Colours::ansi16 : Colours::none;
}

class TelnetProtocol final : public reactor::Protocol, private Terminal {
  public:
    explicit TelnetProtocol(Context& context) : clock_(context.clock), session_(context, *this) {}

    void connection_made(reactor::Transport& transport) override {
        transport_ = &transport;
        std::string out;
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
        TelnetEvent event;
        while (!session_.ending() && codec_.next(bytes, event)) take(event);
    }

    bool handle_next() override { return session_.handle_next(); }
    [[nodiscard]] bool answer_pending() const override { return session_.answer_pending(); }
    void about_to_flush() override {
        if (gmcp_ != nullptr && !session_.ending()) gmcp_->session.settle();
        session_.about_to_flush();
    }
    void say_goodbye(Ending ending) override { session_.say_goodbye(ending); }
    void connection_lost(std::string_view reason) override { session_.closed(reason); }

  private:
    void take(const TelnetEvent& event) {
        switch (event.kind) {
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
        if (!out.empty()) transport_->write(out);
        if (told) tell_session();
    }

    [[nodiscard]] bool is_gmcp(const TelnetEvent& event) const {
        return event.kind == TelnetEvent::Kind::subnegotiation &&
               event.option == static_cast<std::uint8_t>(TelnetOption::gmcp) &&
               options_.we_do(TelnetOption::gmcp);
    }

    void take_gmcp(const TelnetEvent& event) {
        if (event.too_long) return;
        if (gmcp_ == nullptr) {
            gmcp_ = std::make_unique<Gmcp>(*this);
            if (session_.logged_in()) gmcp_->session.entered_world(session_.player(), session_);
        }
        gmcp_->session.received(event.bytes);
    }

    void take_line(const TelnetEvent& event) {
        if (!first_line_seen_ && looks_like_http(event.bytes)) {
            transport_->write("This is a telnet port, not a web server.\r\n");
            return session_.hang_up();
        }
        first_line_seen_ = true;
        session_.line_typed(event.bytes, event.too_long);
    }

    void take_command(TelnetCommand command) {
        if (command != TelnetCommand::are_you_there || !options_.may_answer(second())) return;
        transport_->write("\r\n[yes]\r\n");
    }

    /// The peer has told something of itself.
    void tell_session() {
        const TelnetFacts& facts = options_.facts();
        session_.settings().width_told(facts.width != 0 ? facts.width : default_width);
        if (facts.terminal_known) {
            session_.settings().colours_told(colours_of(facts));
            session_.settings().screen_reader_told((facts.abilities & mtts::screen_reader) != 0);
        }
        switch (facts.charset) {
            case TelnetFacts::Charset::utf8:
                return session_.settings().charset_told(Charset::utf8);
            case TelnetFacts::Charset::latin1:
                return session_.settings().charset_told(Charset::latin1);
            case TelnetFacts::Charset::ascii:
                return session_.settings().charset_told(Charset::ascii);
            case TelnetFacts::Charset::unknown:
                break;
        }
        if ((facts.abilities & mtts::utf8) != 0) session_.settings().charset_told(Charset::utf8);
    }

    // --- Terminal

    void send(std::string_view rendered, BatchNumber needs) override {
        // In UTF-8 and ASCII there is no byte 255.
        if (session_.settings().rendering().charset != Charset::latin1 ||
            !TelnetCodec::needs_encoding(rendered))
            return transport_->write(rendered, needs);
        std::string encoded;
        TelnetCodec::encode(rendered, encoded);
        transport_->write(encoded, needs);
    }

    void send_prompt(std::string_view prompt) override {
        std::string out{prompt};
        if (marks_prompts()) {
            TelnetCodec::encode_command(TelnetCommand::eor, out);
        } else if (!options_.we_do(TelnetOption::sga)) {
            TelnetCodec::encode_command(TelnetCommand::go_ahead, out);
        }
        transport_->write(out);
    }

    void set_echo(Echo echo) override {
        std::string out;
        if (echo == Echo::hidden) {
            options_.enable(TelnetOption::echo, second(), out);
        } else {
            options_.disable(TelnetOption::echo, out);
        }
        transport_->write(out);
    }

    [[nodiscard]] bool marks_prompts() const override { return options_.we_do(TelnetOption::eor); }

    void keep_alive() override {
        if (!options_.peer_negotiates()) return;  // It would see two strange characters.
        std::string out;
        TelnetCodec::encode_command(TelnetCommand::nop, out);
        transport_->write(out);
    }

    void entered_world(ObjectId player, world::Subscriber& session) override {
        if (gmcp_ != nullptr) gmcp_->session.entered_world(player, session);
    }
    void login_failed(std::string_view why) override {
        if (gmcp_ != nullptr) gmcp_->session.login_failed(why);
    }
    void noted(const world::text::Tree& tree, BatchNumber needs) override {
        if (gmcp_ != nullptr) gmcp_->session.noted(tree, needs);
    }
    void surroundings_changed() override {
        if (gmcp_ == nullptr) return;
        gmcp_->session.surroundings_changed();
        transport_->wake();
    }
    void line_done() override {
        if (gmcp_ != nullptr) gmcp_->session.line_done();
    }
    void leaving(std::string_view words) override {
        if (gmcp_ != nullptr) gmcp_->session.leaving(words);
    }

    /// GMCP inside of option 201; made for the first message, so that others pay a pointer for it.
    struct Gmcp final : GmcpLink {
        explicit Gmcp(TelnetProtocol& telnet) : owner(telnet), session(telnet.session_.context(), *this) {}

        void send_gmcp(std::string_view message, BatchNumber needs) override {
            std::string out;
            TelnetCodec::encode_subnegotiation(static_cast<std::uint8_t>(TelnetOption::gmcp), message, out);
            owner.transport_->write(out, needs);
        }
        [[nodiscard]] bool may_log_in() const override { return owner.session_.may_log_in(); }
        void log_in(std::string_view name, std::string_view password) override {
            owner.session_.login_given(name, password);
        }
        void wake_gmcp() override { owner.transport_->wake(); }

        TelnetProtocol& owner;
        GmcpSession session;
    };

    [[nodiscard]] reactor::Transport& transport() override { return *transport_; }
    [[nodiscard]] std::string_view service() const override { return "telnet"; }

    [[nodiscard]] std::uint32_t second() const {
        const auto passed = clock_.steady().time_since_epoch();
        return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(passed).count());
    }

    const Clock& clock_;
    reactor::Transport* transport_ = nullptr;
    TelnetCodec codec_;
    TelnetOptions options_;
    TerminalSession session_;
    std::unique_ptr<Gmcp> gmcp_;
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
