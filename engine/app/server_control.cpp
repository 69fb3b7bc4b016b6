// What subcommands ask of a running server, and how the offline ones do the same with the world opened alone.

#include "engine/app/server.hpp"
#include "engine/base/log.hpp"
#include "engine/base/password_rules.hpp"
#include "world/schedules.hpp"

#include <fmt/format.h>

namespace gyre::app {

namespace {

ControlAnswer success(std::string text) { return {0, std::move(text)}; }
ControlAnswer failure(Exit code, const std::string& text) { return {static_cast<int>(code), text + "\n"}; }

std::string one_line(const world::Account& account) {
    const auto seen = std::chrono::system_clock::time_point{std::chrono::seconds{account.last_seen}};
    const std::time_t time = std::chrono::system_clock::to_time_t(seen);
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{:<16} {:<8} last seen {:04}-{:02}-{:02}\n", account.name, role_name(account.role),
                       utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
}

std::string list_of(const world::Accounts& accounts) {
    std::string text;
    for (const auto& [id, account] : accounts.all()) text += one_line(account);
    return text.empty() ? "no accounts\n" : text;
}

}  // namespace

void Server::perform(const ControlWords& request, const Later& reply) {
    const std::string& what = request.front();
    if (what == "metrics" && request.size() == 1) return reply(success(metrics()), 0);
    if (what == "backup" && request.size() == 2) return back_up(request[1], reply);
    if (what == "account" && request.size() >= 2) return manage_account(request, reply);
    if (what == "export" && request.size() >= 2) return export_objects(request, reply);
    if (what == "import" && request.size() >= 4 && request.size() % 2 == 0)
        return import_files(request, reply);
    if (what == "reload" && request.size() == 1) {
        reload();
        return reply(
            success(fmt::format("{} classes loaded, {} faults\n", library_->changed(), faults_.size())), 0);
    }
    if (what == "stop" && request.size() == 1) {
        reply(success("stopping\n"), 0);
        world_->scheduler->going_to_sleep();
        return reactor_->drain();
    }
    reply(failure(Exit::usage, "the server does not know this request"), 0);
}

void Server::back_up(const std::string& file, const Later& reply) {
    const auto result = std::make_shared<Status>(done());
    const auto work = [this, file, result] { *result = store_->backup(file); };
    const auto finished = [file, result, reply] {
        if (*result) return reply(success(fmt::format("{} written\n", file)), 0);
        reply(failure(Exit::storage_failed, result->error().text), 0);
    };
    if (!workers_->submit({}, work, finished)) {
        reply(failure(Exit::unavailable, "the server is too busy; try again"), 0);
    }
}

void Server::manage_account(const ControlWords& request, const Later& reply) {
    const std::string& action = request[1];
    if (action == "list") return reply(success(list_of(world_->accounts)), 0);
    if (request.size() != 4) return reply(failure(Exit::usage, "account: the request is incomplete"), 0);
    const std::string& name = request[2];
    if (action == "role") {
        const std::optional<world::Role> role = world::role_named(request[3]);
        if (!role) return reply(failure(Exit::usage, "a role is player, builder or wizard"), 0);
        const Result<BatchNumber> set = residents_->set_role(name, *role);
        if (!set) return reply(failure(Exit::usage, set.error().text), 0);
        log::info("login", "role set by the command line", {{"name", name}, {"role", request[3]}});
        return reply(success(fmt::format("{} is a {} now\n", name, request[3])), set.value());
    }
    if (const Status fits = may_be_password(request[3]); !fits)
        return reply(failure(Exit::usage, fmt::format("the password will not do: {}", fits.error().text)), 0);
    const auto hash = std::make_shared<std::string>();
    const auto work = [this, password = password_form(request[3]), hash] {
        *hash = secrets_.hash_password(password);
    };
    const auto finished = [this, action, name, hash, reply] {
        BatchNumber needs = 0;
        if (action == "create") {
            const Result<ObjectId> made = residents_->create_with_hash(name, *hash, needs);
            if (!made) return reply(failure(Exit::usage, made.error().text), 0);
            log::info("login", "account made by the command line", {{"name", name}});
            return reply(success(fmt::format("{} is made\n", name)), needs);
        }
        const Result<BatchNumber> set = residents_->set_password_hash(name, *hash);
        if (!set) return reply(failure(Exit::usage, set.error().text), 0);
        log::info("login", "password set by the command line", {{"name", name}});
        reply(success(fmt::format("{} has a new password\n", name)), set.value());
    };
    if (action != "create" && action != "password") {
        return reply(failure(Exit::usage, "account: create, list, password or role"), 0);
    }
    if (!workers_->submit({}, work, finished)) {
        reply(failure(Exit::unavailable, "the server is too busy; try again"), 0);
    }
}

ControlAnswer Server::answer_alone(const ControlWords& request) {
    std::optional<ControlAnswer> answer;
    BatchNumber wanted = 0;
    // Within a turn, at the end of which what it changes is written.
    reactor_->defer([&] {
        perform(request, [&](const ControlAnswer& given, BatchNumber needs) {
            answer = given;
            wanted = needs;
        });
    });
    while ((!answer || ledger_->durable() < wanted) && !reactor_->exit_code()) {
        reactor_->turn(reactor::Reactor::Waiting::until_event);
    }
    if (!answer || ledger_->durable() < wanted) return failure(Exit::storage_failed, "the disk refused it");
    return *answer;
}

std::string Server::metrics() const {
    std::string text;
    const auto figure = [&text](std::string_view name, std::string_view help, auto value) {
        text += fmt::format("# HELP gyre_{0} {1}\ngyre_{0} {2}\n", name, help, value);
    };
    const auto quantiles = [&](std::string_view name, std::string_view help, auto&& seconds) {
        text += fmt::format("# HELP gyre_{}_seconds {}\n", name, help);
        for (const double share : {0.5, 0.99, 0.999}) {
            text += fmt::format("gyre_{}_seconds{{quantile=\"{}\"}} {:.9f}\n", name, share, seconds(share));
        }
    };
    const reactor::TurnStats& turns = reactor_->stats();
    const world::StoreStats store = store_->stats();
    const auto of = [](const Histogram& histogram) {
        return [&histogram](double share) { return static_cast<double>(histogram.quantile(share)) * 1e-9; };
    };
    figure("connections", "Connections open now.", reactor_->connection_count());
    figure("players", "Characters in the world now; those whose connection was lost stay for a while.",
           world_->audience.online_count());
    figure("objects", "Living objects.", world_->objects.living_count());
    figure("timers", "Stored timers pending.", world_->scheduler->pending());
    figure("beats", "Methods of objects that wait for their time by `every` or `daily`.",
           world_->schedules->pending());
    figure("calls_total", "Calls into the world.", calls_->count());
    figure("script_errors_total", "Calls that failed.", calls_->errors().total());
    figure("lua_bytes", "Memory of the script state.", world_->runtime->live_bytes());
    figure("reloads_total", "Times that changed class files were loaded.", reloads_);
    figure("reload_seconds", "How long the last of them took.",
           std::chrono::duration<double>(reload_time_).count());
    figure("held_bytes", "Output that waits for the disk.", reactor_->held_bytes());
    figure("held_bytes_most", "The most there ever was.", turns.most_held_bytes);
    figure("turns_total", "Turns of the reactor.", turns.turns);
    quantiles("turn", "Time of a turn.", of(turns.turn_time));
    quantiles("turn_storage", "Of it, sealing changes.", of(turns.storage_time));
    text += fmt::format("gyre_turn_storage_seconds_max {:.9f}\n",
                        static_cast<double>(turns.storage_time.max()) * 1e-9);
    figure("commits_total", "Group commits.", store.commits);
    figure("changes_total", "Changes committed.", store.changes);
    figure("unfolded_changes", "Changes in the journal only.", store.unfolded);
    figure("folded_objects_total", "Object rows written.", store.folded_objects);
    figure("checkpoints_total", "WAL checkpoints.", store.checkpoints);
    figure("wal_bytes_most", "Longest WAL seen.", std::int64_t{store.wal_pages_most} * 4096);
    quantiles("commit", "Time of a commit.", of(store.commit_time));
    text +=
        fmt::format("gyre_commit_seconds_max {:.9f}\n", static_cast<double>(store.commit_time.max()) * 1e-9);
    figure("store_cpu_seconds", "CPU time of the store thread.", store.cpu_s);
    return text;
}

}  // namespace gyre::app
