#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gyre::play {

/// The client's side of one TLS connection (1.2 or 1.3) as a filter: what came from the socket goes in, plain
/// bytes come out, and the other way round. Without I/O.
class TlsClient {
  public:
    enum class State : std::uint8_t { handshaking, open, closed_by_server, failed };
    /// Whose certificate is good enough.
    enum class Trust : std::uint8_t {
        verified,  ///< One for this host, signed by an authority that the system trusts.
        anybody,   ///< Any; nobody knows who is at the other end.
    };

    /// Whether this program was built with it.
    [[nodiscard]] static bool available();
    /// `host`: what is asked for by SNI, and whom the certificate must name. Precondition: available().
    TlsClient(const std::string& host, Trust trust);
    ~TlsClient();
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    /// Takes bytes from the socket, goes on with the handshake, and appends plain bytes to `plain`.
    void receive(std::string_view encrypted, std::string& plain);
    /// Precondition: open.
    void write(std::string_view plain);
    /// What must go to the socket, handshake included.
    [[nodiscard]] std::string take_output();

    [[nodiscard]] State state() const { return state_; }
    /// Precondition: failed. Why, as a clause.
    [[nodiscard]] const std::string& error() const { return error_; }
    /// SHA-256 of the server's certificate, "AB:CD:...", once the handshake is done.
    [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
    /// What is wrong with the certificate; empty: nothing. Told for Trust::anybody.
    [[nodiscard]] const std::string& doubt() const { return doubt_; }

  private:
    struct Handles;
    void shake_hands();
    void judge_certificate();
    void fail(std::string error);

    std::unique_ptr<Handles> handles_;
    std::string host_;
    std::string error_;
    std::string fingerprint_;
    std::string doubt_;
    Trust trust_;
    State state_ = State::handshaking;
};

}  // namespace gyre::play
