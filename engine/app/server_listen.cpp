// Where the server is heard: listeners from URLs, certificates, the control socket.

#include "engine/app/cli.hpp"
#include "engine/app/exit.hpp"
#include "engine/app/needs.hpp"
#include "engine/app/safe_door.hpp"
#include "engine/app/server.hpp"
#include "engine/base/log.hpp"
#include "net/ssh/ssh_service.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gyre::app {

namespace {

bool needs_certificate(const std::vector<Endpoint>& endpoints) {
    for (const Endpoint& endpoint : endpoints) {
        if (net::find_service(endpoint.scheme)->tls) return true;
    }
    return false;
}

}  // namespace

std::vector<Endpoint> listeners_of(const Config& config, const std::vector<std::string>& urls) {
    const auto fail = [&](const std::string& why) {
        throw Failure(urls.empty() ? Exit::configuration : Exit::usage, why);
    };
    const std::vector<KnownScheme> schemes = known_schemes();
    std::vector<Endpoint> endpoints;
    for (const std::string& url : urls.empty() ? config.listen : urls) {
        Result<Endpoint> endpoint = parse_endpoint(url, schemes);
        if (!endpoint) fail(endpoint.error().text);
        if (const Endpoint* first = same_place(endpoints, endpoint.value())) {
            fail(fmt::format("\"{}\" is where \"{}\" listens already", endpoint.value().to_string(),
                             first->to_string()));
        }
        endpoints.push_back(std::move(endpoint).value());
    }
    return endpoints;
}

std::vector<std::string> Server::listen(const std::vector<Endpoint>& endpoints) {
    if (needs_certificate(endpoints)) load_certificates();
    if (std::any_of(endpoints.begin(), endpoints.end(),
                    [](const Endpoint& each) { return each.scheme == "ssh"; }))
        prepare_ssh();
    for (const Endpoint& endpoint : endpoints) open_listener(endpoint, *net::find_service(endpoint.scheme));
    std::vector<std::string> open;
    for (const auto& listener : listeners_) open.push_back(listener->endpoint().to_string());
    fill_listing();
    open_control();
    handle_signals();
    return open;
}

/// The configured certificate, or one made here and kept: clients can still pin it.
void Server::load_certificates() {
    const reactor::CertificateFiles files = certificate_files(directory_, config_);
    std::error_code error;
    if (config_.tls.certificate.empty() && !std::filesystem::exists(files.certificate, error)) {
        if (const Status made = reactor::write_self_signed("localhost", files); !made) {
            throw Failure(Exit::storage_failed, made.error().text);
        }
        log::info("tls", "made a certificate signed by itself", {{"file", files.certificate}});
    }
    Result<std::shared_ptr<reactor::TlsContext>> loaded = reactor::TlsContext::load({files});
    if (!loaded) throw Failure(Exit::configuration, loaded.error().text);
    tls_ = std::move(loaded).value();
}

void Server::prepare_ssh() {
    const std::string file = (directory_.root / config_.ssh.host_key).string();
    Result<net::OpenedSsh> opened = net::open_ssh(file, config_.ssh.accounts_by_key);
    if (!opened) throw Failure(Exit::configuration, opened.error().text);
    context_->ssh = std::move(opened.value().door);
    log::info("ssh", opened.value().new_key ? "made a host key" : "host key",
              {{"fingerprint", opened.value().fingerprint}, {"file", file}});
}

void Server::fill_listing() {
    net::Listing& listing = context_->listing;
    const Config::Listing& told = config_.listing;
    listing = {};
    listing.started_at = started_at_;
    listing.codebase = "Gyre " + std::string(version().substr(version().find(' ') + 1));
    listing.hostname = told.hostname;
    listing.website = told.website;
    listing.contact = told.contact;
    listing.icon = told.icon;
    listing.language = told.language;
    listing.location = told.location;
    std::vector<Endpoint> heard;
    for (const auto& listener : listeners_) {
        const Endpoint& endpoint = heard.emplace_back(listener->endpoint());
        if (endpoint.is_unix()) continue;
        if (endpoint.scheme == "telnet") listing.ports.push_back(endpoint.port);
        if (endpoint.scheme == "telnets") listing.tls_ports.push_back(endpoint.port);
        if (endpoint.scheme == "ssh") listing.ssh_ports.push_back(endpoint.port);
    }
    context_->secure_door = safe_door(heard, told.hostname);
}

void Server::open_listener(const Endpoint& endpoint, const net::Service& service) {
    reactor::Door door;
    door.make_protocol = [this, &service](const reactor::Peer&) { return service.make(*context_); };
    if (service.take != nullptr) {
        door.take_socket = [this, &service](reactor::Reactor& reactor,
                                            const std::shared_ptr<const reactor::Door>& at, int descriptor,
                                            reactor::Peer peer) {
            service.take(*context_, reactor, at, descriptor, std::move(peer));
        };
    }
    door.tls_use = service.tls ? reactor::Door::Tls::from_start : reactor::Door::Tls::none;
    door.tls = tls_;
    door.proxy = endpoint.proxy;
    door.allow_plaintext = endpoint.allow_plaintext;
    door.busy_words = service.busy_words;
    auto opened = reactor::Listener::open(*reactor_, endpoint, std::move(door));
    if (!opened) throw Failure(Exit::unavailable, opened.error().text);
    listeners_.push_back(std::move(opened).value());
    log::info("app", "listening", {{"url", listeners_.back()->endpoint().to_string()}});
}

void Server::open_control() {
    Endpoint endpoint;
    endpoint.scheme = "control";
    endpoint.path = directory_.control_socket().string();
    if (endpoint.path.size() > Endpoint::longest_path) {
        log::warn("app", "the world's path is too long for a control socket", {{"path", endpoint.path}});
        return;
    }
    reactor::Door door;
    door.make_protocol = [this](const reactor::Peer&) -> std::unique_ptr<reactor::Protocol> {
        return std::make_unique<ControlProtocol>(
            [this](const ControlWords& request, const Later& reply) { perform(request, reply); },
            [this](std::chrono::seconds delay, std::function<void()> action) {
                reactor_->schedule_always(clock_.steady() + delay, std::move(action));
            });
    };
    auto opened = reactor::Listener::open(*reactor_, endpoint, std::move(door));
    if (!opened) throw Failure(Exit::unavailable, opened.error().text);
    listeners_.push_back(std::move(opened).value());
}

}  // namespace gyre::app
