#include "net/terminal/session_commands.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"
#include "net/terminal/terminal_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gyre::net {
namespace {

bool quit(TerminalSession& session, std::string_view) {
    session.quit();
    return true;
}

bool screen_reader(TerminalSession& session, std::string_view argument) {
    return session.choose("screenreader", argument);
}

bool charset(TerminalSession& session, std::string_view argument) {
    return session.choose("charset", argument);
}

bool width(TerminalSession& session, std::string_view argument) { return session.choose("width", argument); }

bool colours(TerminalSession& session, std::string_view argument) {
    return session.choose("colours", argument);
}

bool links(TerminalSession& session, std::string_view argument) { return session.choose("links", argument); }

bool password(TerminalSession& session, std::string_view) {
    session.change_password();
    return true;
}

bool claim(TerminalSession& session, std::string_view code) {
    session.claim(code);
    return true;
}

bool wizard(TerminalSession& session, std::string_view argument) {
    if (utf8::equal_folded(argument, "on")) {
        session.turn_wizard_on();
    } else if (utf8::equal_folded(argument, "off")) {
        session.turn_wizard_off();
    } else {
        return false;
    }
    return true;
}

bool keys(TerminalSession& session, std::string_view argument) { return session.keys(argument); }

bool who(TerminalSession& session, std::string_view) {
    const std::size_t online = session.native().players_online();
    session.say(online == 0   ? std::string{"Nobody is here at present.\n"}
                : online == 1 ? std::string{"One person is here.\n"}
                              : fmt::format("{} people are here.\n", online));
    return true;
}

std::string line_about(const SessionCommand& command) {
    return fmt::format("{}{}{}: {}\n", command.name, command.arguments.empty() ? "" : " ", command.arguments,
                       command.help);
}

bool help(TerminalSession& session, std::string_view) {
    std::string words =
        "Type the name of your character, or a new name to become somebody.\n"
        "On one line: connect NAME PASSWORD, or create NAME PASSWORD. Before that you may also type:\n";
    for (const SessionCommand& command : session_commands()) {
        if (command.when == SessionCommand::When::in_world) continue;
        words += line_about(command);
    }
    words += "Once you are in, help settings tells of more:";
    for (const SessionCommand& command : session_commands())
        if (command.when == SessionCommand::When::in_world) words += fmt::format(" {}", command.name);
    words += ".\n";
    session.say(words);
    return true;
}

using When = SessionCommand::When;
constexpr std::array commands{
    SessionCommand{"who", "", "how many people are here", When::before_login, who},
    SessionCommand{"help", "", "this list", When::before_login, help},
    SessionCommand{"quit", "", "leave", When::always, quit},
    SessionCommand{"screenreader", "on|off|auto", "plain lines for a screen reader", When::always,
                   screen_reader},
    SessionCommand{"charset", "utf-8|latin-1|ascii|auto", "what your terminal can show", When::always,
                   charset},
    SessionCommand{"width", "COLUMNS|auto", "how wide your lines are, 20 to 1000", When::always, width},
    SessionCommand{"colours", "off|16|256|true|auto", "how many colours you see", When::always, colours},
    SessionCommand{"colors", "off|16|256|true|auto", "the same as colours", When::always, colours},
    SessionCommand{"links", "on|off|auto", "commands that you can click, if your client knows OSC 8",
                   When::always, links},
    SessionCommand{"password", "", "change your password", When::in_world, password},
    SessionCommand{"keys", "list|add LINE|remove NUMBER",
                   "the keys that let you in by SSH without a password", When::in_world, keys},
    SessionCommand{"claim", "CODE", "become a wizard with the code printed at the first start",
                   When::in_world, claim},
    SessionCommand{"wizard", "on|off",
                   "turn a wizard's rights on for half an hour, with your password, or off", When::in_world,
                   wizard},
};

bool is_setting(const SessionCommand& command) {
    return command.when == When::always && !command.arguments.empty();
}

bool fits(When when, bool logged_in) { return when == When::always || (when == When::in_world) == logged_in; }

/// In the world `help` is the world's, but of these commands it knows nothing. False: not about them.
bool help_in_world(TerminalSession& session, std::string_view about) {
    std::string words;
    for (const SessionCommand& command : commands) {
        const bool is_meant =
            utf8::equal_folded(about, "settings") || utf8::equal_folded(about, command.name);
        if (is_meant && command.when != When::before_login) words += line_about(command);
    }
    if (words.empty()) return false;
    if (utf8::equal_folded(about, "settings")) {
        words +=
            "What you choose of your terminal holds wherever you log in, until you say auto: then it is as "
            "your client says.\n";
    }
    session.say(words);
    return true;
}

const SessionCommand* setting_named(std::string_view name) {
    const auto* const found = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
        return is_setting(command) && utf8::equal_folded(command.name, name);
    });
    return found == commands.end() ? nullptr : found;
}

/// Of `words`, the last argument is left. "quit smoking" is the world's business.
const SessionCommand* command_in(std::string_view& words, bool logged_in) {
    const std::string_view word = ascii::take_word(words);
    const auto* const found = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
        return utf8::equal_folded(command.name, word) && fits(command.when, logged_in);
    });
    if (found == commands.end()) return nullptr;
    return found->arguments.empty() && !words.empty() ? nullptr : found;
}

bool is_set(std::string_view word) {
    return utf8::equal_folded(word, "set") || utf8::equal_folded(word, "settings");
}

/// `set width 100` is `width 100`. False: that is no setting of the terminal's.
bool set(TerminalSession& session, std::string_view words) {
    const SessionCommand* const found = setting_named(ascii::take_word(words));
    if (found == nullptr) return false;
    std::string_view value = words;
    if (utf8::equal_folded(ascii::take_word(value), "to")) words = value;
    if (words.empty() || !found->run(session, words))
        session.say(fmt::format("Type: set {} {}\n", found->name, found->arguments));
    return true;
}

}  // namespace

std::span<const SessionCommand> session_commands() { return commands; }

const SessionCommand* find_session_command(std::string_view line, std::string_view& argument) {
    argument = ascii::trimmed(line);
    std::string_view rest = argument;
    if (is_set(ascii::take_word(rest))) return setting_named(ascii::take_word(rest));
    return command_in(argument, true);
}

bool run_session_command(TerminalSession& session, std::string_view line) {
    std::string_view argument = ascii::trimmed(line);
    if (session.logged_in()) {
        std::string_view rest = argument;
        const std::string_view word = ascii::take_word(rest);
        if (utf8::equal_folded(word, "help") && help_in_world(session, rest)) return true;
        if (is_set(word)) return set(session, rest);
    }
    const SessionCommand* const found = command_in(argument, session.logged_in());
    if (found == nullptr) return false;
    // A lone "width" may be somebody's name before login.
    if (!found->arguments.empty() && argument.empty() && !session.logged_in()) return false;
    if (found->arguments.empty() || !argument.empty()) {
        if (found->run(session, argument)) return true;
    } else if (is_setting(*found)) {
        session.show_setting(utf8::equal_folded(found->name, "colors") ? "colours" : found->name);
    }
    session.say(fmt::format("Type: {} {}\n", found->name, found->arguments));
    return true;
}

}  // namespace gyre::net
