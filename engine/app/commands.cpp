#include "engine/app/commands.hpp"

#include "engine/app/control_client.hpp"
#include "engine/app/password_input.hpp"
#include "engine/app/print.hpp"
#include "engine/app/server.hpp"
#include "engine/app/world_directory.hpp"
#include "engine/base/log.hpp"

#include <fmt/format.h>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

namespace gyre::app {

namespace {

/// For who waits for it and may have gone: a server runs on without them.
void announce(std::string_view text) {
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), stdout));
    static_cast<void>(std::fflush(stdout));
}

[[noreturn]] void fail(Exit code, const Error& error) { throw Failure(code, error.text); }

/// For commands on a world that must be there already.
void require_world(const WorldDirectory& directory) {
    if (directory.is_vacant())
        throw Failure(Exit::usage, fmt::format("there is no world in {}", directory.root.string()));
}

/// For commands that make a world: what is no directory cannot become one.
void require_no_file(const std::filesystem::path& root) {
    std::error_code error;
    if (std::filesystem::exists(root, error) && !std::filesystem::is_directory(root, error))
        throw Failure(Exit::usage, fmt::format("{} is not a directory", root.string()));
}

/// What the server says that has the world, or the world opened here when nobody has it.
ControlAnswer answer_to(const WorldDirectory& directory, const ControlWords& request) {
    require_world(directory);
    Result<ControlAnswer> answer = ask_server(directory.control_socket(), request);
    if (!answer) {
        if (answer.error().code != Errc::not_found) fail(Exit::unavailable, answer.error());
        Server alone(directory, read_config(directory, {}));
        answer = alone.answer_alone(request);
    }
    return std::move(answer).value();
}

Exit show(const ControlAnswer& answer) {
    if (answer.exit_code == 0) {
        print(answer.text);
    } else {
        static_cast<void>(std::fwrite(answer.text.data(), 1, answer.text.size(), stderr));
    }
    return static_cast<Exit>(answer.exit_code);
}

void print_calls() {
    for (const net::Service& service : net::all_services()) {
        for (const net::CallRow& row : service.calls) {
            print(fmt::format("{:<10} {:<34} {}\n", service.scheme, row.arrives, row.call));
        }
    }
    print(fmt::format("{:<10} {:<34} {}\n", "timer", "after(seconds, object, method)", "object:method(...)"));
    print(fmt::format("{:<10} {:<34} {}\n", "listener", "announce, say",
                      "npc:noticed(event), npc:heard(who, text)"));
}

/// Written for whoever starts a world that nobody governs yet.
void print_claim(Server& server) {
    const std::string code = server.residents().open_claim();
    if (code.empty()) return;
    static_cast<void>(
        std::fprintf(stderr,
                     "\nThis world has no wizard yet. Log in, make a character, and say\n\n    claim %s\n\n"
                     "The code works once, and only over loopback or an encrypted connection.\n\n",
                     code.c_str()));
}

}  // namespace

Exit perform(const RunOptions& options) {
    if (options.list_calls) {
        print_calls();
        return Exit::success;
    }
    const WorldDirectory directory{options.world};
    const Config config = read_config(directory, options.config.value_or(std::filesystem::path{}));
    require_no_file(options.world);
    const std::vector<Endpoint> endpoints = listeners_of(config, options.listen);
    if (directory.is_vacant()) {
        if (const Status made = make_demo_world(directory); !made) fail(Exit::storage_failed, made.error());
        log::info("app", "made the demo world", {{"directory", options.world.string()}});
    }
    Server server(directory, config);
    const std::vector<std::string> urls = server.listen(endpoints);
    print_claim(server);
    std::string ready = "ready";
    for (const std::string& url : urls) ready += " " + url;
    announce(ready + "\n");
    return server.run();
}

Exit perform(const NewOptions& options) {
    require_no_file(options.world);
    if (const Status made = make_demo_world({options.world}); !made) {
        fail(made.error().code == Errc::exists ? Exit::usage : Exit::storage_failed, made.error());
    }
    print(fmt::format("{} is made; start it with: gyre run {}\n", options.world.string(),
                      options.world.string()));
    return Exit::success;
}

Exit perform(const AccountOptions& options) {
    require_world({options.world});  // Before a password is asked for.
    ControlWords request{"account"};
    switch (options.action) {
        case AccountOptions::Action::list:
            request.emplace_back("list");
            break;
        case AccountOptions::Action::set_role:
            request.insert(request.end(), {"role", options.name, options.role});
            break;
        case AccountOptions::Action::create:
        case AccountOptions::Action::set_password: {
            Result<std::string> password = read_password("Password: ");
            if (!password) fail(Exit::usage, password.error());
            const bool is_new = options.action == AccountOptions::Action::create;
            request.insert(request.end(), {is_new ? "create" : "password", options.name, password.value()});
            break;
        }
    }
    return show(answer_to({options.world}, request));
}

Exit perform(const BackupOptions& options) {
    const WorldDirectory directory{options.world};
    require_world(directory);
    const std::string file = std::filesystem::absolute(options.file).string();
    const Result<ControlAnswer> answer = ask_server(directory.control_socket(), {"backup", file});
    if (answer) return show(answer.value());
    if (answer.error().code != Errc::not_found) fail(Exit::unavailable, answer.error());
    const Result<world::WorldLock> lock = world::WorldLock::take(options.world.string());
    if (!lock) fail(Exit::unavailable, lock.error());
    if (const Status copied = world::Store::backup(directory.database().string(), file); !copied) {
        fail(copied.error().code == Errc::damaged ? Exit::damaged : Exit::storage_failed, copied.error());
    }
    print(fmt::format("{} written\n", file));
    return Exit::success;
}

Exit perform(const RestoreOptions& options) {
    require_no_file(options.world);
    std::error_code error;
    if (!std::filesystem::exists(options.file, error))
        throw Failure(Exit::usage, fmt::format("there is no backup {}", options.file.string()));
    // Like that of a new world: nobody else has business in it.
    if (std::filesystem::create_directories(options.world, error))
        std::filesystem::permissions(options.world, std::filesystem::perms::owner_all, error);
    const Result<world::WorldLock> lock = world::WorldLock::take(options.world.string());
    if (!lock) fail(Exit::unavailable, lock.error());
    const WorldDirectory directory{options.world};
    const Result<std::string> kept =
        world::Store::restore(options.file.string(), directory.database().string());
    if (!kept) fail(kept.error().code == Errc::damaged ? Exit::damaged : Exit::storage_failed, kept.error());
    print(kept.value().empty() ? "restored\n"
                               : fmt::format("restored; the old database is kept as {}\n", kept.value()));
    return Exit::success;
}

Exit perform(const MetricsOptions& options) {
    const WorldDirectory directory{options.world};
    require_world(directory);
    const Result<ControlAnswer> answer = ask_server(directory.control_socket(), {"metrics"});
    if (!answer && answer.error().code != Errc::not_found) fail(Exit::unavailable, answer.error());
    if (!answer) {
        fail(Exit::unavailable,
             {Errc::not_found, fmt::format("no server runs in {}", options.world.string())});
    }
    print(answer.value().text);
    return static_cast<Exit>(answer.value().exit_code);
}

Exit perform(const play::PlayOptions& options) {
    const play::PlayResult result = play::play(options);
    const auto exit = static_cast<Exit>(result.exit);
    if (!result.complaint.empty()) throw Failure(exit, result.complaint);
    return exit;
}

Exit perform(const ExportOptions& options) {
    ControlWords request{"export"};
    request.insert(request.end(), options.objects.begin(), options.objects.end());
    const ControlAnswer answer = answer_to({options.world}, request);
    if (options.file.empty() || answer.exit_code != 0) return show(answer);
    std::ofstream file(options.file, std::ios::binary | std::ios::trunc);
    file << answer.text;
    file.close();
    if (!file) {
        fail(Exit::storage_failed, {Errc::io, fmt::format("cannot write {}", options.file.string())});
    }
    return Exit::success;
}

Exit perform(const ImportOptions& options) {
    ControlWords request{"import", options.as};
    for (const std::filesystem::path& path : options.files) {
        std::ostringstream text;
        if (path == "-") {
            text << std::cin.rdbuf();
        } else {
            std::ifstream file(path, std::ios::binary);
            text << file.rdbuf();
            if (!file) fail(Exit::usage, {Errc::not_found, fmt::format("cannot read {}", path.string())});
        }
        request.insert(request.end(), {path == "-" ? "stdin" : path.string(), text.str()});
    }
    return show(answer_to({options.world}, request));
}

}  // namespace gyre::app
