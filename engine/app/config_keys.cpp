#include "engine/app/config_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gyre::app {
namespace {

using Applies = Key::Applies;

constexpr std::array<std::string_view, 4> level_words{"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 2> cost_words{"normal", "cheap"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> section_titles{{
    {"world", "The world and who may come in"},
    {"listing", "What lists of worlds are told by telnet (MSSP); empty means that it is left out"},
    {"limits", "What connections may use"},
    {"tls", "Certificates"},
    {"ssh", "SSH"},
    {"client", "What game clients are offered to fetch"},
    {"storage", "The database"},
    {"log", "The log on standard error"},
    {"security", "Passwords"},
}};

constexpr std::uint32_t million = 1'000'000;
constexpr std::size_t path_bytes = 4096;
constexpr std::size_t url_bytes = 1024;

/// Where a key's value lies: `in<&Config::log, &Config::Log::level>`.
template <auto section, auto member>
auto& in(Config& config) {
    return config.*section.*member;
}
template <auto member>
auto& in(Config& config) {
    return config.*member;
}

constexpr std::array keys{
    Key{"", "listen", ListKey{in<&Config::listen>, 64, 512}, Applies::on_restart,
        "Where to listen: SCHEME://ADDRESS:PORT, SCHEME+unix:PATH, with options as "
        "?proxy=true&allow_plaintext=true. "
        "Port 0 takes a free one."},

    Key{"world", "name", TextKey{in<&Config::world, &Config::World::name>, 1, 64}, Applies::on_reload,
        "What the world is called."},
    Key{"world", "banner", TextKey{in<&Config::world, &Config::World::banner>, 0, path_bytes},
        Applies::on_reload, "A text file in the world's directory, shown before the login; none when empty."},
    Key{"world", "start_room", TextKey{in<&Config::world, &Config::World::start_room>, 1, 64},
        Applies::on_reload,
        "The singleton where new characters begin, and where people go whose place is gone."},
    Key{"world", "registration", FlagKey{in<&Config::world, &Config::World::registration>},
        Applies::on_reload, "Whether somebody new may make an account at the login."},
    Key{"world", "day_minutes", CountKey{in<&Config::world, &Config::World::day_minutes>, 1, 100'000},
        Applies::on_restart,
        "Minutes that a day of the world lasts, while the server runs. 30 such days are a month, 12 months a "
        "year; changing it changes the date."},

    Key{"listing", "hostname", TextKey{in<&Config::listing, &Config::Listing::hostname>, 0, 255},
        Applies::on_reload, "The name by which this machine is found: mud.example.org."},
    Key{"listing", "website", TextKey{in<&Config::listing, &Config::Listing::website>, 0, 255},
        Applies::on_reload, "The address of the world's web page."},
    Key{"listing", "contact", TextKey{in<&Config::listing, &Config::Listing::contact>, 0, 255},
        Applies::on_reload, "A mail address for whoever keeps a list."},
    Key{"listing", "icon", TextKey{in<&Config::listing, &Config::Listing::icon>, 0, 255}, Applies::on_reload,
        "The address of a square picture, 32 to 256 pixels wide."},
    Key{"listing", "language", TextKey{in<&Config::listing, &Config::Listing::language>, 0, 64},
        Applies::on_reload, "The language of the world, in English: English, German."},
    Key{"listing", "location", TextKey{in<&Config::listing, &Config::Listing::location>, 0, 64},
        Applies::on_reload, "The country that the machine stands in, in English."},

    Key{"limits", "connections", CountKey{in<&Config::limits, &Config::Limits::connections>, 1, million},
        Applies::on_reload, "Connections at once."},
    Key{"limits", "connections_per_network",
        CountKey{in<&Config::limits, &Config::Limits::connections_per_network>, 1, million},
        Applies::on_reload,
        "Connections at once from one IPv4 address or one IPv6 /64; loopback and Unix sockets have no such "
        "limit."},
    Key{"limits", "output_kib", CountKey{in<&Config::limits, &Config::Limits::output_kib>, 16, 65'536},
        Applies::on_reload, "KiB that may wait for one slow reader; past it the connection is closed."},
    Key{"limits", "held_output_mib", CountKey{in<&Config::limits, &Config::Limits::held_output_mib>, 1, 4096},
        Applies::on_reload,
        "MiB of output that may wait for the disk, of all connections together; past it no command runs."},
    Key{"limits", "gather_ms", CountKey{in<&Config::limits, &Config::Limits::gather_ms>, 0, 100},
        Applies::on_reload,
        "Milliseconds within which what others say to a player leaves as one packet, when it comes thick and "
        "fast; 0 sends each line at once. Answers to what the player typed never wait."},
    Key{"limits", "login_grace_seconds",
        CountKey{in<&Config::limits, &Config::Limits::login_grace_seconds>, 5, 3600}, Applies::on_reload,
        "Seconds that a connection has to log in."},
    Key{"limits", "idle_minutes", CountKey{in<&Config::limits, &Config::Limits::idle_minutes>, 0, 100'000},
        Applies::on_reload, "Minutes of silence after which a player is disconnected; 0 means never."},
    Key{"limits", "link_minutes", CountKey{in<&Config::limits, &Config::Limits::link_minutes>, 0, 1440},
        Applies::on_reload,
        "Minutes that a character stays in the world after its connection dropped; 0 means that it leaves at "
        "once."},

    Key{"tls", "certificate", TextKey{in<&Config::tls, &Config::Tls::certificate>, 0, path_bytes},
        Applies::on_reload,
        "PEM file with the certificate and its chain, for the listeners with TLS; relative to the world's "
        "directory."},
    Key{"tls", "key", TextKey{in<&Config::tls, &Config::Tls::key>, 0, path_bytes}, Applies::on_reload,
        "PEM file with the certificate's private key."},

    Key{"ssh", "host_key", TextKey{in<&Config::ssh, &Config::Ssh::host_key>, 1, path_bytes},
        Applies::on_restart,
        "File with the ed25519 key by which SSH clients know this server; relative to the world's directory, "
        "and made "
        "if there is none."},
    Key{"ssh", "accounts_by_key", FlagKey{in<&Config::ssh, &Config::Ssh::accounts_by_key>},
        Applies::on_restart,
        "Whether a first visit with a key, under a name that is free, makes an account without a password."},

    Key{"client", "package", TextKey{in<&Config::client, &Config::Client::package>, 0, url_bytes},
        Applies::on_reload,
        "URL of a package that Mudlet fetches and installs (Client.GUI): clients/mudlet makes one. None when "
        "empty."},
    Key{"client", "package_version", TextKey{in<&Config::client, &Config::Client::package_version>, 1, 32},
        Applies::on_reload, "Its version; Mudlet fetches it anew when that changes."},
    Key{"client", "map", TextKey{in<&Config::client, &Config::Client::map>, 0, url_bytes}, Applies::on_reload,
        "URL of a map for Mudlet (Client.Map); none when empty."},
    Key{"client", "media", TextKey{in<&Config::client, &Config::Client::media>, 0, url_bytes},
        Applies::on_reload,
        "URL of the folder, with its last slash, where clients look for sounds and pictures "
        "(Client.Media.Default); none when empty."},

    Key{"storage", "history_days", CountKey{in<&Config::storage, &Config::Storage::history_days>, 1, 36'500},
        Applies::on_reload, "Days for which changes can be looked up and undone."},
    Key{"storage", "history_mib",
        CountKey{in<&Config::storage, &Config::Storage::history_mib>, 16, 4 * million}, Applies::on_reload,
        "MiB of such history at most; the oldest goes first."},
    Key{"storage", "commit_interval_ms",
        CountKey{in<&Config::storage, &Config::Storage::commit_interval_ms>, 0, 100}, Applies::on_restart,
        "Milliseconds from the beginning of one commit to that of the next, at least: so what many players "
        "change goes to the disk together. After a pause a change is committed at once."},
    Key{"storage", "fold_after_ms",
        CountKey{in<&Config::storage, &Config::Storage::fold_after_ms>, 10, 600'000}, Applies::on_restart,
        "Milliseconds after which a change is folded from the journal into the tables."},
    Key{"storage", "checkpoint_pages",
        CountKey{in<&Config::storage, &Config::Storage::checkpoint_pages>, 100, million}, Applies::on_restart,
        "Pages of the write-ahead log after which it is copied into the database."},
    Key{"storage", "slow_disk_ms", CountKey{in<&Config::storage, &Config::Storage::slow_disk_ms>, 0, 10'000},
        Applies::on_restart, "Milliseconds by which every commit is delayed; for tests."},

    Key{"log", "level",
        ChoiceKey{level_words,
                  [](const Config& config) { return static_cast<std::size_t>(config.log.level); },
                  [](Config& config, std::size_t word) { config.log.level = static_cast<log::Level>(word); }},
        Applies::on_reload, "The least important lines that are written."},

    Key{"security", "password_cost",
        ChoiceKey{
            cost_words,
            [](const Config& config) { return static_cast<std::size_t>(config.security.password_cost); },
            [](Config& config, std::size_t word) {
                config.security.password_cost = static_cast<PasswordCost>(word);
            }},
        Applies::on_restart, "How slow new password hashes are to try out; cheap is for tests only."},
    Key{"security", "workers", CountKey{in<&Config::security, &Config::Security::workers>, 1, 2},
        Applies::on_restart, "Threads that hash passwords and write backups."},
};

std::string as_toml(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + '"';
}

std::string joined(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) {
        if (!out.empty()) out += word == words.back() ? " or " : ", ";
        out += as_toml(word);
    }
    return out;
}

/// What each kind of key allows, for people.
struct Allowed {
    std::string operator()(const TextKey& key) const {
        return fmt::format("a text of {} to {} bytes without control characters", key.shortest, key.longest);
    }
    std::string operator()(const FlagKey& /*key*/) const { return "true or false"; }
    std::string operator()(const CountKey& key) const {
        return fmt::format("a whole number from {} to {}", key.least, key.most);
    }
    std::string operator()(const ChoiceKey& key) const { return joined(key.words); }
    std::string operator()(const ListKey& key) const {
        return fmt::format("a list of 1 to {} texts of 1 to {} bytes", key.most, key.longest);
    }
};

/// The TOML of each kind's value. The accessors serve reading and writing, hence the copy that may be
/// changed.
struct Written {
    Config config;

    std::string operator()(const TextKey& key) { return as_toml(key.in(config)); }
    std::string operator()(const FlagKey& key) { return key.in(config) ? "true" : "false"; }
    std::string operator()(const CountKey& key) { return std::to_string(key.in(config)); }
    std::string operator()(const ChoiceKey& key) const { return as_toml(key.words[key.get(config)]); }
    std::string operator()(const ListKey& key) {
        std::string out;
        for (const std::string& item : key.in(config)) out += (out.empty() ? "" : ", ") + as_toml(item);
        return "[" + out + "]";
    }
};

}  // namespace

std::string Key::full_name() const {
    return section.empty() ? std::string(name) : fmt::format("{}.{}", section, name);
}

std::string Key::allowed() const { return std::visit(Allowed{}, kind); }

std::string Key::value_in(const Config& config) const { return std::visit(Written{config}, kind); }

std::span<const Key> config_keys() { return keys; }

std::string_view section_title(std::string_view section) {
    const auto* const found = std::find_if(section_titles.begin(), section_titles.end(),
                                           [section](const auto& entry) { return entry.first == section; });
    return found == section_titles.end() ? std::string_view{} : found->second;
}

}  // namespace gyre::app
