#include "net/ssh/ssh_link.hpp"
#include "net/ssh/ssh_names.hpp"

#include <cstring>
#include <new>
#include <utility>

// Until somebody is let in. There are no server callbacks yet: messages can be taken, held and answered
// later.

namespace gyre::net {
namespace {

constexpr int offered_methods =
    SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_PUBLICKEY | SSH_AUTH_METHOD_INTERACTIVE;
/// Bytes: nothing smaller is an offer of a key with a name and an algorithm (RFC 4252 section 7).
constexpr std::uint64_t least_key_offer = 50;
/// RFC 4253 section 9: a gigabyte; libssh counts both directions.
constexpr std::uint64_t rekey_after_bytes = 1ULL << 30;

}  // namespace

SshLink::SshLink() : session_(ssh_new()) {
    if (session_ == nullptr) throw std::bad_alloc();
}

SshLink::~SshLink() {
    for (ssh_message message : {message_, first_none_})
        if (message != nullptr) ssh_message_free(message);
    if (event_ != nullptr) {
        ssh_event_remove_session(event_, session_);
        ssh_event_free(event_);
    }
    ssh_free(session_);
}

bool SshLink::accept(const SshBind& bind, int descriptor) {
    ssh_set_blocking(session_, 0);
    // There is no option of the whole server for this, and "no" would still offer zlib@openssh.com.
    for (const auto option : {SSH_OPTIONS_COMPRESSION_C_S, SSH_OPTIONS_COMPRESSION_S_C})
        ssh_options_set(session_, option, "none");
    std::uint64_t rekey = rekey_after_bytes;
    ssh_options_set(session_, SSH_OPTIONS_REKEY_DATA, &rekey);
    ssh_set_counters(session_, &socket_counter_, &packet_counter_);
    if (ssh_bind_accept_fd(bind.get(), session_, descriptor) != SSH_OK) return false;
    ssh_set_auth_methods(session_, offered_methods);
    return true;
}

SshLink::Progress SshLink::advance(SshProof& proof) {
    if (is_clogged()) return Progress::waiting;
    if (!keys_exchanged_) {
        const int status = ssh_handle_key_exchange(session_);
        if (status == SSH_ERROR || bytes_received() > max_bytes_before_login) return Progress::over;
        if (status != SSH_OK) return Progress::waiting;
        keys_exchanged_ = true;
    }
    const std::uint64_t came = packet_counter_.in_bytes;
    const std::uint64_t went = packet_counter_.out_packets;
    if (next_proof(proof)) {
        lost_offer_ = questioned_ = false;
        return Progress::asked;
    }
    const bool swallowed =
        packet_counter_.in_bytes >= came + least_key_offer && packet_counter_.out_packets == went;
    lost_offer_ = lost_offer_ || (swallowed && first_none_ != nullptr && !questioned_);
    const bool over = (ssh_get_status(session_) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0 ||
                      ssh_is_connected(session_) == 0 || other_messages_ > max_other_messages ||
                      bytes_received() > max_bytes_before_login;
    return over ? Progress::over : Progress::waiting;
}

bool SshLink::deny_lost_offer() {
    if (!std::exchange(lost_offer_, false)) return false;
    ssh_message_reply_default(first_none_);
    ++other_messages_;
    return true;
}

bool SshLink::next_proof(SshProof& proof) {
    while (other_messages_ <= max_other_messages) {
        ssh_message message = ssh_message_get(session_);
        if (message == nullptr) return false;
        if (ssh_message_type(message) == SSH_REQUEST_AUTH && read_proof(message, proof)) {
            message_ = message;
            return true;
        }
        ++other_messages_;
        // It is right for the service "ssh-userauth", and refuses all else.
        ssh_message_reply_default(message);
        ssh_message_free(message);
    }
    return false;
}

bool SshLink::read_proof(ssh_message message, SshProof& proof) {
    proof = {};
    if (const char* name = ssh_message_auth_user(message); name != nullptr && *name != '\0') {
        name_.assign(name, strnlen(name, max_name + 1));
    }
    proof.name = name_;
    switch (ssh_message_subtype(message)) {
        case SSH_AUTH_METHOD_NONE:
            proof.method = SshProof::Method::none;
            return true;
        case SSH_AUTH_METHOD_PASSWORD: {
            proof.method = SshProof::Method::password;
            const char* password = ssh_message_auth_password(message);
            if (password != nullptr) proof.password = password;
            return true;
        }
        case SSH_AUTH_METHOD_INTERACTIVE: {
            const bool answers = ssh_message_auth_kbdint_is_response(message) != 0;
            proof.method = answers ? SshProof::Method::answers : SshProof::Method::interactive;
            const int count = answers ? ssh_userauth_kbdint_getnanswers(session_) : 0;
            for (int index = 0; index < count; ++index) {
                const char* answer = ssh_userauth_kbdint_getanswer(session_, static_cast<unsigned>(index));
                proof.answers.emplace_back(answer == nullptr ? "" : answer);
            }
            return true;
        }
        case SSH_AUTH_METHOD_PUBLICKEY: {
            const auto state = ssh_message_auth_publickey_state(message);
            if (state != SSH_PUBLICKEY_STATE_NONE && state != SSH_PUBLICKEY_STATE_VALID) return false;
            proof.method =
                state == SSH_PUBLICKEY_STATE_VALID ? SshProof::Method::key : SshProof::Method::key_offer;
            ssh_key key = ssh_message_auth_pubkey(message);
            proof.key = ssh_key_line(key);
            proof.fingerprint = ssh_fingerprint(key);
            return true;
        }
        default:
            return false;
    }
}

void SshLink::deny() {
    ssh_message_reply_default(message_);
    const bool is_none = ssh_message_subtype(message_) == SSH_AUTH_METHOD_NONE;
    if (is_none && first_none_ == nullptr) {
        first_none_ = std::exchange(message_, nullptr);
    } else {
        drop_message();
    }
}

void SshLink::welcome() {
    ssh_message_auth_reply_success(message_, 0);
    drop_message();
    let_in();
}

void SshLink::key_would_do() {
    ssh_message_auth_reply_pk_ok_simple(message_);
    drop_message();
}

void SshLink::ask(const std::string& words, const std::vector<std::string>& questions) {
    std::vector<const char*> texts;
    texts.reserve(questions.size());
    for (const std::string& question : questions) texts.push_back(question.c_str());
    std::vector<char> echo(questions.size() + 1, 0);
    ssh_message_auth_interactive_request(message_, "", words.c_str(), static_cast<unsigned>(questions.size()),
                                         texts.data(), echo.data());
    questioned_ = true;
    drop_message();
}

void SshLink::drop_message() { ssh_message_free(std::exchange(message_, nullptr)); }

}  // namespace gyre::net
