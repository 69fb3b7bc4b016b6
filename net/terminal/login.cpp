#include "net/terminal/login.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/password_rules.hpp"
#include "engine/base/utf8.hpp"
#include "net/terminal/passwords.hpp"

#include <fmt/format.h>

#include <utility>

// The states follow the questions. Nothing is asked of the world but what its name may become: the slow part,
// the hash, is the caller's, who calls back. A line that is not a name, yes or no is never repeated in what
// is said: it may be a password that was typed ahead for somebody who does not exist.

namespace gyre::net {
namespace {

using NameState = world::Native::NameState;

}  // namespace

std::string_view fault_of(NameState name) {
    if (name == NameState::malformed)
        return "A name is 2 to 16 letters and digits (A-Z, a-z, 0-9) and begins with a letter.\n";
    return name == NameState::reserved ? "Nobody may have that name. Choose another.\n" : "";
}

void Login::greet(std::string& says) const {
    says += native_.banner();
    if (!says.empty() && says.back() != '\n') says += '\n';
    if (passwords_ == Passwords::refused) (void)passwords_refused(says);
}

Login::Next Login::typed(std::string_view line, std::string& says) {
    switch (state_) {
        case State::name:
            return name_typed(ascii::trimmed(line), says);
        case State::become:
            return become_answered(ascii::trimmed(line), says);
        case State::password:
            return line.empty() ? start_over() : check(Next::log_in, line);
        case State::new_password:
            return password_chosen(line, says);
        case State::new_password_again:
            return password_repeated(line, says);
        case State::checking:
            break;  // The caller keeps lines until the answer is there.
    }
    return Next::ask;
}

Login::Next Login::name_typed(std::string_view line, std::string& says) {
    if (line.empty()) return Next::ask;
    std::string_view rest = line;
    const std::string_view word = ascii::take_word(rest);
    if (utf8::equal_folded(word, "connect")) return connect_typed(rest, says);
    if (utf8::equal_folded(word, "create")) return create_typed(rest, says);
    if (rest.empty()) return name_given(word, says);
    says += fault_of(NameState::malformed);
    return Next::ask;
}

Login::Next Login::name_given(std::string_view name, std::string& says) {
    const NameState known = native_.name_state(name);
    if (known == NameState::malformed) {
        says += fault_of(NameState::malformed);
        return Next::ask;
    }
    if (passwords_ == Passwords::refused) return passwords_refused(says);
    name_ = name;
    // Where nobody may be made, whether there is such a player is not told before the password is right.
    if (known == NameState::taken || !native_.registration_open()) {
        state_ = State::password;
        return Next::ask;
    }
    if (!may_become(name, says)) return Next::ask;
    says += fmt::format("There is nobody called {} yet.\n", name_);
    state_ = State::become;
    return Next::ask;
}

Login::Next Login::connect_typed(std::string_view rest, std::string& says) {
    const std::string_view name = ascii::take_word(rest);
    if (rest.empty() && !name.empty()) return name_given(name, says);
    return credentials_given(name, rest, says);
}

Login::Next Login::credentials_given(std::string_view name, std::string_view password, std::string& says) {
    if (passwords_ == Passwords::refused) return passwords_refused(says);
    if (native_.name_state(name) == NameState::malformed) {
        says += fault_of(NameState::malformed);
        return Next::ask;
    }
    if (const Status can_be_typed = typeable_password(password); !can_be_typed) {
        says += sentence(can_be_typed.error().text);
        return Next::ask;
    }
    name_ = name;
    return check(Next::log_in, password);
}

Login::Next Login::create_typed(std::string_view rest, std::string& says) {
    const std::string_view name = ascii::take_word(rest);
    if (passwords_ == Passwords::refused) return passwords_refused(says);
    if (!may_become(name, says)) return Next::ask;
    name_ = name;
    if (rest.empty()) {
        state_rules(says);
        state_ = State::new_password;
        return Next::ask;
    }
    if (!acceptable_password(rest, name_, says)) return Next::ask;
    return check(Next::create_account, rest);
}

bool Login::may_become(std::string_view name, std::string& says) const {
    if (!native_.registration_open()) {
        says += "Nobody new is let in here at present.\n";
        return false;
    }
    switch (native_.name_state(name)) {
        case NameState::free:
            return true;
        case NameState::taken:
            says += "Somebody has that name already.\n";
            return false;
        case NameState::reserved:
        case NameState::malformed:
            says += fault_of(native_.name_state(name));
            return false;
    }
    return false;
}

void Login::state_rules(std::string& says) const {
    says += fmt::format("Choose a password of at least {} characters. Anything goes; longer is better.\n",
                        min_password);
}

Login::Next Login::become_answered(std::string_view line, std::string& says) {
    if (utf8::equal_folded(line, "yes") || utf8::equal_folded(line, "y")) {
        state_rules(says);
        state_ = State::new_password;
    } else if (utf8::equal_folded(line, "no") || utf8::equal_folded(line, "n")) {
        return start_over();
    } else {
        says += "Please answer yes or no.\n";
    }
    return Next::ask;
}

Login::Next Login::password_chosen(std::string_view line, std::string& says) {
    if (line.empty()) return start_over();
    if (!acceptable_password(line, name_, says)) return Next::ask;
    password_ = line;
    state_ = State::new_password_again;
    return Next::ask;
}

Login::Next Login::password_repeated(std::string_view line, std::string& says) {
    if (line == password_) return check(Next::create_account, line);
    says += "Those were not the same. Once more.\n";
    password_.clear();
    state_ = State::new_password;
    return Next::ask;
}

Login::Next Login::passwords_refused(std::string& says) const {
    says +=
        "This connection is not encrypted, so anybody on the way could read a password. None is taken "
        "here.\n";
    says += secure_door_.empty() ? std::string{"Use telnets:// or ssh:// instead.\n"}
                                 : fmt::format("Use {} instead.\n", secure_door_);
    return Next::hang_up;
}

Login::Next Login::start_over() {
    state_ = State::name;
    name_.clear();
    password_.clear();
    last_ahead_ = 0;
    return Next::ask;
}

Login::Next Login::check(Next how, std::string_view password) {
    password_ = std::string{password};
    state_ = State::checking;
    return how;
}

void Login::waiting(std::size_t ahead, std::string& says) {
    if (ahead == 0 || (last_ahead_ != 0 && ahead > last_ahead_ / 2)) return;
    last_ahead_ = ahead;
    says += ahead == 1 ? std::string{"Please wait, 1 is ahead of you.\n"}
                       : fmt::format("Please wait, {} are ahead of you.\n", ahead);
}

Login::Next Login::password_checked(const world::LoginResult& result, std::string& says) {
    using Kind = world::LoginResult::Kind;
    (void)start_over();
    switch (result.kind) {
        case Kind::welcome:
            player_ = result.player;
            return Next::welcome;
        case Kind::wrong:
            says += "That is not right: there is nobody of that name with that password.\n";
            if (++wrong_passwords_ < max_wrong_passwords) return Next::ask;
            says += "Goodbye.\n";
            return Next::hang_up;
        case Kind::throttled:
            says += fmt::format("There were too many wrong passwords. Try again in {} seconds.\n",
                                result.retry_seconds);
            return Next::hang_up;
        case Kind::busy:
            says += "Too many people are at the door at this moment. Try again shortly.\n";
            return Next::ask;
        case Kind::banned:
            says += result.why + "\n";
            return Next::hang_up;
    }
    return Next::hang_up;
}

void Login::advise(std::string& says) {
    if (wrong_passwords_ == 0 || has_advised_) return;
    has_advised_ = true;
    says += "Forgotten? Ask a wizard: whoever runs this world can give you a new one.\n";
}

Login::Next Login::account_created(const Result<ObjectId>& result, std::string& says) {
    if (result) {
        (void)start_over();
        player_ = result.value();
        return Next::welcome;
    }
    if (result.error().code == Errc::bad_input && !name_.empty()) {
        says += "That password will not do.\n";
        state_rules(says);
        password_.clear();
        state_ = State::new_password;
        return Next::ask;
    }
    (void)start_over();
    switch (result.error().code) {
        case Errc::exists:
            says += "Somebody took that name just now.\n";
            break;
        case Errc::denied:
            says += result.error().text + "\n";
            break;
        case Errc::busy:
            says += "Too many people are at the door at this moment. Try again shortly.\n";
            break;
        default:
            says += "That did not work; nothing was changed. Try again shortly.\n";
            break;
    }
    return Next::ask;
}

std::string Login::prompt() const {
    switch (state_) {
        case State::name:
            return "What is your name? ";
        case State::become:
            return fmt::format("Become {}? (yes/no) ", name_);
        case State::password:
            return "Password: ";
        case State::new_password:
            return "New password: ";
        case State::new_password_again:
            return "The same again: ";
        case State::checking:
            break;
    }
    return {};
}

bool Login::secret() const {
    return state_ == State::password || state_ == State::new_password || state_ == State::new_password_again;
}

}  // namespace gyre::net
