#include "net/ssh/ssh_connection.hpp"

#include <unistd.h>

#include <utility>

// How a connection comes to its end: limits of time, the server's stop, and what is given back.

namespace gyre::net {

using reactor::HeldOutput;
using reactor::Protocol;

void SshConnection::timed_out() {
    switch (phase_) {
        case Phase::proxy_header:
            return end("no PROXY header in time");
        case Phase::login:
            return end("no login in time");
        case Phase::open:
            break;
        case Phase::ended:
        case Phase::closed:
            return;
    }
    if (hanging_up_) return end(end_reason_);
    if (protocol_ == nullptr) return end("no channel in time");
    if (closing_ && output_.held_bytes() + errors_.held_bytes() > 0)
        return reactor_.arm_silence(*this, reactor_.admissions().limits().closing);
    if (closing_) return end("too slow a reader");
    protocol_->say_goodbye(Protocol::Ending::silence);
    close_after_output("idle for too long");
}

void SshConnection::end(std::string_view reason) {
    if (over()) return;
    phase_ = Phase::ended;
    if (end_reason_.data() != reason.data()) end_reason_ = reason;
    reactor_.conclude_later(*this);
}

void SshConnection::stop(Protocol::Ending ending) {
    if (over()) return;
    stopping_ = true;
    if (ending == Protocol::Ending::storage_failed) {
        output_.drop_held();
        errors_.drop_held();
        closing_ = closing_ && output_.has(HeldOutput::Barrier::close);
        welcome_owed_ = false;
    }
    if (protocol_ == nullptr || hanging_up_) return end("the server stops");
    protocol_->say_goodbye(ending);
    close_after_output("the server stops");
}

void SshConnection::conclude() {
    phase_ = Phase::ended;  // Also when the reactor ends without waiting for us.
    output_.clear();
    errors_.clear();
    reactor_.disarm_silence(*this);
    no_longer_before_login();
    if (link_ != nullptr) link_->disconnect();
    close_sockets();
    if (protocol_ == nullptr) return;
    protocol_->connection_lost(end_reason_.empty() ? "the server stopped" : std::string_view(end_reason_));
    reactor_.defer([last = std::shared_ptr<SshProtocol>(std::move(protocol_))] {});
}

void SshConnection::close_sockets() {
    if (std::exchange(phase_, Phase::closed) == Phase::closed) return;
    reactor_.disarm_silence(*this);
    if (watched_) {
        auto last = reactor_.ready_set().forget(*watched_, watched_descriptor_);
        if (last != nullptr) reactor_.defer([last = std::move(last)] {});
    }
    for (const int descriptor : {watched_descriptor_, descriptor_})
        if (descriptor >= 0) ::close(descriptor);
    link_.reset();
    if (in_network_) reactor_.admissions().leave_network(peer_);
    reactor_.admissions().leave();
}

}  // namespace gyre::net
