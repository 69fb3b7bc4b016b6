#include "net/terminal/session_commands.hpp"
#include "net/terminal/terminal_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

// The parts of a session that ask for passwords: login, creation, change, a wizard's rights. The hashes are
// made elsewhere, and whoever asked may be gone when they are done.

namespace gyre::net {

void TerminalSession::opened() {
    const reactor::Peer& peer = terminal_.transport().peer();
    const auto passwords =
        peer.encrypted || peer.plaintext_allowed ? Login::Passwords::accepted : Login::Passwords::refused;
    login_ = std::make_unique<Login>(context_.native, passwords, context_.secure_door);
    login_ends_ = second() + context_.login_seconds;
    terminal_.transport().set_idle_limit(context_.login_seconds);
    std::string says;
    login_->greet(says);
    say(says);
    prompt_owed_ = true;
}

void TerminalSession::opened_as(ObjectId player) { enter_world(player); }

// The idle limit is what remains, so a peer that sends a byte now and then gains nothing.
void TerminalSession::input_arrived() {
    if (login_ == nullptr || waiting_ || ending_) return;
    const std::uint32_t now = second();
    if (now >= login_ends_) return end("That took too long. Goodbye.\n");
    terminal_.transport().set_idle_limit(login_ends_ - now);
}

void TerminalSession::act_before_login(const std::string& line) {
    if (login_->asks_name() && run_session_command(*this, line)) return;
    std::string says;
    const Login::Next next = login_->typed(line, says);
    login_goes_on(next, says, 0);
}

bool TerminalSession::may_log_in() const {
    return login_ != nullptr && !waiting_ && !ending_ && login_->asks_name() && login_->takes_passwords();
}

void TerminalSession::login_given(std::string_view name, std::string_view password) {
    if (ending_ || login_ == nullptr) return;
    given_login_ = std::make_unique<GivenLogin>(GivenLogin{std::string{name}, std::string{password}});
    terminal_.transport().wake();
}

void TerminalSession::try_given_login() {
    const std::unique_ptr<GivenLogin> given = std::move(given_login_);
    if (!may_log_in()) return terminal_.login_failed("A login is under way already.");
    prompt_owed_ = true;
    std::string says;
    const Login::Next next = login_->credentials_given(given->name, given->password, says);
    if (next == Login::Next::ask) terminal_.login_failed(says);
    login_goes_on(next, says, 0);
}

void TerminalSession::login_goes_on(Login::Next next, const std::string& says, BatchNumber needs) {
    if (next == Login::Next::hang_up) return end(says, needs);
    say(says, needs);
    switch (next) {
        case Login::Next::ask:
            prompt_owed_ = true;
            return;
        case Login::Next::log_in:
            return check_password();
        case Login::Next::create_account:
            return create_account();
        case Login::Next::welcome:
            return enter_world(login_->player());
        case Login::Next::hang_up:
            return;
    }
}

void TerminalSession::pause_login_time() {
    waiting_ = true;
    prompt_owed_ = false;
    paused_at_ = second();
    terminal_.transport().set_idle_limit(0);
}

void TerminalSession::resume_login_time() {
    answer_came();
    const std::uint32_t now = second();
    login_ends_ += now - paused_at_;
    terminal_.transport().set_idle_limit(std::max(login_ends_, now + 1) - now);
}

void TerminalSession::check_password() {
    pause_login_time();
    const auto waiting = [this](std::size_t ahead) {
        std::string says;
        login_->waiting(ahead, says);
        say(says);
    };
    const auto reply = [this](const world::LoginResult& result) {
        resume_login_time();
        if (ending_) return;
        std::string says;
        const Login::Next next = login_->password_checked(result, says);
        if (next != Login::Next::welcome) terminal_.login_failed(says);
        if (next == Login::Next::ask) login_->advise(says);
        login_goes_on(next, says, 0);
    };
    context_.native.log_in(caller(), login_->name(), login_->password(), if_open(waiting), if_open(reply));
}

void TerminalSession::create_account() {
    pause_login_time();
    const auto waiting = [this](std::size_t ahead) {
        std::string says;
        login_->waiting(ahead, says);
        say(says);
    };
    const auto reply = [this](const Result<ObjectId>& created, BatchNumber needs) {
        resume_login_time();
        if (ending_) return;
        std::string says;
        const Login::Next next = login_->account_created(created, says);
        login_goes_on(next, says, needs);
    };
    context_.native.create_account(caller(), login_->name(), login_->password(), if_open(waiting),
                                   if_open(reply));
}

void TerminalSession::enter_world(ObjectId player) {
    player_ = player;
    login_.reset();
    prompt_owed_ = true;
    terminal_.transport().set_idle_limit(context_.idle_seconds);
    restore_settings();
    context_.native.attach(player_, *this);
    terminal_.entered_world(player_, *this);
}

/// What was chosen on the way in goes before what was kept, and is kept too.
void TerminalSession::restore_settings() {
    if (!terminal_.has_screen()) return;
    const std::string kept = context_.native.terminal_settings(player_);
    settings_.restore(kept);
    if (settings_.kept() != kept)
        static_cast<void>(context_.native.keep_terminal_settings(player_, settings_.kept()));
}

void TerminalSession::change_password() {
    say("Leave a question empty to keep your password.\n");
    password_change_ = std::make_unique<PasswordChange>();
}

void TerminalSession::password_typed(const std::string& line) {
    std::string says;
    const PasswordChange::Next next = password_change_->typed(line, says);
    say(says);
    if (next == PasswordChange::Next::give_up) password_change_.reset();
    if (next == PasswordChange::Next::change) replace_password();
}

void TerminalSession::replace_password() {
    const auto change = std::exchange(password_change_, nullptr);
    waiting_ = true;
    prompt_owed_ = false;
    const auto reply = [this](const Status& status, BatchNumber needs) {
        answer_came();
        if (ending_) return;
        std::string says;
        PasswordChange::changed(status, says);
        say(says, needs);
        prompt_owed_ = true;
    };
    context_.native.change_password(player_, change->old_password(), change->password(), caller(),
                                    if_open(reply));
}

void TerminalSession::turn_wizard_on() {
    if (!context_.native.is_wizard(player_)) return say("You are no wizard.\n");
    proving_wizard_ = true;
}

void TerminalSession::turn_wizard_off() {
    say(context_.native.wizard_off(player_) ? "Your rights as a wizard are off.\n"
                                            : "Your rights as a wizard were off already.\n");
}

void TerminalSession::prove_wizard(const std::string& password) {
    proving_wizard_ = false;
    if (password.empty()) return say("Your rights as a wizard stay as they are.\n");
    waiting_ = true;
    prompt_owed_ = false;
    const auto reply = [this](const world::LoginResult& result) {
        answer_came();
        if (ending_) return;
        wizard_checked(result);
        prompt_owed_ = true;
    };
    context_.native.wizard_on(player_, password, caller(), if_open(reply));
}

void TerminalSession::wizard_checked(const world::LoginResult& result) {
    switch (result.kind) {
        case world::LoginResult::Kind::welcome:
            return say("Your rights as a wizard are on for half an hour; wizard off ends them.\n");
        case world::LoginResult::Kind::throttled:
            return say(fmt::format("There were too many wrong passwords. Try again in {} seconds.\n",
                                   result.retry_seconds));
        case world::LoginResult::Kind::busy:
            return say("The world is busy; try again.\n");
        case world::LoginResult::Kind::wrong:
        case world::LoginResult::Kind::banned:
            return say("That is not your password. Your rights stay as they are.\n");
    }
}

world::Caller TerminalSession::caller() const {
    const reactor::Peer& peer = terminal_.transport().peer();
    return {.service = terminal_.service(),
            .address = peer.address,
            .network = peer.network,
            .secure = peer.encrypted || peer.local,
            .session = id_};
}

}  // namespace gyre::net
