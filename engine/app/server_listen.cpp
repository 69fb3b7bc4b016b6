// Where the server is heard: listeners from URLs, certificates, the control socket.

#include "engine/app/cli.hpp"
#include "engine/app/exit.hpp"
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

std::vector<std::string> Server::listen(const std::vector<std::string>& urls) {
    const std::vector<KnownScheme> schemes = known_schemes();
    std::vector<Endpoint> endpoints;
    for (const std::string& url : urls.empty() ? config_.listen : urls) {
        Result<Endpoint> endpoint = parse_endpoint(url, schemes);
        if (!endpoint) {
            throw Failure(urls.empty() ? Exit::configuration : Exit::usage,
                          fmt::format("{}: {}", url, endpoint.error().text));
        }
        endpoints.push_back(std::move(endpoint).value());
    }
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

reactor::CertificateFiles Server::certificate_files() const {
    const bool own = config_.tls.certificate.empty();
    reactor::CertificateFiles files;
    files.certificate = (directory_.root / (own ? "certificate.pem" : config_.tls.certificate)).string();
    files.key = (directory_.root / (own ? "key.pem" : config_.tls.key)).string();
    return files;
}

/// The configured certificate, or one made here and kept: clients can still pin it.
void Server::load_certificates() {
    const reactor::CertificateFiles files = certificate_files();
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

std::vector<std::string> Server::key_faults() const {
    std::vector<std::string> faults;
    const reactor::CertificateFiles files = certificate_files();
    std::error_code error;
    if (!config_.tls.certificate.empty() || std::filesystem::exists(files.certificate, error)) {
        const auto loaded = reactor::TlsContext::load({files});
        if (!loaded) faults.push_back(loaded.error().text);
    }
    const std::filesystem::path host_key = directory_.root / config_.ssh.host_key;
    if (std::filesystem::exists(host_key, error)) {
        const auto opened = net::open_ssh(host_key.string(), config_.ssh.accounts_by_key);
        if (!opened) faults.push_back(opened.error().text);
    }
    return faults;
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
            [this](const ControlWords& request, const Later& reply) { perform(request, reply); });
    };
    auto opened = reactor::Listener::open(*reactor_, endpoint, std::move(door));
    if (!opened) throw Failure(Exit::unavailable, opened.error().text);
    listeners_.push_back(std::move(opened).value());
}

}  // namespace gyre::app
