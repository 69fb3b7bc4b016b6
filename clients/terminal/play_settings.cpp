#include "clients/terminal/play_settings.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gyre::play {
namespace {

/// MTTS: variables of MNES are told, and the connection is encrypted.
constexpr std::uint32_t tells_variables = 512;
constexpr std::uint32_t is_encrypted = 2048;

/// Of the environment; empty: not set.
std::string_view variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables.
    return value == nullptr ? std::string_view{} : value;
}

}  // namespace

PlaySession::Settings play_settings(const PlayOptions& options, const Console& console,
                                    const ServerAddress& address) {
    const bool has_screen = console.is_terminal() && options.script.empty();
    const Console::Size size = console.size();
    const std::string& name = console.name();
    const bool styles = has_screen && !options.no_colour && variable("NO_COLOR").empty();
    const std::string_view colours = variable("COLORTERM");
    const bool is_true = colours == "truecolor" || colours == "24bit";
    PlaySession::Settings settings;
    settings.facts = {options.version, name,         tells_variables, console.is_utf8(),
                      has_screen,      !address.tls, size.columns,    size.rows};
    std::uint32_t& abilities = settings.facts.abilities;
    if (styles) abilities |= net::mtts::ansi;
    if (styles && (is_true || name.find("256COLOR") != std::string::npos))
        abilities |= net::mtts::colours_256;
    if (styles && is_true) abilities |= net::mtts::true_colour;
    if (console.is_utf8()) abilities |= net::mtts::utf8;
    if (address.tls) abilities |= is_encrypted;
    if (has_screen)
        settings.screen = {size.columns, size.rows, styles, styles && name != "LINUX", console.is_utf8()};
    settings.status_line = !options.no_status;
    settings.keep_text = options.script.empty() ? PlaySession::KeepText::no : PlaySession::KeepText::yes;
    return settings;
}

}  // namespace gyre::play
