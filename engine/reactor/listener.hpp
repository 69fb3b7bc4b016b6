#pragma once

#include "engine/base/endpoint.hpp"
#include "engine/base/log.hpp"
#include "engine/base/result.hpp"
#include "engine/reactor/connection.hpp"
#include "engine/reactor/reactor.hpp"

#include <asio/posix/basic_stream_descriptor.hpp>

#include <cstdint>
#include <memory>
#include <string>

struct sockaddr_storage;

namespace gyre::reactor {

/// Accepts connections at one endpoint until it is closed or the reactor stops.
class Listener final : public std::enable_shared_from_this<Listener> {
  public:
    static constexpr int backlog = 4096;
    /// Accepted at once before others have their turn.
    static constexpr int most_accepted = 64;
    /// How long nothing is accepted after the process ran out of descriptors.
    static constexpr std::chrono::milliseconds rest{200};

    /// Binds and listens. IPv6 does not include IPv4, so that [::] and 0.0.0.0 can both be bound. The socket
    /// file of a server that is gone is replaced. Errc::busy: the address is in use; Errc::io: anything else.
    [[nodiscard]] static Result<std::shared_ptr<Listener>> open(Reactor& reactor, Endpoint endpoint,
                                                                Door door);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// Stops accepting; a Unix socket's file is removed. Connections stay.
    void close();
    /// With the real port.
    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

  private:
    using Descriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;

    Listener(Reactor& reactor, Endpoint endpoint, Door door, int descriptor);
    void wait_for_connections();
    void accept_ready();
    void accept(int descriptor, const sockaddr_storage& address);
    void rest_after(int reason);

    Reactor& reactor_;
    Endpoint endpoint_;
    std::shared_ptr<const Door> door_;
    Descriptor descriptor_;
    std::uint64_t file_ = 0;  ///< Inode of the Unix socket's file, so that another server's is not removed.
    log::Thinning rest_lines_{std::chrono::minutes{1}};
    log::Thinning full_lines_{std::chrono::minutes{1}};
    bool closed_ = false;
};

}  // namespace gyre::reactor
