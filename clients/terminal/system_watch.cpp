#include "clients/terminal/system_watch.hpp"

#include <asio.hpp>

#include <chrono>
#include <csignal>

namespace gyre::play {

struct SystemWatch::Signals {
    explicit Signals(asio::io_context& io)
        : end(io),
#ifdef SIGTSTP
          suspension(io),
#endif
          window(io) {
    }
    asio::signal_set end;
#ifdef SIGTSTP
    asio::signal_set suspension;
#endif
#ifdef SIGWINCH
    asio::signal_set window;
#else
    asio::steady_timer window;
#endif
};

SystemWatch::SystemWatch(asio::io_context& io, Observer& observer)
    : observer_(observer), signals_(std::make_unique<Signals>(io)) {}

SystemWatch::~SystemWatch() = default;

void SystemWatch::watch_end() {
    for (const int signal : {SIGINT, SIGTERM}) signals_->end.add(signal);
#ifdef SIGHUP
    signals_->end.add(SIGHUP);
#endif
    signals_->end.async_wait([this](std::error_code error, int signal) {
        if (!error) observer_.end_requested(signal);
    });
}

void SystemWatch::watch_terminal() {
#ifdef SIGWINCH
    signals_->window.add(SIGWINCH);
#endif
    wait_for_window();
    wait_for_suspension();
}

#ifdef SIGWINCH
void SystemWatch::wait_for_window() {
    signals_->window.async_wait([this](std::error_code error, int) {
        if (error) return;
        observer_.window_changed();
        wait_for_window();
    });
}
#else
void SystemWatch::wait_for_window() {
    signals_->window.expires_after(std::chrono::milliseconds{500});
    signals_->window.async_wait([this](std::error_code error) {
        if (error) return;
        observer_.window_changed();
        wait_for_window();
    });
}
#endif

#ifdef SIGTSTP
void SystemWatch::wait_for_suspension() {
    signals_->suspension.add(SIGTSTP);
    signals_->suspension.async_wait([this](std::error_code error, int) {
        if (error) return;
        observer_.suspending();
        signals_->suspension.remove(SIGTSTP);
        static_cast<void>(std::raise(SIGTSTP));
        observer_.resumed();
        wait_for_suspension();
    });
}
#else
void SystemWatch::wait_for_suspension() {}
#endif

}  // namespace gyre::play
