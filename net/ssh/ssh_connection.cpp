#include "net/ssh/ssh_connection.hpp"

#include "engine/reactor/address.hpp"
#include "net/ssh/ssh_exec.hpp"
#include "net/ssh/ssh_shell.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

// As in reactor::Connection, nothing here calls the protocol from within one of its own requests, and nothing
// calls libssh from within one of its callbacks. libssh closes its descriptor by itself, so the reactor
// watches a second one of the same socket.

namespace gyre::net {

using reactor::HeldOutput;

SshConnection::SshConnection(Context& context, reactor::Reactor& reactor,
                             std::shared_ptr<const reactor::Door> door, int descriptor, reactor::Peer peer)
    : context_(context),
      reactor_(reactor),
      door_(std::move(door)),
      shared_(context.ssh),
      descriptor_(descriptor),
      output_(reactor),
      errors_(reactor),
      peer_(std::move(peer)),
      idle_limit_(reactor.admissions().limits().silence) {
    const int on = 1;
    static_cast<void>(::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    static_cast<void>(::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on));
}

SshConnection::~SshConnection() { close_sockets(); }

void SshConnection::start() {
    reactor_.join(*this);
    if (over()) return;
    watched_descriptor_ = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
    if (watched_descriptor_ < 0) return end(std::generic_category().message(errno));
    watched_ = reactor_.ready_set().watch(watched_descriptor_, self());
    if (!watched_) return end(std::generic_category().message(errno));
    if (!door_->proxy) return begin();
    phase_ = Phase::proxy_header;
    proxy_ = std::make_unique<reactor::ProxyCodec>();
    reactor_.arm_silence(*this, reactor_.admissions().limits().handshake);
}

/// The client is known.
void SshConnection::begin() {
    phase_ = Phase::login;
    peer_.encrypted = true;
    in_network_ = reactor_.admissions().enter_network(peer_);
    if (!in_network_) return end("too many connections from its network");
    if (shared_->before_login >= SshDoor::max_before_login) {
        if (shared_->strangers.empty()) return end("too many connections before login");
        shared_->strangers.front()->make_room();
    }
    ++shared_->before_login;
    before_login_ = true;
    stranger_ = shared_->strangers.insert(shared_->strangers.end(), this);
    link_ = std::make_unique<SshLink>();
    login_ = std::make_unique<SshLogin>(context_.native, shared_->accounts_by_key);
    if (!link_->accept(shared_->bind, std::exchange(descriptor_, -1))) return end(link_->error());
    reactor_.arm_silence(*this, std::chrono::seconds{context_.login_seconds});
    advance_login();
}

void SshConnection::became_ready(reactor::Readiness readiness) {
    if (over()) return;
    reactor_.event_began();
    if (readiness.writable) reactor_.flush_later(*this);
    switch (phase_) {
        case Phase::proxy_header:
            return take_proxy_header();
        case Phase::login:
            return advance_login();
        case Phase::open:
            return read_channel();
        case Phase::ended:
        case Phase::closed:
            return;
    }
}

/// Only what belongs to the header is taken from the socket: the rest is libssh's.
void SshConnection::take_proxy_header() {
    const auto buffer = reactor_.shared_input();
    const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_PEEK);
    if (count == 0) return end("closed by the peer");
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? void() : end(std::generic_category().message(errno));
    const std::size_t used = proxy_->feed({buffer.data(), static_cast<std::size_t>(count)});
    static_cast<void>(::recv(descriptor_, buffer.data(), used, 0));
    if (proxy_->state() == reactor::ProxyCodec::State::needs_more) return;
    if (proxy_->state() == reactor::ProxyCodec::State::failed) return end(proxy_->error());
    const reactor::ProxyHeader header = proxy_->header();
    proxy_.reset();
    if (!header.address.empty()) reactor::set_address(peer_, header.address, header.port);
    begin();
}

// --- The channel

void SshConnection::read_channel() {
    // Who has read that the channel is closed may open the next one at once.
    if (closing_) pump();
    if (over()) return;
    if (hanging_up_ && protocol_ != nullptr) end_channel(end_reason_);
    const bool connected = link_->poll();
    if (over()) return;
    if (!link_->refused().empty()) note(link_->refused());
    take_news();
    if (link_->may_have_more()) reactor_.ready_set().recall(*watched_);
    if (!connected) {
        note_broken();
        return end(hanging_up_ ? end_reason_ : std::string{"closed by the peer"});
    }
    if (link_->is_idle_talk()) return end("a flood of packets");
    reactor_.flush_later(*this);  // The window may have grown.
}

void SshConnection::take_news() {
    input_held_ =
        protocol_ != nullptr && (closing_ || handling_ || protocol_->answer_pending() || over_high_water());
    if (input_held_ || over() || !link_->has_news()) return;
    const SshChannelNews news = link_->take_news();
    if (news.shell || !news.command.empty()) begin_channel(news.command);
    if (protocol_ != nullptr) {
        if (news.resized) protocol_->resized();
        if (!news.input.empty()) {
            reactor_.heard_from(*this);
            protocol_->bytes_received(news.input);
        }
        if (news.ended) protocol_->input_ended();
        if (news.closed) return end_channel("closed by the peer");
        handling_ = true;
        reactor_.run_later(*this);
    } else if (news.closed) {
        link_->release_channel();
    }
}

void SshConnection::begin_channel(const std::string& command) {
    hanging_up_ = closing_ = false;
    end_reason_.clear();
    reactor_.arm_silence(*this, idle_limit_);
    if (command.empty()) {
        protocol_ = std::make_unique<SshShell>(context_, player_, *this);
    } else {
        protocol_ = std::make_unique<SshExec>(context_, player_, *this, command);
    }
    protocol_->connection_made(*this);
    touched_ = true;
    reactor_.flush_later(*this);
}

void SshConnection::run_quantum() {
    if (over() || phase_ != Phase::open) return;
    if (hanging_up_ && protocol_ != nullptr) return end_channel(end_reason_);
    if (!may_handle()) return;
    const auto until = std::chrono::steady_clock::now() + reactor::Reactor::quantum_time;
    touched_ = true;
    reactor_.flush_later(*this);
    for (std::size_t count = 0; count < reactor::Reactor::quantum_steps && !reactor_.stalled(); ++count) {
        paused_ = over_high_water();
        if (paused_) return;  // Until flush() finds that the client has caught up.
        const bool did_something = protocol_->handle_next();
        reactor_.run_deferred();
        if (!may_handle()) return;
        handling_ = did_something;
        if (!did_something) return protocol_->answer_pending() ? void() : take_news();
        reactor_.count_step();
        if (std::chrono::steady_clock::now() >= until) break;
    }
    reactor_.run_later(*this);
}

void SshConnection::settle() {
    if (!std::exchange(touched_, false) || protocol_ == nullptr || over() || reactor_.storage_has_failed())
        return;
    protocol_->about_to_flush();
    touched_ = false;  // What it wrote is no reason to ask it again.
}

/// The channel is gone; its protocol hears of it. The client may open another, or hangs up.
void SshConnection::end_channel(std::string_view reason) {
    output_.clear();
    errors_.clear();
    closing_ = paused_ = input_held_ = handling_ = false;
    hanging_up_ = true;
    end_reason_ = reason;
    if (protocol_ != nullptr) {
        protocol_->connection_lost(end_reason_);
        reactor_.defer([last = std::shared_ptr<SshProtocol>(std::move(protocol_))] {});
    }
    link_->release_channel();
    if (link_->has_news()) reactor_.ready_set().recall(*watched_);  // The next one's.
    reactor_.arm_silence(*this, stopping_ ? reactor_.admissions().limits().lingering : hang_up_time);
}

// --- Output

void SshConnection::write(std::string_view bytes, BatchNumber needs) {
    if (over() || closing_ || hanging_up_) return;
    output_.append(bytes, needs);
    touched_ = true;
    output_.fills_a_send() ? reactor_.flush_later(*this) : reactor_.flush_soon(*this);
}

void SshConnection::write_error(std::string_view bytes, BatchNumber needs) {
    if (over() || closing_ || hanging_up_) return;
    errors_.append(bytes, needs);
    touched_ = true;
    reactor_.flush_later(*this);
}

bool SshConnection::flush(BatchNumber durable) {
    if (welcome_owed_ && durable >= welcome_needs_) let_in();
    output_.release(durable);
    errors_.release(durable);
    pump();
    if (over()) return true;
    if (output_.is_left_behind() || errors_.is_left_behind()) {
        end("too slow a reader");
        return true;
    }
    if (paused_ && !over_high_water()) {
        paused_ = false;
        reactor_.run_later(*this);
    }
    return output_.held_bytes() == 0 && errors_.held_bytes() == 0 && !welcome_owed_;
}

void SshConnection::pump() {
    if (over() || phase_ != Phase::open || hanging_up_) return;
    const std::size_t sent = link_->write(output_.sendable());
    output_.sent(sent);
    const std::size_t told = link_->write(errors_.sendable(), SshLink::Stream::errors);
    errors_.sent(told);
    if (closing_ && sent + told > 0) reactor_.heard_from(*this);  // It is slow, not gone.
    // Writing may have brought news; they are taken outside of the flush.
    if (link_->has_news() && !input_held_) reactor_.ready_set().recall(*watched_);
    if (!output_.reached() || !errors_.empty() || protocol_ == nullptr) return;
    if (!link_->close_channel(protocol_->exit_status())) return;  // Once there is room: became_ready().
    output_.pass_barrier();
    hanging_up_ = true;
    reactor_.run_later(*this);
}

void SshConnection::close_after_output(std::string_view reason) {
    if (over() || closing_) return;
    if (protocol_ != nullptr) write(protocol_->last_bytes(), 0);
    closing_ = true;
    end_reason_ = reason;
    output_.append(HeldOutput::Barrier::close);
    reactor_.arm_silence(*this, reactor_.admissions().limits().closing);
    reactor_.flush_later(*this);
}

void SshConnection::keep_alive() {
    if (over()) return;
    const bool silent = link_->bytes_received() == std::exchange(bytes_at_beat_, link_->bytes_received());
    silent_beats_ = silent ? silent_beats_ + 1 : 0;
    if (silent_beats_ > most_silent_beats) return end("no sign of life");
    link_->keep_alive();
}

void SshConnection::set_idle_limit(std::uint32_t seconds) {
    idle_limit_ = std::chrono::seconds{seconds};
    if (phase_ == Phase::open && !closing_ && !hanging_up_) reactor_.arm_silence(*this, idle_limit_);
}

}  // namespace gyre::net
