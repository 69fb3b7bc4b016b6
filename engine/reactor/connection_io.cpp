#include "engine/reactor/connection.hpp"

#include "engine/reactor/address.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace gyre::reactor {

// How bytes come: read after readiness into one buffer that all connections share. The reactor's ready set
// tells of changes only, so what is known of the socket is kept: readable_ until a read finds less than it
// asked for.

namespace {

int socket_error(int descriptor) {
    int reason = 0;
    socklen_t size = sizeof reason;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &size) == 0 ? reason : errno;
}

std::string describe(int reason) { return std::generic_category().message(reason); }

}  // namespace

// --- Input

void Connection::became_ready(Readiness readiness) {
    readable_ |= readiness.readable;
    half_closed_ |= readiness.ended;
    if (readiness.writable && std::exchange(writing_, false) && !over()) reactor_.flush_later(*this);
    if (phase_ == Phase::closed || phase_ == Phase::ended) return;
    if (readable_ && std::exchange(reading_, false)) {
        reactor_.event_began();
        return read_available();
    }
    // Whatever it still waits for: nobody is there to hear it.
    if (readiness.failed && phase_ != Phase::lingering) end(describe(socket_error(descriptor_)));
}

void Connection::wait_readable() {
    if (std::exchange(reading_, true) || !readable_) return;
    reactor_.ready_set().recall(*watched_);
}

ssize_t Connection::receive() {
    const std::span<char> buffer = reactor_.shared_input();
    ssize_t count = 0;
    do { count = ::recv(descriptor_, buffer.data(), buffer.size(), 0); } while (count < 0 && errno == EINTR);
    // The end is a change that may have been told already, together with the bytes before it.
    readable_ = count >= 0 && (half_closed_ || count == static_cast<ssize_t>(buffer.size()));
    return count;
}

void Connection::read_available() {
    if (phase_ == Phase::lingering) return throw_away_input();
    if (output_.over_high_water()) {
        paused_ = true;
        return;
    }
    if (starting_tls_ || closing_) return;
    const ssize_t count = receive();
    if (count == 0) return input_ended();
    if (count < 0) return errno == EAGAIN ? wait_readable() : end(describe(errno));
    if (phase_ == Phase::open) reactor_.heard_from(*this);
    take_input({reactor_.shared_input().data(), static_cast<std::size_t>(count)});
    if (over()) return;
    may_handle() ? run_quantum() : await_input();
}

void Connection::take_input(std::string_view bytes) {
    if (proxy_ != nullptr) take_proxy_header(bytes);
    if (over() || bytes.empty()) return;
    if (tls_ != nullptr) return decrypt(bytes);
    if (may_handle()) protocol_->bytes_received(bytes);
}

/// Leaves in `bytes` what is behind the header.
void Connection::take_proxy_header(std::string_view& bytes) {
    bytes.remove_prefix(proxy_->feed(bytes));
    if (proxy_->state() == ProxyCodec::State::needs_more) return;
    if (proxy_->state() == ProxyCodec::State::failed) return end(proxy_->error());
    const ProxyHeader header = proxy_->header();
    proxy_.reset();
    if (!header.address.empty()) set_address(peer_, header.address, header.port);
    peer_.encrypted = header.encrypted;
    begin();
}

void Connection::decrypt(std::string_view bytes) {
    const std::span<char> plain = reactor_.shared_plain();
    tls_->receive(bytes);
    std::size_t count = 0;
    do {
        count = tls_->read(plain);
        if (phase_ == Phase::handshake && tls_->state() == TlsSession::State::open) handshake_done();
        if (count > 0 && may_handle()) protocol_->bytes_received({plain.data(), count});
    } while (count > 0 && !over());
    if (!tls_->pending().empty()) reactor_.flush_later(*this);
    if (tls_->state() == TlsSession::State::closed_by_peer) return input_ended();
    if (tls_->state() == TlsSession::State::failed) {
        static_cast<void>(send_bytes(tls_->pending()));  // The alert that tells the peer why.
        end(tls_->error());
    }
}

void Connection::handshake_done() {
    peer_.encrypted = true;
    open_protocol();
}

/// The peer has closed its side; what it sent before is still handled and answered (netcat does this).
void Connection::input_ended() {
    peer_finished_ = true;
    if (!may_handle())
        return protocol_ == nullptr || phase_ == Phase::handshake ? end("closed by the peer") : void();
    reactor_.arm_silence(*this, reactor_.admissions().limits().half_closed);
    run_quantum();
}

void Connection::run_quantum() {
    if (over() || !may_handle()) return await_input();
    const auto until = std::chrono::steady_clock::now() + Reactor::quantum_time;
    touched_ = true;
    reactor_.flush_later(*this);
    for (std::size_t count = 0; count < Reactor::quantum_steps && !reactor_.stalled(); ++count) {
        if (output_.over_high_water()) {
            paused_ = true;  // Until flush() finds that the peer has caught up.
            return;
        }
        const bool did_something = protocol_->handle_next();
        reactor_.run_deferred();
        if (!may_handle()) return;
        if (!did_something) return await_input();
        reactor_.count_step();
        if (std::chrono::steady_clock::now() >= until) break;
    }
    reactor_.run_later(*this);
}

void Connection::await_input() {
    if (over() || closing_ || starting_tls_) return;
    if (protocol_ != nullptr && phase_ == Phase::open) {
        if (protocol_->answer_pending()) return;  // wake() will come: until then its codec need not grow.
        if (peer_finished_) return close_after_output("closed by the peer");
    }
    wait_readable();
}

/// Before TLS: what a third party may have put behind STARTTLS, which must not count as sent under TLS.
/// While lingering: whatever comes.
void Connection::throw_away_input() {
    const ssize_t count = receive();
    if (phase_ != Phase::lingering) return;
    if (count == 0 || (count < 0 && errno != EAGAIN)) return close_socket();
    wait_readable();
}

}  // namespace gyre::reactor
