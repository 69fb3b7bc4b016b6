#pragma once

#include "engine/base/ids.hpp"
#include "world/native.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gyre::net {

/// What is wrong with a name that nobody can have, a line with its end; empty: it may be somebody's.
[[nodiscard]] std::string_view fault_of(world::Native::NameState name);

/// The conversation before somebody is in the world: who are you, prove it, or become somebody. Without I/O:
/// lines go in, words come out at the end of `says` (lines end with '\n'), and Next tells the caller what to
/// do. Lines typed ahead of the questions work, and so do `connect NAME PASSWORD` and `create NAME PASSWORD`
/// as answers to the first one.
class Login {
  public:
    enum class Next : std::uint8_t {
        ask,             ///< Read a line for prompt().
        log_in,          ///< Check name() and password(), then call password_checked().
        create_account,  ///< Make it of name() and password(), then call account_created().
        welcome,         ///< player() is who it is.
        hang_up,
    };
    /// Whether a password may come over this connection.
    enum class Passwords : std::uint8_t { accepted, refused };

    static constexpr unsigned max_wrong_passwords = 3;

    /// `secure_door`: as in Context.
    Login(const world::Native& native, Passwords passwords, std::string_view secure_door)
        : native_(native), secure_door_(secure_door), passwords_(passwords) {}

    /// What a visitor reads first.
    void greet(std::string& says) const;
    [[nodiscard]] Next typed(std::string_view line, std::string& says);
    /// Both at once, as a client sends them of its own accord; only while asks_name().
    [[nodiscard]] Next credentials_given(std::string_view name, std::string_view password, std::string& says);
    /// A check or creation waits for `ahead` others. Said when it is news: at first, then at every halving.
    void waiting(std::size_t ahead, std::string& says);
    [[nodiscard]] Next password_checked(const world::LoginResult& result, std::string& says);
    /// After a wrong password: what to do about one that is forgotten, in one line, once. For people; a
    /// client that logs in by itself is told what password_checked() says.
    void advise(std::string& says);
    [[nodiscard]] Next account_created(const Result<ObjectId>& result, std::string& says);

    /// The question that stands now, without a line end.
    [[nodiscard]] std::string prompt() const;
    /// The answer to it must not be shown.
    [[nodiscard]] bool secret() const;
    /// It asks for a name: the place for commands instead.
    [[nodiscard]] bool asks_name() const { return state_ == State::name; }

    [[nodiscard]] bool takes_passwords() const { return passwords_ == Passwords::accepted; }

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& password() const { return password_; }
    [[nodiscard]] ObjectId player() const { return player_; }

  private:
    enum class State : std::uint8_t { name, become, password, new_password, new_password_again, checking };

    Next name_typed(std::string_view line, std::string& says);
    Next name_given(std::string_view name, std::string& says);
    Next connect_typed(std::string_view rest, std::string& says);
    Next create_typed(std::string_view rest, std::string& says);
    Next become_answered(std::string_view line, std::string& says);
    Next password_chosen(std::string_view line, std::string& says);
    Next password_repeated(std::string_view line, std::string& says);
    Next passwords_refused(std::string& says) const;
    Next start_over();
    /// False, with the reason said, if nobody may become `name`.
    bool may_become(std::string_view name, std::string& says) const;
    void state_rules(std::string& says) const;
    Next check(Next how, std::string_view password);

    const world::Native& native_;
    std::string secure_door_;
    std::string name_;
    std::string password_;
    std::size_t last_ahead_ = 0;  ///< What waiting() said last; 0: nothing.
    ObjectId player_ = ObjectId::nothing;
    unsigned wrong_passwords_ = 0;
    bool has_advised_ = false;
    State state_ = State::name;
    Passwords passwords_;
};

}  // namespace gyre::net
