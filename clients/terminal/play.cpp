#include "clients/terminal/play.hpp"

#include "clients/terminal/console.hpp"
#include "clients/terminal/play_script.hpp"
#include "clients/terminal/play_session.hpp"
#include "clients/terminal/play_settings.hpp"
#include "clients/terminal/script_file.hpp"
#include "clients/terminal/server_address.hpp"
#include "clients/terminal/server_link.hpp"
#include "clients/terminal/system_watch.hpp"
#include "clients/terminal/tls_client.hpp"
#include "clients/terminal/typed_input.hpp"
#include "clients/terminal/wrapped_words.hpp"

#include <fmt/format.h>
#include <asio.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// One thread does everything but wait for keys: standard input may be a terminal, a pipe or a file, and no
// system has one way to wait for all of them beside a socket. The thread that reads it is left behind, in its
// read, when the process ends.

namespace gyre::play {
namespace {

using std::chrono::milliseconds;

/// At the end of a pipe, so much silence means that the server has answered all of it.
constexpr std::chrono::seconds quiet_after_input{2};
/// How long what was typed last may take to leave.
constexpr std::chrono::seconds leaving_patience{2};
/// How a TLS server begins that could not make sense of what it read. RFC 8446 section 5.1.
constexpr char tls_alert = '\x15';

class Player final : ServerLink::Observer, SystemWatch::Observer {
  public:
    Player(const PlayOptions& options, ServerAddress address, std::optional<PlayScript> script)
        : options_(options),
          link_(input_->io, std::move(address),
                options.insecure ? TlsClient::Trust::anybody : TlsClient::Trust::verified, *this),
          script_(std::move(script)) {}

    PlayResult run() {
#ifdef SIGPIPE
        static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
#endif
        link_.open();
        watch_.watch_end();
        input_->io.run();
        if (signal_ != 0) {
            static_cast<void>(std::signal(signal_, SIG_DFL));
            static_cast<void>(std::raise(signal_));
        }
        return result_;
    }

  private:
    // --- The server

    void link_opened() override {
        const PlaySession::Settings settings = play_settings(options_, console_, link_.address());
        session_.emplace(settings);
        if (const std::string doubt = link_.doubt(); !doubt.empty()) tell(doubt);
        if (settings.screen) {
            tell(fmt::format("Connected to {}. Say quit to leave; Ctrl-D only disconnects.",
                             link_.address().to_string()));
            console_.take_over();
            shown_size_ = console_.size();
            watch_.watch_terminal();
        }
        session_->begin();
        if (script_) {
            advance_script();
        } else {
            read_input(input_, [this](std::string_view bytes) { typed(bytes); });
            input_->wanted.release();
        }
        flush();
    }

    /// Somebody who reads it at a terminal gets it in lines of its width.
    void tell(const std::string& words) const {
        const bool is_read = console_.is_terminal();
        const std::string lines = is_read ? wrapped_words(words, console_.size().columns) : words;
        static_cast<void>(std::fprintf(stderr, "%s\n", lines.c_str()));
    }

    void bytes_received(std::string_view bytes) override {
        heard_ = heard_ || (!bytes.empty() && bytes.front() != tls_alert);
        while (!bytes.empty() && session_->fault().empty()) {
            const std::string_view part = bytes.substr(0, PlaySession::max_received);
            session_->received(part, static_cast<std::uint32_t>(now().count() / 1000));
            bytes.remove_prefix(part.size());
        }
        if (!link_.has_more()) session_->settle();
        after_event();
    }

    void bytes_sent() override { after_event(); }

    void sending_failed() override {
        if (leaving_) finish(PlayExit::success, {});
    }

    void server_closed() override {
        if (script_) {
            script_->server_closed();
            return advance_script();
        }
        if (!heard_ && !leaving_) return finish_unheard();
        const bool says_so = console_.is_terminal();
        finish(PlayExit::success, {});
        if (says_so) tell("The server has ended the connection.");
    }

    void link_failed(std::string complaint) override { finish(PlayExit::unavailable, std::move(complaint)); }

    /// Something was received, typed or sent: all that may follow from it.
    void after_event() {
        flush();
        if (finished_) return;
        if (!session_->fault().empty()) {
            return finish(PlayExit::unavailable,
                          fmt::format("left {}: {}", link_.address().to_string(), session_->fault()));
        }
        if (script_) {
            script_->saw(session_->take_text());
            return advance_script();
        }
        if (input_ended_ && !link_.is_sending()) leave_after(quiet_after_input);
        if (session_->wants_to_leave()) leave();
    }

    /// Hands over what the session has made.
    void flush() {
        if (finished_) return;
        if (!console_.write(session_->take_screen())) return finish(PlayExit::success, {});
        if (!link_.is_sending()) link_.send(session_->take_output());
    }

    // --- Who plays

    void typed(std::string_view bytes) {
        if (finished_) return;
        if (console_.is_terminal()) {
            if (bytes.empty()) return leave();
            session_->typed(bytes);
        } else {
            session_->piped(bytes);
        }
        if (!bytes.empty()) input_->wanted.release();
        input_ended_ = bytes.empty();
        after_event();
    }

    void leave() {
        leaving_ = true;
        flush();
        if (link_.is_sending()) return leave_after(leaving_patience);
        finish(PlayExit::success, {});
    }

    void finish_unheard() {
        finish(PlayExit::unavailable,
               fmt::format("{}: the server sent nothing that is telnet{}", link_.address().to_string(),
                           link_.address().tls ? "" : "; is it telnets://?"));
    }

    void leave_after(std::chrono::seconds patience) {
        limit_.expires_after(patience);
        limit_.async_wait([this](std::error_code error) {
            if (!error) heard_ || leaving_ ? finish(PlayExit::success, {}) : finish_unheard();
        });
    }

    // --- A script

    void advance_script() {
        if (finished_) return;
        while (true) {
            ScriptRun::Next next = script_->next(now());
            switch (next.kind) {
                case ScriptRun::Next::Kind::send:
                    session_->send_line(next.line);
                    flush();
                    continue;
                case ScriptRun::Next::Kind::wait:
                    return wake_script(next.until);
                case ScriptRun::Next::Kind::succeeded:
                    return leave();
                case ScriptRun::Next::Kind::failed:
                    return finish(PlayExit::script_failed,
                                  fmt::format("{}: {}", options_.script, script_->complaint()));
            }
        }
    }

    void wake_script(milliseconds until) {
        limit_.expires_at(std::chrono::steady_clock::time_point{until});
        limit_.async_wait([this](std::error_code error) {
            if (!error) advance_script();
        });
    }

    [[nodiscard]] static milliseconds now() {
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
    }

    // --- The system

    void end_requested(int signal) override {
        if (finished_) return;
        signal_ = signal;
        finish(PlayExit::success, {});
    }

    void window_changed() override {
        const Console::Size size = console_.size();
        if (finished_ || size == shown_size_) return;
        shown_size_ = size;
        session_->resized(size.columns, size.rows);
        after_event();
    }

    void suspending() override {
        session_->end();
        static_cast<void>(console_.write(session_->take_screen()));
        console_.give_back();
    }

    void resumed() override {
        console_.take_over();
        session_->begin();
        window_changed();
        after_event();
    }

    void finish(PlayExit exit, std::string complaint) {
        if (std::exchange(finished_, true)) return;
        result_ = {exit, std::move(complaint)};
        if (session_) {
            session_->end();
            static_cast<void>(console_.write(session_->take_screen()));
        }
        console_.give_back();
        link_.close();
        input_->io.stop();
    }

    const PlayOptions& options_;
    std::shared_ptr<TypedInput> input_ = std::make_shared<TypedInput>();
    Console console_;
    ServerLink link_;
    SystemWatch watch_{input_->io, *this};
    asio::steady_timer limit_{input_->io};
    std::optional<PlaySession> session_;
    std::optional<ScriptRun> script_;
    Console::Size shown_size_;
    PlayResult result_;
    int signal_ = 0;
    bool heard_ = false;  ///< The server has sent something that may be telnet.
    bool input_ended_ = false;
    bool leaving_ = false;
    bool finished_ = false;
};

}  // namespace

PlayResult play(const PlayOptions& options) {
    Result<ServerAddress> address = parse_server_address(options.url);
    if (!address) return {PlayExit::usage, address.error().text};
    if (address.value().tls && !TlsClient::available())
        return {PlayExit::usage, "this program was built without TLS: telnet:// only"};
    std::optional<PlayScript> script;
    if (!options.script.empty()) {
        Result<PlayScript> read = read_script_file(options.script);
        if (!read) return {PlayExit::usage, read.error().text};
        script = std::move(read).value();
    }
    return Player(options, std::move(address).value(), std::move(script)).run();
}

}  // namespace gyre::play
