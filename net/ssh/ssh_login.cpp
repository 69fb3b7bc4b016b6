#include "net/ssh/ssh_login.hpp"

#include "engine/base/password_rules.hpp"
#include "net/terminal/login.hpp"
#include "net/terminal/passwords.hpp"

#include <fmt/format.h>

#include <utility>

namespace gyre::net {

using Method = SshProof::Method;

SshLogin::Next SshLogin::proved(const SshProof& proof) {
    const bool is_offer = proof.method == Method::key_offer || proof.method == Method::none;
    if (is_offer ? ++offers_ > max_offers : ++tries_ > max_tries) return Next::hang_up;
    name_ = proof.name;
    interactive_ = proof.method == Method::interactive || proof.method == Method::answers;
    if (const std::string_view fault = fault_of(native_.name_state(name_)); !fault.empty())
        return name_refused(proof, fault);
    return try_method(proof);
}

/// Nobody is called that, so nothing is checked and no guess is counted.
SshLogin::Next SshLogin::name_refused(const SshProof& proof, std::string_view fault) {
    asked_ = Asked::nothing;
    return proof.method == Method::interactive ? deny_because(std::string{fault}) : Next::deny;
}

SshLogin::Next SshLogin::try_method(const SshProof& proof) {
    switch (proof.method) {
        case Method::none:
            return Next::deny;
        case Method::password:
            return check_password(proof.password);
        case Method::interactive:
            --tries_;  // The answers count.
            return begin_questions();
        case Method::answers:
            return answered(proof.answers);
        case Method::key_offer:
        case Method::key:
            return try_key(proof);
    }
    return Next::deny;
}

bool SshLogin::may_become() const {
    return native_.registration_open() && native_.name_state(name_) == world::Native::NameState::free;
}

SshLogin::Next SshLogin::begin_questions() {
    if (++offers_ > max_offers) return Next::hang_up;
    if (!may_become()) return ask(Asked::password, {}, {"Password: "});
    const std::string& banner = native_.banner();
    return ask(Asked::new_password,
               fmt::format("{}{}Nobody here is called {} yet. Choose a password, and that is who you are.\n",
                           banner, banner.empty() ? "" : "\n\n", name_),
               {"New password: ", "The same again: "});
}

SshLogin::Next SshLogin::answered(const std::vector<std::string>& answers) {
    switch (std::exchange(asked_, Asked::nothing)) {
        case Asked::nothing:
            return Next::deny;
        case Asked::password:
            if (answers.size() != 1) return Next::deny;
            return check_password(answers[0]);
        case Asked::new_password:
            if (answers.size() != 2 || !may_become()) return Next::deny;
            if (answers[0] != answers[1]) {
                return ask(Asked::new_password, "The two are not the same. Once more:\n",
                           {"New password: ", "The same again: "});
            }
            if (std::string says; !acceptable_password(answers[0], name_, says))
                return ask(Asked::new_password, std::move(says), {"New password: ", "The same again: "});
            password_ = answers[0];
            return Next::create_account;
    }
    return Next::deny;
}

SshLogin::Next SshLogin::check_password(const std::string& password) {
    if (const Status can_be_typed = typeable_password(password); !can_be_typed)
        return deny_because(sentence(can_be_typed.error().text));
    password_ = password;
    return Next::check_password;
}

SshLogin::Next SshLogin::try_key(const SshProof& proof) {
    if (proof.fingerprint.empty()) return Next::deny;
    key_ = proof.key;
    fingerprint_ = proof.fingerprint;
    const bool known = native_.has_key(name_, fingerprint_);
    const bool would_make = accounts_by_key_ && may_become();
    if (!known && !would_make) return Next::deny;
    if (proof.method == Method::key_offer) return Next::key_would_do;
    return known ? Next::check_key : Next::create_by_key;
}

SshLogin::Next SshLogin::checked(const world::LoginResult& result) {
    using Kind = world::LoginResult::Kind;
    password_.clear();
    switch (result.kind) {
        case Kind::welcome:
            player_ = result.player;
            return Next::welcome;
        case Kind::wrong:
            return Next::deny;
        case Kind::throttled:
            return deny_because(fmt::format("There were too many wrong passwords. Try again in {} seconds.\n",
                                            result.retry_seconds));
        case Kind::busy:
            return deny_because("Too many people are coming in at the moment. Try again.\n");
        case Kind::banned:
            return deny_because(result.why + '\n');
    }
    return Next::deny;
}

SshLogin::Next SshLogin::account_created(const Result<ObjectId>& created) {
    password_.clear();
    if (created) {
        player_ = created.value();
        return Next::welcome;
    }
    if (interactive_ && created.error().code == Errc::bad_input) {
        return ask(Asked::new_password, sentence(created.error().text),
                   {"New password: ", "The same again: "});
    }
    return deny_because(sentence(created.error().text));
}

SshLogin::Next SshLogin::ask(Asked asked, std::string words, std::vector<std::string> questions) {
    asked_ = asked;
    words_ = std::move(words);
    questions_ = std::move(questions);
    return Next::ask;
}

// RFC 4256 section 3.2: a request without questions only shows words; its answer finds nothing asked.
SshLogin::Next SshLogin::deny_because(std::string words) {
    return interactive_ ? ask(Asked::nothing, std::move(words), {}) : Next::deny;
}

}  // namespace gyre::net
