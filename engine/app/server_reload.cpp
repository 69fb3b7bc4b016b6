// What a running server takes up anew: certificates, configuration, class files.

#include "engine/app/needs.hpp"
#include "engine/app/server.hpp"
#include "engine/base/log.hpp"

#include <fmt/format.h>

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gyre::app {

/// SIGHUP: certificates, class files, and what may change in the configuration.
void Server::reload() {
    Result<Config> fresh = load_config(directory_.config(), known_schemes());
    if (!fresh && fresh.error().code != Errc::not_found) {
        log::error("app", "configuration stays as it is", {{"error", fresh.error().text}});
    } else if (fresh) {
        adopt(fresh.value());
    }
    reload_certificates();
    reload_scripts();
}

void Server::reload_certificates() {
    if (!tls_) return;
    if (const Status loaded = tls_->reload({certificate_files(directory_, config_)}); !loaded)
        log::error("app", "certificates stay as they are", {{"error", loaded.error().text}});
}

/// All of it that may change while the server runs, or nothing if part of it cannot be had.
void Server::adopt(const Config& changed) {
    Result<std::string> banner = read_banner(directory_, changed);
    if (!banner) return log::error("app", "configuration stays as it is", {{"error", banner.error().text}});
    for (const std::string& key : changed_for_restart(config_, changed)) {
        log::warn("app", "takes effect at the next start", {{"key", key}});
    }
    config_.world = changed.world;
    config_.limits = changed.limits;
    config_.listing = changed.listing;
    fill_listing();
    config_.log = changed.log;
    config_.tls = changed.tls;
    log::set_threshold(config_.log.level);
    world_->name = config_.world.name;
    set_connection_limits();
    residents_->configure({std::move(banner).value(), config_.world.start_room, config_.world.registration,
                           std::chrono::minutes{config_.limits.link_minutes}});
    report_start_room();
    context_->login_seconds = config_.limits.login_grace_seconds;
    context_->idle_seconds = config_.limits.idle_minutes * 60;
    config_.client = changed.client;
    offer_downloads();
}

void Server::reload_scripts() {
    const auto began = std::chrono::steady_clock::now();
    faults_ = library_->reload();
    commands_->classes_changed();
    report(faults_);
    report_warnings();
    if (library_->changed() == 0 && faults_.empty()) return;
    ++reloads_;
    reload_time_ = std::chrono::steady_clock::now() - began;
    log::info("app", "reloaded",
              {{"classes", std::to_string(library_->changed())}, {"faults", std::to_string(faults_.size())}});
}

void Server::report_start_room() const {
    if (const std::string fault = start_room_fault(*world_, config_); !fault.empty())
        log::error("app", fault);
}

void Server::report(const std::vector<world::script::LoadFault>& faults) {
    for (const world::script::LoadFault& fault : faults) {
        log::error("script", "does not load", {{"file", fault.origin}, {"error", fault.message}});
        residents_->tell_wizards(
            fmt::format("A class file is wrong; what was right before goes on.\n{}", fault.message));
    }
}

/// Each once, for as long as it holds.
void Server::report_warnings() {
    std::set<std::string> now;
    for (const world::script::LoadFault& warning : library_->warnings()) {
        if (!warned_.contains(warning.message))
            log::warn("script", "perhaps not meant", {{"file", warning.origin}, {"why", warning.message}});
        now.insert(warning.message);
    }
    warned_ = std::move(now);
}

}  // namespace gyre::app
