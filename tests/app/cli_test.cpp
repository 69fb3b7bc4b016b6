#include "engine/app/cli.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace gyre::app;

namespace {

template <class Options>
Options command(const std::vector<std::string>& arguments) {
    const Parsed parsed = parse_command_line(arguments);
    INFO(parsed.text);
    REQUIRE(parsed.command);
    return std::get<Options>(*parsed.command);
}

std::string complaint(const std::vector<std::string>& arguments) {
    const Parsed parsed = parse_command_line(arguments);
    REQUIRE_FALSE(parsed.command);
    CHECK(parsed.exit == Exit::usage);
    CHECK(parsed.text.back() == '\n');
    return parsed.text;
}

std::string help(const std::vector<std::string>& arguments) {
    const Parsed parsed = parse_command_line(arguments);
    REQUIRE_FALSE(parsed.command);
    CHECK(parsed.exit == Exit::success);
    return parsed.text;
}

}  // namespace

TEST_CASE("cli: run takes a directory, listeners and a config", "[app][cli]") {
    const auto plain = command<RunOptions>({"run"});
    CHECK(plain.world == "town");
    CHECK(plain.listen.empty());
    CHECK_FALSE(plain.config);
    const auto full = command<RunOptions>({"run", "/srv/town", "--listen", "telnet://127.0.0.1:0", "--listen",
                                           "telnets://[::]:4443", "--config", "other.toml"});
    CHECK(full.world == "/srv/town");
    CHECK(full.listen == std::vector<std::string>{"telnet://127.0.0.1:0", "telnets://[::]:4443"});
    CHECK(full.config == "other.toml");
    CHECK(command<RunOptions>({"run", "--listen", "telnet://127.0.0.1:0", "town"}).world == "town");
    CHECK(command<RunOptions>({"run", "--list-calls"}).list_calls);
}

TEST_CASE("cli: the other commands take what they need", "[app][cli]") {
    CHECK(command<NewOptions>({"new", "town"}).world == "town");
    CHECK(command<CheckOptions>({"check", "town"}).world == "town");
    CHECK(command<MetricsOptions>({"metrics", "town"}).world == "town");
    const auto backup = command<BackupOptions>({"backup", "town", "copy.db"});
    CHECK(backup.world == "town");
    CHECK(backup.file == "copy.db");
    const auto restore = command<RestoreOptions>({"restore", "copy.db", "town"});
    CHECK(restore.file == "copy.db");
    CHECK(restore.world == "town");
}

TEST_CASE("cli: play takes an address and says what it is", "[app][cli]") {
    const auto plain = command<gyre::play::PlayOptions>({"play"});
    CHECK(plain.url == "telnet://localhost:4000");
    CHECK("gyre " + plain.version == version());
    CHECK_FALSE(plain.insecure);
    const auto full = command<gyre::play::PlayOptions>(
        {"play", "telnets://[::1]", "--insecure", "--no-color", "--no-status", "--script", "file"});
    CHECK(full.url == "telnets://[::1]");
    CHECK((full.insecure && full.no_colour && full.no_status));
    CHECK(full.script == "file");
    CHECK(complaint({"play", "a", "b"}).starts_with("gyre: "));
}

TEST_CASE("cli: export and import name a world, objects and files", "[app][cli]") {
    const auto exported = command<ExportOptions>({"export", "town", "#12", "square", "-o", "it.lua"});
    CHECK(exported.world == "town");
    CHECK(exported.objects == std::vector<std::string>{"#12", "square"});
    CHECK(exported.file == "it.lua");
    CHECK(command<ExportOptions>({"export", "town", "brass lamp"}).file.empty());
    complaint({"export", "town"});
    const auto imported = command<ImportOptions>({"import", "town", "a.lua", "-", "--as", "alice"});
    CHECK(imported.world == "town");
    CHECK(imported.files == std::vector<std::filesystem::path>{"a.lua", "-"});
    CHECK(imported.as == "alice");
    CHECK(complaint({"import", "town", "a.lua"}) == "gyre: --as is required (see gyre import --help)\n");
    CHECK(help({"export", "--help"}).find("gyre export /srv/town") != std::string::npos);
    CHECK(help({"import", "--help"}).find("gyre import /srv/town") != std::string::npos);
}

TEST_CASE("cli: test takes a directory and perhaps a part of a name", "[app][cli]") {
    CHECK(command<TestOptions>({"test", "/srv/town"}).filter.empty());
    CHECK(command<TestOptions>({"test", "/srv/town", "--filter", "lamp"}).filter == "lamp");
    CHECK(complaint({"test"}) == "gyre: DIR is required (see gyre test --help)\n");
}

TEST_CASE("cli: account has four actions", "[app][cli]") {
    using Action = AccountOptions::Action;
    const auto create = command<AccountOptions>({"account", "create", "alice", "--world", "town"});
    CHECK(create.action == Action::create);
    CHECK(create.name == "alice");
    CHECK(create.world == "town");
    CHECK(command<AccountOptions>({"account", "list", "--world", "town"}).action == Action::list);
    CHECK(command<AccountOptions>({"account", "list"}).world == "town");
    CHECK(command<AccountOptions>({"account", "password", "alice"}).action == Action::set_password);
    const auto role = command<AccountOptions>({"account", "role", "alice", "wizard"});
    CHECK(role.action == Action::set_role);
    CHECK(role.role == "wizard");
    CHECK(complaint({"account", "role", "alice", "king"}).find("wizard") != std::string::npos);
    complaint({"account"});
    complaint({"account", "create"});
    complaint({"account", "list", "alice"});
}

TEST_CASE("cli: what makes no sense is a usage error", "[app][cli]") {
    CHECK(complaint({}) == "gyre: which command? (see gyre --help)\n");
    CHECK(complaint({"rum"}) == "gyre: there is no command 'rum'; did you mean 'run'? (see gyre --help)\n");
    CHECK(complaint({"dance"}) ==
          "gyre: there is no command 'dance'; there are run, new, check, test, account, backup, restore, "
          "metrics, "
          "play, export or import (see gyre --help)\n");
    CHECK(complaint({"run", "--listne", "x"}) ==
          "gyre: there is no option '--listne' here; did you mean '--listen'? (see gyre run --help)\n");
    CHECK(complaint({"run", "one", "--port", "2"}) ==
          "gyre: there is no option '--port' here (see gyre run --help)\n");
    CHECK(complaint({"new"}) == "gyre: DIR is required (see gyre new --help)\n");
    CHECK(complaint({"backup", "town"}) == "gyre: FILE is required (see gyre backup --help)\n");
    CHECK(complaint({"run", "one", "two"}) == "gyre: 'two' is one argument too many (see gyre run --help)\n");
    CHECK(complaint({"--verison"}) ==
          "gyre: there is no option '--verison' here; did you mean '--version'? (see gyre --help)\n");
    CHECK(complaint({"account"}) ==
          "gyre: what is to be done? create, list, password or role (see gyre account --help)\n");
    CHECK(complaint({"account", "lst", "bob"}) ==
          "gyre: 'lst' is none of: create, list, password or role; did you mean 'list'? (see gyre account "
          "--help)\n");
    CHECK(complaint({"account", "list", "town"}) ==
          "gyre: 'town' is one argument too many; the world is told by --world DIR (see gyre account list "
          "--help)\n");
}

TEST_CASE("cli: no complaint repeats the password in a URL", "[app][cli]") {
    const std::string url = "telnet://bob:my secret@example.org";
    CHECK(complaint({url}).find("'telnet://example.org'") != std::string::npos);
    for (const auto& words :
         std::vector<std::vector<std::string>>{{url}, {"play", "x", url}, {"run", "town", url}})
        CHECK_THAT(complaint(words), !Catch::Contains("secret") && Catch::Contains("telnet://example.org"));
}

TEST_CASE("cli: help has examples, and the version is told", "[app][cli]") {
    CHECK(help({"--help"}).find("69 port in use") != std::string::npos);
    CHECK(help({"run", "--help"}).find("gyre run /srv/town --listen") != std::string::npos);
    CHECK(help({"account", "--help"}).find("gyre account create alice") != std::string::npos);
    CHECK(help({"help"}) == help({"--help"}));
    CHECK(help({"help", "run"}) == help({"run", "--help"}));
    CHECK(help({"account", "role", "--help"}).find("builder") != std::string::npos);
    CHECK(help({"--version"}) == std::string(version()) + "\n");
    CHECK(version().substr(0, 5) == "gyre ");
}
