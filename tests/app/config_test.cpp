#include "engine/app/config.hpp"
#include "engine/app/config_keys.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>
#include <array>
#include <filesystem>

#include <fstream>
#include <string>

using namespace gyre;
using namespace gyre::app;

namespace {

constexpr std::array<KnownScheme, 3> schemes{{{"telnet", 4000}, {"telnets", 4443}, {"ssh", 4022}}};

Config good(std::string_view toml) {
    auto config = parse_config(toml, "gyre.toml", schemes);
    if (!config) FAIL(config.error().text);
    return std::move(config).value();
}

std::string fault(std::string_view toml) {
    const auto config = parse_config(toml, "gyre.toml", schemes);
    REQUIRE_FALSE(config);
    CHECK(config.error().code == Errc::bad_input);
    return config.error().text;
}

/// The default file with every key switched on.
std::string uncommented(std::string text) {
    for (const Key& key : config_keys()) {
        const std::string off = "\n#" + std::string(key.name) + " = ";
        const std::size_t at = text.find(off);
        REQUIRE(at != std::string::npos);
        text.erase(at + 1, 1);
    }
    return text;
}

}  // namespace

TEST_CASE("config: an empty file means the defaults", "[app][config]") {
    const Config config = good("");
    CHECK(config.listen == std::vector<std::string>{"telnet://127.0.0.1:4000", "ssh://127.0.0.1:4022"});
    CHECK(config.world.name == "Gyre");
    CHECK(config.world.registration);
    CHECK(config.security.password_cost == PasswordCost::normal);
    CHECK(config.log.level == log::Level::info);
}

TEST_CASE("config: values of every kind are read", "[app][config]") {
    const Config config = good(R"(
listen = ["telnets://[::1]:0", "telnet+unix:/run/t"]
[world]
name = "Old Town"
registration = false
[limits]
connections = 1000000
[storage]
slow_disk_ms = 20
[log]
level = "debug"
[security]
password_cost = "cheap"
)");
    CHECK(config.listen == std::vector<std::string>{"telnets://[::1]:0", "telnet+unix:/run/t"});
    CHECK(config.world.name == "Old Town");
    CHECK_FALSE(config.world.registration);
    CHECK(config.limits.connections == 1'000'000);
    CHECK(config.storage.slow_disk_ms == 20);
    CHECK(config.log.level == log::Level::debug);
    CHECK(config.security.password_cost == PasswordCost::cheap);
}

TEST_CASE("config: an unknown key names file, line and the nearest key", "[app][config]") {
    CHECK(fault("\n[limits]\nconections = 5\n") ==
          "gyre.toml:3: unknown key limits.conections (did you mean limits.connections?)");
    CHECK(fault("connections = 5\n") ==
          "gyre.toml:1: unknown key connections (did you mean limits.connections?)");
    CHECK(fault("[world]\nidle_minutes = 5\n") ==
          "gyre.toml:2: unknown key world.idle_minutes (did you mean limits.idle_minutes?)");
    CHECK(fault("[wrold]\nname = \"x\"\n") == "gyre.toml:1: unknown section [wrold] (did you mean [world]?)");
}

TEST_CASE("config: a wrong value names file, line, key and what is allowed", "[app][config]") {
    CHECK(fault("[limits]\nconnections = \"many\"\n") ==
          "gyre.toml:2: limits.connections must be a whole number from 1 to 1000000");
    CHECK(fault("[limits]\nconnections = 0\n").find("from 1 to 1000000") != std::string::npos);
    CHECK(fault("[limits]\nconnections = 1000001\n").find("from 1 to 1000000") != std::string::npos);
    CHECK(fault("[limits]\nconnections = 1.5\n").find("whole number") != std::string::npos);
    CHECK(fault("[world]\nregistration = 1\n") == "gyre.toml:2: world.registration must be true or false");
    CHECK(fault("[world]\nname = \"\"\n").find("a text of 1 to 64 bytes") != std::string::npos);
    CHECK(fault("[world]\nname = \"a\\nb\"\n").find("without control characters") != std::string::npos);
    CHECK(fault("[log]\nlevel = \"loud\"\n") ==
          R"(gyre.toml:2: log.level must be "debug", "info", "warn" or "error")");
    CHECK(fault("world = 1\n") == "gyre.toml:1: unknown key world (did you mean world.name?)");
    CHECK(fault("[listen]\n").find("listen must be a list") != std::string::npos);
}

TEST_CASE("config: listeners must be endpoints", "[app][config]") {
    CHECK(fault("listen = []\n").find("a list of 1 to 64 texts") != std::string::npos);
    CHECK(fault("listen = [5]\n").find("a list of 1 to 64 texts") != std::string::npos);
    const std::string text =
        fault("listen = [\n  \"telnet://127.0.0.1:4000\",\n  \"telmet://127.0.0.1:1\",\n]\n");
    CHECK(text.find("gyre.toml:3: listen: ") == 0);
    CHECK(text.find("telnet") != std::string::npos);
}

TEST_CASE("config: no two listeners are at one place", "[app][config]") {
    CHECK(
        fault("listen = [\n  \"telnet://127.0.0.1\",\n  \"ssh://localhost:4000\",\n]\n") ==
        "gyre.toml:3: listen: \"ssh://127.0.0.1:4000\" is where \"telnet://127.0.0.1:4000\" listens already");
    CHECK(fault("listen = [\"telnet+unix:/run/t\",\n\"ssh+unix:///run/t\"]").find("gyre.toml:2: ") == 0);
    good(
        R"(listen = ["telnet://127.0.0.1:0", "ssh://127.0.0.1:0", "telnet://[::1]:4000", "telnet://127.0.0.1:4000"])");
}

TEST_CASE("config: a certificate needs its key", "[app][config]") {
    CHECK(fault("\n[tls]\ncertificate = \"town.pem\"\n") ==
          "gyre.toml:2: tls.certificate and tls.key need each other");
    CHECK(good("[tls]\ncertificate = \"town.pem\"\nkey = \"town.key\"\n").tls.key == "town.key");
}

TEST_CASE("config: of several faults the first in the file is told", "[app][config]") {
    CHECK(fault("[world]\nregistration = 1\nbanner = 2\n").find("gyre.toml:2: world.registration") == 0);
    CHECK(fault("[world]\nregistration = 1\n[limits]\nconnections = 0\n").find("gyre.toml:2: ") == 0);
}

TEST_CASE("config: bad TOML names file and line", "[app][config]") {
    CHECK(fault("[world]\nname = \"open\n").find("gyre.toml:2: ") == 0);
    CHECK(fault("[world]\nregistration = true\nregistration = false\n").find("gyre.toml:3: ") == 0);
}

TEST_CASE("config: the default file lists every key and means the defaults", "[app][config]") {
    const std::string text = default_config_file();
    CHECK(good(text).listen == Config{}.listen);
    const Config config = good(uncommented(text));
    for (const Key& key : config_keys()) {
        CHECK(key.value_in(config) == key.value_in(Config{}));
        CHECK_FALSE(key.meaning.empty());
        CHECK((key.section.empty() || !section_title(key.section).empty()));
    }
}

TEST_CASE("config: the documented file is the default file", "[app][config]") {
    std::ifstream in("docs/gyre.toml", std::ios::binary);
    const std::string documented(std::istreambuf_iterator<char>(in), {});
    CHECK(documented == default_config_file());
}

TEST_CASE("config: what a reload cannot change is named", "[app][config]") {
    const Config running = good("");
    CHECK(changed_for_restart(running, good("[world]\nname = \"x\"\n")).empty());
    CHECK(changed_for_restart(running,
                              good("listen = [\"telnet://127.0.0.1:1\"]\n[storage]\nslow_disk_ms = 1\n")) ==
          std::vector<std::string>{"listen", "storage.slow_disk_ms"});
}

TEST_CASE("config: a file that is missing, no file or too long is refused", "[app][config]") {
    const auto directory = std::filesystem::temp_directory_path();
    const auto missing = load_config(directory / "there-is-no-gyre.toml", schemes);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::not_found);
    const auto folder = load_config(directory, schemes);
    REQUIRE_FALSE(folder);
    CHECK(folder.error().code == Errc::io);
    const auto file = directory / ("gyre-config-test-" + std::to_string(getpid()) + ".toml");
    std::ofstream(file) << std::string(max_config_bytes - 1, '#') << '\n';
    CHECK(load_config(file, schemes));
    std::ofstream(file) << std::string(max_config_bytes, '#') << '\n';
    const auto longer = load_config(file, schemes);
    std::filesystem::remove(file);
    REQUIRE_FALSE(longer);
    CHECK(longer.error().text.find("longer than 1 MiB") != std::string::npos);
}
