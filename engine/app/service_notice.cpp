#include "engine/app/service_notice.hpp"

#include "engine/app/unix_address.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace gyre::app {

void notify_service_manager(std::string_view state) noexcept {
    const char* const name =
        std::getenv("NOTIFY_SOCKET");  // NOLINT(concurrency-mt-unsafe): nobody sets variables.
    const auto address = name == nullptr ? std::nullopt : UnixAddress::of(name);
    if (!address) return;
    const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return;
    // A manager that does not listen is no reason to stop.
    static_cast<void>(
        sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL, address->get(), address->size()));
    close(descriptor);
}

}  // namespace gyre::app
