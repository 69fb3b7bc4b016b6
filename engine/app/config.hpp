#pragma once

#include "engine/base/endpoint.hpp"
#include "engine/base/log.hpp"
#include "engine/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gyre::app {

/// How hard passwords are to try out.
enum class PasswordCost : std::uint8_t { normal, cheap };

/// What gyre.toml says; the initial values are the defaults. config_keys.cpp says for each what it means and
/// which values it takes.
struct Config {
    struct World {
        std::string name = "Gyre";
        std::string banner;  ///< A file, relative to the world's directory; empty: none.
        std::string start_room = "square";
        bool registration = true;
        std::uint32_t day_minutes = 120;
    };
    /// What lists of worlds are told; empty: nothing.
    struct Listing {
        std::string hostname;
        std::string website;
        std::string contact;
        std::string icon;
        std::string language;
        std::string location;
    };
    struct Limits {
        std::uint32_t connections = 4096;
        std::uint32_t connections_per_network = 64;
        std::uint32_t output_kib = 256;
        std::uint32_t held_output_mib = 64;
        std::uint32_t gather_ms = 5;
        std::uint32_t login_grace_seconds = 60;
        std::uint32_t idle_minutes = 120;  ///< 0: for ever.
        std::uint32_t link_minutes = 5;    ///< 0: not at all.
    };
    struct Tls {
        std::string certificate;  ///< PEM file, relative to the world's directory; empty: no TLS.
        std::string key;
    };
    struct Ssh {
        std::string host_key =
            "ssh_host_key";  ///< File, relative to the world's directory; made if there is none.
        bool accounts_by_key = false;
    };
    /// What game clients are offered to fetch, by GMCP.
    struct Client {
        std::string package;  ///< URL of a package for Mudlet; empty: none.
        std::string package_version = "1";
        std::string map;
        std::string media;
    };
    struct Storage {
        std::uint32_t history_days = 30;
        std::uint32_t history_mib = 2048;
        std::uint32_t commit_interval_ms = 1;
        std::uint32_t fold_after_ms = 1000;
        std::uint32_t checkpoint_pages = 24000;
        std::uint32_t slow_disk_ms = 0;
    };
    struct Log {
        log::Level level = log::Level::info;
    };
    struct Security {
        PasswordCost password_cost = PasswordCost::normal;
        std::uint32_t workers = 2;
    };

    /// Endpoints as URLs.
    std::vector<std::string> listen{"telnet://127.0.0.1:4000", "ssh://127.0.0.1:4022"};
    World world;
    Listing listing;
    Limits limits;
    Tls tls;
    Ssh ssh;
    Client client;
    Storage storage;
    Log log;
    Security security;
};

/// Longest configuration file read, in bytes.
inline constexpr std::size_t max_config_bytes = 1024 * 1024;

/// Reads TOML; `source` names it in errors. An error (Errc::bad_input) is "FILE:LINE: what and what is
/// allowed". Of several faults the first in the file is told.
/// `schemes` are those that a listener may have; without any the endpoints are not looked at.
[[nodiscard]] Result<Config> parse_config(std::string_view toml, std::string_view source,
                                          std::span<const KnownScheme> schemes = {});

/// Errc::not_found when there is no such file, Errc::io when it cannot be read, else as parse_config().
[[nodiscard]] Result<Config> load_config(const std::filesystem::path& file,
                                         std::span<const KnownScheme> schemes = {});

/// A gyre.toml with every key, its default (commented out), range and meaning: what `gyre new` writes.
[[nodiscard]] std::string default_config_file();

/// The keys ("storage.fold_after_ms") whose values differ and which a running server cannot change.
[[nodiscard]] std::vector<std::string> changed_for_restart(const Config& running, const Config& fresh);

}  // namespace gyre::app
