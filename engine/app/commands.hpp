#pragma once

#include "clients/terminal/play.hpp"
#include "engine/app/exit.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The subcommands of `gyre`: what the command line asks for, and the functions that do it. They print to
/// standard output, log to standard error and may throw Failure.
namespace gyre::app {

/// Serve a world until told to stop; makes the demo world when the directory has none.
struct RunOptions {
    std::filesystem::path world = "town";
    std::optional<std::filesystem::path> config;  ///< Else gyre.toml in the world's directory.
    std::vector<std::string> listen;              ///< If any: instead of the configured listeners.
    bool list_calls = false;                      ///< Print the table of events and calls, and end.
};

/// Make a new world from the demo world.
struct NewOptions {
    std::filesystem::path world;
};

/// Look for faults in a world's configuration, keys, scripts and, unless a server has it, database.
struct CheckOptions {
    std::filesystem::path world;
    std::optional<std::filesystem::path> config;  ///< Else gyre.toml in the world's directory.
};

/// Run the tests of a world, each in a fresh one in memory; the world's database is not looked at.
struct TestOptions {
    std::filesystem::path world;
    std::string filter;  ///< Only tests whose name holds it.
};

/// Manage accounts, through the server if it runs.
struct AccountOptions {
    enum class Action : std::uint8_t { create, list, set_password, set_role };
    Action action = Action::list;
    std::string name;  ///< Empty for list.
    std::string role;  ///< "player", "builder" or "wizard"; for set_role.
    std::filesystem::path world = "town";
};

/// Write a copy of the database to a file that does not exist yet, through the server if it runs.
struct BackupOptions {
    std::filesystem::path world;
    std::filesystem::path file;
};

/// Put a backup in the place of a world's database, of which a copy is kept.
struct RestoreOptions {
    std::filesystem::path file;
    std::filesystem::path world;
};

/// Print the metrics of a running server.
struct MetricsOptions {
    std::filesystem::path world;
};

/// Write objects of a world as a file, through the server if it runs.
struct ExportOptions {
    std::filesystem::path world;
    std::vector<std::string> objects;  ///< "#127", a fixed name, "@" and an export id, or what one is called.
    std::filesystem::path file;        ///< Empty: standard output.
};

/// Make the objects of files in a world, through the server if it runs; all or nothing.
struct ImportOptions {
    std::filesystem::path world;
    std::vector<std::filesystem::path> files;  ///< "-" is standard input.
    std::string as;                            ///< The account to which what is new belongs.
};

using Command = std::variant<RunOptions, NewOptions, CheckOptions, TestOptions, AccountOptions, BackupOptions,
                             RestoreOptions, MetricsOptions, ExportOptions, ImportOptions, play::PlayOptions>;

Exit perform(const RunOptions& options);
Exit perform(const NewOptions& options);
Exit perform(const CheckOptions& options);
Exit perform(const TestOptions& options);
Exit perform(const AccountOptions& options);
Exit perform(const BackupOptions& options);
Exit perform(const RestoreOptions& options);
Exit perform(const MetricsOptions& options);
Exit perform(const play::PlayOptions& options);
Exit perform(const ExportOptions& options);
Exit perform(const ImportOptions& options);

}  // namespace gyre::app
