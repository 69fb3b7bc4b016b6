#include "engine/app/cli.hpp"

#include "clients/terminal/command_line.hpp"
#include "engine/base/nearest.hpp"
#include "engine/base/url.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <utility>

// Each subcommand is one function that declares its arguments bound to an options struct, and a callback that
// makes this struct the command. CLI11 reports everything by exceptions; they end in parse_command_line().

namespace gyre::app {
namespace {

constexpr std::array<std::string_view, 11> command_names{
    "run", "new", "check", "test", "account", "backup", "restore", "metrics", "play", "export", "import"};

/// Keeps the options that CLI11 writes into alive for as long as the parser.
struct Options {
    RunOptions run;
    NewOptions make;
    CheckOptions check;
    TestOptions test;
    AccountOptions account;
    BackupOptions backup;
    RestoreOptions restore;
    MetricsOptions metrics;
    play::PlayOptions play;
    ExportOptions exported;
    ImportOptions imported;
};

/// An option that takes the directory of a world.
CLI::Option* add_directory(CLI::App& command, const std::string& name, std::filesystem::path& to,
                           const std::string& help) {
    const CLI::Validator not_empty{
        [](const std::string& text) {
            return std::string{text.empty() ? "the name of a directory is empty" : ""};
        },
        ""};
    return command.add_option(name, to, help)->check(not_empty);
}

void declare_run(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("run",
                                       "Serve the world in DIR (default: town) until told to stop; makes "
                                       "the demo world if there is none.");
    add_directory(*command, "DIR", options.run.world, "The world's directory");
    command
        ->add_option("--listen", options.run.listen,
                     "Listen here instead of where gyre.toml says; may be repeated. Port 0 takes a free one.")
        ->type_name("URL")
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--config", options.run.config, "Read this instead of DIR/gyre.toml")
        ->type_name("FILE");
    command->add_flag("--list-calls", options.run.list_calls, "Print which event makes which call, and end");
    command->footer(
        "Once all listeners are open it prints one line, `ready URL URL ...`, with the real ports.\n"
        "SIGTERM and SIGINT stop it, SIGHUP reloads certificates, configuration and scripts.\n\n"
        "Examples:\n"
        "  gyre run\n"
        "  gyre run /srv/town --listen telnet://127.0.0.1:4000 --listen 'telnets://[::]:4443'");
    command->callback([&] { parsed.command = options.run; });
}

void declare_new(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command =
        app.add_subcommand("new", "Make a new world in DIR from the demo world, with a gyre.toml.");
    add_directory(*command, "DIR", options.make.world, "A directory that is empty or does not exist")
        ->required();
    command->footer("Example:\n  gyre new /srv/town");
    command->callback([&] { parsed.command = options.make; });
}

void declare_check(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand(
        "check", "Look for faults in a world's configuration, keys, scripts and database.");
    add_directory(*command, "DIR", options.check.world, "The world's directory")->required();
    command->add_option("--config", options.check.config, "Read this instead of DIR/gyre.toml")
        ->type_name("FILE");
    command->footer(
        "Ends with 1 if it found any; warnings are none. While the world runs its database is left out, so\n"
        "it can be asked before a reload.\n\n"
        "Example:\n  gyre check /srv/town && systemctl reload gyre");
    command->callback([&] { parsed.command = options.check; });
}

void declare_test(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("test",
                                       "Run the tests of a world (DIR/tests/*_test.lua), each in a fresh "
                                       "world in memory.");
    add_directory(*command, "DIR", options.test.world, "The world's directory")->required();
    command->add_option("--filter", options.test.filter, "Only tests whose name holds this")
        ->type_name("TEXT");
    command->footer(
        "Ends with 1 if one failed, or if there is none. The world may be running meanwhile.\n\n"
        "Example:\n  gyre test /srv/town --filter lamp");
    command->callback([&] { parsed.command = options.test; });
}

CLI::App* declare_account_action(CLI::App& account, Options& options, Parsed& parsed, const char* name,
                                 const char* description) {
    auto* command = account.add_subcommand(name, description);
    add_directory(*command, "--world", options.account.world, "The world's directory")
        ->type_name("DIR")
        ->capture_default_str();
    command->callback([&options, &parsed] { parsed.command = options.account; });
    return command;
}

void declare_account(CLI::App& app, Options& options, Parsed& parsed) {
    using Action = AccountOptions::Action;
    auto* account = app.add_subcommand("account", "Make accounts, list them, set a password or a role.");
    account->require_subcommand(1);
    const auto declare = [&](const char* name, const char* description, Action action) {
        auto* command = declare_account_action(*account, options, parsed, name, description);
        command->parse_complete_callback([&options, action] { options.account.action = action; });
        if (action != Action::list)
            command->add_option("NAME", options.account.name, "The account's name")->required();
        return command;
    };
    declare("create", "Make an account and its character; the password comes from standard input.",
            Action::create);
    declare("list", "List all accounts with their roles.", Action::list);
    declare("password", "Set a password, read from standard input; ends the account's sessions.",
            Action::set_password);
    declare("role", "Say what an account may do.", Action::set_role)
        ->add_option("ROLE", options.account.role, "player, builder or wizard")
        ->required()
        ->check(CLI::IsMember({"player", "builder", "wizard"}));
    account->footer(
        "A running server does it; else the database is opened.\n\n"
        "Examples:\n"
        "  gyre account create alice --world /srv/town\n"
        "  echo 'correct horse' | gyre account password alice --world /srv/town\n"
        "  gyre account role alice wizard --world /srv/town");
}

void declare_backup(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command =
        app.add_subcommand("backup", "Write a copy of a world's database to FILE, also while it runs.");
    add_directory(*command, "DIR", options.backup.world, "The world's directory")->required();
    command->add_option("FILE", options.backup.file, "A file that does not exist yet")->required();
    command->footer("Example:\n  gyre backup /srv/town /backup/town-monday.db");
    command->callback([&] { parsed.command = options.backup; });
}

void declare_restore(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("restore",
                                       "Put a backup in the place of a world's database; the old one is "
                                       "kept beside it.");
    command->add_option("FILE", options.restore.file, "What `gyre backup` wrote")->required();
    add_directory(*command, "DIR", options.restore.world, "The world's directory")->required();
    command->footer("Example:\n  gyre restore /backup/town-monday.db /srv/town");
    command->callback([&] { parsed.command = options.restore; });
}

void declare_metrics(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("metrics", "Print the figures of a running server.");
    add_directory(*command, "DIR", options.metrics.world, "The world's directory")->required();
    command->footer("Example:\n  gyre metrics /srv/town");
    command->callback([&] { parsed.command = options.metrics; });
}

void declare_play(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("play", "Play on a server from this terminal.");
    options.play.version = GYRE_VERSION;
    play::declare_arguments(*command, options.play);
    command->callback([&] { parsed.command = options.play; });
}

void declare_export(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command =
        app.add_subcommand("export",
                           "Write objects of a world, with what is in them, as a file that import "
                           "reads.");
    add_directory(*command, "DIR", options.exported.world, "The world's directory")->required();
    command
        ->add_option(
            "OBJECT", options.exported.objects,
            "#127, a fixed name such as square, @ and an export id, or what one thing alone is called")
        ->required();
    command->add_option("-o,--output", options.exported.file, "Write it there")->type_name("FILE");
    command->footer(
        "Whose the objects are is not in the file, nor are people.\n\n"
        "Examples:\n"
        "  gyre export /srv/town '#127' > lamp.lua\n"
        "  gyre export /srv/town chapel 'brass lamp' -o chapel.lua");
    command->callback([&] { parsed.command = options.exported; });
}

void declare_import(CLI::App& app, Options& options, Parsed& parsed) {
    auto* command = app.add_subcommand("import",
                                       "Make the objects of files in a world, or what the files say of those "
                                       "that are there; all or nothing.");
    add_directory(*command, "DIR", options.imported.world, "The world's directory")->required();
    command->add_option("FILE", options.imported.files, "What export wrote; - is standard input")->required();
    command
        ->add_option("--as", options.imported.as, "The account that owns what is new, and whose rights hold")
        ->type_name("NAME")
        ->required();
    command->footer(
        "Ends with 1 if something is wrong with the files; then all faults are listed and nothing has\n"
        "happened.\n\n"
        "Example:\n  gyre import /srv/town lamp.lua chapel.lua --as alice");
    command->callback([&] { parsed.command = options.imported; });
}

bool is_url(const std::string& word) { return word.find("://") != std::string::npos; }

/// As it may stand in a message: a URL without the password that may be in it.
std::string shown(const std::string& word) { return is_url(word) ? without_user(word) : word; }

/// "; did you mean 'run'?" if one of these is near.
std::string meant(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t longest_compared = 32;
    constexpr std::size_t may_be_wrong = 2;
    const std::vector<std::string_view> words(known.begin(), known.end());
    const std::string_view compared = word.substr(0, longest_compared);
    const std::string_view near = nearest(compared, words);
    if (near.empty() || edit_distance(compared, near) > may_be_wrong) return {};
    return "; did you mean '" + std::string(near) + "'?";
}

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t at = 0; at < words.size(); ++at)
        list += (at == 0 ? "" : at + 1 == words.size() ? " or " : ", ") + words[at];
    return list;
}

std::vector<std::string> options_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

std::vector<std::string> commands_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* each : command.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(each->get_name());
    return names;
}

/// The command that was named, as far as that went.
const CLI::App& innermost(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
    return *command;
}

/// "gyre account list"
std::string path_of(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return (parent == nullptr ? std::string{} : path_of(*parent) + " ") + command.get_name();
}

/// What stands where nothing is expected, of which CLI11 only says so.
std::string complaint_about_rest(const CLI::App& command, const std::vector<std::string>& rest) {
    const std::vector<std::string> actions = commands_of(command);
    const auto option =
        std::find_if(rest.begin(), rest.end(), [](const std::string& word) { return word.starts_with('-'); });
    if (option != rest.end())
        return "there is no option '" + shown(*option) + "' here" + meant(*option, options_of(command));
    const std::string& word = rest.front();
    if (!actions.empty())
        return "'" + shown(word) + "' is none of: " + listed(actions) + meant(word, actions);
    const bool is_account = command.get_parent()->get_name() == "account";
    return "'" + shown(word) + "' is one argument too many" +
           (is_account ? "; the world is told by --world DIR" : "");
}

/// In words that say what to do, where CLI11's do not.
std::string complaint_about(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& command = innermost(app);
    std::vector<std::string> rest = app.remaining(true);
    std::erase(rest, "--");
    const bool lacks_action = !commands_of(command).empty();
    std::string complaint = error.what();
    if (!rest.empty() && (lacks_action || dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)) {
        complaint = complaint_about_rest(command, rest);
    } else if (lacks_action) {
        complaint = "what is to be done? " + listed(commands_of(command));
    }
    return complaint + " (see " + path_of(command) + " --help)";
}

/// "help" and "help run" are "--help" and "run --help".
void understand_help(std::vector<std::string>& arguments) {
    if (arguments.empty() || arguments.front() != "help") return;
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
}

/// The words CLI11 has for a first word that is no command do not help; these do.
std::optional<std::string> complaint_about_command(const std::vector<std::string>& arguments) {
    if (arguments.empty()) return "which command? (see gyre --help)";
    const std::string& first = arguments.front();
    const bool known = std::find(command_names.begin(), command_names.end(), first) != command_names.end();
    if (first.starts_with('-') || known) return std::nullopt;
    const std::vector<std::string> names(command_names.begin(), command_names.end());
    const std::string near = meant(first, names);
    return "there is no command '" + shown(first) + "'" +
           (near.empty() ? "; there are " + listed(names) : near) + " (see gyre --help)";
}

Parsed complain(const std::string& text) { return {std::nullopt, "gyre: " + text + "\n", Exit::usage}; }

}  // namespace

Parsed parse_command_line(std::vector<std::string> arguments) {
    understand_help(arguments);
    if (const auto complaint = complaint_about_command(arguments)) return complain(*complaint);
    Options options;
    Parsed parsed;
    CLI::App app("Gyre serves text worlds written in Lua to many players at once.", "gyre");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string(version()));
    app.footer(
        "Exit codes: 0 done; 1 faults found; 64 usage; 65 damaged or newer database;\n"
        "69 port in use, world locked, or no way to the server; 74 storage failed; 78 configuration.\n\n"
        "Example:\n  gyre run ./town");
    declare_run(app, options, parsed);
    declare_new(app, options, parsed);
    declare_check(app, options, parsed);
    declare_test(app, options, parsed);
    declare_account(app, options, parsed);
    declare_backup(app, options, parsed);
    declare_restore(app, options, parsed);
    declare_metrics(app, options, parsed);
    declare_play(app, options, parsed);
    declare_export(app, options, parsed);
    declare_import(app, options, parsed);
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back.
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        return {std::nullopt, app.help(), Exit::success};
    } catch (const CLI::CallForVersion&) {
        return {std::nullopt, std::string(version()) + "\n", Exit::success};
    } catch (const CLI::ParseError& error) { return complain(complaint_about(app, error)); }
    return parsed;
}

std::string_view version() { return "gyre " GYRE_VERSION; }

}  // namespace gyre::app
