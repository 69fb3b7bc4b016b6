#include "clients/terminal/server_link.hpp"

#include <fmt/format.h>
#include <asio.hpp>

#include <array>
#include <chrono>
#include <utility>

// TLS is a filter between the socket and the observer, not a stream of Asio's: the same code serves programs
// that are built without OpenSSL.

namespace gyre::play {
namespace {

using asio::ip::tcp;

constexpr std::chrono::seconds connect_patience{20};
/// Most bytes that are read at once.
constexpr std::size_t max_read = 16U << 10;

}  // namespace

struct ServerLink::Sockets {
    explicit Sockets(asio::io_context& io) : resolver(io), socket(io), limit(io) {}
    tcp::resolver resolver;
    tcp::socket socket;
    asio::steady_timer limit;  ///< Of opening.
    std::array<char, max_read> received{};
};

ServerLink::ServerLink(asio::io_context& io, ServerAddress address, TlsClient::Trust trust,
                       Observer& observer)
    : address_(std::move(address)),
      trust_(trust),
      observer_(observer),
      sockets_(std::make_unique<Sockets>(io)) {}

ServerLink::~ServerLink() = default;

std::string ServerLink::cannot_connect(std::string_view why) const {
    return fmt::format("cannot connect to {}: {}", address_.to_string(), why);
}

void ServerLink::open() {
    auto resolved = [this](std::error_code error, const tcp::resolver::results_type& found) {
        if (state_ == State::closed) return;
        if (error) return fail(fmt::format("cannot find the host {}: {}", address_.host, error.message()));
        asio::async_connect(sockets_->socket, found, [this](std::error_code refused, const tcp::endpoint&) {
            if (state_ == State::closed) return;
            if (refused) return fail(cannot_connect(refused.message()));
            connected();
        });
    };
    sockets_->resolver.async_resolve(address_.host, std::to_string(address_.port), std::move(resolved));
    sockets_->limit.expires_after(connect_patience);
    sockets_->limit.async_wait([this](std::error_code error) {
        if (!error && state_ == State::opening) fail(cannot_connect("it does not answer"));
    });
}

void ServerLink::connected() {
    std::error_code ignored;
    sockets_->socket.set_option(tcp::no_delay(true), ignored);
    if (address_.tls) {
        tls_.emplace(address_.host, trust_);
        send({});
    } else {
        opened();
    }
    if (state_ != State::closed) receive();
}

void ServerLink::opened() {
    state_ = State::open;
    sockets_->limit.cancel();
    observer_.link_opened();
}

void ServerLink::close() {
    state_ = State::closed;
    std::error_code ignored;
    sockets_->limit.cancel();
    sockets_->socket.close(ignored);
}

void ServerLink::send(std::string bytes) {
    sent_ = std::move(bytes);
    if (tls_) {
        tls_->write(sent_);
        sent_ = tls_->take_output();
    }
    if (sent_.empty()) return;
    is_sending_ = true;
    asio::async_write(sockets_->socket, asio::buffer(sent_), [this](std::error_code error, std::size_t) {
        is_sending_ = false;
        if (state_ == State::closed) return;
        if (state_ == State::open) return error ? observer_.sending_failed() : observer_.bytes_sent();
        if (!error) send({});  // Else receiving will say what has happened.
    });
}

bool ServerLink::has_more() const {
    std::error_code ignored;
    return sockets_->socket.available(ignored) != 0;
}

std::string ServerLink::doubt() const {
    if (!tls_ || tls_->doubt().empty()) return {};
    return fmt::format(
        "Nobody vouches for this server ({}). The SHA-256 fingerprint of its certificate is\n{}",
        tls_->doubt(), tls_->fingerprint());
}

void ServerLink::receive() {
    sockets_->socket.async_read_some(asio::buffer(sockets_->received),
                                     [this](std::error_code error, std::size_t count) {
                                         if (state_ == State::closed) return;
                                         if (error) return lost(error);
                                         take({sockets_->received.data(), count});
                                         if (state_ != State::closed) receive();
                                     });
}

void ServerLink::take(std::string_view bytes) {
    if (!tls_) return observer_.bytes_received(bytes);
    std::string plain;
    tls_->receive(bytes, plain);
    if (tls_->state() == TlsClient::State::failed) return fail(tls_->error());
    if (state_ == State::opening && tls_->state() == TlsClient::State::open) opened();
    if (state_ == State::open) observer_.bytes_received(plain);
    if (state_ == State::opening && !is_sending_) send({});
    if (state_ != State::closed && tls_->state() == TlsClient::State::closed_by_server)
        lost(asio::error::eof);
}

void ServerLink::lost(std::error_code error) {
    if (error != asio::error::eof)
        return fail(fmt::format("the connection to {} broke: {}", address_.to_string(), error.message()));
    if (state_ == State::opening) return fail(cannot_connect("it ended the connection"));
    observer_.server_closed();
}

void ServerLink::fail(std::string complaint) {
    close();
    observer_.link_failed(std::move(complaint));
}

}  // namespace gyre::play
