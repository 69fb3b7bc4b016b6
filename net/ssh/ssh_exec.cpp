#include "net/ssh/ssh_exec.hpp"

#include "engine/base/utf8.hpp"
#include "net/command_call.hpp"
#include "net/terminal/key_command.hpp"
#include "net/terminal/rendering.hpp"
#include "net/terminal/session_commands.hpp"
#include "net/terminal/terminal_session.hpp"
#include "net/terminal/typed_text.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <utility>

namespace gyre::net {
namespace {

/// For files and other programs: no wrapping, no colours.
const Rendering for_programs{.kind = Rendering::Kind::plain, .width = Rendering::max_width};

int status_of(world::Outcome::Kind kind) {
    switch (kind) {
        case world::Outcome::Kind::done:
            return SshExec::done;
        case world::Outcome::Kind::declined:
        case world::Outcome::Kind::refused:
            return SshExec::refused;
        case world::Outcome::Kind::failed:
        case world::Outcome::Kind::over_budget:
        case world::Outcome::Kind::busy:
            return SshExec::failed;
    }
    return SshExec::failed;
}

}  // namespace

SshExec::SshExec(Context& context, ObjectId player, SshChannel& channel, std::string command)
    : context_(context),
      channel_(channel),
      player_(player),
      id_(context.sessions.open(*this)),
      since_(unix_seconds(context.clock.wall())),
      command_(std::move(command)),
      kind_(kind_of(command_)) {}

SshExec::Kind SshExec::kind_of(std::string_view command) {
    const std::size_t begin = std::min(command.find_first_not_of(' '), command.size());
    const std::size_t end = std::min(command.find(' ', begin), command.size());
    const std::string verb = utf8::fold_ascii(command.substr(begin, end - begin));
    if (verb == "import") return Kind::import_file;
    return verb == "export" ? Kind::export_file : Kind::command;
}

SshExec::~SshExec() { context_.sessions.close(id_); }

void SshExec::connection_made(reactor::Transport&) {
    channel_.set_idle_limit(context_.idle_seconds);
    context_.native.attach(player_, *this);
    channel_.wake();
}

bool SshExec::handle_next() {
    if (finished_ || waiting_) return false;
    if (!std::exchange(begun_, true)) {
        if (command_.size() > max_command) {
            say("That line is too long, so it was not read.\n", 0);
            finish();
            return false;
        }
        const std::string line = typed_text(command_, InputCharset::guessed);
        if (act_on_session(line)) return false;
        deliver(line);
        return true;
    }
    if (context_.gate.asks(id_, player_) == world::Gate::Asks::nothing) {
        finish();
        return false;
    }
    if (kind_ == Kind::import_file) return hand_over_file();
    std::string line;
    if (next_line(line)) {
        deliver(typed_text(line, InputCharset::guessed));
        return true;
    }
    if (input_ended_) finish();
    return false;
}

/// What is about the session, which ends with its command, and not the world's. False: that is not.
bool SshExec::act_on_session(std::string_view line) {
    std::string_view argument;
    const SessionCommand* const command = find_session_command(line, argument);
    if (command == nullptr) return false;
    exit_status_ = refused;
    if (command->name == "quit") {
        exit_status_ = done;
    } else if (command->name != "keys") {
        say(fmt::format("`{}` works in a shell only: ssh without a command.\n", command->name), 0);
    } else if (const auto answer = key_command(context_.native, player_, argument)) {
        say(answer->words, answer->needs);
        if (answer->done) exit_status_ = done;
    } else {
        say(fmt::format("Type: {} {}\n", command->name, command->arguments), 0);
    }
    finish();
    return true;
}

bool SshExec::hand_over_file() {
    if (input_.size() > max_file) {
        say(fmt::format("A file to import has at most {} bytes.\n", max_file), 0);
        exit_status_ = failed;
        finish();
        return false;
    }
    if (!input_ended_) return false;
    waiting_ = handed_over_ = true;
    deliver_answer(context_, "ssh", id_, player_, std::exchange(input_, {}));
    return true;
}

bool SshExec::next_line(std::string& line) {
    const std::size_t end = input_.find('\n');
    if (end == std::string::npos && (!input_ended_ || input_.empty())) return false;
    line = input_.substr(0, end);
    input_.erase(0, end == std::string::npos ? end : end + 1);
    if (line.ends_with('\r')) line.pop_back();
    return true;
}

void SshExec::deliver(std::string_view line) {
    waiting_ = true;
    deliver_command(context_, "ssh", id_, player_, line);
}

void SshExec::answered(const world::Outcome& outcome) {
    waiting_ = false;
    if (finished_) return;
    exit_status_ = status_of(outcome.kind);
    const bool is_file = kind_ == Kind::export_file && outcome.value.tag() == world::Value::Tag::string;
    if (is_file) {
        channel_.write(outcome.value.string(), outcome.needs);
    } else if (outcome.kind != world::Outcome::Kind::done && outcome.text) {
        show(*outcome.text, outcome.needs);
    } else if (const std::string_view words = words_for(outcome.kind); !words.empty()) {
        say(words, outcome.needs);
    }
    channel_.wake();
}

void SshExec::bytes_received(std::string_view bytes) {
    const std::size_t most = kind_ == Kind::import_file ? max_file + 1 : max_input;
    const std::size_t room = most - std::min(most, input_.size());
    input_ += bytes.substr(0, room);
    channel_.wake();
}

void SshExec::input_ended() {
    input_ended_ = true;
    channel_.wake();
}

void SshExec::told(const world::text::Tree& tree, BatchNumber needs) {
    // Nobody is there who would read what an import asks.
    const bool is_asked = kind_ == Kind::import_file && !handed_over_;
    if (begun_ && !finished_ && !is_asked) show(tree, needs);
}

void SshExec::show(const world::text::Tree& tree, BatchNumber needs) {
    std::string lines = render(tree, for_programs);
    std::erase(lines, '\r');
    say(lines, needs);
}

/// Words for people.
void SshExec::say(std::string_view words, BatchNumber needs) {
    if (kind_ == Kind::command) return channel_.write(words, needs);
    channel_.write_error(words, needs);
}

void SshExec::detached(const world::text::Tree& why, BatchNumber needs) {
    player_ = ObjectId::nothing;
    if (finished_) return;
    show(why, needs);
    exit_status_ = failed;
    finish();
}

void SshExec::say_goodbye(Ending ending) {
    if (!finished_ && ending != Ending::silence) say("The world stops now.\n", 0);
    if (!finished_) exit_status_ = failed;
    finished_ = true;
}

void SshExec::finish() {
    if (std::exchange(finished_, true)) return;
    channel_.lose_connection();
}

void SshExec::connection_lost(std::string_view reason) {
    finished_ = true;
    const ObjectId player = std::exchange(player_, ObjectId::nothing);
    // It was all that it came for, so nobody waits for it to come back.
    if (player != ObjectId::nothing)
        context_.native.detach(player, *this, exit_status_ == failed ? reason : "quit");
    context_.sessions.close(id_);
}

world::SessionFacts SshExec::facts() const {
    return {.id = id_,
            .service = "exec",
            .address = channel_.peer().address,
            .since = since_,
            .width = for_programs.width};
}

}  // namespace gyre::net
