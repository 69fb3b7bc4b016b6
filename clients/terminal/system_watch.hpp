#pragma once

#include <memory>

namespace asio {
class io_context;
}

namespace gyre::play {

/// What the system tells a program at a terminal: that it is to end, that the window may have another size,
/// that the terminal is wanted back for a while. All of it is told in the thread that runs its io_context.
class SystemWatch {
  public:
    class Observer {
      public:
        virtual ~Observer() = default;
        /// By SIGINT, SIGTERM or SIGHUP; told once.
        virtual void end_requested(int signal) = 0;
        /// The window may have another size. Without SIGWINCH this is said twice a second.
        virtual void window_changed() = 0;
        /// Ctrl-Z: the terminal is the shell's when this returns, until resumed().
        virtual void suspending() = 0;
        virtual void resumed() = 0;
    };

    /// `io` and `observer` outlive this.
    SystemWatch(asio::io_context& io, Observer& observer);
    ~SystemWatch();
    SystemWatch(const SystemWatch&) = delete;
    SystemWatch& operator=(const SystemWatch&) = delete;

    /// From now on end_requested() is told instead of the process being ended.
    void watch_end();
    /// From now on window_changed(), suspending() and resumed() are told.
    void watch_terminal();

  private:
    struct Signals;
    void wait_for_window();
    void wait_for_suspension();

    Observer& observer_;
    std::unique_ptr<Signals> signals_;
};

}  // namespace gyre::play
