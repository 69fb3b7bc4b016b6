#pragma once

#include "engine/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;

namespace gyre::reactor {

/// A certificate chain and its key, in PEM files, and the names it is for.
struct CertificateFiles {
    std::string certificate;  ///< Path; the chain, the server's own certificate first.
    std::string key;          ///< Path; unencrypted.
    std::vector<std::string>
        names;  ///< Host names (SNI) that get it, `*.` in front allowed; none: what it is listed first for.
};

/// What a listener needs for TLS 1.2 and 1.3: certificates chosen by SNI (the first one when no name fits)
/// and the protocols offered by ALPN.
class TlsContext {
  public:
    /// Reads the files. Errc::not_found or bad_input names the file and what is wrong with it.
    /// `protocols`: for ALPN, best first; empty: ALPN is ignored. A client that offers only others is refused
    /// (RFC 7301 §3.2). Precondition: at least one certificate.
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> load(
        std::vector<CertificateFiles> files, const std::vector<std::string>& protocols = {});

    /// Reads the files again. Connections made earlier keep what they have; after an error everything stays.
    Status reload();
    /// The same with other files.
    Status reload(std::vector<CertificateFiles> files);

    /// Loaded certificates; shared, because a handshake may outlive a reload.
    class Certificates;
    [[nodiscard]] std::shared_ptr<const Certificates> certificates() const { return certificates_; }
    /// For SSL_new.
    [[nodiscard]] static ssl_ctx_st* first_of(const Certificates& certificates);

  private:
    TlsContext(std::vector<CertificateFiles> files, std::string protocols)
        : files_(std::move(files)), protocols_(std::move(protocols)) {}

    std::vector<CertificateFiles> files_;
    std::string protocols_;  ///< In the wire format of ALPN.
    std::shared_ptr<const Certificates> certificates_;
};

/// A key on P-256 and a certificate signed with itself, valid for ten years, for a world that has none.
struct SelfSigned {
    std::string certificate;  ///< PEM.
    std::string key;          ///< PEM, unencrypted.
};
[[nodiscard]] Result<SelfSigned> make_self_signed(const std::string& host_name);
/// Makes one and writes it to two new files, the key readable by its owner only. Errc::io names the file.
Status write_self_signed(const std::string& host_name, const CertificateFiles& files);

/// OpenSSL's reasons for the last failure, which are thereby forgotten.
[[nodiscard]] std::string take_tls_errors();

}  // namespace gyre::reactor
