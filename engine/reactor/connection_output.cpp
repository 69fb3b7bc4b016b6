#include "engine/reactor/connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

// How bytes go: sent directly at the end of the turn, so that a command costs one recv and one send. Between
// the queue and the socket there may be one filter, TLS or a zlib stream, that is never far ahead of the
// socket: what waits for the peer waits in the queue, where it is counted.

namespace gyre::reactor {

namespace {

/// Encrypted bytes made ahead of the socket.
constexpr std::size_t encrypted_ahead = 64U << 10;
constexpr std::size_t largest_record = 16U << 10;
/// Compressed bytes made ahead of the socket.
constexpr std::size_t compressed_ahead = 16U << 10;

}  // namespace

bool Connection::flush(BatchNumber durable) {
    output_.release(durable);
    if (!writing_) pump();
    if (over()) return true;
    if (output_.is_left_behind()) {
        end("too slow a reader");
        return true;
    }
    if (paused_ && !output_.over_high_water()) {
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
        if (deflater_ == nullptr) {
            pass_barrier(*barrier);
        } else {
            deflater_->finish();  // Whatever comes then, a zlib stream ends before it.
        }
    }
}

/// False: the socket takes no more now, or the connection has ended.
bool Connection::send_output() {
    const bool is_last_before_tls = starting_tls_ && output_.is_next(OutputQueue::Barrier::start_tls);
    if (is_last_before_tls && !output_.sendable().empty()) throw_away_input();
    if (tls_ != nullptr) return send_encrypted();
    if (deflater_ != nullptr && !send_compressed()) return false;
    return deflater_ != nullptr || send_plain();
}

bool Connection::send_plain() {
    const std::string_view bytes = output_.sendable();
    if (bytes.empty()) return true;
    const std::size_t count = send_bytes(bytes);
    const bool all = count == bytes.size();
    output_.sent(count);
    return all;
}

template <class Filter>
bool Connection::send_pending(Filter& filter) {
    const std::string_view bytes = filter.pending();
    const std::size_t count = send_bytes(bytes);
    const bool all = count == bytes.size();
    filter.sent(count);
    return all;
}

void Connection::encrypt_output() {
    while (!output_.sendable().empty() && tls_->pending().size() < encrypted_ahead) {
        const std::size_t count = tls_->write(output_.sendable().substr(0, largest_record));
        if (tls_->state() == TlsSession::State::failed) return end(tls_->error());
        if (count == 0) return;
        output_.sent(count);
    }
}

bool Connection::send_encrypted() {
    do {
        if (phase_ == Phase::open) encrypt_output();
        if (over()) return false;
        if (tls_->pending().empty()) return true;
    } while (send_pending(*tls_));
    return false;
}

bool Connection::send_compressed() {
    do {
        compress_output();
        if (deflater_->pending().empty()) {
            if (deflater_->finished()) deflater_.reset();
            return true;
        }
    } while (send_pending(*deflater_));
    return false;
}

void Connection::compress_output() {
    if (deflater_->finished()) return;
    while (!output_.sendable().empty() && deflater_->pending().size() < compressed_ahead) {
        const std::string_view piece = output_.sendable().substr(0, compressed_ahead);
        const std::size_t count = piece.size();
        deflater_->write(piece);
        output_.sent(count);
    }
    if (output_.sendable().empty()) deflater_->flush();
}

std::size_t Connection::send_bytes(std::string_view bytes) {
    ssize_t count = 0;
    do {
        count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && errno != EAGAIN) return end(std::generic_category().message(errno)), 0;
    const std::size_t sent = count < 0 ? 0 : static_cast<std::size_t>(count);
    if (sent > 0 && closing_) reactor_.heard_from(*this);  // It is slow, not gone.
    writing_ = sent < bytes.size();
    return sent;
}

void Connection::pass_barrier(OutputQueue::Barrier barrier) {
    output_.pass_barrier();
    switch (barrier) {
        case OutputQueue::Barrier::start_tls:
            starting_tls_ = false;
            return begin_handshake();
        case OutputQueue::Barrier::start_compress2:
            deflater_ = std::make_unique<Deflater>();
            return;
        case OutputQueue::Barrier::end_compress2:
            return;  // It has ended as this was reached.
        case OutputQueue::Barrier::close:
            orderly_ = true;
            return end(end_reason_);
    }
}

}  // namespace gyre::reactor
