#pragma once

#include "engine/reactor/transport.hpp"
#include "net/service.hpp"
#include "net/sessions.hpp"
#include "net/terminal/backlog.hpp"
#include "net/terminal/login.hpp"
#include "net/terminal/passwords.hpp"
#include "net/terminal/terminal.hpp"
#include "net/terminal/terminal_settings.hpp"
#include "world/audience.hpp"
#include "world/gate.hpp"
#include "world/native.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace gyre::net {

/// What a terminal is told of an outcome that brings no text of its own; empty: nothing.
std::string_view words_for(world::Outcome::Kind kind);

/// Somebody at a terminal, from the banner to goodbye, whatever the protocol: login, lines to the gate one at
/// a time, what the character hears, prompts, and the commands that never reach the world
/// (session_commands.hpp). Its owner calls it as the reactor calls a Protocol.
class TerminalSession final : public world::Subscriber, private Session {
  public:
    TerminalSession(Context& context, Terminal& terminal);
    ~TerminalSession() override;
    TerminalSession(const TerminalSession&) = delete;
    TerminalSession& operator=(const TerminalSession&) = delete;

    // --- For the protocol that owns it

    void opened();
    /// The same for somebody who has proved already to be `player`.
    void opened_as(ObjectId player);
    /// Any bytes came: checks that a login does not take for ever.
    void input_arrived();
    /// A line came, in the peer's charset; kept for handle_next().
    void line_typed(std::string_view line, bool too_long);
    /// Whether login_given() would be tried: somebody is asked for a name, and passwords may come this way.
    [[nodiscard]] bool may_log_in() const;
    /// A name and a password came at once, beside the text; kept for handle_next().
    void login_given(std::string_view name, std::string_view password);
    bool handle_next();
    [[nodiscard]] bool answer_pending() const { return waiting_; }
    void about_to_flush();
    void say_goodbye(reactor::Protocol::Ending ending);
    void closed(std::string_view reason);
    /// Closes without a word.
    void hang_up() { end({}); }
    /// Nothing more is said or read.
    [[nodiscard]] bool ending() const { return ending_; }

    /// What the terminal tells of itself goes here; what somebody chose with a command stays.
    [[nodiscard]] TerminalSettings& settings() { return settings_; }
    /// A prompt that stands is written anew at the end of the turn: the terminal shows lines in another way.
    void write_prompt_again() { prompt_owed_ = prompt_owed_ || std::exchange(prompt_stands_, false); }
    [[nodiscard]] Context& context() { return context_; }
    [[nodiscard]] ObjectId player() const { return player_; }

    // --- What the session commands are made of

    /// Says our own words, lines that end with '\n', marked with `needs`.
    void say(std::string_view words, BatchNumber needs = 0);
    /// Changes a setting of the terminal and says so; kept with the character. False: that is no value of it.
    bool choose(std::string_view setting, std::string_view value);
    /// Says goodbye, leaves the world and closes.
    void quit();
    void change_password();
    void claim(std::string_view code);
    /// Asks for the password.
    void turn_wizard_on();
    void turn_wizard_off();
    /// As key_command(). False: that is no way to ask for them.
    bool keys(std::string_view words);
    /// Says what a setting of the terminal is at present.
    void show_setting(std::string_view setting) { say(settings_.present(setting)); }
    [[nodiscard]] const world::Native& native() const { return context_.native; }
    [[nodiscard]] bool logged_in() const { return login_ == nullptr; }

    // --- world::Subscriber

    void told(const world::text::Tree& tree, BatchNumber needs) override;
    void detached(const world::text::Tree& why, BatchNumber needs) override;
    [[nodiscard]] world::SessionFacts facts() const override;
    void surroundings_changed() override;

  private:
    void answered(const world::Outcome& outcome) override;
    void beat() override;

    void act(Backlog::Line line);
    void act_before_login(const std::string& line);
    void try_given_login();
    void act_in_world(const std::string& line);
    void deliver(const std::string& line);
    void login_goes_on(Login::Next next, const std::string& says, BatchNumber needs);
    void check_password();
    void create_account();
    void enter_world(ObjectId player);
    void restore_settings();
    void password_typed(const std::string& line);
    void replace_password();
    void prove_wizard(const std::string& password);
    void wizard_checked(const world::LoginResult& result);
    void leave_world(std::string_view reason);
    void end(std::string_view words, BatchNumber needs = 0);

    void answer_came();
    /// A login's time stands still while its hash waits.
    void pause_login_time();
    void resume_login_time();
    void show(const world::text::Tree& tree, BatchNumber needs);
    /// `action`, to be called later, if the session is still open then.
    template <class Action>
    [[nodiscard]] auto if_open(Action action) const {
        return [&sessions = context_.sessions, id = id_, action](auto&&... answer) {
            if (sessions.find(id) != nullptr) action(std::forward<decltype(answer)>(answer)...);
        };
    }
    /// Shows the cursor on a new line before text that nobody asked for.
    void leave_prompt(BatchNumber needs);
    [[nodiscard]] bool wants_secret() const;
    [[nodiscard]] std::string prompt() const;
    [[nodiscard]] world::Caller caller() const;
    [[nodiscard]] std::uint32_t second() const;

    Context& context_;
    Terminal& terminal_;
    std::unique_ptr<Login> login_;  ///< Null once in the world.
    struct GivenLogin {
        std::string name, password;
    };
    std::unique_ptr<GivenLogin> given_login_;  ///< Not tried yet.
    std::unique_ptr<PasswordChange> password_change_;
    Backlog backlog_;
    SessionId id_;
    ObjectId player_ = ObjectId::nothing;
    std::int64_t since_;
    std::uint32_t last_line_ = 0;   ///< The second in which a line was typed last.
    std::uint32_t login_ends_ = 0;  ///< The second in which a login has taken too long.
    std::uint32_t paused_at_ = 0;   ///< When its time was stopped.
    TerminalSettings settings_;
    bool waiting_ = false;        ///< An answer must come before the next line is handled.
    bool parked_ = false;         ///< handle_next() said so, and is not called again before wake().
    bool prompt_owed_ = false;    ///< To be written when the turn ends.
    bool prompt_stands_ = false;  ///< The cursor is behind a prompt.
    bool echo_hidden_ = false;
    bool secret_open_ = false;     ///< The next line was asked for as a secret.
    bool proving_wizard_ = false;  ///< The next line is a password for that.
    bool ending_ = false;
};

}  // namespace gyre::net
