#include "net/ssh/ssh_connection.hpp"

#include "engine/base/log.hpp"

#include <utility>

// How somebody is let in: libssh's messages to SshLogin, and what that says to the world's accounts. A
// message is answered when its hash is made; until then nothing more of this client is read.

namespace gyre::net {

void SshConnection::advance_login() {
    for (int step = 0; !over() && phase_ == Phase::login && !answer_awaited_ && !welcome_owed_; ++step) {
        if (step == most_login_steps) return reactor_.ready_set().recall(*watched_);
        const std::uint64_t before = link_->bytes_received();
        SshProof proof;
        const SshLink::Progress progress = link_->advance(proof);
        if (link_->exchanges_keys()) no_longer_stranger();
        switch (progress) {
            case SshLink::Progress::over:
                note_broken();
                return end("closed before login");
            case SshLink::Progress::asked:
                act(login_->proved(proof));
                continue;
            case SshLink::Progress::waiting:
                if (link_->may_have_lost_offer()) await_more();
                if (link_->bytes_received() == before) return;
        }
    }
}

/// What was dropped may have been an offer: if nothing follows it, its client waits.
void SshConnection::await_more() {
    if (std::exchange(more_awaited_, true)) return;
    reactor_.schedule(reactor_.clock().steady() + lost_offer_time, if_open([this] {
                          more_awaited_ = false;
                          if (phase_ != Phase::login || answer_awaited_ || welcome_owed_) return;
                          if (link_->deny_lost_offer()) note("a key or signature that is none");
                          advance_login();
                      }));
}

/// What a client did wrong, once for each connection; of those that nobody was let in on not each.
void SshConnection::note(std::string_view what) {
    if (noted_) return;
    std::optional<std::uint64_t> skipped = 0;
    if (phase_ == Phase::login) skipped = shared_->broken.pass(reactor_.clock().steady());
    if (!skipped) return;
    noted_ = true;
    log::info("ssh", "refused", {{"what", what}, {"address", peer_.address}, {"skipped", *skipped}});
}

/// Nothing in common with the client, or bytes that are no SSH. Who only looks whether the port is open does
/// nothing wrong.
void SshConnection::note_broken() {
    const std::string why = link_->error();
    const bool is_gone =
        why.empty() || why.starts_with("Socket error") || why.starts_with("Received SSH_MSG_DISCONNECT");
    if (is_gone || noted_) return;
    const auto skipped = shared_->broken.pass(reactor_.clock().steady());
    if (!skipped) return;
    noted_ = true;
    log::info("ssh", "the connection cannot go on",
              {{"why", why}, {"address", peer_.address}, {"skipped", *skipped}});
}

void SshConnection::act(SshLogin::Next next, BatchNumber needs) {
    switch (next) {
        case SshLogin::Next::deny:
            return link_->deny();
        case SshLogin::Next::ask:
            return link_->ask(login_->words(), login_->questions());
        case SshLogin::Next::key_would_do:
            return link_->key_would_do();
        case SshLogin::Next::check_password:
            return check_password();
        case SshLogin::Next::create_account:
            return create_account();
        case SshLogin::Next::check_key:
            return check_key();
        case SshLogin::Next::create_by_key:
            return create_by_key();
        case SshLogin::Next::welcome:
            welcome_owed_ = true;
            welcome_needs_ = needs;
            return reactor_.flush_later(*this);
        case SshLogin::Next::hang_up:
            link_->deny();
            return end("too many tries to log in");
    }
}

/// What is checked elsewhere: the client's time stands still meanwhile.
void SshConnection::await_answer() {
    answer_awaited_ = true;
    reactor_.disarm_silence(*this);
}

void SshConnection::answered(SshLogin::Next next, BatchNumber needs) {
    answer_awaited_ = false;
    reactor_.arm_silence(*this, std::chrono::seconds{context_.login_seconds});
    act(next, needs);
    advance_login();
}

void SshConnection::check_password() {
    await_answer();
    const auto reply = [this](const world::LoginResult& result) { answered(login_->checked(result), 0); };
    context_.native.log_in(caller(), login_->name(), login_->password(), {}, if_open(reply));
}

void SshConnection::create_account() {
    await_answer();
    const auto reply = [this](const Result<ObjectId>& created, BatchNumber needs) {
        answered(login_->account_created(created), needs);
    };
    context_.native.create_account(caller(), login_->name(), login_->password(), {}, if_open(reply));
}

void SshConnection::check_key() {
    act(login_->checked(context_.native.log_in_by_key(caller(), login_->name(), login_->fingerprint())));
}

void SshConnection::create_by_key() {
    BatchNumber needs = 0;
    const auto created = context_.native.create_by_key(caller(), login_->name(), login_->key(), needs);
    act(login_->account_created(created), needs);
}

/// From within a flush: nothing here calls the world.
void SshConnection::let_in() {
    welcome_owed_ = false;
    player_ = login_->player();
    login_.reset();
    no_longer_before_login();
    link_->welcome();
    phase_ = Phase::open;
    reactor_.arm_silence(*this, idle_limit_);
    reactor_.ready_set().recall(*watched_);  // What came behind the proof may have been read already.
}

void SshConnection::no_longer_before_login() {
    no_longer_stranger();
    if (std::exchange(before_login_, false)) --shared_->before_login;
}

void SshConnection::no_longer_stranger() {
    if (!stranger_) return;
    shared_->strangers.erase(*stranger_);
    stranger_.reset();
}

void SshConnection::make_room() {
    no_longer_before_login();
    end("said nothing while others waited");
}

world::Caller SshConnection::caller() const {
    return {.service = "ssh", .address = peer_.address, .network = peer_.network, .secure = true};
}

}  // namespace gyre::net
