// What the session that all terminals share asks of a telnet connection.

#include "net/telnet/telnet_protocol.hpp"

#include "net/terminal/charset.hpp"

namespace gyre::net {

void TelnetProtocol::send(std::string_view rendered, BatchNumber needs) {
    if (edited_ == nullptr) return write_text(rendered, needs);
    std::string screen = edited_->hidden();
    screen += rendered;
    write_text(screen, needs);
}

/// Telnet commands among it, if any.
void TelnetProtocol::write(std::string_view bytes) {
    if (!bytes.empty()) transport_->write(bytes);
}

void TelnetProtocol::write_text(std::string_view rendered, BatchNumber needs) {
    if (rendered.empty()) return;
    // In UTF-8 and ASCII there is no byte 255.
    if (session_.settings().rendering().charset != Charset::latin1 || !TelnetCodec::needs_encoding(rendered))
        return transport_->write(rendered, needs);
    std::string encoded;
    TelnetCodec::encode(rendered, encoded);
    transport_->write(encoded, needs);
}

void TelnetProtocol::send_prompt(std::string_view prompt) {
    if (edited_ != nullptr) return write_text(edited_->shown(prompt));
    std::string out{prompt};
    if (marks_prompts()) {
        TelnetCodec::encode_command(TelnetCommand::eor, out);
    } else if (!options_.we_do(TelnetOption::sga)) {
        TelnetCodec::encode_command(TelnetCommand::go_ahead, out);
    }
    transport_->write(out);
}

void TelnetProtocol::set_echo(Echo echo) {
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

void TelnetProtocol::keep_alive() {
    if (!options_.peer_negotiates()) return;  // It would see two strange characters.
    std::string out;
    TelnetCodec::encode_command(TelnetCommand::nop, out);
    transport_->write(out);
}

void TelnetProtocol::entered_world(ObjectId player, world::Subscriber& session) {
    if (gmcp_ != nullptr) gmcp_->session().entered_world(player, session);
}

void TelnetProtocol::login_failed(std::string_view why) {
    if (gmcp_ != nullptr) gmcp_->session().login_failed(why);
}

void TelnetProtocol::noted(const world::text::Tree& tree, BatchNumber needs) {
    if (gmcp_ != nullptr) gmcp_->session().noted(tree, needs);
}

void TelnetProtocol::surroundings_changed() {
    if (gmcp_ == nullptr) return;
    gmcp_->session().surroundings_changed();
    transport_->wake();
}

void TelnetProtocol::line_done() {
    if (gmcp_ != nullptr) gmcp_->session().line_done();
}

void TelnetProtocol::leaving(std::string_view words) {
    if (gmcp_ != nullptr) gmcp_->session().leaving(words);
}

}  // namespace gyre::net
