#pragma once

#include "engine/reactor/reactor.hpp"

#include <asio/posix/basic_stream_descriptor.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>

namespace gyre::app {

/// Notices when class files change (inotify), so that a saved file is live at once.
class ScriptWatch : public std::enable_shared_from_this<ScriptWatch> {
  public:
    /// Editors write in several steps: a change counts when nothing has followed it for so long.
    static constexpr std::chrono::milliseconds quiet{200};

    /// Calls `changed` on the reactor's thread, from outside of any call, until the server stops. Null if
    /// this directory cannot be watched: the reason is logged, and SIGHUP still reloads.
    static std::shared_ptr<ScriptWatch> start(reactor::Reactor& reactor,
                                              const std::filesystem::path& directory,
                                              std::function<void()> changed);

  private:
    using Descriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;
    ScriptWatch(reactor::Reactor& reactor, int descriptor, std::function<void()> changed)
        : reactor_(reactor),
          descriptor_(reactor.context().get_executor(), descriptor),
          changed_(std::move(changed)) {}
    void wait();
    void noticed();
    void look_later();

    reactor::Reactor& reactor_;
    Descriptor descriptor_;
    std::function<void()> changed_;
    Clock::Steady last_{};  ///< When something changed last.
    bool looking_ = false;  ///< A timer is to look whether it has become quiet.
};

}  // namespace gyre::app
