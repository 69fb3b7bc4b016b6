#include "engine/reactor/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace gyre::reactor {

namespace {

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<SSL_CTX, FreeContext>;

/// Forward secrecy and authenticated encryption only (RFC 9325 §4.2); TLS 1.3 has nothing else.
constexpr const char* ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

bool name_fits(std::string_view pattern, std::string_view host) {
    const auto same = [](std::string_view left, std::string_view right) {
        return left.size() == right.size() &&
               OPENSSL_strncasecmp(left.data(), right.data(), left.size()) == 0;
    };
    if (!pattern.starts_with("*.")) return same(pattern, host);
    // A wildcard stands for exactly one label (RFC 6125 §6.4.3).
    const std::size_t dot = host.find('.');
    return dot != 0 && dot != std::string_view::npos && same(pattern.substr(1), host.substr(dot));
}

}  // namespace

class TlsContext::Certificates {
  public:
    struct Named {
        std::vector<std::string> names;
        ContextPointer context;
    };
    [[nodiscard]] SSL_CTX* find(std::string_view host) const {
        for (const Named& candidate : all) {
            for (const std::string& name : candidate.names) {
                if (name_fits(name, host)) return candidate.context.get();
            }
        }
        return all.front().context.get();
    }

    std::vector<Named> all;
    std::string protocols;
};

namespace {

// Called by OpenSSL. The Certificates they are given outlive the handshake: TlsSession shares them.

int choose_certificate(SSL* session, int* /*alert*/, void* argument) {
    const auto* certificates = static_cast<const TlsContext::Certificates*>(argument);
    const char* host = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
    if (host != nullptr) SSL_set_SSL_CTX(session, certificates->find(host));
    return SSL_TLSEXT_ERR_OK;
}

// NOLINTNEXTLINE(readability-function-size): OpenSSL's parameters.
int choose_protocol(SSL* /*session*/, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void* argument) {
    const auto& ours = static_cast<const TlsContext::Certificates*>(argument)->protocols;
    unsigned char* found = nullptr;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
    const auto* wanted = reinterpret_cast<const unsigned char*>(ours.data());
    const int outcome = SSL_select_next_proto(&found, size, wanted, static_cast<unsigned>(ours.size()),
                                              offered, offered_size);
    if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

Status check_readable(const std::string& what, const std::string& path) {
    if (access(path.c_str(), R_OK) == 0) return done();
    const int reason = errno;
    std::string text = std::generic_category().message(reason);
    if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return Error{reason == ENOENT ? Errc::not_found : Errc::io, fmt::format("{} {}: {}", what, path, text)};
}

Error unusable(std::string_view what, const std::string& path) {
    return Error{Errc::bad_input, fmt::format("{} {}: {}", what, path, take_tls_errors())};
}

Status load_files(SSL_CTX* context, const CertificateFiles& files) {
    if (Status readable = check_readable("certificate", files.certificate); !readable) return readable;
    if (Status readable = check_readable("key", files.key); !readable) return readable;
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
        return unusable("certificate", files.certificate);
    }
    // Nobody is there to ask for the password of a key, and asking would stop the whole server.
    SSL_CTX_set_default_passwd_cb(context, [](char*, int, int, void*) { return -1; });
    if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return unusable("key", files.key);
    }
    return done();
}

void configure(SSL_CTX* context, TlsContext::Certificates& certificates) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, ciphers);
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Sessions are resumed by tickets, which the client keeps; a cache here would only grow.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    // The macro for this uses an old cast.
    SSL_CTX_callback_ctrl(context, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB,
                          reinterpret_cast<void (*)()>(choose_certificate));  // NOLINT: the way of its API.
    SSL_CTX_set_tlsext_servername_arg(context, &certificates);
    if (!certificates.protocols.empty()) SSL_CTX_set_alpn_select_cb(context, choose_protocol, &certificates);
}

Result<std::shared_ptr<const TlsContext::Certificates>> load_all(const std::vector<CertificateFiles>& files,
                                                                 const std::string& protocols) {
    ERR_clear_error();
    auto certificates = std::make_shared<TlsContext::Certificates>();
    certificates->protocols = protocols;
    for (const CertificateFiles& one : files) {
        ContextPointer context(SSL_CTX_new(TLS_server_method()));
        if (context == nullptr) return Error{Errc::io, take_tls_errors()};
        configure(context.get(), *certificates);
        if (const Status loaded = load_files(context.get(), one); !loaded) return loaded.error();
        certificates->all.push_back({one.names, std::move(context)});
    }
    return std::shared_ptr<const TlsContext::Certificates>(std::move(certificates));
}

std::string wire_format(const std::vector<std::string>& protocols) {
    std::string wire;
    for (const std::string& protocol : protocols) {
        wire += static_cast<char>(protocol.size());
        wire += protocol;
    }
    return wire;
}

}  // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::load(std::vector<CertificateFiles> files,
                                                     const std::vector<std::string>& protocols) {
    std::shared_ptr<TlsContext> context(new TlsContext(std::move(files), wire_format(protocols)));
    if (const Status loaded = context->reload(); !loaded) return loaded.error();
    return context;
}

Status TlsContext::reload(std::vector<CertificateFiles> files) {
    std::swap(files_, files);
    Status loaded = reload();
    if (!loaded) std::swap(files_, files);
    return loaded;
}

Status TlsContext::reload() {
    auto loaded = load_all(files_, protocols_);
    if (!loaded) return loaded.error();
    certificates_ = std::move(loaded).value();
    return done();
}

ssl_ctx_st* TlsContext::first_of(const Certificates& certificates) {
    return certificates.all.front().context.get();
}

std::string take_tls_errors() {
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        if (!text.empty()) text += ", ";
        text += reason != nullptr ? reason : fmt::format("error {:x}", code);
    }
    return text.empty() ? "unknown TLS error" : text;
}

}  // namespace gyre::reactor
