#include "clients/terminal/tls_client.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <new>
#include <utility>

// OpenSSL checks the chain and the name during the handshake in any case. Letting the handshake pass and
// looking at the verdict before anything is sent gives us the certificate to show the fingerprint of.

namespace gyre::play {
namespace {

std::string reason() {
    std::array<char, 256> text{};
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0) return "the connection was broken off";
    ERR_error_string_n(code, text.data(), text.size());
    const std::string whole = text.data();
    return whole.substr(whole.rfind(':') + 1);
}

bool is_numeric_address(const std::string& host) {
    ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
    ASN1_OCTET_STRING_free(address);
    return address != nullptr;
}

}  // namespace

struct TlsClient::Handles {
    Handles() : context(SSL_CTX_new(TLS_client_method())), session(context ? SSL_new(context) : nullptr) {
        if (session == nullptr) throw std::bad_alloc();
        BIO* input = BIO_new(BIO_s_mem());
        BIO* output = BIO_new(BIO_s_mem());
        if (input == nullptr || output == nullptr) throw std::bad_alloc();
        BIO_set_mem_eof_return(input, -1);
        SSL_set_bio(session, input, output);
    }
    ~Handles() {
        SSL_free(session);
        SSL_CTX_free(context);
    }
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;

    SSL_CTX* context;
    SSL* session;
};

bool TlsClient::available() { return true; }

TlsClient::TlsClient(const std::string& host, Trust trust)
    : handles_(std::make_unique<Handles>()), host_(host), trust_(trust) {
    SSL* session = handles_->session;
    SSL_CTX_set_default_verify_paths(handles_->context);
    SSL_set_min_proto_version(session, TLS1_2_VERSION);
    SSL_set_verify(session, SSL_VERIFY_NONE, nullptr);
    if (is_numeric_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host.c_str());
    } else {
        SSL_set1_host(session, host.c_str());
        // SSL_set_tlsext_host_name() is a macro with a cast of C's.
        SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host_.data());
    }
    SSL_set_connect_state(session);
    shake_hands();
}

TlsClient::~TlsClient() = default;

void TlsClient::shake_hands() {
    ERR_clear_error();
    const int outcome = SSL_do_handshake(handles_->session);
    if (outcome == 1) {
        state_ = State::open;
        return judge_certificate();
    }
    if (SSL_get_error(handles_->session, outcome) != SSL_ERROR_WANT_READ)
        fail("the TLS handshake failed: " + reason());
}

void TlsClient::judge_certificate() {
    X509* certificate = SSL_get1_peer_certificate(handles_->session);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (certificate != nullptr) X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    for (unsigned index = 0; index < size; ++index)
        fmt::format_to(std::back_inserter(fingerprint_), "{}{:02X}", index == 0 ? "" : ":", digest[index]);
    const long verdict = SSL_get_verify_result(handles_->session);
    if (certificate == nullptr) doubt_ = "it has none";
    if (verdict != X509_V_OK) doubt_ = X509_verify_cert_error_string(verdict);
    X509_free(certificate);
    if (doubt_.empty() || trust_ == Trust::anybody) return;
    fail(
        fmt::format("the certificate of {} is not to be trusted: {}\nIts SHA-256 fingerprint is {}\n"
                    "If you know that it is the right one, go on with --insecure",
                    host_, doubt_, fingerprint_));
}

void TlsClient::receive(std::string_view encrypted, std::string& plain) {
    BIO_write(SSL_get_rbio(handles_->session), encrypted.data(), static_cast<int>(encrypted.size()));
    if (state_ == State::handshaking) shake_hands();
    std::array<char, 4096> piece{};
    while (state_ == State::open) {
        ERR_clear_error();
        const int got = SSL_read(handles_->session, piece.data(), static_cast<int>(piece.size()));
        if (got > 0) {
            plain.append(piece.data(), static_cast<std::size_t>(got));
            continue;
        }
        const int error = SSL_get_error(handles_->session, got);
        if (error == SSL_ERROR_WANT_READ) return;
        if (error == SSL_ERROR_ZERO_RETURN) {
            state_ = State::closed_by_server;
        } else {
            fail("TLS failed: " + reason());
        }
    }
}

void TlsClient::write(std::string_view plain) {
    if (plain.empty() || state_ != State::open) return;
    ERR_clear_error();
    if (SSL_write(handles_->session, plain.data(), static_cast<int>(plain.size())) <= 0)
        fail("TLS failed: " + reason());
}

std::string TlsClient::take_output() {
    std::string bytes;
    BIO* output = SSL_get_wbio(handles_->session);
    bytes.resize(BIO_ctrl_pending(output));
    if (!bytes.empty()) BIO_read(output, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

void TlsClient::fail(std::string error) {
    state_ = State::failed;
    error_ = std::move(error);
}

}  // namespace gyre::play
