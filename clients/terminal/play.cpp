#include "clients/terminal/play.hpp"

#include "clients/terminal/console.hpp"
#include "clients/terminal/play_script.hpp"
#include "clients/terminal/play_session.hpp"
#include "clients/terminal/server_address.hpp"
#include "clients/terminal/tls_client.hpp"

#include <fmt/format.h>
#include <asio.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <semaphore>
#include <thread>
#include <utility>

// One thread does everything but wait for keys: standard input may be a terminal, a pipe or a file, and no
// system has one way to wait for all of them beside a socket. The thread that reads it is left behind, in its
// read, when the process ends.

namespace gyre::play {
namespace {

using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr std::chrono::seconds connect_patience{20};
/// At the end of a pipe, so much silence means that the server has answered all of it.
constexpr std::chrono::seconds quiet_after_input{2};
/// How long what was typed last may take to leave.
constexpr std::chrono::seconds leaving_patience{2};
/// Longest script, in bytes.
constexpr std::size_t max_script = 1U << 20;
/// MTTS: variables of MNES are told, and the connection is encrypted.
constexpr std::uint32_t tells_variables = 512;
constexpr std::uint32_t is_encrypted = 2048;

/// Of the environment; empty: not set.
std::string_view variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables.
    return value == nullptr ? std::string_view{} : value;
}

/// What the thread that reads standard input shares with the other one.
struct Input {
    asio::io_context io{1};
    std::binary_semaphore wanted{0};  ///< The last piece was taken.
};

class Player {
  public:
    Player(const PlayOptions& options, ServerAddress address, std::optional<PlayScript> script)
        : options_(options), address_(std::move(address)) {
        if (script) script_.emplace(std::move(*script));
    }

    PlayResult run() {
#ifdef SIGPIPE
        std::signal(SIGPIPE, SIG_IGN);
#endif
        resolver_.async_resolve(address_.host, std::to_string(address_.port),
                                [this](std::error_code error, const tcp::resolver::results_type& found) {
                                    resolved(error, found);
                                });
        wait_for_end();
        limit_.expires_after(connect_patience);
        limit_.async_wait([this](std::error_code error) {
            if (!error && !session_) finish(PlayExit::unavailable, cannot_connect("it does not answer"));
        });
        input_->io.run();
        if (signal_ != 0) {
            std::signal(signal_, SIG_DFL);
            std::raise(signal_);
        }
        return result_;
    }

  private:
    // --- Connecting

    [[nodiscard]] std::string cannot_connect(std::string_view why) const {
        return fmt::format("cannot connect to {}: {}", address_.to_string(), why);
    }

    void resolved(std::error_code error, const tcp::resolver::results_type& found) {
        if (finished_) return;
        if (error)
            return finish(PlayExit::unavailable,
                          fmt::format("cannot find the host {}: {}", address_.host, error.message()));
        asio::async_connect(socket_, found, [this](std::error_code refused, const tcp::endpoint&) {
            if (finished_) return;
            if (refused) return finish(PlayExit::unavailable, cannot_connect(refused.message()));
            connected();
        });
    }

    void connected() {
        std::error_code ignored;
        socket_.set_option(tcp::no_delay(true), ignored);
        if (address_.tls) {
            tls_.emplace(address_.host,
                         options_.insecure ? TlsClient::Trust::anybody : TlsClient::Trust::verified);
        } else {
            begin();
        }
        flush();
        read();
    }

    /// The way to the server is open.
    void begin() {
        limit_.cancel();
        const bool has_screen = console_.is_terminal() && !script_;
        session_.emplace(settings(has_screen));
        if (tls_ && !tls_->doubt().empty())
            tell(fmt::format(
                "Nobody vouches for this server ({}). The SHA-256 fingerprint of its certificate is\n{}",
                tls_->doubt(), tls_->fingerprint()));
        if (has_screen) {
            tell(fmt::format("Connected to {}. Ctrl-D leaves.", address_.to_string()));
            console_.take_over();
            watch_window();
            watch_suspension();
        }
        session_->begin();
        if (script_) return advance_script();
        std::thread([input = input_, player = this] { read_input(*input, *player); }).detach();
        input_->wanted.release();
    }

    [[nodiscard]] PlaySession::Settings settings(bool has_screen) const {
        const Console::Size size = console_.size();
        const std::string& name = console_.name();
        const bool styles = has_screen && !options_.no_colour && variable("NO_COLOR").empty();
        const std::string_view colours = variable("COLORTERM");
        const bool is_true = colours == "truecolor" || colours == "24bit";
        PlaySession::Settings settings;
        settings.facts = {options_.version,  name,         tells_variables, console_.is_utf8(), has_screen,
                          !tls_.has_value(), size.columns, size.rows};
        std::uint32_t& abilities = settings.facts.abilities;
        if (styles) abilities |= net::mtts::ansi;
        if (styles && (is_true || name.find("256COLOR") != std::string::npos))
            abilities |= net::mtts::colours_256;
        if (styles && is_true) abilities |= net::mtts::true_colour;
        if (console_.is_utf8()) abilities |= net::mtts::utf8;
        if (tls_) abilities |= is_encrypted;
        if (has_screen)
            settings.screen = {size.columns, size.rows, styles, styles && name != "LINUX",
                               console_.is_utf8()};
        settings.status_line = !options_.no_status;
        settings.keep_text = script_ ? PlaySession::KeepText::yes : PlaySession::KeepText::no;
        return settings;
    }

    static void tell(const std::string& words) {
        static_cast<void>(std::fprintf(stderr, "%s\n", words.c_str()));
    }

    // --- The server

    void read() {
        socket_.async_read_some(asio::buffer(received_), [this](std::error_code error, std::size_t count) {
            if (finished_) return;
            if (error) return lost(error);
            take({received_.data(), count});
            if (!finished_) read();
        });
    }

    void take(std::string_view bytes) {
        std::string plain;
        if (tls_) {
            tls_->receive(bytes, plain);
            if (tls_->state() == TlsClient::State::failed)
                return finish(PlayExit::unavailable, tls_->error());
            if (!session_ && tls_->state() == TlsClient::State::open) begin();
            bytes = plain;
        }
        while (session_ && !bytes.empty() && session_->fault().empty()) {
            const std::string_view part = bytes.substr(0, PlaySession::max_received);
            session_->received(part, static_cast<std::uint32_t>(now().count() / 1000));
            bytes.remove_prefix(part.size());
        }
        std::error_code error;
        if (session_ && socket_.available(error) == 0) session_->settle();
        after_event();
        if (finished_ || !tls_ || tls_->state() != TlsClient::State::closed_by_server) return;
        lost(asio::error::eof);
    }

    void lost(std::error_code error) {
        if (error != asio::error::eof)
            return finish(PlayExit::unavailable, fmt::format("the connection to {} broke: {}",
                                                             address_.to_string(), error.message()));
        if (!session_) return finish(PlayExit::unavailable, cannot_connect("it ended the connection"));
        if (script_) {
            script_->server_closed();
            return advance_script();
        }
        const bool says_so = console_.is_terminal();
        finish(PlayExit::success, {});
        if (says_so) tell("The server has ended the connection.");
    }

    /// Something was received, typed or sent: all that may follow from it.
    void after_event() {
        if (!session_ || finished_) return flush();
        flush();
        if (!session_->fault().empty())
            return finish(PlayExit::unavailable,
                          fmt::format("left {}: {}", address_.to_string(), session_->fault()));
        if (script_) {
            script_->saw(session_->take_text());
            return advance_script();
        }
        if (input_ended_ && !writing_) finish_when_quiet();
        if (session_->wants_to_leave()) leave();
    }

    /// Hands over what the session has made.
    void flush() {
        if (finished_) return;
        if (session_ && !console_.write(session_->take_screen())) return finish(PlayExit::success, {});
        if (writing_) return;
        sent_.clear();
        if (session_) sent_ = session_->take_output();
        if (tls_) {
            tls_->write(sent_);
            sent_ = tls_->take_output();
        }
        if (sent_.empty()) return;
        writing_ = true;
        asio::async_write(socket_, asio::buffer(sent_), [this](std::error_code error, std::size_t) {
            writing_ = false;
            if (finished_) return;
            if (leaving_ && error) return finish(PlayExit::success, {});
            if (!error) after_event();  // Else reading will say what has happened.
        });
    }

    // --- Who plays

    static void read_input(Input& input, Player& player) {
        while (true) {
            input.wanted.acquire();
            std::array<char, 4096> buffer{};
            const std::size_t count = Console::read(buffer);
            asio::post(input.io,
                       [&player, bytes = std::string(buffer.data(), count)] { player.typed(bytes); });
            if (count == 0) return;
        }
    }

    void typed(std::string_view bytes) {
        if (finished_) return;
        if (console_.is_terminal()) {
            if (bytes.empty()) return leave();
            session_->typed(bytes);
        } else {
            take_lines(bytes);
        }
        if (!bytes.empty()) input_->wanted.release();
        input_ended_ = bytes.empty();
        after_event();
    }

    /// What comes by a pipe is passed on line by line; empty: it has ended.
    void take_lines(std::string_view bytes) {
        line_ += bytes;
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = line_.find('\n', begin)) != std::string::npos; begin = end + 1) {
            const std::size_t size = end - begin;
            session_->send_line(line_.substr(begin, size > 0 && line_[end - 1] == '\r' ? size - 1 : size));
        }
        line_.erase(0, begin);
        const bool is_over = bytes.empty() || line_.size() > net::LineEditor::max_line;
        if (is_over && !line_.empty()) session_->send_line(std::exchange(line_, {}));
    }

    void finish_when_quiet() {
        limit_.expires_after(quiet_after_input);
        limit_.async_wait([this](std::error_code error) {
            if (!error) finish(PlayExit::success, {});
        });
    }

    void leave() {
        leaving_ = true;
        flush();
        if (!writing_) return finish(PlayExit::success, {});
        limit_.expires_after(leaving_patience);
        limit_.async_wait([this](std::error_code error) {
            if (!error) finish(PlayExit::success, {});
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

    void wait_for_end() {
        for (const int signal : {SIGINT, SIGTERM}) ends_.add(signal);
#ifdef SIGHUP
        ends_.add(SIGHUP);
#endif
        ends_.async_wait([this](std::error_code error, int signal) {
            if (error || finished_) return;
            signal_ = signal;
            finish(PlayExit::success, {});
        });
    }

    void window_changed() {
        const Console::Size size = console_.size();
        if (size == shown_size_) return;
        shown_size_ = size;
        session_->resized(size.columns, size.rows);
        after_event();
    }

    void watch_window() {
        shown_size_ = console_.size();
#ifdef SIGWINCH
        window_.add(SIGWINCH);
        wait_for_window();
#else
        look_at_window();
#endif
    }

#ifdef SIGWINCH
    void wait_for_window() {
        window_.async_wait([this](std::error_code error, int) {
            if (error || finished_) return;
            window_changed();
            wait_for_window();
        });
    }
#else
    void look_at_window() {
        window_.expires_after(milliseconds{500});
        window_.async_wait([this](std::error_code error) {
            if (error || finished_) return;
            window_changed();
            look_at_window();
        });
    }
#endif

#ifdef SIGTSTP
    /// Ctrl-Z gives the terminal to the shell, and what comes next takes it back.
    void watch_suspension() {
        suspension_.add(SIGTSTP);
        suspension_.async_wait([this](std::error_code error, int) {
            if (error || finished_) return;
            session_->end();
            static_cast<void>(console_.write(session_->take_screen()));
            console_.give_back();
            suspension_.remove(SIGTSTP);
            std::raise(SIGTSTP);
            console_.take_over();
            session_->begin();
            window_changed();
            after_event();
            if (!finished_) watch_suspension();
        });
    }
#else
    void watch_suspension() {}
#endif

    void finish(PlayExit exit, std::string complaint) {
        if (std::exchange(finished_, true)) return;
        result_ = {exit, std::move(complaint)};
        if (session_) {
            session_->end();
            static_cast<void>(console_.write(session_->take_screen()));
        }
        console_.give_back();
        input_->io.stop();
    }

    const PlayOptions& options_;
    ServerAddress address_;
    std::shared_ptr<Input> input_ = std::make_shared<Input>();
    Console console_;
    tcp::resolver resolver_{input_->io};
    tcp::socket socket_{input_->io};
    asio::steady_timer limit_{input_->io};
    asio::signal_set ends_{input_->io};
#ifdef SIGWINCH
    asio::signal_set window_{input_->io};
    asio::signal_set suspension_{input_->io};
#else
    asio::steady_timer window_{input_->io};
#endif
    std::optional<TlsClient> tls_;
    std::optional<PlaySession> session_;
    std::optional<ScriptRun> script_;
    std::array<char, PlaySession::max_received> received_{};
    std::string sent_;
    std::string line_;  ///< Of a pipe, without its end yet.
    Console::Size shown_size_;
    PlayResult result_;
    int signal_ = 0;
    bool writing_ = false;
    bool input_ended_ = false;
    bool leaving_ = false;
    bool finished_ = false;
};

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Errc::not_found, "cannot read the script " + path};
    std::string text(max_script + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > max_script) return Error{Errc::too_long, fmt::format("{} has more than 1 MiB", path)};
    return text;
}

Result<PlayScript> read_script(const std::string& path) {
    Result<std::string> text = read_file(path);
    if (!text) return text.error();
    Result<PlayScript> script = PlayScript::parse(text.value());
    if (!script) return Error{script.error().code, path + ": " + script.error().text};
    return script;
}

}  // namespace

PlayResult play(const PlayOptions& options) {
    Result<ServerAddress> address = parse_server_address(options.url);
    if (!address) return {PlayExit::usage, address.error().text};
    if (address.value().tls && !TlsClient::available())
        return {PlayExit::usage, "this program was built without TLS: telnet:// only"};
    std::optional<PlayScript> script;
    if (!options.script.empty()) {
        Result<PlayScript> read = read_script(options.script);
        if (!read) return {PlayExit::usage, read.error().text};
        script = std::move(read).value();
    }
    return Player(options, std::move(address).value(), std::move(script)).run();
}

}  // namespace gyre::play
