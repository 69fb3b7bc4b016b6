#include "engine/reactor/tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

namespace gyre::reactor {

// A memory BIO of our own instead of OpenSSL's: input is read where it lies in the reactor's shared buffer,
// and an idle connection keeps no memory in either direction (BIO_s_mem keeps what it once grew to).
class TlsSession::Pipe {
  public:
    static BIO* make(TlsSession& session) {
        static BIO_METHOD* const method = make_method();
        BIO* bio = BIO_new(method);
        if (bio == nullptr) throw std::bad_alloc();
        BIO_set_data(bio, &session);
        BIO_set_init(bio, 1);
        return bio;
    }

  private:
    static BIO_METHOD* make_method() {
        BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "gyre");
        if (method == nullptr) throw std::bad_alloc();
        BIO_meth_set_read(method, read);
        BIO_meth_set_write(method, write);
        BIO_meth_set_ctrl(method, control);
        return method;
    }
    static int read(BIO* bio, char* buffer, int size) {
        std::string_view& input = static_cast<TlsSession*>(BIO_get_data(bio))->input_;
        BIO_clear_retry_flags(bio);
        if (input.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const std::size_t count = std::min(input.size(), static_cast<std::size_t>(size));
        std::memcpy(buffer, input.data(), count);
        input.remove_prefix(count);
        return static_cast<int>(count);
    }
    static int write(BIO* bio, const char* bytes, int size) {
        static_cast<TlsSession*>(BIO_get_data(bio))->output_.append(bytes, static_cast<std::size_t>(size));
        BIO_clear_retry_flags(bio);
        return size;
    }
    static long control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }
};

TlsSession::TlsSession(std::shared_ptr<const TlsContext::Certificates> certificates)
    : certificates_(std::move(certificates)), session_(SSL_new(TlsContext::first_of(*certificates_))) {
    if (session_ == nullptr) throw std::bad_alloc();
    BIO* pipe = Pipe::make(*this);
    SSL_set_bio(session_, pipe, pipe);
    SSL_set_accept_state(session_);
}

TlsSession::~TlsSession() { SSL_free(session_); }

std::size_t TlsSession::read(std::span<char> buffer) {
    if (state_ == State::failed || state_ == State::closed_by_peer) return 0;
    ERR_clear_error();
    if (state_ == State::handshaking) {
        const int outcome = SSL_do_handshake(session_);
        if (outcome != 1) return wants_input(outcome), 0;
        state_ = State::open;
    }
    std::size_t count = 0;
    const int outcome = SSL_read_ex(session_, buffer.data(), buffer.size(), &count);
    if (outcome == 1) return count;
    wants_input(outcome);
    return 0;
}

std::size_t TlsSession::write(std::string_view plain) {
    assert((state_ == State::open || state_ == State::closed_by_peer) && !plain.empty());
    ERR_clear_error();
    std::size_t count = 0;
    const int outcome = SSL_write_ex(session_, plain.data(), plain.size(), &count);
    if (outcome == 1) return count;
    wants_input(outcome);
    return 0;
}

void TlsSession::say_goodbye() {
    if (state_ != State::open && state_ != State::closed_by_peer) return;
    ERR_clear_error();
    SSL_shutdown(session_);
    ERR_clear_error();
}

void TlsSession::sent(std::size_t count) {
    sent_ += count;
    if (sent_ < output_.size()) return;
    std::string{}.swap(output_);
    sent_ = 0;
}

std::string_view TlsSession::chosen_protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(session_, &name, &size);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
    return {reinterpret_cast<const char*>(name), size};
}

bool TlsSession::wants_input(int outcome) {
    switch (SSL_get_error(session_, outcome)) {
        case SSL_ERROR_WANT_READ:
            return true;
        case SSL_ERROR_ZERO_RETURN:
            state_ = State::closed_by_peer;
            return false;
        default:
            state_ = State::failed;
            error_ = "TLS: " + take_tls_errors();
            return false;
    }
}

}  // namespace gyre::reactor
