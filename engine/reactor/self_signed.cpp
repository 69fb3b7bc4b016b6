#include "engine/reactor/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace gyre::reactor {

namespace {

struct FreeOpenSsl {
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, FreeOpenSsl>;

constexpr long valid_for = 10L * 365 * 24 * 3600;  ///< Seconds.

Owned<EVP_PKEY> generate_key() {
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    const bool made = context != nullptr && EVP_PKEY_keygen_init(context.get()) == 1 &&
                      EVP_PKEY_CTX_set_group_name(context.get(), "P-256") == 1 &&
                      EVP_PKEY_generate(context.get(), &key) == 1;
    return Owned<EVP_PKEY>(made ? key : nullptr);
}

bool set_serial(X509* certificate) {
    std::uint64_t number = 0;
    unsigned char bytes[sizeof number];  // NOLINT(modernize-avoid-c-arrays): for OpenSSL.
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    for (const unsigned char byte : bytes) number = number << 8U | byte;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1U) == 1;
}

bool set_names(X509* certificate, const std::string& host) {
    X509_NAME* name = X509_get_subject_name(certificate);
    const auto* bytes = reinterpret_cast<const unsigned char*>(host.c_str());  // NOLINT: for OpenSSL.
    if (X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, bytes, -1, -1, 0) != 1) return false;
    if (X509_set_issuer_name(certificate, name) != 1) return false;
    const Owned<X509_EXTENSION> alternative(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + host).c_str()));
    return alternative != nullptr && X509_add_ext(certificate, alternative.get(), -1) == 1;
}

Owned<X509> sign_certificate(const std::string& host, EVP_PKEY* key) {
    Owned<X509> certificate(X509_new());
    if (certificate == nullptr) return nullptr;
    const bool made = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                      set_serial(certificate.get()) &&
                      X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0) != nullptr &&
                      X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_for) != nullptr &&
                      X509_set_pubkey(certificate.get(), key) == 1 && set_names(certificate.get(), host) &&
                      X509_sign(certificate.get(), key, EVP_sha256()) > 0;
    return made ? std::move(certificate) : nullptr;
}

template <class Write>
std::string to_pem(Write&& write) {
    const Owned<BIO> memory(BIO_new(BIO_s_mem()));
    if (memory == nullptr || write(memory.get()) != 1) return {};
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

Status write_new_file(const std::string& path, std::string_view content, mode_t mode) {
    const auto failed = [&path] {
        return Error{Errc::io,
                     fmt::format("cannot write {}: {}", path, std::generic_category().message(errno))};
    };
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (file < 0) return failed();
    const ssize_t written = write(file, content.data(), content.size());
    const bool complete = written == static_cast<ssize_t>(content.size()) && fsync(file) == 0;
    if (close(file) != 0 || !complete) return failed();
    return done();
}

}  // namespace

Result<SelfSigned> make_self_signed(const std::string& host_name) {
    ERR_clear_error();
    const Owned<EVP_PKEY> key = generate_key();
    const Owned<X509> certificate = key != nullptr ? sign_certificate(host_name, key.get()) : nullptr;
    if (certificate == nullptr) return Error{Errc::io, "cannot make a certificate: " + take_tls_errors()};
    SelfSigned made;
    made.certificate = to_pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); });
    made.key = to_pem([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    if (made.certificate.empty() || made.key.empty()) {
        return Error{Errc::io, "cannot encode a certificate: " + take_tls_errors()};
    }
    return made;
}

Status write_self_signed(const std::string& host_name, const CertificateFiles& files) {
    const auto made = make_self_signed(host_name);
    if (!made) return made.error();
    if (Status key = write_new_file(files.key, made.value().key, 0600); !key) return key;
    return write_new_file(files.certificate, made.value().certificate, 0644);
}

}  // namespace gyre::reactor
