#include "engine/reactor/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace gyre::reactor {

// Nothing here calls the protocol from within one of its own requests: abort, close, wake and writing only
// leave a note that the reactor acts on later in the turn.

namespace {

/// Half-open peers (their machine is gone) are found after about five minutes.
constexpr int keepalive_idle = 180;     ///< Seconds.
constexpr int keepalive_interval = 30;  ///< Seconds.
constexpr int keepalive_probes = 4;

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

}  // namespace

// --- From the socket to the protocol's first bytes

Connection::Connection(Reactor& reactor, std::shared_ptr<const Door> door, int descriptor, Peer peer)
    : reactor_(reactor),
      door_(std::move(door)),
      descriptor_(descriptor),
      output_(reactor),
      peer_(std::move(peer)),
      idle_limit_(reactor.admissions().limits().silence) {
    if (peer_.port != 0) set_tcp_options(descriptor);
}

Connection::~Connection() { close_socket(); }

void Connection::start() {
    reactor_.join(*this);
    if (over()) return;
    watched_ = reactor_.ready_set().watch(descriptor_, self());
    if (!watched_) return end(std::generic_category().message(errno));
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

// --- Requests of the protocol

void Connection::write(std::string_view bytes, BatchNumber needs) {
    if (over() || closing_) return;
    output_.append(bytes, needs);
    touched_ = true;
    output_.fills_a_send() ? reactor_.flush_later(*this) : reactor_.flush_soon(*this);
}

void Connection::start_tls() {
    if (over() || closing_ || !starttls_possible()) return;
    starting_tls_ = true;
    output_.append(OutputQueue::Barrier::start_tls);
    reactor_.flush_later(*this);
}

void Connection::put_barrier(OutputQueue::Barrier barrier) {
    if (over() || closing_ || !compression_possible()) return;
    output_.append(barrier);
    reactor_.flush_later(*this);
}

void Connection::settle() {
    if (!std::exchange(touched_, false) || protocol_ == nullptr || over() || reactor_.storage_has_failed())
        return;
    protocol_->about_to_flush();
    touched_ = false;  // What it wrote is no reason to ask it again.
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
    output_.clear();
    deflater_.reset();
    reactor_.disarm_silence(*this);
    orderly_ ? close_orderly() : close_socket();
    if (protocol_ == nullptr) return;
    protocol_->connection_lost(end_reason_.empty() ? "the server stopped" : std::string_view(end_reason_));
    // Replies to what it asked in its last call may still refer to it, and are run before this is.
    reactor_.defer([last = std::shared_ptr<Protocol>(std::move(protocol_))] {});
}

void Connection::stop(Protocol::Ending ending) {
    if (over()) return;
    if (ending == Protocol::Ending::storage_failed) {
        output_.drop_held();
        // Barriers behind what was dropped are gone; the goodbye may be written again.
        closing_ = closing_ && output_.has(OutputQueue::Barrier::close);
        starting_tls_ = starting_tls_ && output_.has(OutputQueue::Barrier::start_tls);
    }
    if (protocol_ == nullptr || phase_ != Phase::open) return end("the server stops");
    protocol_->say_goodbye(ending);
    close_after_output("the server stops");
}

/// Closing a socket that has unread input resets the connection, and the peer may lose our last words. So
/// only our side is closed, and what comes is thrown away until the peer has closed too.
void Connection::close_orderly() {
    if (tls_ != nullptr) {
        tls_->say_goodbye();
        const std::string_view last = tls_->pending();
        static_cast<void>(::send(descriptor_, last.data(), last.size(), MSG_NOSIGNAL));
        tls_.reset();
    }
    if (peer_finished_ || ::shutdown(descriptor_, SHUT_WR) != 0) return close_socket();
    phase_ = Phase::lingering;
    reactor_.arm_silence(*this, reactor_.admissions().limits().lingering);
    throw_away_input();
}

void Connection::close_socket() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    reactor_.disarm_silence(*this);
    if (watched_) {
        // Perhaps its last owner, and whoever called this may still look at it.
        auto last = reactor_.ready_set().forget(*watched_, descriptor_);
        if (last != nullptr) reactor_.defer([last = std::move(last)] {});
    }
    ::close(descriptor_);
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
    protocol_->say_goodbye(Protocol::Ending::silence);
    close_after_output("idle for too long");
}

}  // namespace gyre::reactor
