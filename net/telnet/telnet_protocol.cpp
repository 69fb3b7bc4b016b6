#include "net/telnet/telnet_protocol.hpp"

#include "engine/base/log.hpp"
#include "net/telnet/peer_settings.hpp"
#include "net/telnet/server_status.hpp"

#include <chrono>
#include <utility>

namespace gyre::net {
namespace {

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

}  // namespace

void TelnetProtocol::connection_made(reactor::Transport& transport) {
    transport_ = &transport;
    std::string out;
    if (transport.compression_possible()) options_.allow_compression();
    options_.start(second(), out);
    transport.write(out);
    session_.opened();
}

void TelnetProtocol::bytes_received(std::string_view bytes) {
    if (bytes.empty() || session_.ending()) return;
    if (!first_byte_seen_ && bytes.front() == tls_handshake)
        return transport_->abort_connection("tls on a plain port");
    first_byte_seen_ = true;
    session_.input_arrived();
    std::size_t room = CompressedInput::max_plain;
    while (!bytes.empty() && !session_.ending())
        compressed_input_ != nullptr ? take_compressed(bytes, room) : decode(bytes);
}

bool TelnetProtocol::handle_next() {
    if (session_.handle_next()) return true;
    const bool finished = edited_ != nullptr && edited_->ended();
    if (finished && !session_.ending() && !session_.answer_pending()) session_.quit();
    return false;
}

void TelnetProtocol::about_to_flush() {
    if (gmcp_ != nullptr && !session_.ending()) gmcp_->session().settle();
    session_.about_to_flush();
    if (edited_ != nullptr) write_text(edited_->settled());
}

/// Up to the end, or to where the peer begins to compress.
void TelnetProtocol::decode(std::string_view& bytes) {
    const bool is_plain = compressed_input_ == nullptr;
    TelnetEvent event;
    while (!session_.ending() && codec_.next(bytes, event)) {
        take(event);
        if (is_plain && compressed_input_ != nullptr) return;
    }
}

void TelnetProtocol::take_compressed(std::string_view& bytes, std::size_t& room) {
    const CompressedInput::State state = compressed_input_->read(bytes, room, [this](std::string_view plain) {
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

void TelnetProtocol::take(const TelnetEvent& event) {
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
void TelnetProtocol::follow_options(const TelnetEvent& event, std::string& out) {
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
void TelnetProtocol::change_editing() {
    const bool keys = edited_ == nullptr;
    codec_.tell_keys(keys);
    if (!keys) {
        codec_.begin_line(edited_->unfinished());
        edited_.reset();
        if (hides_) set_echo(Echo::hidden);
        return;
    }
    edited_ = std::make_unique<EditedLines>(session_);
    edited_->set_secret(hides_);
    edited_->set_terminal(terminal_kind());
    write_text(edited_->resized(session_.settings().rendering().width));
    write_text(edited_->typed(codec_.take_unfinished()));
    session_.write_prompt_again();
}

bool TelnetProtocol::is_gmcp(const TelnetEvent& event) const {
    return event.kind == TelnetEvent::Kind::subnegotiation &&
           event.option == static_cast<std::uint8_t>(TelnetOption::gmcp) &&
           options_.we_do(TelnetOption::gmcp);
}

void TelnetProtocol::take_gmcp(const TelnetEvent& event) {
    if (event.too_long) return;
    if (gmcp_ == nullptr) gmcp_ = std::make_unique<TelnetGmcp>(session_, *transport_);
    gmcp_->session().received(event.bytes);
}

void TelnetProtocol::take_line(const TelnetEvent& event) {
    if (!first_line_seen_ && looks_like_http(event.bytes)) {
        transport_->write("This is a telnet port, not a web server.\r\n");
        return session_.hang_up();
    }
    const bool asks_status = !std::exchange(first_line_seen_, true) && event.bytes == status_request;
    if (asks_status) return write(status_lines(context_));
    session_.line_typed(event.bytes, event.too_long);
}

void TelnetProtocol::take_command(TelnetCommand command) {
    if (command != TelnetCommand::are_you_there || !options_.may_answer(second())) return;
    send(edited_ == nullptr ? "\r\n[yes]\r\n" : "[yes]\r\n", 0);
    session_.write_prompt_again();
}

/// The peer has told something of itself.
void TelnetProtocol::tell_session() {
    take_facts(options_.facts(), session_.settings());
    if (edited_ == nullptr) return;
    edited_->set_terminal(terminal_kind());
    write_text(edited_->resized(session_.settings().rendering().width));
}

LineEditor::Terminal TelnetProtocol::terminal_kind() const {
    return options_.facts().is_dumb ? LineEditor::Terminal::plain : LineEditor::Terminal::addressed;
}

std::uint32_t TelnetProtocol::second() const {
    const auto passed = context_.clock.steady().time_since_epoch();
    return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(passed).count());
}

}  // namespace gyre::net
