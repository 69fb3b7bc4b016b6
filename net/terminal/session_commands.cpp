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

bool keys(TerminalSession& session, std::string_view argument) {
    const std::string_view what = ascii::take_word(argument);
    if (utf8::equal_folded(what, "list") && argument.empty()) {
        session.list_keys();
    } else if (utf8::equal_folded(what, "add") && !argument.empty()) {
        session.add_key(argument);
    } else if (utf8::equal_folded(what, "remove") && !argument.empty()) {
        session.remove_key(argument);
    } else {
        return false;
    }
    return true;
}

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

bool fits(When when, const TerminalSession& session) {
    return when == When::always || (when == When::in_world) == session.logged_in();
}

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

/// `set width 100` is `width 100`. False: that is no setting of the terminal's.
bool set(TerminalSession& session, std::string_view words) {
    const std::string_view name = ascii::take_word(words);
    const auto* const found = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
        return command.when == When::always && !command.arguments.empty() &&
               utf8::equal_folded(command.name, name);
    });
    if (found == commands.end()) return false;
    std::string_view value = words;
    if (utf8::equal_folded(ascii::take_word(value), "to")) words = value;
    if (words.empty() || !found->run(session, words))
        session.say(fmt::format("Type: set {} {}\n", found->name, found->arguments));
    return true;
}

}  // namespace

std::span<const SessionCommand> session_commands() { return commands; }

bool run_session_command(TerminalSession& session, std::string_view line) {
    std::string_view argument = ascii::trimmed(line);
    const std::string_view word = ascii::take_word(argument);
    if (session.logged_in() && utf8::equal_folded(word, "help") && help_in_world(session, argument))
        return true;
    const bool is_set = utf8::equal_folded(word, "set") || utf8::equal_folded(word, "settings");
    if (session.logged_in() && is_set) return set(session, argument);
    const auto found = std::find_if(commands.begin(), commands.end(), [&](const SessionCommand& command) {
        return utf8::equal_folded(command.name, word) && fits(command.when, session);
    });
    if (found == commands.end()) return false;
    // "quit smoking" is the world's business. A lone "width" may be somebody's name before login.
    if (found->arguments.empty() && !argument.empty()) return false;
    if (!found->arguments.empty() && argument.empty() && !session.logged_in()) return false;
    const bool understood = (found->arguments.empty() || !argument.empty()) && found->run(session, argument);
    if (!understood) session.say(fmt::format("Type: {} {}\n", found->name, found->arguments));
    return true;
}

}  // namespace gyre::net
