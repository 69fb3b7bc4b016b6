#include "engine/reactor/listener.hpp"

#include "engine/reactor/address.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

namespace gyre::reactor {

namespace {

/// A descriptor that is closed unless somebody takes it.
class Socket {
  public:
    explicit Socket(int family)
        : descriptor_(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    [[nodiscard]] int get() const { return descriptor_; }
    int take() { return std::exchange(descriptor_, -1); }

  private:
    int descriptor_;
};

/// An address of any family in the form that the system calls take.
struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&storage);  // NOLINT: the way of the sockets API.
    }
    [[nodiscard]] sockaddr* get() {
        return reinterpret_cast<sockaddr*>(&storage);  // NOLINT: the way of the sockets API.
    }
    template <class Specific>
    void set(const Specific& specific) {
        std::memcpy(&storage, &specific, sizeof specific);
        size = sizeof specific;
    }
};

Address address_of(const Endpoint& endpoint) {
    Address address;
    if (endpoint.is_unix()) {
        sockaddr_un specific{};
        specific.sun_family = AF_UNIX;
        endpoint.path.copy(specific.sun_path, sizeof specific.sun_path - 1);
        address.set(specific);
    } else if (endpoint.is_ipv6()) {
        sockaddr_in6 specific{};
        specific.sin6_family = AF_INET6;
        specific.sin6_port = htons(endpoint.port);
        inet_pton(AF_INET6, endpoint.address.c_str(), &specific.sin6_addr);
        address.set(specific);
    } else {
        sockaddr_in specific{};
        specific.sin_family = AF_INET;
        specific.sin_port = htons(endpoint.port);
        inet_pton(AF_INET, endpoint.address.c_str(), &specific.sin_addr);
        address.set(specific);
    }
    return address;
}

Error failure(const Endpoint& endpoint, int reason) {
    const Errc code = reason == EADDRINUSE ? Errc::busy : Errc::io;
    const std::string text =
        reason == EADDRINUSE ? "the address is in use" : std::generic_category().message(reason);
    return Error{code, fmt::format("cannot listen on {}: {}", endpoint.to_string(), text)};
}

/// Makes room for our socket file, unless a server answers there or it is a file of another kind.
Status remove_stale_file(const Endpoint& endpoint, const Address& address) {
    struct stat status {};
    if (::lstat(endpoint.path.c_str(), &status) != 0) return done();
    if (!S_ISSOCK(status.st_mode)) {
        return Error{Errc::io, fmt::format("cannot listen on {}: the file exists and is no socket",
                                           endpoint.to_string())};
    }
    const Socket probe(AF_UNIX);
    // Anything but a refusal (a full backlog is EAGAIN) means that somebody lives there.
    if (::connect(probe.get(), address.get(), address.size) == 0 || errno != ECONNREFUSED) {
        return failure(endpoint, EADDRINUSE);
    }
    ::unlink(endpoint.path.c_str());
    return done();
}

void set_flag(int descriptor, int level, int name) {
    const int on = 1;
    static_cast<void>(::setsockopt(descriptor, level, name, &on, sizeof on));
}

Status bind_and_listen(const Socket& socket, const Endpoint& endpoint) {
    const Address address = address_of(endpoint);
    if (endpoint.is_unix()) {
        if (Status room = remove_stale_file(endpoint, address); !room) return room;
        // Before bind(), so that the file never has another mode (the umask can only take from it).
        ::fchmod(socket.get(), endpoint.mode);
    } else {
        set_flag(socket.get(), SOL_SOCKET, SO_REUSEADDR);
    }
    if (endpoint.is_ipv6()) set_flag(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY);
    if (::bind(socket.get(), address.get(), address.size) != 0) return failure(endpoint, errno);
    if (endpoint.is_unix()) ::chmod(endpoint.path.c_str(), endpoint.mode);
    if (::listen(socket.get(), Listener::backlog) != 0) return failure(endpoint, errno);
    return done();
}

std::uint16_t real_port(int descriptor) {
    Address address;
    address.size = sizeof address.storage;
    if (::getsockname(descriptor, address.get(), &address.size) != 0) return 0;
    return peer_from(address.storage).port;
}

std::uint64_t inode_of(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

Result<std::shared_ptr<Listener>> Listener::open(Reactor& reactor, Endpoint endpoint, Door door) {
    const int family = endpoint.is_unix() ? AF_UNIX : endpoint.is_ipv6() ? AF_INET6 : AF_INET;
    Socket socket(family);
    if (socket.get() < 0) return failure(endpoint, errno);
    if (const Status bound = bind_and_listen(socket, endpoint); !bound) return bound.error();
    if (!endpoint.is_unix()) endpoint.port = real_port(socket.get());
    door.proxy = endpoint.proxy;
    door.allow_plaintext = endpoint.allow_plaintext;
    std::shared_ptr<Listener> listener(
        new Listener(reactor, std::move(endpoint), std::move(door), socket.take()));
    reactor.on_stopping([weak = std::weak_ptr<Listener>(listener)] {
        if (const auto still = weak.lock()) still->close();
    });
    listener->wait_for_connections();
    return listener;
}

Listener::Listener(Reactor& reactor, Endpoint endpoint, Door door, int descriptor)
    : reactor_(reactor),
      endpoint_(std::move(endpoint)),
      door_(std::make_shared<const Door>(std::move(door))),
      descriptor_(reactor.context().get_executor(), descriptor),
      file_(endpoint_.is_unix() ? inode_of(endpoint_.path) : 0) {}

Listener::~Listener() { close(); }

void Listener::close() {
    if (std::exchange(closed_, true)) return;
    std::error_code ignored;
    descriptor_.close(ignored);
    if (file_ != 0 && inode_of(endpoint_.path) == file_) ::unlink(endpoint_.path.c_str());
}

void Listener::wait_for_connections() {
    descriptor_.async_wait(Descriptor::wait_read, [self = shared_from_this()](std::error_code error) {
        if (self->closed_ || error) return;
        self->accept_ready();
    });
}

void Listener::accept_ready() {
    for (int count = 0; count < most_accepted; ++count) {
        Address address;
        address.size = sizeof address.storage;
        const int accepted = ::accept4(descriptor_.native_handle(), address.get(), &address.size,
                                       SOCK_NONBLOCK | SOCK_CLOEXEC);
        const int reason = errno;
        if (accepted >= 0) {
            accept(accepted, address.storage);
            continue;
        }
        if (reason == EAGAIN) break;
        if (reason == EMFILE || reason == ENFILE || reason == ENOBUFS || reason == ENOMEM)
            return rest_after(reason);
        // Anything else concerns the one connection that could not be accepted (accept(2): ECONNABORTED and
        // more).
    }
    wait_for_connections();
}

void Listener::accept(int descriptor, const sockaddr_storage& address) {
    if (reactor_.admissions().enter()) {
        if (door_->take_socket) return door_->take_socket(reactor_, door_, descriptor, peer_from(address));
        std::make_shared<Connection>(reactor_, door_, descriptor, peer_from(address))->start();
        return;
    }
    if (const auto skipped = full_lines_.pass(reactor_.clock().steady())) {
        log::warn("reactor", "too many connections",
                  {{"endpoint", endpoint_.to_string()}, {"skipped", *skipped}});
    }
    const std::string_view words = door_->busy_words;
    if (door_->tls_use != Door::Tls::from_start && !words.empty()) {
        static_cast<void>(::send(descriptor, words.data(), words.size(), MSG_NOSIGNAL));
    }
    ::close(descriptor);
}

/// What cannot be accepted stays ready: without a rest the reactor would spin.
void Listener::rest_after(int reason) {
    if (const auto skipped = rest_lines_.pass(reactor_.clock().steady())) {
        log::warn("reactor", "cannot accept connections",
                  {{"endpoint", endpoint_.to_string()},
                   {"reason", std::generic_category().message(reason)},
                   {"skipped", *skipped}});
    }
    reactor_.schedule_always(reactor_.clock().steady() + rest, [self = shared_from_this()] {
        if (!self->closed_) self->wait_for_connections();
    });
}

}  // namespace gyre::reactor
