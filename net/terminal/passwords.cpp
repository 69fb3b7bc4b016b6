#include "net/terminal/passwords.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/password_rules.hpp"
#include "engine/base/utf8.hpp"

#include <utility>

namespace gyre::net {

std::string sentence(std::string clause) { return ascii::capitalised(std::move(clause)) + ".\n"; }

bool acceptable_password(std::string_view password, std::string_view name, std::string& says) {
    if (const Status fits = may_be_password(password); !fits) {
        says += sentence(fits.error().text);
    } else if (utf8::equal_folded(password, name)) {
        says += "Your name is the first thing anybody would try.\n";
    } else {
        return true;
    }
    return false;
}

PasswordChange::Next PasswordChange::typed(std::string_view line, std::string& says) {
    if (line.empty()) {
        says += "Your password stays as it is.\n";
        return Next::give_up;
    }
    switch (state_) {
        case State::old_password:
            old_password_ = line;
            state_ = State::new_password;
            return Next::ask;
        case State::new_password:
            if (!acceptable_password(line, {}, says)) return Next::ask;
            password_ = line;
            state_ = State::again;
            return Next::ask;
        case State::again:
            if (line == password_) return Next::change;
            says += "Those were not the same. Your password stays as it is.\n";
            return Next::give_up;
    }
    return Next::give_up;
}

void PasswordChange::changed(const Status& status, std::string& says) {
    if (status) {
        says += "Your password is changed.\n";
        return;
    }
    switch (status.error().code) {
        case Errc::denied:
            says += "That is not your old password. Nothing was changed.\n";
            break;
        case Errc::bad_input:
            says += "That password will not do. Nothing was changed.\n";
            break;
        case Errc::busy:
            says += "The world is busy; try again.\n";
            break;
        default:
            says += "That did not work. Nothing was changed.\n";
            break;
    }
}

std::string PasswordChange::prompt() const {
    switch (state_) {
        case State::old_password:
            return "Old password: ";
        case State::new_password:
            return "New password: ";
        case State::again:
            return "The same again: ";
    }
    return {};
}

}  // namespace gyre::net
