#include "clients/terminal/play_session.hpp"

#include "engine/base/utf8.hpp"

#include <utility>

namespace gyre::play {

using net::TelnetCodec;
using net::TelnetCommand;
using net::TelnetEvent;
using net::TelnetOption;

namespace {

constexpr char interrupt_key = '\x03';
constexpr std::uint8_t gmcp = static_cast<std::uint8_t>(TelnetOption::gmcp);

/// What a terminal without UTF-8 shows or sends: '?' for each character that it does not have.
std::string in_ascii(std::string_view text) {
    std::string ascii;
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Grapheme next = utf8::grapheme(text, at);
        const std::string_view bytes = text.substr(at, next.bytes);
        ascii += utf8::is_ascii(bytes) ? bytes : "?";
        at += next.bytes;
    }
    return ascii;
}

}  // namespace

PlaySession::PlaySession(const Settings& settings) : settings_(settings), options_(settings.facts) {
    codec_.tell_keys(true);
    if (settings.screen) screen_.emplace(*settings.screen);
}

void PlaySession::begin() {
    shows_ = true;
    if (screen_) screen_->begin();
}

void PlaySession::end() {
    if (!std::exchange(shows_, false)) return;
    if (screen_) screen_->end();
    if (std::exchange(line_begun_, false)) passed_ += '\n';
}

// --- What the server sends

void PlaySession::received(std::string_view bytes, std::uint32_t second) {
    second_ = second;
    std::size_t room = max_plain;
    while (!bytes.empty() && fault_.empty())
        compressed_input_ != nullptr ? decompress(bytes, room) : decode(bytes);
}

/// Up to the end, or to where the server begins to compress.
void PlaySession::decode(std::string_view& bytes) {
    const bool is_plain = compressed_input_ == nullptr;
    TelnetEvent event;
    while (fault_.empty() && codec_.next(bytes, event)) {
        take(event);
        if (is_plain && compressed_input_ != nullptr) return;
    }
}

void PlaySession::decompress(std::string_view& bytes, std::size_t& room) {
    using State = net::CompressedInput::State;
    const State state = compressed_input_->read(bytes, room, [this](std::string_view plain) {
        decode(plain);
        return fault_.empty();
    });
    if (state == State::failed) fault_ = "the server's " + std::string{compressed_input_->fault()};
    if (state == State::ended) compressed_input_.reset();
}

void PlaySession::take(const TelnetEvent& event) {
    switch (event.kind) {
        case TelnetEvent::Kind::keys:
            return show(event.bytes);
        case TelnetEvent::Kind::command:
            if (event.command == TelnetCommand::eor || event.command == TelnetCommand::go_ahead) end_prompt();
            return;
        case TelnetEvent::Kind::subnegotiation:
            if (event.option == gmcp) return take_message(event);
            return take_option(event);
        case TelnetEvent::Kind::negotiation:
            return take_option(event);
        case TelnetEvent::Kind::line:
            return;  // The codec tells keys only.
    }
}

void PlaySession::take_option(const TelnetEvent& event) {
    std::string out;
    const ClientOptions::Change change = options_.received(event, second_, out);
    if (change == ClientOptions::Change::end_compression && compressed_output_ != nullptr) {
        compressed_output_->finish();
        output_ += compressed_output_->pending();
        compressed_output_.reset();
    }
    write(out);
    switch (change) {
        case ClientOptions::Change::echo:
            if (screen_) screen_->set_secret(options_.server_echoes());
            return;
        case ClientOptions::Change::input_is_compressed:
            if (compressed_input_ == nullptr) compressed_input_ = std::make_unique<net::CompressedInput>();
            return;
        case ClientOptions::Change::compress_output:
            compressed_output_ = std::make_unique<reactor::Deflater>();
            return;
        case ClientOptions::Change::messages:
            return request_messages();
        case ClientOptions::Change::end_compression:
        case ClientOptions::Change::none:
            return;
    }
}

void PlaySession::request_messages() {
    std::string out;
    for (const std::string& message : StatusLine::requests(options_.facts().version))
        TelnetCodec::encode_subnegotiation(gmcp, message, out);
    write(out);
}

void PlaySession::take_message(const TelnetEvent& event) {
    if (!options_.server_does(TelnetOption::gmcp) || event.too_long) return;
    status_changed_ = status_.received(event.bytes) || status_changed_;
}

void PlaySession::show(std::string_view bytes) {
    DisplayPiece piece;
    while (filter_.next(bytes, piece)) {
        if (piece.kind == DisplayPiece::Kind::text) keep_text(piece.bytes);
        if (piece.kind == DisplayPiece::Kind::tab) keep_text(" ");
        if (piece.kind == DisplayPiece::Kind::line_end) keep_text("\n");
        screen_ ? screen_->show(piece) : pass_through(piece);
    }
}

void PlaySession::pass_through(const DisplayPiece& piece) {
    switch (piece.kind) {
        case DisplayPiece::Kind::text:
            passed_ += settings_.facts.utf8 ? std::string{piece.bytes} : in_ascii(piece.bytes);
            line_begun_ = true;
            return;
        case DisplayPiece::Kind::tab:
            passed_ += '\t';
            line_begun_ = true;
            return;
        case DisplayPiece::Kind::line_end:
            passed_ += '\n';
            line_begun_ = false;
            return;
        case DisplayPiece::Kind::style:
        case DisplayPiece::Kind::link:
            return;
    }
}

/// In a pipe nobody ends the prompt's line by typing.
void PlaySession::end_prompt() {
    if (screen_) return screen_->end_prompt();
    if (std::exchange(line_begun_, false)) passed_ += '\n';
}

void PlaySession::keep_text(std::string_view text) {
    if (settings_.keep_text == KeepText::no) return;
    text_ += text;
    if (text_.size() > 2 * max_text) text_.erase(0, text_.size() - max_text);
}

void PlaySession::settle() {
    if (!screen_ || !shows_) return;
    if (std::exchange(status_changed_, false) && settings_.status_line)
        screen_->set_status(status_.text(screen_->columns()));
    screen_->settle();
}

// --- What is typed

void PlaySession::typed(std::string_view keys) {
    while (!keys.empty() && !wants_to_leave_) {
        // Ctrl-C forgets the line. Who presses it in an empty one wants to get out.
        if (keys.front() == interrupt_key && !screen_->has_typed_text()) note("(Ctrl-D disconnects.)");
        const std::size_t end = keys.find(interrupt_key, 1);
        std::string_view part = keys.substr(0, end);
        keys.remove_prefix(part.size());
        net::LineEditor::Event event;
        while (!wants_to_leave_ && screen_->typed(part, event)) {
            wants_to_leave_ = event.kind == net::LineEditor::Event::Kind::end_of_input;
            if (wants_to_leave_) break;
            event.too_long ? note("(That line is too long, so it was not sent.)") : send_line(event.line);
        }
    }
}

void PlaySession::piped(std::string_view bytes) {
    line_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = line_.find('\n', begin)) != std::string::npos; begin = end + 1) {
        const std::size_t size = end - begin;
        send_line(line_.substr(begin, size > 0 && line_[end - 1] == '\r' ? size - 1 : size));
    }
    line_.erase(0, begin);
    const bool is_over = bytes.empty() || line_.size() > net::LineEditor::max_line;
    if (is_over && !line_.empty()) send_line(std::exchange(line_, {}));
}

void PlaySession::send_line(std::string_view line) {
    std::string out;
    TelnetCodec::encode(settings_.facts.utf8 ? std::string{line} : in_ascii(line), out);
    out += "\r\n";
    write(out);
}

void PlaySession::resized(std::uint16_t columns, std::uint16_t rows) {
    if (!screen_) return;
    std::string out;
    options_.resized(columns, rows, out);
    write(out);
    screen_->resized(columns, rows);
    status_changed_ = true;
    settle();
}

void PlaySession::note(std::string_view words) {
    if (!screen_) return;
    screen_->note(words);
    screen_->settle();
}

// --- What comes out

void PlaySession::write(std::string_view bytes) {
    if (bytes.empty() || !fault_.empty()) return;
    if (compressed_output_ != nullptr) {
        compressed_output_->write(bytes);
        compressed_output_->flush();
        const std::string_view pending = compressed_output_->pending();
        output_ += pending;
        compressed_output_->sent(pending.size());
    } else {
        output_ += bytes;
    }
    if (output_.size() > max_output) fault_ = "the server does not read what it is sent";
}

std::string PlaySession::take_output() { return std::exchange(output_, {}); }

std::string PlaySession::take_screen() { return std::exchange(screen_ ? screen_->output() : passed_, {}); }

std::string PlaySession::take_text() { return std::exchange(text_, {}); }

}  // namespace gyre::play
