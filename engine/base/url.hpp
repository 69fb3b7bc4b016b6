#pragma once

#include <string>
#include <string_view>

namespace gyre {

/// The URL without the user and password that may stand before its host, for messages and the log:
/// "telnet://bob:secret@example.org" -> "telnet://example.org". Everything up to the last "@" goes, because a
/// password may hold anything. A path of a Unix socket is none of it.
[[nodiscard]] inline std::string without_user(std::string_view url) {
    constexpr std::string_view scheme_end = "://";
    const std::size_t found = url.find(scheme_end);
    const bool has_scheme = found != std::string_view::npos;
    const std::string_view scheme =
        has_scheme ? url.substr(0, found + scheme_end.size()) : std::string_view{};
    const std::size_t end = url.rfind('@');
    const bool is_path = url.substr(0, url.find(':')).ends_with("+unix");
    if (is_path || end == std::string_view::npos || end < scheme.size()) return std::string{url};
    return std::string{scheme}.append(url.substr(end + 1));
}

}  // namespace gyre
