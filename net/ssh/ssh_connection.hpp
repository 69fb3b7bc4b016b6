#pragma once

#include "engine/reactor/connection.hpp"
#include "net/ssh/ssh_door.hpp"
#include "net/ssh/ssh_login.hpp"
#include "net/ssh/ssh_protocol.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gyre::net {

/// One SSH connection in the reactor's turns: key exchange, login, then one session channel at a time, whose
/// protocol sees it as its transport. What is said on the channel is held, bounded and closed as on any other
/// connection (reactor::Connection); only the bytes on the wire are libssh's.
class SshConnection final : public reactor::Participant,
                            public SshChannel,
                            public reactor::Watcher,
                            private reactor::TimerWheel::Entry {
  public:
    /// How long a client may take to hang up once its channel is closed: who closes first resets what is
    /// under way.
    static constexpr std::chrono::seconds hang_up_time{3};
    /// Beats (Sessions::beat_seconds) without a packet until a client counts as gone.
    static constexpr unsigned most_silent_beats = 3;
    /// Until an offer of a key that libssh cannot read is answered: longer than a client's packets are apart.
    static constexpr std::chrono::milliseconds lost_offer_time{300};
    /// Reads of 4 KiB, or proofs, of somebody who comes in, before others have their turn.
    static constexpr int most_login_steps = 16;

    /// Takes over `descriptor`, non-blocking and already counted by Admissions::enter().
    SshConnection(Context& context, reactor::Reactor& reactor, std::shared_ptr<const reactor::Door> door,
                  int descriptor, reactor::Peer peer);
    ~SshConnection() override;

    /// To be called once, when a shared_ptr holds it.
    void start();

    // Transport of the channel
    using Transport::write;
    void write(std::string_view bytes, BatchNumber needs) override;
    void write_error(std::string_view bytes, BatchNumber needs) override;
    void start_tls() override {}
    void lose_connection() override { close_after_output("closed by the server"); }
    void abort_connection(std::string_view reason) override { end(reason); }
    void wake() override { reactor_.run_later(*this); }
    void set_idle_limit(std::uint32_t seconds) override;
    [[nodiscard]] const reactor::Peer& peer() const override { return peer_; }
    void keep_alive() override;
    [[nodiscard]] const SshTerminalFacts& terminal() const override { return link_->terminal(); }

    // Participant
    void run_quantum() override;
    void settle() override;
    [[nodiscard]] bool flush(BatchNumber durable) override;
    void conclude() override;
    void stop(reactor::Protocol::Ending ending) override;

  private:
    enum class Phase : std::uint8_t {
        proxy_header,
        login,
        open,  ///< Somebody is in; there is a channel or there will be one.
        ended,
        closed,
    };

    void became_ready(reactor::Readiness readiness) override;
    void timed_out() override;

    void begin();
    void take_proxy_header();
    void advance_login();
    void act(SshLogin::Next next, BatchNumber needs = 0);
    void await_more();
    void note(std::string_view what);
    void note_broken();
    void await_answer();
    void answered(SshLogin::Next next, BatchNumber needs);
    void check_password();
    void create_account();
    void check_key();
    void create_by_key();
    void let_in();
    void no_longer_before_login();
    void no_longer_stranger();
    void make_room();

    void read_channel();
    void take_news();
    void begin_channel(const std::string& command);
    void end_channel(std::string_view reason);
    [[nodiscard]] bool may_handle() const {
        return phase_ == Phase::open && !closing_ && protocol_ != nullptr;
    }

    void pump();
    [[nodiscard]] bool over_high_water() const {
        return output_.over_high_water() || errors_.over_high_water();
    }
    void close_after_output(std::string_view reason);
    void end(std::string_view reason);
    void close_sockets();
    [[nodiscard]] bool over() const { return phase_ >= Phase::ended; }
    [[nodiscard]] world::Caller caller() const;
    std::shared_ptr<SshConnection> self() {
        return std::static_pointer_cast<SshConnection>(shared_from_this());
    }
    /// `action`, to be called later, if the connection still is there then.
    template <class Action>
    [[nodiscard]] auto if_open(Action action) {
        return [weak = std::weak_ptr<SshConnection>(self()), action](auto&&... answer) {
            const auto strong = weak.lock();
            if (strong != nullptr && !strong->over()) action(std::forward<decltype(answer)>(answer)...);
        };
    }

    Context& context_;
    reactor::Reactor& reactor_;
    const std::shared_ptr<const reactor::Door> door_;
    const std::shared_ptr<SshDoor> shared_;
    int descriptor_;               ///< libssh's from begin() on, which closes it when it likes; -1 then.
    int watched_descriptor_ = -1;  ///< Ours, of the same socket.
    std::optional<reactor::ReadySet::Key> watched_;
    std::unique_ptr<reactor::ProxyCodec> proxy_;
    std::unique_ptr<SshLink> link_;
    std::unique_ptr<SshLogin> login_;
    std::unique_ptr<SshProtocol> protocol_;
    reactor::HeldOutput output_;
    reactor::HeldOutput errors_;  ///< For the client's standard error.
    reactor::Peer peer_;
    std::string end_reason_;
    ObjectId player_ = ObjectId::nothing;
    BatchNumber welcome_needs_ = 0;  ///< The account was made in it: nobody is let in before it is durable.
    std::chrono::seconds idle_limit_;
    std::uint64_t bytes_at_beat_ = 0;
    unsigned silent_beats_ = 0;
    Phase phase_ = Phase::login;
    bool in_network_ = false;
    std::optional<std::list<SshConnection*>::iterator> stranger_;  ///< Of SshDoor::strangers.
    bool before_login_ = false;                                    ///< Counted in SshDoor::before_login.
    bool answer_awaited_ = false;                                  ///< A proof is being checked.
    bool more_awaited_ = false;
    bool noted_ = false;  ///< In the log.
    bool welcome_owed_ = false;
    bool handling_ = false;    ///< The protocol has not acted on all that it was given.
    bool input_held_ = false;  ///< News wait until the protocol can take them.
    bool paused_ = false;      ///< Over the high-water mark: nothing is handled.
    bool touched_ = false;     ///< The protocol was active since its last about_to_flush().
    bool closing_ = false;     ///< A close barrier is queued.
    bool hanging_up_ = false;  ///< The channel is closed; the client is to close the connection.
    bool stopping_ = false;
};

}  // namespace gyre::net
