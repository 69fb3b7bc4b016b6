#include "engine/base/log.hpp"

#include "engine/base/ascii.hpp"
#include "engine/base/utf8.hpp"

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

void append_escaped(std::string& line, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const utf8::Decoded next = utf8::decode(text, at);
        const std::string_view bytes = text.substr(at, next.bytes);
        at += next.bytes;
        if (!next.valid || !utf8::is_clean(bytes)) {
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
        return ascii::is_letter_or_digit(letter) || punctuation.find(letter) != std::string_view::npos;
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
