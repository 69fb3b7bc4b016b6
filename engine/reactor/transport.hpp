#pragma once

#include "engine/base/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::reactor {

/// The other end of a connection.
struct Peer {
    std::string address;             ///< Numeric IPv4 or IPv6; "unix" for a Unix socket.
    std::uint16_t port = 0;          ///< 0 for a Unix socket.
    std::string network;             ///< What limits count by: the IPv4 address or the IPv6 /64; "unix".
    bool local = false;              ///< Loopback or Unix socket.
    bool encrypted = false;          ///< TLS (or an encrypting proxy said so).
    bool plaintext_allowed = false;  ///< Passwords may come unencrypted: local, or the listener says so.
};

/// The write side of one connection, as a Protocol sees it. Requests are imperative and never call back into
/// the Protocol before they return. Everything written keeps its order, barriers included.
class Transport {
  public:
    virtual ~Transport() = default;
    /// Queue bytes that may leave once batch `needs` is durable (0: at once, but never before what was
    /// written earlier). Past the transport's output limit the connection is aborted.
    virtual void write(std::string_view bytes, BatchNumber needs) = 0;
    void write(std::string_view bytes) { write(bytes, 0); }
    /// Barrier: once all written before has left, the next byte in either direction is TLS. Input that was
    /// received behind the request and is not yet handled is dropped (RFC 3207 §4.2): the transport drops
    /// what it has and hands over nothing until peer().encrypted, the caller clears its codec. Does nothing
    /// where the listener has no certificate; offer it only where starttls_possible().
    virtual void start_tls() = 0;
    /// Whether start_tls() would do anything now.
    [[nodiscard]] virtual bool starttls_possible() const { return false; }
    /// Barrier: what is written behind it leaves as one zlib stream, flushed once a turn, until the end of
    /// compression or of the connection. Does nothing unless compression_possible().
    virtual void start_compression() {}
    /// Barrier: the stream ends, and what is written behind it leaves as it is.
    virtual void end_compression() {}
    /// Not inside TLS: the length of what is compressed and encrypted tells of secrets in it.
    [[nodiscard]] virtual bool compression_possible() const { return false; }
    /// Barrier: once all written before has left, close.
    virtual void lose_connection() = 0;
    /// Close now; what is queued is dropped. `reason` goes to the log and to connection_lost().
    virtual void abort_connection(std::string_view reason) = 0;
    /// Ask for handle_next() in this turn or the next, though no bytes arrived.
    virtual void wake() = 0;
    /// How long the peer may be silent before the connection is closed; 0 seconds: for ever.
    virtual void set_idle_limit(std::uint32_t seconds) = 0;
    [[nodiscard]] virtual const Peer& peer() const = 0;
};

/// The read side of one connection. Notifications are past-tense verbs. A Protocol owns neither its Transport
/// nor a socket, a thread or a clock.
class Protocol {
  public:
    virtual ~Protocol() = default;
    /// `transport` outlives every later call up to and including connection_lost().
    virtual void connection_made(Transport& transport) = 0;
    /// Decode only: any split is possible, down to one byte a call. What was decoded is kept for
    /// handle_next().
    virtual void bytes_received(std::string_view bytes) = 0;
    /// Act on the next decoded event; at most one call into the world. False when nothing is left to do, or
    /// when an answer must come first (then call Transport::wake()). Called up to 16 times or 1 ms a turn.
    virtual bool handle_next() = 0;
    /// Asked after handle_next() has returned false: whether that is because an answer must come first. Then
    /// nothing is read until wake(), and a peer that has closed its side is still answered.
    [[nodiscard]] virtual bool answer_pending() const { return false; }
    /// Once a turn, before output leaves: the place for a prompt.
    virtual void about_to_flush() {}
    /// Why the reactor closes a connection whose peer has done nothing wrong.
    enum class Ending : std::uint8_t {
        shutdown,        ///< The server stops.
        storage_failed,  ///< It stops because the disk refused; what is held will never be sent.
        silence,         ///< The peer has been silent for longer than its idle limit.
    };
    /// Say goodbye in this protocol's words (RFC 2812 ERROR, IMAP BYE, 421 ...); the reactor closes
    /// afterwards.
    virtual void say_goodbye(Ending ending) = 0;
    /// The last call, made exactly once.
    virtual void connection_lost(std::string_view reason) = 0;
};

}  // namespace gyre::reactor
