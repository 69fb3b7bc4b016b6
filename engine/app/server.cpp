// The order of starting is that of the members: lock, database, world, classes, reactor; then listeners; then
// timers. What a world needs from above (clock, workers, cryptography) is given to it here and nowhere else.

#include "engine/app/server.hpp"

#include "engine/app/exit.hpp"
#include "engine/app/needs.hpp"
#include "engine/app/service_notice.hpp"
#include "engine/app/torture.hpp"
#include "engine/base/log.hpp"
#include "engine/reactor/descriptor_limit.hpp"
#include "world/history.hpp"
#include "world/scheduler.hpp"
#include "world/schedules.hpp"
#include "world/starting.hpp"

#include <fmt/format.h>
#include <csignal>
#include <cstdlib>
#include <utility>

namespace gyre::app {

namespace {

ScryptCost cost_of(const Config& config) {
    return config.security.password_cost == PasswordCost::cheap ? cheap_cost : normal_cost;
}

Exit exit_for(Errc code) {
    switch (code) {
        case Errc::damaged:
            return Exit::damaged;
        case Errc::busy:
        case Errc::exists:
            return Exit::unavailable;
        case Errc::bad_input:
            return Exit::configuration;
        case Errc::too_long:
        case Errc::not_found:
        case Errc::denied:
        case Errc::io:
        case Errc::script:
            return Exit::storage_failed;
    }
    return Exit::storage_failed;
}

[[noreturn]] void fail(const Error& error) { throw Failure(exit_for(error.code), error.text); }

world::StoreOptions store_options(const WorldDirectory& directory, const Config::Storage& config) {
    world::StoreOptions options;
    options.path = directory.database().string();
    options.history_age = std::chrono::hours{24} * config.history_days;
    options.history_bytes = std::uint64_t{config.history_mib} << 20U;
    options.commit_interval = std::chrono::milliseconds{config.commit_interval_ms};
    options.fold_after = std::chrono::milliseconds{config.fold_after_ms};
    options.checkpoint_pages = static_cast<int>(config.checkpoint_pages);
    options.commit_delay = std::chrono::milliseconds{config.slow_disk_ms};
    apply_torture(options);
    return options;
}

}  // namespace

Server::Server(WorldDirectory directory, Config config)
    : directory_(std::move(directory)), config_(std::move(config)), secrets_(cost_of(config_)) {
    log::set_threshold(config_.log.level);
    reactor::raise_descriptor_limit();
    // A peer that is gone and a file that may not grow are errors of a call, not the end of the process.
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    open_store();
    load();
}

Server::~Server() {
    workers_.reset();
    if (store_) store_->stop();
}

void Server::open_store() {
    std::error_code error;
    std::filesystem::create_directories(directory_.root, error);
    if (error) fail({Errc::io, fmt::format("cannot make {}: {}", directory_.root.string(), error.message())});
    Result<world::WorldLock> lock = world::WorldLock::take(directory_.root.string());
    if (!lock) fail(lock.error());
    lock_ = std::make_unique<world::WorldLock>(std::move(lock).value());
    Result<std::unique_ptr<world::Store>> store =
        world::Store::open(store_options(directory_, config_.storage));
    if (!store) fail(store.error());
    store_ = std::move(store).value();
}

void Server::load() {
    ledger_ = std::make_unique<world::Ledger>(
        store_->last_batch(), [this](world::Batch batch) { store_->submit(std::move(batch)); });
    world_ = std::make_unique<world::World>(*ledger_, clock_);
    world_->name = config_.world.name;
    world_->calendar = world::Calendar{config_.world.day_minutes};
    auto sources = world::load_world(*store_, *world_);
    if (!sources) fail(sources.error());
    core_ = core_classes();
    library_ = std::make_unique<world::Library>(*world_, core_, directory_.scripts());

    reactor_ = std::make_unique<reactor::Reactor>(*ledger_, clock_);
    set_connection_limits();
    workers_ = std::make_unique<reactor::WorkerPool>(
        config_.security.workers,
        [this](std::function<void()> action) { reactor_->post(std::move(action)); });
    const auto defer = [this](std::function<void()> action) { reactor_->defer(std::move(action)); };
    logins_ = std::make_unique<world::Logins>(*workers_, secrets_, clock_);
    commands_ = std::make_unique<world::Commands>(*world_);
    calls_ = std::make_unique<world::Calls>(*world_, *commands_, defer);
    calls_->use_clock([this](std::chrono::milliseconds delay, std::function<void()> action) {
        reactor_->schedule(clock_.steady() + delay, std::move(action));
    });
    world::Residents::Settings settings;
    Result<std::string> banner = read_banner(directory_, config_);
    if (!banner) throw Failure(Exit::configuration, banner.error().text);
    settings.banner = std::move(banner).value();
    settings.start_room = config_.world.start_room;
    settings.registration = config_.world.registration;
    settings.link_wait = std::chrono::minutes{config_.limits.link_minutes};
    residents_ = std::make_unique<world::Residents>(*world_, *calls_, *logins_, secrets_, defer);
    residents_->configure(std::move(settings));
    residents_->use_clock([this](std::chrono::milliseconds delay, std::function<void()> action) {
        reactor_->schedule(clock_.steady() + delay, std::move(action));
    });
    make_closing();
    context_ = std::make_unique<net::Context>(net::Context{*calls_, *residents_, clock_});
    context_->login_seconds = config_.limits.login_grace_seconds;
    context_->idle_seconds = config_.limits.idle_minutes * 60;
    offer_downloads();

    world_->history = std::make_unique<world::History>(*store_, *workers_, *ledger_);
    start_store();
    library_->on_made = [this] { commands_->classes_changed(); };
    faults_ = library_->load(std::move(sources).value());
    commands_->classes_changed();
    report(faults_);
    report_warnings();
    report_start_room();
    residents_->lay_to_rest();
}

void Server::offer_downloads() {
    const Config::Client& client = config_.client;
    context_->downloads = {client.package, client.package_version, client.map, client.media};
}

/// What wizards may ask of the server.
void Server::make_closing() {
    closing_ = std::make_unique<world::Closing>(
        *world_,
        [this](std::chrono::milliseconds delay, std::function<void()> action) {
            reactor_->schedule(clock_.steady() + delay, std::move(action));
        },
        [this] { stop(); });
    auto& operations = world_->runtime->operations;
    operations.close = [this](std::int64_t seconds, const std::string& why) {
        closing_->start(seconds, why);
    };
    operations.stay_open = [this] { closing_->cancel(); };
    operations.is_closing = [this] { return closing_->under_way(); };
}

void Server::start_store() {
    world::Store::Callbacks callbacks;
    callbacks.committed = [this](BatchNumber batch) {
        ledger_->committed(batch);
        reactor_->batch_durable(batch);
    };
    callbacks.failed = [this](const std::string& why) {
        calls_->stop();
        reactor_->storage_failed(why);
    };
    callbacks.in_background = [this](std::function<void()> work) {
        reactor_->post([this, work = std::move(work)] { static_cast<void>(workers_->submit({}, work, {})); });
    };
    store_->start([this](std::function<void()> action) { reactor_->post(std::move(action)); }, callbacks);
    reactor_->on_slow_commit([this](std::chrono::seconds time) {
        residents_->tell_wizards(fmt::format("The disk is slow: a commit takes {} s so far.", time.count()));
    });
}

void Server::set_connection_limits() {
    reactor::ConnectionLimits limits;
    limits.total = config_.limits.connections;
    limits.per_network = config_.limits.connections_per_network;
    limits.output_bytes = std::size_t{config_.limits.output_kib} << 10U;
    limits.held_bytes = std::size_t{config_.limits.held_output_mib} << 20U;
    limits.gather = std::chrono::milliseconds{config_.limits.gather_ms};
    reactor_->admissions().set_limits(limits);
}

Exit Server::run() {
    script_watch_ = ScriptWatch::start(*reactor_, directory_.scripts(), [this] { reload_scripts(); });
    schedule_beat();
    start_clocks();
    world::call_started(*world_, *calls_,
                        [this](std::function<void()> action) { reactor_->defer(std::move(action)); });
    notify_service_manager("READY=1");
    const int code = reactor_->run();
    notify_service_manager("STOPPING=1");
    listeners_.clear();
    return code == 0 ? Exit::success : Exit::storage_failed;
}

void Server::start_clocks() {
    timer_alarm_.emplace(*reactor_, [this] { world_->scheduler->run_due(); });
    world_->scheduler->start([this](std::chrono::milliseconds delay) { timer_alarm_->ring_in(delay); },
                             [this](const world::Scheduler::Timer& timer) { calls_->run_timer(timer); });
    beat_alarm_.emplace(*reactor_, [this] { world_->schedules->run_due(); });
    world_->schedules->start(
        [this](std::chrono::milliseconds delay) { beat_alarm_->ring_in(delay); },
        [this](ObjectId object, world::Atom method) { calls_->run_beat(object, method); });
}

/// Before anybody is told that the server is ready, and for as long as it lives: without it a signal kills.
void Server::handle_signals() {
    if (!signals_) signals_.emplace(reactor_->context(), SIGTERM, SIGINT, SIGHUP);
    signals_->async_wait([this](std::error_code error, int signal) {
        if (error) return;
        if (signal == SIGHUP) {
            reload();
            return handle_signals();
        }
        log::info("app", "stopping", {{"signal", std::to_string(signal)}});
        stop();
    });
}

void Server::stop() {
    world_->scheduler->going_to_sleep();
    reactor_->drain();
}

void Server::schedule_beat() {
    reactor_->schedule_always(clock_.steady() + std::chrono::seconds{net::Sessions::beat_seconds}, [this] {
        context_->sessions.beat();
        schedule_beat();
    });
}

}  // namespace gyre::app
