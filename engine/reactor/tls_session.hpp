#pragma once

#include "engine/reactor/tls_context.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct bio_st;
struct ssl_st;

namespace gyre::reactor {

/// The server's side of one TLS connection as a filter: what came from the socket goes in, plain bytes come
/// out, and the other way round. Sans-I/O. Keeps no buffer while nothing is under way.
class TlsSession {
  public:
    enum class State : std::uint8_t { handshaking, open, closed_by_peer, failed };

    explicit TlsSession(std::shared_ptr<const TlsContext::Certificates> certificates);
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    /// Bytes from the socket; they must stay until read() has returned 0.
    void receive(std::string_view encrypted) { input_ = encrypted; }
    /// Goes on with the handshake or decrypts into `buffer`. 0: all that was received is used up, or the
    /// state has changed for good.
    [[nodiscard]] std::size_t read(std::span<char> buffer);
    /// Encrypts the beginning of `plain`, at most one record, and returns how much that was. Precondition:
    /// open, or closed by the peer, who may still be reading.
    [[nodiscard]] std::size_t write(std::string_view plain);
    /// Says that no more will be written (close_notify).
    void say_goodbye();

    /// What must go to the socket, handshake and alerts included.
    [[nodiscard]] std::string_view pending() const { return std::string_view(output_).substr(sent_); }
    void sent(std::size_t count);

    [[nodiscard]] State state() const { return state_; }
    /// Precondition: failed. For the log.
    [[nodiscard]] const std::string& error() const { return error_; }
    /// The protocol chosen by ALPN; empty: none.
    [[nodiscard]] std::string_view chosen_protocol() const;

  private:
    class Pipe;  ///< The BIO through which OpenSSL reads input_ and writes output_.

    /// Whether OpenSSL only wants more input; else the state becomes final.
    bool wants_input(int outcome);

    std::shared_ptr<const TlsContext::Certificates> certificates_;
    ssl_st* session_ = nullptr;
    std::string_view input_;
    std::string output_;
    std::size_t sent_ = 0;
    std::string error_;
    State state_ = State::handshaking;
};

}  // namespace gyre::reactor
