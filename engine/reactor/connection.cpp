#include "engine/reactor/connection.hpp"

#include "engine/reactor/address.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace gyre::reactor {

// Input is read after readiness into one buffer that all connections share, and output is sent directly at
// the end of the turn: a command costs one recv, one send and one re-armed wait. Waiting costs the same as
// async_read_some (which first tries to read in vain), but needs no buffer per connection.
//
// Nothing here calls the protocol from within one of its own requests: abort, close, wake and writing only
// leave a note that the reactor acts on later in the turn.

namespace {

/// Half-open peers (their machine is gone) are found after about five minutes.
constexpr int keepalive_idle = 180;     ///< Seconds.
constexpr int keepalive_interval = 30;  ///< Seconds.
constexpr int keepalive_probes = 4;

/// Encrypted bytes made ahead of the socket.
constexpr std::size_t encrypted_ahead = 64U << 10;
constexpr std::size_t largest_record = 16U << 10;

void set_option(int descriptor, int level, int name, int value) {
    // A Unix socket refuses the options of TCP, which is as it should be.
    static_cast<void>(::setsockopt(descriptor, level, name, &value, sizeof value));
}

void set_tcp_options(int descriptor) {
    set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, keepalive_idle);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, keepalive_interval);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPCNT, keepalive_probes);
}

bool is_temporary(int reason) { return reason == EAGAIN || reason == EINTR; }

std::string describe(int reason) { return std::generic_category().message(reason); }

}  // namespace

// --- From the socket to the protocol's first bytes

Connection::Connection(Reactor& reactor, std::shared_ptr<const Door> door, int descriptor, Peer peer)
    : reactor_(reactor),
      door_(std::move(door)),
      descriptor_(reactor.context().get_executor(), descriptor),
      peer_(std::move(peer)),
      idle_limit_(reactor.admissions().limits().silence) {
    if (peer_.port != 0) set_tcp_options(descriptor);
}

Connection::~Connection() { close_socket(); }

void Connection::start() {
    reactor_.join(*this);
    if (over()) return;
    if (!door_->proxy) return begin();
    phase_ = Phase::proxy_header;
    proxy_ = std::make_unique<ProxyCodec>();
    reactor_.arm_silence(*this, reactor_.admissions().limits().handshake);
    wait_readable();
}

/// The peer is known.
void Connection::begin() {
    peer_.plaintext_allowed = peer_.local || door_->allow_plaintext;
    in_network_ = reactor_.admissions().enter_network(peer_);
    if (!in_network_) {
        phase_ = Phase::open;
        if (door_->tls_use != Door::Tls::from_start) write(door_->busy_words);
        return close_after_output("too many connections from its network");
    }
    if (door_->tls_use == Door::Tls::from_start) return begin_handshake();
    open_protocol();
}

void Connection::begin_handshake() {
    phase_ = Phase::handshake;
    tls_ = std::make_unique<TlsSession>(door_->tls->certificates());
    reactor_.arm_silence(*this, reactor_.admissions().limits().handshake);
    wait_readable();
}

void Connection::open_protocol() {
    phase_ = Phase::open;
    reactor_.arm_silence(*this, idle_limit_);
    if (protocol_ == nullptr) {
        protocol_ = door_->make_protocol(peer_);
        protocol_->connection_made(*this);
        touched_ = true;
        reactor_.flush_later(*this);
    }
    reactor_.run_later(*this);  // It may have something to do already; else that starts reading.
}

// --- Input

void Connection::wait_readable() {
    if (std::exchange(reading_, true)) return;
    descriptor_.async_wait(Descriptor::wait_read, [self = self()](std::error_code error) {
        self->reading_ = false;
        if (self->phase_ == Phase::closed || self->phase_ == Phase::ended) return;
        self->reactor_.event_began();
        if (error) return self->end(error.message());
        self->read_available();
    });
}

void Connection::read_available() {
    if (phase_ == Phase::lingering) return throw_away_input();
    if (over_high_water()) {
        paused_ = true;
        return;
    }
    if (starting_tls_ || closing_) return;
    const std::span<char> buffer = reactor_.shared_input();
    const ssize_t count = ::recv(descriptor_.native_handle(), buffer.data(), buffer.size(), 0);
    if (count == 0) return input_ended();
    if (count < 0) return is_temporary(errno) ? wait_readable() : end(describe(errno));
    if (phase_ == Phase::open) reactor_.heard_from(*this);
    take_input({buffer.data(), static_cast<std::size_t>(count)});
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

bool Connection::over_high_water() const {
    return output_.unsent_bytes() > reactor_.admissions().limits().high_water_bytes;
}

void Connection::run_quantum() {
    if (over() || !may_handle()) return await_input();
    const auto until = std::chrono::steady_clock::now() + Reactor::quantum_time;
    touched_ = true;
    reactor_.flush_later(*this);
    for (std::size_t count = 0; count < Reactor::quantum_steps && !reactor_.stalled(); ++count) {
        if (over_high_water()) {
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

// --- Output

void Connection::write(std::string_view bytes, BatchNumber needs) {
    if (over() || closing_) return;
    const std::size_t held = output_.held_bytes();
    output_.append(bytes, needs);
    reactor_.count_held(held, output_.held_bytes());
    touched_ = true;
    reactor_.flush_later(*this);
}

void Connection::start_tls() {
    if (over() || closing_ || !starttls_possible()) return;
    starting_tls_ = true;
    output_.append(OutputQueue::Barrier::start_tls);
    reactor_.flush_later(*this);
}

void Connection::settle() {
    if (!std::exchange(touched_, false) || protocol_ == nullptr || over() || reactor_.storage_has_failed())
        return;
    protocol_->about_to_flush();
    touched_ = false;  // What it wrote is no reason to ask it again.
}

bool Connection::flush(BatchNumber durable) {
    const bool kept_up = output_.released_bytes() == 0;
    const std::size_t held = output_.held_bytes();
    const std::size_t freed = output_.release(durable);
    reactor_.count_held(held, output_.held_bytes());
    if (kept_up) excused_bytes_ = freed;
    if (!writing_) pump();
    if (over()) return true;
    if (output_.released_bytes() > reactor_.admissions().limits().output_bytes + excused_bytes_) {
        end("too slow a reader");
        return true;
    }
    if (paused_ && !over_high_water()) {
        paused_ = false;
        reactor_.run_later(*this);
    }
    return output_.held_bytes() == 0;
}

/// Sends until all that may leave has left or the socket is full.
void Connection::pump() {
    while (!over() && send_output()) {
        const auto barrier = output_.reached();
        if (!barrier || phase_ == Phase::handshake) return;
        pass_barrier(*barrier);
    }
}

/// False: the socket takes no more now, or the connection has ended.
bool Connection::send_output() {
    const bool is_last_before_tls = starting_tls_ && output_.is_next(OutputQueue::Barrier::start_tls);
    if (is_last_before_tls && !output_.sendable().empty()) throw_away_input();
    return tls_ != nullptr ? send_encrypted() : send_plain();
}

bool Connection::send_plain() {
    const std::string_view bytes = output_.sendable();
    if (bytes.empty()) return true;
    const std::size_t count = send_bytes(bytes);
    const bool all = count == bytes.size();
    output_.sent(count);
    excused_bytes_ -= std::min(excused_bytes_, count);
    return all;
}

bool Connection::send_encrypted() {
    do {
        if (phase_ == Phase::open) encrypt_output();
        if (over()) return false;
        const std::string_view bytes = tls_->pending();
        if (bytes.empty()) return true;
        const std::size_t count = send_bytes(bytes);
        const bool all = count == bytes.size();
        tls_->sent(count);
        if (!all) return false;
    } while (true);
}

void Connection::encrypt_output() {
    while (!output_.sendable().empty() && tls_->pending().size() < encrypted_ahead) {
        const std::size_t count = tls_->write(output_.sendable().substr(0, largest_record));
        if (tls_->state() == TlsSession::State::failed) return end(tls_->error());
        if (count == 0) return;
        output_.sent(count);
        excused_bytes_ -= std::min(excused_bytes_, count);
    }
}

std::size_t Connection::send_bytes(std::string_view bytes) {
    const ssize_t count = ::send(descriptor_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && !is_temporary(errno)) return end(describe(errno)), 0;
    const std::size_t sent = count < 0 ? 0 : static_cast<std::size_t>(count);
    if (sent > 0 && closing_) reactor_.heard_from(*this);  // It is slow, not gone.
    if (sent < bytes.size()) wait_writable();
    return sent;
}

void Connection::wait_writable() {
    if (std::exchange(writing_, true)) return;
    descriptor_.async_wait(Descriptor::wait_write, [self = self()](std::error_code error) {
        self->writing_ = false;
        if (self->over()) return;
        if (error) return self->end(error.message());
        self->reactor_.flush_later(*self);
    });
}

void Connection::pass_barrier(OutputQueue::Barrier barrier) {
    output_.pass_barrier();
    switch (barrier) {
        case OutputQueue::Barrier::start_tls:
            starting_tls_ = false;
            return begin_handshake();
        case OutputQueue::Barrier::close:
            orderly_ = true;
            return end(end_reason_);
    }
}

// --- The end

void Connection::close_after_output(std::string_view reason) {
    if (over() || std::exchange(closing_, true)) return;
    end_reason_ = reason;
    output_.append(OutputQueue::Barrier::close);
    // A slow disk is not the peer's fault; its time begins anew while output is held (see timed_out()).
    reactor_.arm_silence(*this, reactor_.admissions().limits().closing);
    reactor_.flush_later(*this);
}

void Connection::end(std::string_view reason) {
    if (over()) return;
    phase_ = Phase::ended;
    if (end_reason_.data() != reason.data()) end_reason_ = reason;
    reactor_.conclude_later(*this);
}

void Connection::conclude() {
    phase_ = Phase::ended;  // Also when the reactor ends without waiting for us.
    reactor_.count_held(output_.held_bytes(), 0);
    output_.clear();
    reactor_.disarm_silence(*this);
    orderly_ && !peer_finished_ ? linger() : close_socket();
    if (protocol_ == nullptr) return;
    protocol_->connection_lost(end_reason_.empty() ? "the server stopped" : std::string_view(end_reason_));
    // Replies to what it asked in its last call may still refer to it, and are run before this is.
    reactor_.defer([last = std::shared_ptr<Protocol>(std::move(protocol_))] {});
}

void Connection::stop(Protocol::Ending ending) {
    if (over()) return;
    if (ending == Protocol::Ending::storage_failed) {
        const std::size_t held = output_.held_bytes();
        output_.drop_held();
        reactor_.count_held(held, 0);
        // Barriers behind what was dropped are gone; the goodbye may be written again.
        closing_ = closing_ && output_.is_next(OutputQueue::Barrier::close);
        starting_tls_ = starting_tls_ && output_.is_next(OutputQueue::Barrier::start_tls);
    }
    if (protocol_ == nullptr || phase_ != Phase::open) return end("the server stops");
    protocol_->server_stopping(ending);
    close_after_output("the server stops");
}

/// Closing a socket that has unread input resets the connection, and the peer may lose our last words. So
/// only our side is closed, and what comes is thrown away until the peer has closed too.
void Connection::linger() {
    if (tls_ != nullptr) {
        tls_->say_goodbye();
        const std::string_view last = tls_->pending();
        static_cast<void>(::send(descriptor_.native_handle(), last.data(), last.size(), MSG_NOSIGNAL));
        tls_.reset();
    }
    if (::shutdown(descriptor_.native_handle(), SHUT_WR) != 0) return close_socket();
    phase_ = Phase::lingering;
    reactor_.arm_silence(*this, reactor_.admissions().limits().lingering);
    throw_away_input();
}

/// Before TLS: what a third party may have put behind STARTTLS, which must not count as sent under TLS.
/// While lingering: whatever comes.
void Connection::throw_away_input() {
    const std::span<char> buffer = reactor_.shared_input();
    const ssize_t count = ::recv(descriptor_.native_handle(), buffer.data(), buffer.size(), 0);
    if (phase_ != Phase::lingering) return;
    if (count == 0 || (count < 0 && !is_temporary(errno))) return close_socket();
    wait_readable();
}

void Connection::close_socket() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    reactor_.disarm_silence(*this);
    std::error_code ignored;
    descriptor_.close(ignored);
    if (in_network_) reactor_.admissions().leave_network(peer_);
    reactor_.admissions().leave();
}

void Connection::set_idle_limit(std::uint32_t seconds) {
    idle_limit_ = std::chrono::seconds{seconds};
    if (phase_ == Phase::open && !closing_ && !peer_finished_) reactor_.arm_silence(*this, idle_limit_);
}

void Connection::timed_out() {
    switch (phase_) {
        case Phase::proxy_header:
            return end("no PROXY header in time");
        case Phase::handshake:
            return end("no TLS handshake in time");
        case Phase::open:
            break;
        case Phase::lingering:
            return close_socket();
        case Phase::ended:
        case Phase::closed:
            return;
    }
    if (closing_ && output_.held_bytes() > 0) {
        return reactor_.arm_silence(*this, reactor_.admissions().limits().closing);
    }
    if (closing_) return end("too slow a reader");
    if (peer_finished_) return end("closed by the peer");
    close_after_output("idle for too long");
}

}  // namespace gyre::reactor
