#pragma once

#include "engine/reactor/compression.hpp"
#include "engine/reactor/held_output.hpp"
#include "engine/reactor/proxy_codec.hpp"
#include "engine/reactor/reactor.hpp"
#include "engine/reactor/ready_set.hpp"
#include "engine/reactor/tls_session.hpp"
#include "engine/reactor/transport.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gyre::reactor {

/// What all connections of one listener have in common.
struct Door {
    /// Called when the peer is known and, with TLS from the start, has completed its handshake.
    std::function<std::unique_ptr<Protocol>(const Peer&)> make_protocol;
    enum class Tls : std::uint8_t { none, from_start, on_request };
    Tls tls_use = Tls::none;
    std::shared_ptr<const TlsContext> tls;  ///< Unless tls_use is none.
    bool proxy = false;                     ///< A PROXY header comes first, and is believed.
    bool allow_plaintext = false;           ///< Passwords may come unencrypted from anywhere.
    /// If set, called for each socket in place of making a Connection: for protocols that speak to it
    /// themselves. Takes over the descriptor, non-blocking and already counted by Admissions::enter().
    std::function<void(Reactor&, const std::shared_ptr<const Door>&, int descriptor, Peer)> take_socket;
    std::string busy_words;  ///< Told to a peer that is one too many; with its line end. May be empty.
};

/// One stream socket, TCP or Unix, and what is between it and its Protocol: a PROXY header, TLS, the held
/// output. An idle one takes about 1.2 KiB of heap without TLS.
class Connection final : public Participant, public Transport, public Watcher, private TimerWheel::Entry {
  public:
    /// Takes over `descriptor`, non-blocking and already counted by Admissions::enter().
    Connection(Reactor& reactor, std::shared_ptr<const Door> door, int descriptor, Peer peer);
    ~Connection() override;

    /// To be called once, when a shared_ptr holds it.
    void start();

    // Transport
    using Transport::write;
    void write(std::string_view bytes, BatchNumber needs) override;
    void start_tls() override;
    [[nodiscard]] bool starttls_possible() const override {
        return tls_ == nullptr && !starting_tls_ && door_->tls_use == Door::Tls::on_request;
    }
    void start_compression() override { put_barrier(OutputQueue::Barrier::start_compress2); }
    void end_compression() override { put_barrier(OutputQueue::Barrier::end_compress2); }
    [[nodiscard]] bool compression_possible() const override {
        return tls_ == nullptr && !starting_tls_ && !peer_.encrypted;
    }
    void lose_connection() override { close_after_output("closed by the server"); }
    void abort_connection(std::string_view reason) override { end(reason); }
    void wake() override { reactor_.run_later(*this); }
    void set_idle_limit(std::uint32_t seconds) override;
    [[nodiscard]] const Peer& peer() const override { return peer_; }

    // Participant
    void run_quantum() override;
    void settle() override;
    [[nodiscard]] bool flush(BatchNumber durable) override;
    void conclude() override;
    void stop(Protocol::Ending ending) override;

  private:
    enum class Phase : std::uint8_t {
        proxy_header,
        handshake,  ///< Of TLS; the protocol exists already if it asked for it.
        open,
        ended,      ///< Nothing more is sent or heard; conclude() comes.
        lingering,  ///< Our side is closed; what still comes is thrown away until the peer closes.
        closed,
    };

    void begin();
    void begin_handshake();
    void open_protocol();

    void became_ready(Readiness readiness) override;
    void wait_readable();
    void read_available();
    /// recv(2) into the shared buffer, which also finds out whether more is there.
    ssize_t receive();
    void take_input(std::string_view bytes);
    void take_proxy_header(std::string_view& bytes);
    void decrypt(std::string_view bytes);
    void handshake_done();
    void input_ended();
    void throw_away_input();
    [[nodiscard]] bool may_handle() const {
        return phase_ == Phase::open && !closing_ && !starting_tls_ && protocol_ != nullptr;
    }
    /// What to do after a quantum that left nothing to handle.
    void await_input();

    void pump();
    [[nodiscard]] bool send_output();
    [[nodiscard]] bool send_plain();
    [[nodiscard]] bool send_encrypted();
    void encrypt_output();
    [[nodiscard]] bool send_compressed();
    void compress_output();
    /// Sends the end of what is encrypted or compressed, as far as the socket takes it now.
    template <class Filter>
    [[nodiscard]] bool send_pending(Filter& filter);
    void put_barrier(OutputQueue::Barrier barrier);
    /// How much of it the socket took; less than all: it takes no more now, or the connection has ended.
    std::size_t send_bytes(std::string_view bytes);
    void pass_barrier(OutputQueue::Barrier barrier);

    void close_after_output(std::string_view reason);
    void end(std::string_view reason);
    void close_orderly();
    void close_socket();
    void timed_out() override;
    [[nodiscard]] bool over() const { return phase_ >= Phase::ended; }
    std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }

    Reactor& reactor_;
    const std::shared_ptr<const Door> door_;
    int descriptor_;
    std::optional<ReadySet::Key> watched_;
    std::unique_ptr<Protocol> protocol_;
    std::unique_ptr<TlsSession> tls_;
    std::unique_ptr<Deflater> deflater_;  ///< While output is compressed.
    std::unique_ptr<ProxyCodec> proxy_;   ///< Only while its header is read.
    HeldOutput output_;
    Peer peer_;
    std::string end_reason_;
    std::chrono::seconds idle_limit_;
    Phase phase_ = Phase::open;
    bool in_network_ = false;     ///< Counted by Admissions::enter_network().
    bool readable_ = false;       ///< There may be more to read than was read.
    bool half_closed_ = false;    ///< The peer has closed its side, which reading finds sooner or later.
    bool reading_ = false;        ///< It is waited for input.
    bool writing_ = false;        ///< It is waited for room in the socket.
    bool paused_ = false;         ///< Over the high-water mark: input is not read.
    bool touched_ = false;        ///< The protocol was active since its last about_to_flush().
    bool closing_ = false;        ///< A close barrier is queued.
    bool starting_tls_ = false;   ///< From start_tls() to the barrier.
    bool peer_finished_ = false;  ///< The peer has closed its side.
    bool orderly_ = false;        ///< Ended by the close barrier.
};

}  // namespace gyre::reactor
