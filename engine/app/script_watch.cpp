#include "engine/app/script_watch.hpp"

#include "engine/base/log.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace gyre::app {

namespace {

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;

void cannot_watch(const std::filesystem::path& directory, int reason) {
    log::warn("app", "changed scripts are not noticed; use SIGHUP",
              {{"directory", directory.string()}, {"reason", std::generic_category().message(reason)}});
}

}  // namespace

std::shared_ptr<ScriptWatch> ScriptWatch::start(reactor::Reactor& reactor,
                                                const std::filesystem::path& directory,
                                                std::function<void()> changed) {
    const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return cannot_watch(directory, errno), nullptr;
    if (::inotify_add_watch(descriptor, directory.c_str(), changes) < 0) {
        cannot_watch(directory, errno);
        ::close(descriptor);
        return nullptr;
    }
    std::shared_ptr<ScriptWatch> watch(new ScriptWatch(reactor, descriptor, std::move(changed)));
    reactor.on_stopping([weak = std::weak_ptr<ScriptWatch>(watch)] {
        std::error_code ignored;
        if (const auto still = weak.lock()) still->descriptor_.close(ignored);
    });
    watch->wait();
    return watch;
}

void ScriptWatch::wait() {
    descriptor_.async_wait(Descriptor::wait_read, [weak = weak_from_this()](std::error_code error) {
        const auto self = weak.lock();
        if (self != nullptr && !error) self->noticed();
    });
}

/// What has changed is found out by reading all files: a thousand take a few milliseconds.
void ScriptWatch::noticed() {
    std::array<char, 4096> events;  // NOLINT(cppcoreguidelines-pro-type-member-init): only emptied.
    while (::read(descriptor_.native_handle(), events.data(), events.size()) > 0) continue;
    last_ = reactor_.clock().steady();
    if (!std::exchange(looking_, true)) look_later();
    wait();
}

void ScriptWatch::look_later() {
    reactor_.schedule(last_ + quiet, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        if (self->reactor_.clock().steady() < self->last_ + quiet) return self->look_later();
        self->looking_ = false;
        self->changed_();
    });
}

}  // namespace gyre::app
