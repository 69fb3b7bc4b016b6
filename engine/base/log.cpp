#include "engine/base/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <exception>
#include <iterator>
#include <utility>

// A line is built in one buffer and leaves in one write(2), so that lines of several threads do not mix and
// no lock is held. Text beyond ASCII is shown as it is only when it is well-formed and neither a control nor
// a direction mark: a title in Cyrillic stays readable, an escape sequence in a name does not reach the
// operator's terminal.

namespace gyre::log {
namespace {

std::atomic<Level> level_threshold{Level::info};

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warn", "error"};

struct Decoded {
    std::uint32_t code = 0;
    std::size_t length = 0;  ///< 0: not well-formed UTF-8.
};

/// The character at the front of `text`, which is not empty. Overlong forms, surrogates and numbers past
/// U+10FFFF do not count as well-formed.
Decoded decode(std::string_view text) {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || length > text.size()) return {};
    std::uint32_t code = lead & (0xffU >> (length + 1));
    for (std::size_t at = 1; at < length; ++at) {
        if ((byte(at) & 0xc0U) != 0x80U) return {};
        code = code << 6U | (byte(at) & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    if (code < least[length] || code > 0x10ffff || surrogate) return {};
    return {code, length};
}

/// C0, DEL, C1, zero-width and direction marks, line and paragraph separators.
bool is_invisible(std::uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069) || code == 0x061c ||
           code == 0xfeff;
}

void append_escaped(std::string& line, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decode(text.substr(at));
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        const std::string_view bytes = text.substr(at, length);
        at += length;
        if (next.length == 0 || is_invisible(next.code)) {
            for (const char byte : bytes)
                fmt::format_to(std::back_inserter(line), "\\x{:02x}", static_cast<unsigned char>(byte));
        } else {
            if (next.code == '"' || next.code == '\\') line += '\\';
            line += bytes;
        }
    }
}

/// A value is bare only when it is made of characters that cannot be taken for anything else.
bool may_stand_bare(std::string_view value) {
    static constexpr std::string_view punctuation = "-_.:/@#+,[]%~*";
    return !value.empty() && std::all_of(value.begin(), value.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || punctuation.find(letter) != std::string_view::npos;
    });
}

/// At most max_value bytes of `value`, not cut inside a character.
std::string_view shorten(std::string_view value) {
    if (value.size() <= max_value) return value;
    std::size_t end = max_value;
    while (end > max_value - 4 && (static_cast<unsigned char>(value[end]) & 0xc0U) == 0x80U) --end;
    return value.substr(0, end);
}

void append_value(std::string& line, std::string_view value) {
    if (value.size() <= max_value && may_stand_bare(value)) {
        line += value;
        return;
    }
    line += '"';
    append_escaped(line, shorten(value));
    line += value.size() > max_value ? "...\"" : "\"";
}

void put_out(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written > 0) {
            line.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return;  // Nobody to tell.
        }
    }
}

}  // namespace

void set_threshold(Level level) { level_threshold.store(level, std::memory_order_relaxed); }

Level threshold() { return level_threshold.load(std::memory_order_relaxed); }

std::string_view name(Level level) { return level_names.at(static_cast<std::size_t>(level)); }

std::optional<Level> level_named(std::string_view name) {
    const auto* const found = std::find(level_names.begin(), level_names.end(), name);
    if (found == level_names.end()) return std::nullopt;
    return static_cast<Level>(found - level_names.begin());
}

void write(Level level, std::string_view area, std::string_view message, Fields fields) noexcept {
    if (level < threshold()) return;
    try {
        put_out(format(std::chrono::system_clock::now(), level, area, message, fields));
    } catch (const std::exception&) {
        return;  // Out of memory: the line is lost, and logging that would fail as well.
    }
}

std::string format(std::chrono::system_clock::time_point when, Level level, std::string_view area,
                   std::string_view message, Fields fields) {
    const auto second = std::chrono::floor<std::chrono::seconds>(when);
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(when - second).count();
    std::string line =
        fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z {} ",
                    fmt::gmtime(std::chrono::system_clock::to_time_t(second)), millis, name(level));
    append_escaped(line, area);
    line += ' ';
    append_escaped(line, shorten(message));
    for (const Field& field : fields) {
        line += ' ';
        append_escaped(line, field.key());
        line += '=';
        append_value(line, field.value());
    }
    line += '\n';
    return line;
}

std::optional<std::uint64_t> Thinning::pass(Steady now) {
    if (last_ && now - *last_ < interval_) {
        ++skipped_;
        return std::nullopt;
    }
    last_ = now;
    return std::exchange(skipped_, 0);
}

}  // namespace gyre::log
