#pragma once

#include "clients/terminal/server_address.hpp"
#include "clients/terminal/tls_client.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace asio {
class io_context;
}

namespace gyre::play {

/// The way to one server: finds it, connects, goes through TLS where the address says so, carries bytes in
/// both directions, and says in words what went wrong. All of it happens in the thread that runs its
/// io_context.
class ServerLink {
  public:
    /// Who is told. Nothing comes before open() has returned, or after close() or link_failed().
    class Observer {
      public:
        virtual ~Observer() = default;
        /// The way is open, TLS handshake included: send() may be called.
        virtual void link_opened() = 0;
        /// Bytes of the server; none where TLS alone had something to say.
        virtual void bytes_received(std::string_view bytes) = 0;
        /// What was given to send() has left.
        virtual void bytes_sent() = 0;
        /// It cannot leave. What has happened to the connection is told by the next event.
        virtual void sending_failed() = 0;
        /// The server sends nothing more; may come twice. What is sent may still arrive.
        virtual void server_closed() = 0;
        /// The server cannot be found, reached or trusted, or the connection broke. `complaint` says so to
        /// the user.
        virtual void link_failed(std::string complaint) = 0;
    };

    /// Precondition: TlsClient::available() if the address wants TLS. `io` and `observer` outlive this.
    ServerLink(asio::io_context& io, ServerAddress address, TlsClient::Trust trust, Observer& observer);
    ~ServerLink();
    ServerLink(const ServerLink&) = delete;
    ServerLink& operator=(const ServerLink&) = delete;

    /// Sets out. link_opened() or link_failed() follows within 20 seconds.
    void open();
    /// Ends it, whatever its state; what has not left is dropped.
    void close();
    /// Precondition: the link is open and nothing is_sending(). No bytes: what TLS alone has to say leaves.
    void send(std::string bytes);

    /// bytes_sent() or sending_failed() is still to come.
    [[nodiscard]] bool is_sending() const { return is_sending_; }
    /// More bytes of the server are here already.
    [[nodiscard]] bool has_more() const;
    /// What the user must know of the server's certificate, in two lines; empty: nothing.
    [[nodiscard]] std::string doubt() const;
    [[nodiscard]] const ServerAddress& address() const { return address_; }

  private:
    enum class State : std::uint8_t { opening, open, closed };
    struct Sockets;
    void connected();
    void opened();
    void receive();
    void take(std::string_view bytes);
    void lost(std::error_code error);
    void fail(std::string complaint);
    [[nodiscard]] std::string cannot_connect(std::string_view why) const;

    ServerAddress address_;
    TlsClient::Trust trust_;
    Observer& observer_;
    std::string sent_;  ///< As long as it is_sending().
    std::unique_ptr<Sockets> sockets_;
    std::optional<TlsClient> tls_;
    State state_ = State::opening;
    bool is_sending_ = false;
};

}  // namespace gyre::play
