#include "engine/app/needs.hpp"

#include "engine/app/embedded_scripts.hpp"
#include "net/ssh/ssh_service.hpp"
#include "world/fitting.hpp"

#include <fmt/format.h>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace gyre::app {

std::vector<world::Library::BuiltIn> core_classes() {
    std::vector<world::Library::BuiltIn> core;
    for (const EmbeddedScript& script : embedded_scripts()) {
        if (script.folder == "core") core.push_back({script.name, script.source});
    }
    return core;
}

reactor::CertificateFiles certificate_files(const WorldDirectory& directory, const Config& config) {
    const bool own = config.tls.certificate.empty();
    reactor::CertificateFiles files;
    files.certificate = (directory.root / (own ? "certificate.pem" : config.tls.certificate)).string();
    files.key = (directory.root / (own ? "key.pem" : config.tls.key)).string();
    return files;
}

std::vector<std::string> key_faults(const WorldDirectory& directory, const Config& config) {
    std::vector<std::string> faults;
    const reactor::CertificateFiles files = certificate_files(directory, config);
    std::error_code error;
    if (!config.tls.certificate.empty() || std::filesystem::exists(files.certificate, error)) {
        const auto loaded = reactor::TlsContext::load({files});
        if (!loaded) faults.push_back(loaded.error().text);
    }
    const std::filesystem::path host_key = directory.root / config.ssh.host_key;
    if (std::filesystem::exists(host_key, error)) {
        const auto opened = net::open_ssh(host_key.string(), config.ssh.accounts_by_key);
        if (!opened) faults.push_back(opened.error().text);
    }
    return faults;
}

Result<std::string> read_banner(const WorldDirectory& directory, const Config& config) {
    if (config.world.banner.empty()) return std::string{};
    std::ifstream file(directory.root / config.world.banner, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return Error{Errc::io, fmt::format("cannot read the banner {}", config.world.banner)};
    return std::move(text).str();
}

std::string start_room_fault(const world::World& world, const Config& config) {
    using Space = world::Names::Space;
    const std::string& wanted = config.world.start_room;
    if (world.objects.living(world.names.peek(Space::singleton, wanted)) != nullptr) return {};
    std::vector<std::string> known;
    world.names.each(Space::singleton, [&](const std::string& name, ObjectId) { known.push_back(name); });
    const std::string near = world::closest(wanted, known);
    return fmt::format(
        "world.start_room is \"{}\", and no singleton has that name{}: newcomers would be nowhere", wanted,
        near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near));
}

}  // namespace gyre::app
