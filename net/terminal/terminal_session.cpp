#include "net/terminal/terminal_session.hpp"

#include "net/command_call.hpp"
#include "net/terminal/key_command.hpp"
#include "net/terminal/session_commands.hpp"

#include <algorithm>
#include <optional>
#include <utility>

// One line is acted upon at a time. While its answer is out (a call that yielded, a hash) waiting_ is set and
// the next lines stay in the backlog. Prompts and the hiding of passwords are settled at the end of a turn,
// so a name and a password that came in one packet meet neither a question nor a change of echo.

namespace gyre::net {

using Kind = world::Outcome::Kind;

std::string_view words_for(Kind kind) {
    switch (kind) {
        case Kind::done:
            return {};
        case Kind::declined:
            return "Nothing happens.\n";
        case Kind::refused:
            return "You cannot do that.\n";
        case Kind::failed:
            return "Something is broken here. It has been noted, and nothing was changed.\n";
        case Kind::over_budget:
            return "That took too long, and was undone.\n";
        case Kind::busy:
            return "The world is busy; try again.\n";
    }
    return {};
}

namespace {

std::string_view farewell(reactor::Protocol::Ending why) {
    switch (why) {
        case reactor::Protocol::Ending::shutdown:
            return "The world stops now. Come back in a while.\n";
        case reactor::Protocol::Ending::storage_failed:
            return "The world's storage has failed. What was not yet shown to you did not happen. Goodbye.\n";
        case reactor::Protocol::Ending::silence:
            return "You have been silent for too long. Goodbye.\n";
    }
    return {};
}

}  // namespace

TerminalSession::TerminalSession(Context& context, Terminal& terminal)
    : context_(context),
      terminal_(terminal),
      id_(context.sessions.open(*this)),
      since_(unix_seconds(context.clock.wall())) {}

TerminalSession::~TerminalSession() { context_.sessions.close(id_); }

void TerminalSession::line_typed(std::string_view line, bool too_long) {
    if (ending_) return;
    prompt_stands_ = false;
    last_line_ = second();
    const bool kept = too_long ? backlog_.push_too_long() : backlog_.push(line);
    if (!kept) end("You type faster than this world can read. Goodbye.\n");
}

bool TerminalSession::handle_next() {
    parked_ = waiting_;
    if (ending_ || waiting_) return false;
    if (given_login_ != nullptr) {
        try_given_login();
        return true;
    }
    if (backlog_.empty()) return false;
    act(backlog_.front());
    backlog_.pop();
    return true;
}

void TerminalSession::act(Backlog::Line line) {
    const bool edited = terminal_.edits_lines();
    if (echo_hidden_ && !edited) terminal_.send("\r\n", 0);  // Nobody has shown the line end either.
    prompt_owed_ = true;
    const bool lapsed = std::exchange(secret_open_, false) && !wants_secret();
    if (line.too_long) return say("That line is too long, so it was not read.\n");
    const std::string text = typed_text(line.bytes, edited ? InputCharset::utf8 : settings_.input_charset());
    if (login_ != nullptr) return act_before_login(text);
    if (password_change_ != nullptr) return password_typed(text);
    if (proving_wizard_) return prove_wizard(text);
    // Somebody was typing it when the question ended: as a command it would be in a log, or said aloud.
    if (lapsed) return say("You were asked for a secret, but no longer: what you typed was not read.\n");
    act_in_world(text);
}

void TerminalSession::act_in_world(const std::string& line) {
    // What answers a question is no command, whatever it looks like.
    const bool is_answer = context_.gate.asks(id_, player_) != world::Gate::Asks::nothing;
    if (is_answer || !run_session_command(*this, line)) deliver(line);
}

void TerminalSession::deliver(const std::string& line) {
    waiting_ = true;
    prompt_owed_ = false;
    deliver_command(context_, terminal_.service(), id_, player_, line);
}

void TerminalSession::answered(const world::Outcome& outcome) {
    answer_came();
    if (ending_) return;
    if (outcome.kind != Kind::done && outcome.text) {
        show(*outcome.text, outcome.needs);
    } else if (const std::string_view words = words_for(outcome.kind); !words.empty()) {
        say(words, outcome.needs);
    }
    prompt_owed_ = true;
    terminal_.line_done();
}

void TerminalSession::answer_came() {
    waiting_ = false;
    if (std::exchange(parked_, false)) terminal_.transport().wake();
}

// --- Commands about the session

void TerminalSession::quit() {
    leave_world("quit");
    end("Goodbye.\n");
}

void TerminalSession::claim(std::string_view code) {
    const Result<BatchNumber> claimed = context_.native.claim(player_, code, caller());
    if (claimed) return say("You are a wizard of this world now. Type: wizard on\n", claimed.value());
    say("That code opens nothing. It works once, and only over an encrypted or a local connection.\n");
}

bool TerminalSession::keys(std::string_view words) {
    const std::optional<KeyAnswer> answer = key_command(context_.native, player_, words);
    if (answer) say(answer->words, answer->needs);
    return answer.has_value();
}

bool TerminalSession::choose(std::string_view setting, std::string_view value) {
    const std::string words = settings_.choose(setting, value);
    if (words.empty()) return false;
    const BatchNumber needs =
        logged_in() ? context_.native.keep_terminal_settings(player_, settings_.kept()) : 0;
    say(words, needs);
    return true;
}

// --- What is heard and said

void TerminalSession::told(const world::text::Tree& tree, BatchNumber needs) {
    if (ending_) return;
    // To a screen reader the prompt would be read out again after every line that others cause.
    if (!settings_.rendering().screen_reader || password_change_ != nullptr || proving_wizard_)
        prompt_owed_ = true;
    show(tree, needs);
}

void TerminalSession::surroundings_changed() {
    if (!ending_) terminal_.surroundings_changed();
}

void TerminalSession::show(const world::text::Tree& tree, BatchNumber needs) {
    leave_prompt(needs);
    terminal_.send(render(tree, settings_.rendering()), needs);
    if (tree.note) terminal_.noted(tree, needs);
}

void TerminalSession::say(std::string_view words, BatchNumber needs) {
    while (words.ends_with('\n')) words.remove_suffix(1);
    if (words.empty()) return;
    world::text::Tree tree;
    tree.text = words;
    show(tree, needs);
}

void TerminalSession::leave_prompt(BatchNumber needs) {
    if (std::exchange(prompt_stands_, false) && !terminal_.marks_prompts()) terminal_.send("\r\n", needs);
}

void TerminalSession::about_to_flush() {
    const bool more_to_read = !waiting_ && !backlog_.empty();
    if (ending_ || more_to_read) return;
    const bool secret = wants_secret();
    secret_open_ = secret_open_ || secret;
    if (secret != std::exchange(echo_hidden_, secret))
        terminal_.set_echo(secret ? Echo::hidden : Echo::shown);
    if (waiting_ || !std::exchange(prompt_owed_, false)) return;
    leave_prompt(0);
    terminal_.send_prompt(prompt());
    prompt_stands_ = true;
}

bool TerminalSession::wants_secret() const {
    if (login_ != nullptr) return login_->secret();
    return password_change_ != nullptr || proving_wizard_ ||
           context_.gate.asks(id_, player_) == world::Gate::Asks::secret;
}

std::string TerminalSession::prompt() const {
    if (login_ != nullptr) return login_->prompt();
    if (password_change_ != nullptr) return password_change_->prompt();
    if (proving_wizard_) return "Password: ";
    return "> ";
}

void TerminalSession::beat() {
    if (!ending_) terminal_.keep_alive();
}

// --- The end

void TerminalSession::end(std::string_view words, BatchNumber needs) {
    if (std::exchange(echo_hidden_, false)) terminal_.set_echo(Echo::shown);
    say(words, needs);
    terminal_.leaving(words);
    ending_ = true;
    terminal_.transport().lose_connection();
}

void TerminalSession::leave_world(std::string_view reason) {
    const ObjectId player = std::exchange(player_, ObjectId::nothing);
    if (player != ObjectId::nothing) context_.native.detach(player, *this, reason);
}

void TerminalSession::detached(const world::text::Tree& why, BatchNumber needs) {
    player_ = ObjectId::nothing;
    if (ending_) return;
    show(why, needs);
    terminal_.leaving(why.text);
    end({}, needs);
}

void TerminalSession::say_goodbye(reactor::Protocol::Ending ending) {
    if (ending_) return;
    if (std::exchange(echo_hidden_, false)) terminal_.set_echo(Echo::shown);
    say(farewell(ending));
    terminal_.leaving(farewell(ending));
    ending_ = true;
}

void TerminalSession::closed(std::string_view reason) {
    ending_ = true;
    leave_world(reason);
    context_.sessions.close(id_);
}

world::SessionFacts TerminalSession::facts() const {
    const Rendering& rendering = settings_.rendering();
    return {.id = id_,
            .service = terminal_.service(),
            .address = terminal_.transport().peer().address,
            .since = since_,
            .idle = second() - last_line_,
            .width = rendering.width,
            .colours = count_of(rendering.colours),
            .screen_reader = rendering.screen_reader};
}

std::uint32_t TerminalSession::second() const {
    using std::chrono::seconds;
    const auto passed = std::chrono::duration_cast<seconds>(context_.clock.steady().time_since_epoch());
    return static_cast<std::uint32_t>(passed.count());
}

}  // namespace gyre::net
