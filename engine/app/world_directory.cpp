#include "engine/app/world_directory.hpp"

#include "engine/app/embedded_scripts.hpp"
#include "engine/app/exit.hpp"
#include "net/service.hpp"

#include <fmt/format.h>
#include <fstream>

namespace gyre::app {

namespace {

namespace fs = std::filesystem;

Status write_file(const fs::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return Error{Errc::io, fmt::format("cannot write {}", path.string())};
    return done();
}

/// Leaves a configuration that is there as it is.
Status write_demo_world(const WorldDirectory& directory) {
    std::error_code error;
    fs::create_directories(directory.scripts(), error);
    if (!error) fs::create_directories(directory.tests(), error);
    if (error)
        return Error{Errc::io, fmt::format("cannot make {}: {}", directory.root.string(), error.message())};
    // The world holds password hashes and private words: nobody else has business in it.
    fs::permissions(directory.root, fs::perms::owner_all, error);
    for (const EmbeddedScript& script : embedded_scripts()) {
        if (script.folder == "core") continue;
        const fs::path folder = script.folder == "town" ? directory.scripts() : directory.tests();
        const fs::path path = folder / fmt::format("{}.lua", script.name);
        if (Status written = write_file(path, script.source); !written) return written;
    }
    if (fs::exists(directory.config(), error)) return done();
    return write_file(directory.config(), default_config_file());
}

}  // namespace

std::vector<KnownScheme> known_schemes() {
    std::vector<KnownScheme> schemes;
    for (const net::Service& service : net::all_services())
        schemes.push_back({service.scheme, service.default_port});
    return schemes;
}

bool WorldDirectory::is_vacant() const {
    std::error_code error;
    return !fs::exists(database(), error) && !fs::exists(scripts(), error);
}

Status make_demo_world(const WorldDirectory& directory) {
    if (!directory.is_vacant()) {
        return Error{Errc::exists, fmt::format("there is a world in {} already", directory.root.string())};
    }
    Status made = write_demo_world(directory);
    std::error_code error;
    if (!made) fs::remove_all(directory.scripts(), error);  // Half of a world would be taken for one.
    return made;
}

Config read_config(const WorldDirectory& directory, const fs::path& file) {
    const fs::path path = file.empty() ? directory.config() : file;
    Result<Config> config = load_config(path, known_schemes());
    if (config) return std::move(config).value();
    if (config.error().code == Errc::not_found && file.empty()) return {};
    throw Failure(Exit::configuration, config.error().text);
}

}  // namespace gyre::app
