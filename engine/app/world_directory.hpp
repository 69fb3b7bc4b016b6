#pragma once

#include "engine/app/config.hpp"
#include "engine/base/endpoint.hpp"
#include "engine/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace gyre::app {

/// Where the parts of a world stand in its directory.
struct WorldDirectory {
    std::filesystem::path root;

    [[nodiscard]] std::filesystem::path config() const { return root / "gyre.toml"; }
    [[nodiscard]] std::filesystem::path database() const { return root / "world.db"; }
    [[nodiscard]] std::filesystem::path scripts() const { return root / "scripts"; }
    [[nodiscard]] std::filesystem::path tests() const { return root / "tests"; }
    [[nodiscard]] std::filesystem::path control_socket() const { return root / "control"; }
    /// Nothing of a world is there yet (the directory may be missing or empty, or hold a configuration).
    [[nodiscard]] bool is_vacant() const;
};

/// The URL schemes that a listener may have.
std::vector<KnownScheme> known_schemes();
/// Makes the demo world: configuration with comments (unless there is one), class files. - Errc::exists:
/// something of a world is there already. - Errc::io
Status make_demo_world(const WorldDirectory& directory);
/// Reads the configuration (from `file`, or the directory's own; without one, the defaults). Throws Failure.
Config read_config(const WorldDirectory& directory, const std::filesystem::path& file);

}  // namespace gyre::app
