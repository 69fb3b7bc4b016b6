#include "clients/terminal/script_file.hpp"

#include <fmt/format.h>

#include <fstream>

namespace gyre::play {
namespace {

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Errc::not_found, "cannot read the script " + path};
    std::string text(max_script + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > max_script) return Error{Errc::too_long, fmt::format("{} has more than 1 MiB", path)};
    return text;
}

}  // namespace

Result<PlayScript> read_script_file(const std::string& path) {
    Result<std::string> text = read_file(path);
    if (!text) return text.error();
    Result<PlayScript> script = PlayScript::parse(text.value());
    if (!script) return Error{script.error().code, path + ": " + script.error().text};
    return script;
}

}  // namespace gyre::play
