#pragma once

#include "engine/app/config.hpp"
#include "engine/app/control_protocol.hpp"
#include "engine/app/exit.hpp"
#include "engine/app/openssl_secrets.hpp"
#include "engine/app/script_watch.hpp"
#include "engine/app/world_directory.hpp"
#include "engine/reactor/alarm.hpp"
#include "engine/reactor/listener.hpp"
#include "engine/reactor/reactor.hpp"
#include "engine/reactor/worker_pool.hpp"
#include "net/service.hpp"
#include "world/calls.hpp"
#include "world/closing.hpp"
#include "world/commands.hpp"
#include "world/ledger.hpp"
#include "world/library.hpp"
#include "world/logins.hpp"
#include "world/residents.hpp"
#include "world/store/store.hpp"
#include "world/store/world_lock.hpp"
#include "world/world.hpp"

#include <asio/signal_set.hpp>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gyre::app {

/// Where to listen: `urls`, or what is configured if there are none. Throws Failure.
std::vector<Endpoint> listeners_of(const Config& config, const std::vector<std::string>& urls);

/// A world being served: its parts, wired. Made, started, run and gone in that order, on one thread.
class Server {
  public:
    /// Locks the directory, opens the database, loads the world and its classes. Throws Failure.
    Server(WorldDirectory directory, Config config);
    /// Leaves a tidy database.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Opens the listeners and the control socket. Throws Failure. Returns their URLs with the real ports.
    std::vector<std::string> listen(const std::vector<Endpoint>& endpoints);
    /// Starts the timers and serves until told to stop. Returns the exit code.
    Exit run();

    /// Performs what a subcommand asks without serving: nobody else has the world.
    ControlAnswer answer_alone(const ControlWords& request);

    [[nodiscard]] world::World& world() { return *world_; }
    [[nodiscard]] world::Residents& residents() { return *residents_; }
    /// The class files that did not load.
    [[nodiscard]] const std::vector<world::script::LoadFault>& faults() const { return faults_; }
    /// What of the class files may not be meant.
    [[nodiscard]] const std::vector<world::script::LoadFault>& warnings() const {
        return library_->warnings();
    }
    std::uint64_t reloads_ = 0;                ///< Since the start; those that changed something.
    std::chrono::nanoseconds reload_time_{0};  ///< Of the last of them.
    /// What `gyre metrics` prints: one figure a line, as Prometheus reads it.
    [[nodiscard]] std::string metrics() const;

  private:
    using Later = ControlProtocol::Reply;
    void open_store();
    void load();
    void start_store();
    void start_clocks();
    void make_closing();
    void offer_downloads();
    void handle_signals();
    void stop();
    void reload();
    void adopt(const Config& changed);
    void reload_scripts();
    void report(const std::vector<world::script::LoadFault>& faults);
    void report_warnings();
    void report_start_room() const;
    void set_connection_limits();
    void load_certificates();
    void reload_certificates();
    void prepare_ssh();
    /// What lists of worlds are told; again when the configuration has changed.
    void fill_listing();
    void schedule_beat();
    void open_listener(const Endpoint& endpoint, const net::Service& service);
    void open_control();
    void perform(const ControlWords& request, const Later& reply);
    void back_up(const std::string& file, const Later& reply);
    void export_objects(const ControlWords& request, const Later& reply);
    void import_files(const ControlWords& request, const Later& reply);
    void manage_account(const ControlWords& request, const Later& reply);

    WorldDirectory directory_;
    Config config_;
    SystemClock clock_;
    const std::int64_t started_at_ = unix_seconds(clock_.wall());
    std::unique_ptr<world::WorldLock> lock_;
    std::unique_ptr<world::Store> store_;
    OpensslSecrets secrets_;
    std::unique_ptr<world::Ledger> ledger_;
    std::unique_ptr<world::World> world_;
    std::unique_ptr<world::Library> library_;
    std::unique_ptr<reactor::Reactor> reactor_;
    std::optional<reactor::Alarm> timer_alarm_;
    std::optional<reactor::Alarm> beat_alarm_;
    std::unique_ptr<reactor::WorkerPool> workers_;
    std::unique_ptr<world::Logins> logins_;
    std::unique_ptr<world::Commands> commands_;
    std::unique_ptr<world::Calls> calls_;
    std::unique_ptr<world::Residents> residents_;
    std::unique_ptr<world::Closing> closing_;
    std::unique_ptr<net::Context> context_;
    std::shared_ptr<reactor::TlsContext> tls_;
    std::vector<std::shared_ptr<reactor::Listener>> listeners_;
    std::optional<asio::signal_set> signals_;
    std::shared_ptr<ScriptWatch> script_watch_;
    std::vector<world::script::LoadFault> faults_;
    std::set<std::string> warned_;  ///< The warnings that hold and have been logged.
    std::vector<world::Library::BuiltIn> core_;
};

}  // namespace gyre::app
