#include "clients/terminal/tls_client.hpp"

// For programs that are built without OpenSSL: nobody makes a TlsClient there.

namespace gyre::play {

struct TlsClient::Handles {};

bool TlsClient::available() { return false; }
TlsClient::TlsClient(const std::string& host, Trust trust)
    : host_(host), trust_(trust), state_(State::failed) {}
TlsClient::~TlsClient() = default;
void TlsClient::receive(std::string_view /*encrypted*/, std::string& /*plain*/) {}
void TlsClient::write(std::string_view /*plain*/) {}
std::string TlsClient::take_output() { return {}; }

}  // namespace gyre::play
